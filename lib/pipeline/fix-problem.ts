/** What takes a problem away, where that is certain: a change of the document with its name. Nothing is guessed. */

import type { Catalog } from '../catalog/index';
import { isRecord, valueAt } from '../catalog/param-values';
import type { Json } from '../catalog/params-form';
import { parseJsonPath, type JsonPath } from '../json/json-path';
import { knownKeys } from '../json/known-keys';
import { closestWord } from '../text/closest-word';
import { columnSourceOf, namedColumns, type Arriving } from './arriving-columns';
import { connect, disconnect, replaceNode, setParam, setPipelineParameter } from './commands';
import { inputSources, type Pipeline, type PortRef } from './pipeline';
import type { Problem } from './problem';
import { sourceChoices } from './source-choices';
import { specOf } from './spec-of';

/** A change that takes a problem away. */
export type ProblemFix = {
  /** What it does: `Wire examples.examples`. */
  readonly label: string;
  readonly apply: (pipeline: Pipeline) => Pipeline;
};

/** What fixes are found in. */
export type FixContext = {
  readonly pipeline: Pipeline;
  readonly catalog: Catalog;
  /** Columns of an output, as far as they are known. */
  readonly arriving: (output: PortRef) => Arriving | undefined;
};

/** The fixes of a problem, the surest first; an empty list where only the person can know. */
export function fixesOf(context: FixContext, problem: Problem): readonly ProblemFix[] {
  const path = problem.path === undefined ? undefined : parseJsonPath(problem.path);
  if (path?.ok !== true) return [];
  switch (problem.code) {
    case 'missing-input':
      return wireOnlyFitting(context, path.value);
    case 'duplicate-source':
      return removeDuplicate(context, path.value);
    case 'unknown-input':
      return renameInput(context, path.value);
    case 'unknown-node':
    case 'unknown-port':
      return renameSource(context, path.value);
    case 'unknown-parameter':
      return renameParameter(context, path.value);
    case 'unknown-pipeline-parameter':
      return bindToClosest(context, path.value);
    case 'unused-pipeline-parameter':
      return removePipelineParameter(path.value);
    case 'unknown-component':
      return renameComponent(context, path.value);
    case 'missing-column':
      return renameColumn(context, path.value);
    default:
      return [];
  }
}

const refText = ({ node, port }: PortRef) => `${node}.${port}`;

function wireOnlyFitting(context: FixContext, path: JsonPath): readonly ProblemFix[] {
  const [, node, , port] = path.map(String);
  if (node === undefined || port === undefined) return [];
  const fitting = sourceChoices(context, { node, port }).filter(({ refusal }) => refusal === undefined);
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) return [];
  const { from } = only;
  return [
    {
      label: `Wire ${refText(from)}`,
      apply: (pipeline) => connect(pipeline, { from, to: { node, port } }, { keepOthers: false }),
    },
  ];
}

function removeDuplicate({ pipeline }: FixContext, path: JsonPath): readonly ProblemFix[] {
  const [, node, , port] = path.map(String);
  if (node === undefined || port === undefined) return [];
  const [source] = inputSources(pipeline.nodes[node] ?? { component: '' }, port).slice(Number(path[4]));
  if (source === undefined) return [];
  const to = { node, port };
  return [
    {
      label: `Keep ${refText(source)} once`,
      apply: (before) =>
        connect(disconnect(before, [{ from: source, to }]), { from: source, to }, { keepOthers: true }),
    },
  ];
}

function renameInput({ pipeline, catalog }: FixContext, path: JsonPath): readonly ProblemFix[] {
  const [, node, , port] = path.map(String);
  const content = pipeline.nodes[node ?? ''];
  if (node === undefined || port === undefined || content === undefined) return [];
  const sources = inputSources(content, port);
  const wires = sources.map((from) => ({ from, to: { node, port } }));
  const closest = closestWord(port, Object.keys(specOf(catalog, content.component)?.inputs ?? {}));
  const isFree = closest !== undefined && inputSources(content, closest).length === 0;
  const unwire: ProblemFix = { label: `Remove "${port}"`, apply: (before) => disconnect(before, wires) };
  if (!isFree) return [unwire];
  const rename = (before: Pipeline) =>
    sources.reduce(
      (document, from) => connect(document, { from, to: { node, port: closest } }, { keepOthers: true }),
      disconnect(before, wires),
    );
  return [{ label: `Rename to "${closest}"`, apply: rename }, unwire];
}

