/** Silhouettes and colours of artifact types. Colour never stands without the shape and a label beside it. */

import type { ReactElement } from 'react';

type Look = { readonly fill: string; readonly stroke: string; readonly token: string; readonly shape: ReactElement };

/** Shapes are 10 × 10. Only filled ones take the fill; the others are drawn by their stroke. */
const LOOKS: { readonly [type: string]: Look } = {
  Examples: {
    fill: 'fill-ar-examples',
    stroke: 'stroke-ar-examples',
    token: '--ar-examples',
    shape: <circle cx="5" cy="5" r="4.5" />,
  },
  ExampleStatistics: {
    fill: 'fill-ar-statistics',
    stroke: 'stroke-ar-statistics',
    token: '--ar-statistics',
    shape: <rect x="0.75" y="0.75" width="8.5" height="8.5" rx="1" />,
  },
  Schema: {
    fill: 'fill-ar-schema',
    stroke: 'stroke-ar-schema',
    token: '--ar-schema',
    shape: <path d="M5 0.25 9.75 5 5 9.75 0.25 5z" />,
  },
  ExampleAnomalies: {
    fill: 'fill-ar-anomalies',
    stroke: 'stroke-ar-anomalies',
    token: '--ar-anomalies',
    shape: <path d="M5 0.75 9.75 9.25H0.25z" />,
  },
  TransformGraph: {
    fill: 'fill-ar-transform',
    stroke: 'stroke-ar-transform',
    token: '--ar-transform',
    shape: <path d="M2.6 0.9h4.8L9.8 5 7.4 9.1H2.6L0.2 5z" />,
  },
  Model: {
    fill: 'fill-ar-model',
    stroke: 'stroke-ar-model',
    token: '--ar-model',
    shape: <path d="M5 0.3 9.8 3.9 8 9.5H2L0.2 3.9z" />,
  },
  ModelEvaluation: {
    fill: 'fill-ar-evaluation',
    stroke: 'stroke-ar-evaluation',
    token: '--ar-evaluation',
    shape: <path d="M0.25 7.5a4.75 4.75 0 0 1 9.5 0z" />,
  },
  ModelBlessing: {
    fill: 'fill-ar-blessing',
    stroke: 'stroke-ar-blessing',
    token: '--ar-blessing',
    shape: <path d="M0.8 0.5h2.2v3.3h4V0.5h2.2v9H7V6.2H3v3.3H0.8z" />,
  },
  InfraBlessing: {
    fill: 'fill-ar-infra',
    stroke: 'stroke-ar-infra',
    token: '--ar-infra',
    shape: <path d="M0.5 0.8h9v2.2H6.2v4h3.3v2.2h-9V7h3.3V3H0.5z" />,
  },
  PushedModel: {
    fill: 'fill-ar-pushed',
    stroke: 'stroke-ar-pushed',
    token: '--ar-pushed',
    shape: <path d="M0.5 0.8h4.2L9.6 5 4.7 9.2H0.5L4.4 5z" />,
  },
  HyperParameters: {
    fill: 'fill-ar-hparams',
    stroke: 'stroke-ar-hparams',
    token: '--ar-hparams',
    shape: <path d="M3.7 0.5h2.6v3.2h3.2v2.6H6.3v3.2H3.7V6.3H0.5V3.7h3.2z" />,
  },
  ModelRun: {
    fill: 'fill-text-3',
    stroke: 'stroke-text-3',
    token: '--text-3',
    shape: (
      <path fillRule="evenodd" d="M5 0.5a4.5 4.5 0 1 0 0.01 0zM5 2.1a2.9 2.9 0 1 1-0.01 0zM4.3 2.6h1.4v4.8H4.3z" />
    ),
  },
  InferenceResult: {
    fill: 'fill-ar-inference',
    stroke: 'stroke-ar-inference',
    token: '--ar-inference',
    shape: <path fillRule="evenodd" d="M5 0.3a4.7 4.7 0 1 0 0.01 0zM5 2.6a2.4 2.4 0 1 1-0.01 0z" />,
  },
};

const UNKNOWN: Look = {
  fill: 'fill-text-3',
  stroke: 'stroke-text-3',
  token: '--text-3',
  shape: <path fillRule="evenodd" d="M5 0.3a4.7 4.7 0 1 0 0.01 0zM5 1.8a3.2 3.2 0 1 1-0.01 0z" />,
};

function lookOf(type: string | undefined): Look {
  return type !== undefined && Object.hasOwn(LOOKS, type) ? (LOOKS[type] ?? UNKNOWN) : UNKNOWN;
}

/** The class that gives a wire the colour of what travels on it. */
export function artifactStroke(type: string | undefined): string {
  return lookOf(type).stroke;
}

/** The design token of a type's colour, `--ar-schema`. */
export function artifactToken(type: string | undefined): string {
  return lookOf(type).token;
}

/** The silhouette of an artifact type, 10 px. With `halo`, a ring of 2 px in the colour of the canvas lies around it. */
export function ArtifactMark({ type, halo = false }: { readonly type: string | undefined; readonly halo?: boolean }) {
  const look = lookOf(type);
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className={`overflow-visible ${look.fill}`}>
      {halo ? <g className="stroke-ground stroke-2 [paint-order:stroke]">{look.shape}</g> : look.shape}
    </svg>
  );
}
