/**
 * Which components to offer first when one is added: by what the graph still needs. Pure counting on ports, so that the same
 * graph always gives the same list.
 */

import type { ComponentSpec } from '../catalog/component-spec';
import type { Catalog } from '../catalog/index';
import { inputSources, type Pipeline, type PortRef } from './pipeline';
import { portMismatch } from './ports';
import { specOf } from './spec-of';

/** A wire that waits for its other end. */
export type OpenWire = PortRef & { readonly side: 'input' | 'output' };

/** A component that can be added. */
export type RankedComponent = {
  readonly spec: ComponentSpec;
  /** With an open wire: the port that takes it. */
  readonly port?: string;
};

const FEEDS_MISSING = 100;
const TAKES_OPEN = 40;
const REQUIRES_WIRE = 30;
const CAN_BE_WIRED = 20;
const IS_THERE = -35;
const LACKS_INPUT = -60;

/**
 * Components in the order in which they help: what feeds a required input that nothing feeds, then what takes an output
 * that nobody takes, then what could be wired at all; what is there already comes later. With an open wire, only what can
 * take it. Equal ones stay in the order of the catalog.
 */
export function rankComponents(pipeline: Pipeline, catalog: Catalog, from?: OpenWire): readonly RankedComponent[] {
  const needs = needsOf(pipeline, catalog);
  const wireType = from === undefined ? undefined : typeOf(pipeline, catalog, from);
  const ranked = Object.values(catalog).flatMap((spec) => {
    const port = from === undefined ? undefined : portFor(spec, from.side, wireType);
    if (from !== undefined && port === undefined) return [];
    return [{ spec, ...(port !== undefined && { port: port.name }), score: scoreOf(spec, needs) + (port?.score ?? 0) }];
  });
  ranked.sort((a, b) => b.score - a.score);
  return ranked.map(({ score: _score, ...component }) => component);
}

type Needs = {
  /** Artifact types of required inputs that nothing feeds. */
  readonly missing: ReadonlySet<string>;
  /** Artifact types of outputs, and of those that nobody takes. */
  readonly made: ReadonlySet<string>;
  readonly open: ReadonlySet<string>;
  readonly count: ReadonlyMap<string, number>;
};

function needsOf(pipeline: Pipeline, catalog: Catalog): Needs {
  const taken = new Set<string>();
  const missing = new Set<string>();
  const count = new Map<string, number>();
  for (const node of Object.values(pipeline.nodes)) {
    count.set(node.component, (count.get(node.component) ?? 0) + 1);
    for (const [port, spec] of Object.entries(specOf(catalog, node.component)?.inputs ?? {})) {
      const sources = inputSources(node, port);
      for (const source of sources) taken.add(`${source.node}.${source.port}`);
      if (sources.length === 0 && spec.optional !== true) missing.add(spec.type);
    }
  }
  const made = new Set<string>();
  const open = new Set<string>();
  for (const [id, { component }] of Object.entries(pipeline.nodes))
    for (const [port, { type }] of Object.entries(specOf(catalog, component)?.outputs ?? {})) {
      made.add(type);
      if (!taken.has(`${id}.${port}`)) open.add(type);
    }
  return { missing, made, open, count };
}

function scoreOf(spec: ComponentSpec, { missing, made, open, count }: Needs): number {
  const required = Object.values(spec.inputs).filter(({ optional }) => optional !== true);
  let score = IS_THERE * Math.min(2, count.get(spec.type) ?? 0);
  if (Object.values(spec.outputs).some(({ type }) => missing.has(type))) score += FEEDS_MISSING;
  if (required.some(({ type }) => open.has(type))) score += TAKES_OPEN;
  if (required.every(({ type }) => made.has(type))) score += CAN_BE_WIRED;
  else score += LACKS_INPUT;
  // Something that begins a graph is of little use where one has begun.
  if (required.length === 0 && made.size > 0) score += LACKS_INPUT / 2;
  return score;
}

function portFor(spec: ComponentSpec, side: OpenWire['side'], type: string | undefined) {
  const ports = Object.entries(side === 'output' ? spec.inputs : spec.outputs);
  const fitting = ports.filter(([, port]) => type === undefined || port.type === type);
  const [name, port] = fitting.find(([, { optional }]) => optional !== true) ?? fitting[0] ?? [];
  return name === undefined ? undefined : { name, score: port?.optional === true ? 0 : REQUIRES_WIRE };
}

function typeOf(pipeline: Pipeline, catalog: Catalog, { node, port, side }: OpenWire): string | undefined {
  const spec = specOf(catalog, pipeline.nodes[node]?.component ?? '');
  const ports = side === 'output' ? spec?.outputs : spec?.inputs;
  return ports !== undefined && Object.hasOwn(ports, port) ? ports[port]?.type : undefined;
}

/** The outputs of a graph that may feed an input of that type, in document order. */
export function outputsFor(
  pipeline: Pipeline,
  catalog: Catalog,
  input: ComponentSpec['inputs'][string],
): readonly PortRef[] {
  return Object.entries(pipeline.nodes).flatMap(([node, { component }]) =>
    Object.entries(specOf(catalog, component)?.outputs ?? {})
      .filter(([, output]) => portMismatch(output, input) === undefined)
      .map(([port]) => ({ node, port })),
  );
}
