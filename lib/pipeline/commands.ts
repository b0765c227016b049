/**
 * What a person may do to a pipeline document: document in, document out. Nothing here knows of undo, of screens or of
 * the catalog; a change that would change nothing returns the same object. What is left alone keeps its identity.
 */

import type * as z from 'zod';

import type { JsonPath } from '../json/json-path';
import type { Wire } from './connect';
import {
  inputSources,
  type ExecutionPolicy,
  type NodeId,
  type Pipeline,
  type PipelineNode,
  type PipelineParameter,
  type PortRef,
} from './pipeline';

/** A place on the canvas, in pixels at zoom 1: the upper left corner of a card. */
export type CanvasPoint = { readonly x: number; readonly y: number };

/** A node to be added. */
export type NewNode = {
  readonly id: NodeId;
  readonly node: PipelineNode;
  /** Where its card goes. */
  readonly at: CanvasPoint;
};

/** An id for a new node of that component: `statisticsGen`, then `statisticsGen2`, `statisticsGen3`… */
export function freshNodeId(pipeline: Pipeline, component: string): NodeId {
  const stem = `${component.slice(0, 1).toLowerCase()}${component.slice(1)}`.replaceAll(/[^A-Za-z0-9_-]/g, '');
  const base = stem === '' ? 'node' : stem;
  if (!Object.hasOwn(pipeline.nodes, base)) return base;
  let number = 2;
  while (Object.hasOwn(pipeline.nodes, `${base}${number}`)) number++;
  return `${base}${number}`;
}

/** Adds nodes whose ids are free. Throws when one is taken: the caller made it with {@link freshNodeId}. */
export function addNodes(pipeline: Pipeline, added: readonly NewNode[]): Pipeline {
  if (added.length === 0) return pipeline;
  const nodes = new Map(Object.entries(pipeline.nodes));
  const layout = new Map(Object.entries(pipeline.layout ?? {}));
  for (const { id, node, at } of added) {
    if (nodes.has(id)) throw new Error(`node "${id}" is there already`);
    nodes.set(id, node);
    layout.set(id, { x: at.x, y: at.y });
  }
  return { ...pipeline, nodes: Object.fromEntries(nodes), layout: Object.fromEntries(layout) };
}

/** Removes nodes, their places and every wire that began in one of them. */
export function removeNodes(pipeline: Pipeline, ids: readonly NodeId[]): Pipeline {
  const gone = new Set(ids.filter((id) => Object.hasOwn(pipeline.nodes, id)));
  if (gone.size === 0) return pipeline;
  const kept = Object.fromEntries(
    Object.entries(pipeline.nodes)
      .filter(([id]) => !gone.has(id))
      .map(([id, node]) => [id, withoutSources(node, (source) => gone.has(source.node))]),
  );
  const { layout, ...rest } = pipeline;
  if (layout === undefined) return { ...rest, nodes: kept };
  return { ...rest, nodes: kept, layout: Object.fromEntries(Object.entries(layout).filter(([id]) => !gone.has(id))) };
}

/**
 * Draws a wire. An input that takes one source gives up the one that it had; with `keepOthers` (an input that takes a
 * list) the wire is added to the end. A wire that is there already changes nothing.
 */
export function connect(pipeline: Pipeline, wire: Wire, { keepOthers }: { readonly keepOthers: boolean }): Pipeline {
  const node = findNode(pipeline, wire.to.node);
  if (node === undefined) return pipeline;
  const before = inputSources(node, wire.to.port);
  if (before.some((source) => isSamePort(source, wire.from))) return pipeline;
  return setSources(pipeline, wire.to, keepOthers ? [...before, wire.from] : [wire.from]);
}

/** Removes wires. Those that are not there are passed over. */
export function disconnect(pipeline: Pipeline, wires: readonly Wire[]): Pipeline {
  let result = pipeline;
  for (const { from, to } of wires) {
    const node = findNode(result, to.node);
    if (node === undefined) continue;
    const before = inputSources(node, to.port);
    const after = before.filter((source) => !isSamePort(source, from));
    if (after.length < before.length) result = setSources(result, to, after);
  }
  return result;
}

/** Every wire of a document, in document order. */
export function wiresOf(pipeline: Pipeline): readonly Wire[] {
  return Object.entries(pipeline.nodes).flatMap(([node, content]) =>
    Object.keys(content.inputs ?? {}).flatMap((port) =>
      inputSources(content, port).map((from) => ({ from, to: { node, port } })),
    ),
  );
}

/** Sets one value inside a node's parameters, or removes it (so that its default holds) where `value` is undefined. */
export function setParam(
  pipeline: Pipeline,
  id: NodeId,
  { path, value }: { readonly path: JsonPath; readonly value: Json | undefined },
): Pipeline {
  const node = findNode(pipeline, id);
  if (node === undefined) return pipeline;
  const [name, ...inner] = path;
  if (name === undefined) return pipeline;
  const key = String(name);
  const { params: before = {}, ...rest } = node;
  const changed = setIn(Object.hasOwn(before, key) ? before[key] : undefined, inner, value);
  const others = Object.fromEntries(Object.entries(before).filter(([other]) => other !== key));
  if (changed === undefined && !Object.hasOwn(before, key)) return pipeline;
  if (changed !== undefined) {
    // The order of the keys stays as the person wrote it.
    return setNode(pipeline, id, { ...rest, params: { ...before, [key]: changed } });
  }
  return setNode(pipeline, id, Object.keys(others).length === 0 ? rest : { ...rest, params: others });
}

/** Puts another component (and its parameters) in a node's place. The id and with it the wires to others stay. */
export function replaceNode(pipeline: Pipeline, id: NodeId, node: PipelineNode): Pipeline {
  return Object.hasOwn(pipeline.nodes, id) ? setNode(pipeline, id, node) : pipeline;
}

