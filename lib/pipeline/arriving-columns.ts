/**
 * Which columns arrive at a node, known before anything runs: whose columns an input carries is read off the specs, what
 * those columns are is asked of whoever can look at artifacts and files.
 */

import * as z from 'zod';

import type { Catalog } from '../catalog/index';
import type { ComponentSpec } from '../catalog/component-spec';
import type { ColumnOrigin } from '../catalog/field-hints';
import { describeParams, type FieldShape, type FormField, type Json } from '../catalog/params-form';
import { boundParameter, fieldsInside, isRecord } from '../catalog/param-values';
import { formatJsonPath, type JsonPath } from '../json/json-path';
import { didYouMean, listNames } from '../text/closest-word';
import { arrivingFeatures } from './arriving-features';
import { inputSources, type NodeId, type Pipeline, type PipelineNode, type PortRef } from './pipeline';
import { problem, type Problem } from './problem';
import { resolveParams } from './resolve-params';
import { specOf } from './spec-of';

/** A column that arrives. */
export type ArrivingColumn = {
  readonly name: string;
  /** `INT`, `FLOAT`, `STRING`, `NONE` (blank in every row that was looked at), or the type of a schema. */
  readonly kind: string;
};

/** What arrives: the columns and splits, and how that is known; or why it is not. */
export type Arriving =
  | {
      readonly state: 'known';
      readonly columns: readonly ArrivingColumn[];
      readonly splits: readonly string[];
      /** Where this was seen, as the end of a sentence: `run 46`, `taxi.csv`. */
      readonly seenIn: string;
      /** False where the node has changed since, so that the next run may bring others. */
      readonly isCurrent: boolean;
    }
  | { readonly state: 'asking' }
  | { readonly state: 'unknown'; readonly reason: string };

/** The output whose columns an origin has, or why there is none. */
export type ColumnSource =
  { readonly found: true; readonly output: PortRef } | { readonly found: false; readonly reason: string };

/**
 * Follows an input upstream to the output that decides its columns: statistics have the columns of the rows they
 * describe. `source` is the node's own files.
 */
export function columnSourceOf(
  { pipeline, catalog }: { readonly pipeline: Pipeline; readonly catalog: Catalog },
  node: NodeId,
  origin: ColumnOrigin,
): ColumnSource {
  const visited = new Set<string>();
  let at: NodeId = node;
  let wanted: ColumnOrigin = origin;
  let port = '';
  for (;;) {
    const content = Object.hasOwn(pipeline.nodes, at) ? pipeline.nodes[at] : undefined;
    if (content === undefined) return { found: false, reason: `There is no node "${at}".` };
    if (wanted === 'source') return { found: true, output: { node: at, port } };
    const [source] = inputSources(content, wanted.input);
    if (source === undefined)
      return { found: false, reason: `The input "${wanted.input}" of ${at} is not wired: wire it to see its columns.` };
    const name = `${source.node}.${source.port}`;
    if (visited.has(name)) return { found: false, reason: 'The wires go round in a circle.' };
    visited.add(name);
    const spec = specOf(catalog, pipeline.nodes[source.node]?.component ?? '');
    const output =
      spec === undefined || !Object.hasOwn(spec.outputs, source.port) ? undefined : spec.outputs[source.port];
    if (output === undefined) return { found: false, reason: `There is no output ${name}.` };
    if (output.columns === undefined) return { found: true, output: source };
    ({ node: at, port } = source);
    wanted = output.columns;
  }
}

/** A column that a parameter names. */
export type NamedColumn = {
  readonly name: string;
  readonly origin: ColumnOrigin;
  /** The input whose features it may name as well. */
  readonly alsoFeaturesAt?: string | undefined;
  /** Where in the parameters. */
  readonly path: JsonPath;
};

type Named = {
  readonly spec: ComponentSpec;
  readonly parameters: Pipeline['parameters'];
  readonly columns: readonly NamedColumn[];
};

const namedByNode = new WeakMap<PipelineNode, Named>();

/**
 * Every column that a node's parameters name, but for features that the node makes itself. References to pipeline parameters
 * are followed. Worked out once per node as long as neither it nor the parameters of the pipeline change.
 */
export function namedColumns(pipeline: Pipeline, spec: ComponentSpec, node: NodeId): readonly NamedColumn[] {
  const { parameters } = pipeline;
  const content = Object.hasOwn(pipeline.nodes, node) ? pipeline.nodes[node] : undefined;
  if (content === undefined) return [];
  const known = namedByNode.get(content);
  if (known?.spec === spec && known.parameters === parameters) return known.columns;
  const columns = findNamedColumns(pipeline, spec, node);
  namedByNode.set(content, { spec, parameters, columns });
  return columns;
}

