/** Parameters as a node gets them: `{ "$param": "name" }` replaced by the value of the pipeline's parameter. */

import type { JsonValue } from '../hash';
import { formatJsonPath, type JsonPath } from '../json/json-path';
import { didYouMean } from '../text/closest-word';
import type { NodeId, Pipeline, PipelineNode, PipelineParameter } from './pipeline';
import { problem, type Problem } from './problem';

/** Parameters of a node after `$param`, with the places that could not be filled. */
export type ResolvedParams = {
  readonly params: { readonly [name: string]: JsonValue };
  readonly problems: readonly Problem[];
  /** True when a place stays empty, so that the parameters cannot be checked further. */
  readonly incomplete: boolean;
};

/** Resolves one node's parameters. A pipeline parameter without a value is an error at that place. */
export function resolveParams(pipeline: Pipeline, id: NodeId): ResolvedParams {
  const problems: Problem[] = [];
  const walk = (value: JsonValue, path: JsonPath): JsonValue => {
    if (Array.isArray(value)) return value.map((item: JsonValue, index) => walk(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    if (!('$param' in value)) {
      const entries = Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])] as const);
      return Object.fromEntries(entries);
    }
    const found = lookUp(pipeline, value);
    if ('value' in found) return found.value;
    problems.push(problem(found.code, found.message, { node: id, path: formatJsonPath(path) }));
    return null;
  };
  const params: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(pipeline.nodes[id]?.params ?? {}))
    params[name] = walk(value, ['nodes', id, 'params', name]);
  return { params, problems, incomplete: problems.length > 0 };
}

/** Names of the pipeline parameters that any node refers to. */
export function usedParameters(pipeline: Pipeline): ReadonlySet<string> {
  const used = new Set<string>();
  for (const node of Object.values(pipeline.nodes)) for (const name of parametersOf(node)) used.add(name);
  return used;
}

/** Names of the pipeline parameters that one node refers to. */
export function parametersOf({ params = {} }: PipelineNode): ReadonlySet<string> {
  const used = new Set<string>();
  const walk = (value: JsonValue): void => {
    if (typeof value !== 'object' || value === null) return;
    const name = '$param' in value ? value['$param'] : undefined;
    if (typeof name === 'string') used.add(name);
    for (const item of Object.values(value)) walk(item);
  };
  walk(params);
  return used;
}

type Refusal = { readonly code: Problem['code']; readonly message: string };

function lookUp(pipeline: Pipeline, reference: object): { readonly value: JsonValue } | Refusal {
  const name: unknown = '$param' in reference ? reference.$param : undefined;
  if (typeof name !== 'string' || Object.keys(reference).length !== 1)
    return {
      code: 'invalid-parameter',
      message: 'A reference to a pipeline parameter holds its name alone: { "$param": "name" }.',
    };
  const declared = pipeline.parameters ?? {};
  const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (parameter === undefined) {
    const names = Object.keys(declared);
    const hint =
      names.length === 0 ? ' The pipeline declares none: add it under "parameters".' : didYouMean(name, names);
    return { code: 'unknown-pipeline-parameter', message: `There is no pipeline parameter "${name}".${hint}` };
  }
  if (parameter.default === undefined)
    return {
      code: 'missing-pipeline-parameter',
      message: `The pipeline parameter "${name}" has no value: give it a default, or set it at launch with --param ${name}=….`,
    };
  return { value: parameter.default };
}

/** Why a value does not fit the declared type, as the end of a sentence (`is text, not a whole number`), or undefined. */
export function typeMismatch(type: PipelineParameter['type'], value: JsonValue): string | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? undefined : `is ${kindOf(value)}, not text`;
    case 'integer':
      return Number.isInteger(value) ? undefined : `is ${kindOf(value)}, not a whole number`;
    case 'number':
      return typeof value === 'number' ? undefined : `is ${kindOf(value)}, not a number`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `is ${kindOf(value)}, not true or false`;
    case 'json':
      return undefined;
  }
}

/** The kind of a JSON value in plain words: `text`, `a number`, `a list`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'an object';
  }
}