/** Sets how often and how long a node is tried; undefined removes what was set. */
export function setExecution(pipeline: Pipeline, id: NodeId, execution: ExecutionPolicy | undefined): Pipeline {
  const node = findNode(pipeline, id);
  if (node === undefined) return pipeline;
  const { execution: _before, ...rest } = node;
  return setNode(pipeline, id, execution === undefined ? rest : { ...rest, execution });
}

/** Gives a node another id and carries its wires and its place along. The new id must be free and well formed. */
export function renameNode(pipeline: Pipeline, from: NodeId, to: NodeId): Pipeline {
  if (from === to || !Object.hasOwn(pipeline.nodes, from)) return pipeline;
  if (Object.hasOwn(pipeline.nodes, to)) throw new Error(`node "${to}" is there already`);
  const nodes = Object.fromEntries(
    Object.entries(pipeline.nodes).map(([id, node]) => [id === from ? to : id, renameSources(node, from, to)]),
  );
  const { layout, ...rest } = pipeline;
  if (layout === undefined) return { ...rest, nodes };
  const places = Object.fromEntries(Object.entries(layout).map(([id, place]) => [id === from ? to : id, place]));
  return { ...rest, nodes, layout: places };
}

/** Moves cards. Nodes that do not exist are passed over. */
export function moveNodes(pipeline: Pipeline, places: ReadonlyMap<NodeId, CanvasPoint>): Pipeline {
  const layout = new Map(Object.entries(pipeline.layout ?? {}));
  let isChanged = false;
  for (const [id, { x, y }] of places) {
    if (!Object.hasOwn(pipeline.nodes, id)) continue;
    const before = layout.get(id);
    if (before?.x === x && before.y === y) continue;
    layout.set(id, { ...before, x, y });
    isChanged = true;
  }
  return isChanged ? { ...pipeline, layout: Object.fromEntries(layout) } : pipeline;
}

/** Names and describes the pipeline. An undefined description removes it. */
export function describePipeline(
  pipeline: Pipeline,
  { name, description }: { readonly name: string; readonly description: string | undefined },
): Pipeline {
  const { description: _before, ...rest } = pipeline;
  return { ...rest, name, ...(description !== undefined && { description }) };
}

/** Sets a pipeline parameter; undefined removes it, references to it stay and become problems. */
export function setPipelineParameter(
  pipeline: Pipeline,
  name: string,
  parameter: PipelineParameter | undefined,
): Pipeline {
  const parameters = new Map(Object.entries(pipeline.parameters ?? {}));
  if (parameter === undefined) parameters.delete(name);
  else parameters.set(name, parameter);
  return { ...pipeline, parameters: Object.fromEntries(parameters) };
}

/** Names come from outside: `constructor` is a node only where the document has one. */
function findNode(pipeline: Pipeline, id: NodeId): PipelineNode | undefined {
  return Object.hasOwn(pipeline.nodes, id) ? pipeline.nodes[id] : undefined;
}

function setNode(pipeline: Pipeline, id: NodeId, node: PipelineNode): Pipeline {
  return { ...pipeline, nodes: { ...pipeline.nodes, [id]: node } };
}

function isSamePort(a: PortRef, b: PortRef): boolean {
  return a.node === b.node && a.port === b.port;
}

const refText = ({ node, port }: PortRef) => `${node}.${port}`;

function setSources(pipeline: Pipeline, to: PortRef, sources: readonly PortRef[]): Pipeline {
  const node = findNode(pipeline, to.node);
  return node === undefined ? pipeline : setNode(pipeline, to.node, withSources(node, to.port, sources));
}

/** One source is written as text, several as a list, none as an absent key, as a person would. */
function withSources(node: PipelineNode, port: string, sources: readonly PortRef[]): PipelineNode {
  const { inputs: before, ...rest } = node;
  const inputs = new Map(Object.entries(before ?? {}));
  const [only] = sources;
  if (only === undefined) inputs.delete(port);
  else inputs.set(port, sources.length === 1 ? refText(only) : sources.map(refText));
  return inputs.size === 0 ? rest : { ...rest, inputs: Object.fromEntries(inputs) };
}

function withoutSources(node: PipelineNode, isGone: (source: PortRef) => boolean): PipelineNode {
  let result = node;
  for (const port of Object.keys(node.inputs ?? {})) {
    const before = inputSources(node, port);
    const after = before.filter((source) => !isGone(source));
    if (after.length < before.length) result = withSources(result, port, after);
  }
  return result;
}

function renameSources(node: PipelineNode, from: NodeId, to: NodeId): PipelineNode {
  let result = node;
  for (const port of Object.keys(node.inputs ?? {})) {
    const before = inputSources(node, port);
    if (!before.some((source) => source.node === from)) continue;
    const after = before.map((source) => (source.node === from ? { ...source, node: to } : source));
    result = withSources(result, port, after);
  }
  return result;
}

type Json = z.core.util.JSONType;

/** A tree with one place set; undefined where nothing is left at the place that was asked for. */
function setIn(tree: Json | undefined, path: JsonPath, value: Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(tree)) {
    const index = Number(key);
    const item = setIn(tree[index], rest, value);
    if (item === undefined) return tree.filter((_, at) => at !== index);
    return index < tree.length ? tree.with(index, item) : [...tree, item];
  }
  const record = typeof tree === 'object' && tree !== null ? tree : {};
  const name = String(key);
  const inner = setIn(Object.hasOwn(record, name) ? record[name] : undefined, rest, value);
  if (inner !== undefined) return { ...record, [name]: inner };
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
}
