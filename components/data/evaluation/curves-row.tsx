'use client';

import { Maximize2, Minimize2 } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';

import { CURVES, type CurveName } from '../../../lib/evaluation/evaluation-screen';
import { formatCount } from '../../../lib/format/number';
import { CurveChart, type Curve } from '../../charts/curve-chart';
import { BASELINE_LOOK, CANDIDATE_LOOK } from '../../charts/series-look';
import { CurveTable } from './curve-table';
import type { ModelScores } from './scores-panel';
import type { ScreenState } from './use-evaluation-screen';
import type { Thresholds } from './use-thresholds';

/** Props of {@link CurvesRow}. */
export type CurvesRowProps = {
  readonly models: readonly ModelScores[];
  readonly thresholds: Thresholds;
  readonly isWeighted: boolean;
  readonly state: ScreenState;
};

const TITLES: Record<CurveName, { readonly title: string; readonly axes: string }> = {
  roc: { title: 'ROC', axes: 'true by false positive rate' },
  pr: { title: 'Precision', axes: 'by recall' },
  calibration: { title: 'Calibration', axes: 'observed by predicted' },
};
const SMALL = 240;
const LARGE = 440;

const lookOf = (model: ModelScores['model']) => (model === 'candidate' ? CANDIDATE_LOOK : BASELINE_LOOK);

/** The three curves side by side, or one of them large with its table. On a phone one at a time. */
export function CurvesRow(props: CurvesRowProps) {
  const { state } = props;
  const { curve: large } = state.screen;
  const drawn = large === undefined ? CURVES : [large];
  return (
    <div
      className={
        large === undefined
          ? 'grid grid-cols-1 gap-x-4 gap-y-3 tablet:grid-cols-3'
          : 'grid grid-cols-1 gap-5 tablet:grid-cols-[minmax(0,1fr)_auto]'
      }
    >
      {drawn.map((name) => (
        <figure key={name} aria-label={TITLES[name].title} className="min-w-0">
          <figcaption className="flex items-center gap-1 pb-1 text-12">
            <span className="min-w-0 truncate">
              <b className="font-semibold">{TITLES[name].title}</b>{' '}
              <span className="text-text-3">{TITLES[name].axes}</span>
            </span>
            <button
              type="button"
              aria-label={large === undefined ? `Enlarge ${TITLES[name].title}` : 'Show all curves'}
              title={large === undefined ? 'Enlarge, with its table' : 'Show all curves'}
              onClick={() => {
                state.push({ curve: large === undefined ? name : undefined });
              }}
              className="ml-auto grid size-6 flex-none place-items-center rounded-control text-text-3 hover:bg-hover hover:text-text max-tablet:size-11"
            >
              {large === undefined ? (
                <Maximize2 size={12} aria-hidden="true" />
              ) : (
                <Minimize2 size={14} aria-hidden="true" />
              )}
            </button>
          </figcaption>
          <OneCurve name={name} size={large === undefined ? SMALL : LARGE} {...props} />
        </figure>
      ))}
      {large !== undefined && <CurveTable name={large} models={props.models} isWeighted={props.isWeighted} />}
    </div>
  );
}

function OneCurve({
  name,
  size,
  models,
  thresholds,
  isWeighted,
}: CurvesRowProps & { readonly name: CurveName; readonly size: number }) {
  const lines = useMemo(() => models.map((scores) => lineOf(scores, name, isWeighted)), [models, name, isWeighted]);
  const curves = lines.map((line, index): Curve => {
    const scores = models[index];
    return scores === undefined ? line : { ...line, mark: markOf(scores, name, thresholds[scores.model]) };
  });
  const [first] = models;
  return (
    <CurveChart
      label={describe(name, models)}
      curves={curves}
      guide={name === 'pr' ? { level: share(first) } : 'diagonal'}
      size={size}
      nothing={nothingWords(name, first)}
    />
  );
}

function lineOf({ model, curve, series }: ModelScores, name: CurveName, isWeighted: boolean): Curve {
  const base = { id: model, look: lookOf(model) };
  if (name === 'roc') return { ...base, points: curve.roc };
  if (name === 'pr') return { ...base, points: curve.precisionRecall };
  const points = series.calibration.flatMap(({ plain, weighted }) => {
    const { score, label } = isWeighted ? (weighted ?? plain) : plain;
    return score >= 0 && score <= 1 ? [{ x: score, y: label }] : [];
  });
  return { ...base, points, hasDots: true };
}

function markOf({ curve }: ModelScores, name: CurveName, threshold: number) {
  const { tp, fp } = curve.at(threshold);
  if (name === 'roc') return { x: fp / curve.negative, y: tp / curve.positive };
  return name === 'pr' ? { x: tp / curve.positive, y: tp / (tp + fp) } : undefined;
}

/** The share of positive rows: the precision of chance. */
function share(scores: ModelScores | undefined): number {
  if (scores === undefined) return 0;
  const { positive, negative } = scores.curve;
  return positive + negative > 0 ? positive / (positive + negative) : 0;
}

function nothingWords(name: CurveName, scores: ModelScores | undefined): ReactNode {
  if (scores === undefined || scores.curve.positive + scores.curve.negative === 0) return 'No rows.';
  const { positive, negative } = scores.curve;
  if (positive === 0) return 'Not defined: no positive rows.';
  return name === 'roc' && negative === 0 ? 'Not defined: no negative rows.' : undefined;
}

function describe(name: CurveName, models: readonly ModelScores[]): string {
  const { title, axes } = TITLES[name];
  const [first] = models;
  if (first === undefined) return `${title}, ${axes}`;
  const { positive, negative } = first.curve;
  return `${title}, ${axes}, of ${models.map(({ model }) => model).join(' and ')}: ${formatCount(positive)} positive, ${formatCount(negative)} negative. Its table is beside the enlarged curve.`;
}
