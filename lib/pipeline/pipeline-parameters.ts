/** Pipeline parameters and the nodes that refer to them. */

import type * as z from 'zod';

import { formatJsonPath, type JsonPath } from '../json/json-path';
import type { NodeId, Pipeline } from './pipeline';

type Json = z.core.util.JSONType;

/** A place that refers to a pipeline parameter. `path` is inside the node's parameters. */
export type ParameterUse = { readonly node: NodeId; readonly path: JsonPath };

/** Every reference to a pipeline parameter, by name, in document order. */
export function parameterUses(pipeline: Pipeline): ReadonlyMap<string, readonly ParameterUse[]> {
  const uses = new Map<string, ParameterUse[]>();
  const walk = (value: Json, node: NodeId, path: JsonPath): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, node, [...path, index]);
      return;
    }
    const name = value['$param'];
    if (typeof name === 'string') uses.set(name, [...(uses.get(name) ?? []), { node, path }]);
    for (const [key, item] of Object.entries(value)) walk(item, node, [...path, key]);
  };
  for (const [node, { params }] of Object.entries(pipeline.nodes)) walk(params ?? {}, node, []);
  return uses;
}

/** Gives a pipeline parameter another name and carries every reference along. The new name must be free and well formed. */
export function renamePipelineParameter(pipeline: Pipeline, from: string, to: string): Pipeline {
  const declared = pipeline.parameters ?? {};
  if (from === to || !Object.hasOwn(declared, from)) return pipeline;
  if (Object.hasOwn(declared, to)) throw new Error(`pipeline parameter "${to}" is there already`);
  const parameters = Object.fromEntries(
    Object.entries(declared).map(([name, parameter]) => [name === from ? to : name, parameter]),
  );
  const renamed = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(renamed);
    if (value['$param'] === from) return { ...value, $param: to };
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item)]));
  };
  const used = new Set(
    parameterUses(pipeline)
      .get(from)
      ?.map(({ node }) => node),
  );
  const nodes = Object.fromEntries(
    Object.entries(pipeline.nodes).map(([id, node]) => {
      if (!used.has(id) || node.params === undefined) return [id, node];
      const params = Object.fromEntries(Object.entries(node.params).map(([key, item]) => [key, renamed(item)]));
      return [id, { ...node, params }];
    }),
  );
  return { ...pipeline, parameters, nodes };
}

/** A place in words: `trainer, epochs`. */
export function describeUse({ node, path }: ParameterUse): string {
  return path.length === 0 ? node : `${node}, ${formatJsonPath(path)}`;
}