function renameSource({ pipeline, catalog }: FixContext, path: JsonPath): readonly ProblemFix[] {
  const [, node, , port] = path.map(String);
  const content = pipeline.nodes[node ?? ''];
  if (node === undefined || port === undefined || content === undefined) return [];
  const source = inputSources(content, port)[Number(path[4] ?? 0)];
  if (source === undefined) return [];
  const to = { node, port };
  const unwire: ProblemFix = {
    label: `Unwire ${refText(source)}`,
    apply: (before) => disconnect(before, [{ from: source, to }]),
  };
  const known = Object.hasOwn(pipeline.nodes, source.node);
  const closest = known
    ? { node: source.node, port: closestWord(source.port, outputsOf({ pipeline, catalog }, source.node)) }
    : { node: closestWord(source.node, Object.keys(pipeline.nodes)), port: source.port };
  if (closest.node === undefined || closest.port === undefined) return [unwire];
  const from = { node: closest.node, port: closest.port };
  return [
    {
      label: `Wire ${refText(from)} instead`,
      apply: (before) => connect(disconnect(before, [{ from: source, to }]), { from, to }, { keepOthers: true }),
    },
    unwire,
  ];
}

function outputsOf({ pipeline, catalog }: Pick<FixContext, 'pipeline' | 'catalog'>, node: string): readonly string[] {
  return Object.keys(specOf(catalog, pipeline.nodes[node]?.component ?? '')?.outputs ?? {});
}

/** The part of a path below `nodes.<id>.params`. */
function paramPlace(path: JsonPath): { readonly node: string; readonly inner: JsonPath } | undefined {
  const [, node, part, ...inner] = path;
  return typeof node === 'string' && part === 'params' && inner.length > 0 ? { node, inner } : undefined;
}

function renameParameter({ pipeline, catalog }: FixContext, path: JsonPath): readonly ProblemFix[] {
  const place = paramPlace(path);
  if (place === undefined) return [];
  const { node, inner } = place;
  const name = String(inner.at(-1));
  const parent = inner.slice(0, -1);
  const content = pipeline.nodes[node];
  const spec = specOf(catalog, content?.component ?? '');
  const remove: ProblemFix = {
    label: `Remove "${name}"`,
    apply: (before) => setParam(before, node, { path: inner, value: undefined }),
  };
  const siblings = valueAt(content?.params, parent);
  const closest = spec === undefined ? undefined : closestWord(name, knownKeys(spec.params, parent));
  if (closest === undefined || !isRecord(siblings) || Object.hasOwn(siblings, closest)) return [remove];
  const value = siblings[name];
  const rename = (before: Pipeline) =>
    setParam(setParam(before, node, { path: inner, value: undefined }), node, { path: [...parent, closest], value });
  return [{ label: `Rename to "${closest}"`, apply: rename }, remove];
}

function bindToClosest({ pipeline }: FixContext, path: JsonPath): readonly ProblemFix[] {
  const place = paramPlace(path);
  if (place === undefined) return [];
  const { node, inner } = place;
  const reference = valueAt(pipeline.nodes[node]?.params, inner);
  const name = isRecord(reference) ? reference['$param'] : undefined;
  if (typeof name !== 'string') return [];
  const closest = closestWord(name, Object.keys(pipeline.parameters ?? {}));
  if (closest === undefined) return [];
  const value: Json = { $param: closest };
  return [{ label: `Use "${closest}"`, apply: (before) => setParam(before, node, { path: inner, value }) }];
}

function removePipelineParameter(path: JsonPath): readonly ProblemFix[] {
  const name = String(path[1]);
  return [{ label: `Remove "${name}"`, apply: (before) => setPipelineParameter(before, name, undefined) }];
}

function renameComponent({ pipeline, catalog }: FixContext, path: JsonPath): readonly ProblemFix[] {
  const node = String(path[1]);
  const content = pipeline.nodes[node];
  const closest = closestWord(content?.component ?? '', Object.keys(catalog));
  if (content === undefined || closest === undefined) return [];
  const label = `Make it ${closest}`;
  return [{ label, apply: (before) => replaceNode(before, node, { ...content, component: closest }) }];
}

function renameColumn({ pipeline, catalog, arriving }: FixContext, path: JsonPath): readonly ProblemFix[] {
  const place = paramPlace(path);
  const spec = specOf(catalog, pipeline.nodes[place?.node ?? '']?.component ?? '');
  if (place === undefined || spec === undefined) return [];
  const { node, inner } = place;
  // A column that stands in a pipeline parameter is changed there, for all that use it.
  if (typeof valueAt(pipeline.nodes[node]?.params, inner) !== 'string') return [];
  const named = namedColumns(pipeline, spec, node).find((column) => column.path.join('\0') === inner.join('\0'));
  const source = named === undefined ? undefined : columnSourceOf({ pipeline, catalog }, node, named.origin);
  const known = source?.found === true ? arriving(source.output) : undefined;
  if (named === undefined || known?.state !== 'known') return [];
  const closest = closestWord(
    named.name,
    known.columns.map(({ name }) => name),
  );
  if (closest === undefined) return [];
  return [{ label: `Use "${closest}"`, apply: (before) => setParam(before, node, { path: inner, value: closest }) }];
}