function findNamedColumns(pipeline: Pipeline, spec: ComponentSpec, node: NodeId): readonly NamedColumn[] {
  const all = toJson(resolveParams(pipeline, node).params);
  const found: NamedColumn[] = [];
  const walkShape = (shape: FieldShape, value: Json | undefined, path: JsonPath): void => {
    if (value === undefined || boundParameter(value) !== undefined) return;
    if (shape.kind === 'text' && shape.hints.columnOf !== undefined && typeof value === 'string' && value !== '') {
      const own = shape.hints.alsoKeysOf === undefined ? undefined : all[shape.hints.alsoKeysOf];
      if (!isRecord(own) || !Object.hasOwn(own, value)) {
        const { columnOf: origin, alsoFeaturesAt } = shape.hints;
        found.push({ name: value, origin, alsoFeaturesAt, path });
      }
    }
    if (shape.kind === 'list' && Array.isArray(value))
      for (const [index, item] of value.entries()) walkShape(shape.item, item, [...path, index]);
    if (shape.kind === 'entries' && isRecord(value))
      for (const [name, item] of Object.entries(value)) walkShape(shape.item, item, [...path, name]);
    if (shape.kind === 'either') for (const option of shape.options) walkShape(option.shape, value, path);
    else walkFields(fieldsInside(shape, value), value, path);
  };
  const walkFields = (fields: readonly FormField[], values: Json, path: JsonPath): void => {
    if (!isRecord(values)) return;
    for (const field of fields)
      walkShape(field.shape, Object.hasOwn(values, field.name) ? values[field.name] : undefined, [...path, field.name]);
  };
  walkFields(describeParams(spec.params), all, []);
  return found;
}

const zParams = z.record(z.string(), z.json());

/** Parameters come as readonly JSON; forms walk plain JSON. */
function toJson(params: { readonly [name: string]: unknown }): { [name: string]: Json } {
  return zParams.parse(params);
}

/** Names of columns in a sentence: so many, each cut at so many characters. */
const MOST_NAMES = 4;
const LONGEST_NAME = 40;

function clip(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}

/** A warning for every column that a parameter names and that does not arrive. What is not known is not judged. */
export function columnProblems(
  pipeline: Pipeline,
  catalog: Catalog,
  arriving: (output: PortRef) => Arriving | undefined,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [node, { component, params }] of Object.entries(pipeline.nodes)) {
    const spec = specOf(catalog, component);
    if (spec === undefined || params === undefined) continue;
    for (const { name, origin, alsoFeaturesAt, path } of namedColumns(pipeline, spec, node)) {
      const features = alsoFeaturesAt === undefined ? [] : arrivingFeatures(pipeline, node, alsoFeaturesAt);
      // A node that takes a transform graph reads its features and nothing else: its own check names a wrong one at once.
      if (features.includes(name) || (alsoFeaturesAt === 'transformGraph' && features.length > 0)) continue;
      const source = columnSourceOf({ pipeline, catalog }, node, origin);
      const known = source.found ? arriving(source.output) : undefined;
      if (known?.state !== 'known' || known.columns.some((column) => column.name === name)) continue;
      const names = known.columns.map((column) => column.name);
      const where = origin === 'source' ? 'is not in the source files' : `does not arrive at "${origin.input}"`;
      problems.push(
        problem(
          'missing-column',
          `The column "${clip(name)}" ${where} (seen in ${known.seenIn}).${didYouMean(name, names) || ` There: ${listNames(names.map(clip), MOST_NAMES)}.`}`,
          { node, path: formatJsonPath(['nodes', node, 'params', ...path]), severity: 'warning' },
        ),
      );
    }
  }
  return problems;
}

/** The outputs whose columns must be known to judge every column that a pipeline's parameters name, each once. */
export function neededOutputs(pipeline: Pipeline, catalog: Catalog): readonly PortRef[] {
  const outputs = new Map<string, PortRef>();
  for (const [node, { component, params }] of Object.entries(pipeline.nodes)) {
    const spec = specOf(catalog, component);
    if (spec === undefined || params === undefined) continue;
    for (const { origin } of namedColumns(pipeline, spec, node)) {
      const source = columnSourceOf({ pipeline, catalog }, node, origin);
      if (source.found) outputs.set(source.output.node, source.output);
    }
  }
  return [...outputs.values()];
}
