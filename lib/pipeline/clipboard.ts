/** Nodes as text: copied here, pasted there, in another pipeline, another tab or another studio. */

import * as z from 'zod';

import type { Catalog } from '../catalog/index';
import { addNodes, setPipelineParameter, type CanvasPoint } from './commands';
import { onFreeGround } from './free-place';
import {
  inputSources,
  zPipeline,
  zPipelineNode,
  zPipelineParameter,
  type NodeId,
  type Pipeline,
  type PipelineNode,
} from './pipeline';
import { placeNodes } from './place-nodes';
import { usedParameters } from './resolve-params';

/** The format of the text. */
export const CLIPBOARD_FORMAT = 'sluice.clipboard/1';

const zClipboard = z.object({
  format: z.literal(CLIPBOARD_FORMAT),
  /** Id of the pipeline it was copied from: wires from outside the selection mean something there only. */
  pipelineId: z.string(),
  nodes: zPipeline.shape.nodes,
  layout: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
  /** Pipeline parameters that the nodes refer to. */
  parameters: z.record(z.string(), zPipelineParameter).optional(),
});
/** What lies in the clipboard. */
export type Clipboard = z.infer<typeof zClipboard>;

/** Longest text that is looked at, in characters. */
const MAX_TEXT = 16_777_216;

/** The chosen nodes as text. Parameters hold no secrets by construction: a document never does. */
export function copyNodes(pipeline: Pipeline, pipelineId: string, ids: readonly NodeId[]): string {
  const chosen = ids.filter((id) => Object.hasOwn(pipeline.nodes, id));
  const nodes = pickFrom(pipeline.nodes, chosen);
  const used = usedParameters({ ...pipeline, nodes });
  const parameters = pickFrom(
    pipeline.parameters ?? {},
    [...used].filter((name) => Object.hasOwn(pipeline.parameters ?? {}, name)),
  );
  const layout = Object.fromEntries(
    chosen.flatMap((id) => {
      const place = pipeline.layout?.[id];
      return place === undefined ? [] : [[id, { x: place.x, y: place.y }]];
    }),
  );
  const clipboard: Clipboard = {
    format: CLIPBOARD_FORMAT,
    pipelineId,
    nodes,
    layout,
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
  return JSON.stringify(clipboard, undefined, 2);
}

/** What a text holds that can be pasted: nodes that were copied, or a whole pipeline file. Undefined for anything else. */
export function readClipboard(text: string): Clipboard | undefined {
  if (text.length > MAX_TEXT || !/^\s*\{/.test(text)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const copied = zClipboard.safeParse(json);
  if (copied.success) return copied.data;
  const file = zPipeline.safeParse(json);
  if (!file.success) return undefined;
  const { nodes, layout = {}, parameters } = file.data;
  return { format: CLIPBOARD_FORMAT, pipelineId: '', nodes, layout, ...(parameters !== undefined && { parameters }) };
}

/** Where and into what is pasted. */
export type PasteTarget = {
  readonly pipelineId: string;
  /** The upper left corner of what is pasted; undefined pastes beside where it was copied. */
  readonly at?: CanvasPoint | undefined;
  readonly catalog: Catalog;
};

const BESIDE = 32;

/**
 * Pastes under ids that are free. Wires among the pasted nodes are kept; those from outside are kept in the same pipeline
 * where their source still is, else the input stays open. Pipeline parameters that are not there yet come along. Where a card
 * would lie on another, all that is pasted moves to the nearest free ground.
 */
export function pasteNodes(
  pipeline: Pipeline,
  clipboard: Clipboard,
  { pipelineId, at, catalog }: PasteTarget,
): { readonly document: Pipeline; readonly ids: readonly NodeId[] } {
  const ids = freshIds(pipeline, Object.keys(clipboard.nodes));
  const isHome = clipboard.pipelineId === pipelineId;
  // A file that a person wrote names no places.
  const { layout = {} } = placeNodes({ ...pipeline, nodes: clipboard.nodes, layout: clipboard.layout }, catalog);
  const places = placesOf({ ...clipboard, layout }, at);
  const added = Object.entries(clipboard.nodes).map(([before, node]) => ({
    id: ids.get(before) ?? before,
    node: rewire(
      node,
      (source) => ids.get(source) ?? (isHome && Object.hasOwn(pipeline.nodes, source) ? source : undefined),
    ),
    at: places.get(before) ?? { x: at?.x ?? 0, y: at?.y ?? 0 },
  }));
  let document = addNodes(pipeline, onFreeGround(pipeline, catalog, added));
  for (const [name, parameter] of Object.entries(clipboard.parameters ?? {}))
    if (!Object.hasOwn(document.parameters ?? {}, name)) document = setPipelineParameter(document, name, parameter);
  return { document, ids: added.map(({ id }) => id) };
}

function placesOf({ nodes, layout }: Clipboard, at: CanvasPoint | undefined): ReadonlyMap<NodeId, CanvasPoint> {
  const known = Object.keys(nodes).flatMap((id) => {
    const place = Object.hasOwn(layout, id) ? layout[id] : undefined;
    return place === undefined ? [] : [[id, place] as const];
  });
  const left = Math.min(...known.map(([, { x }]) => x));
  const top = Math.min(...known.map(([, { y }]) => y));
  const by = at === undefined ? { x: BESIDE, y: BESIDE } : { x: at.x - left, y: at.y - top };
  return new Map(known.map(([id, { x, y }]) => [id, { x: x + by.x, y: y + by.y }]));
}

/** Keeps a name that is free; counts on from one that is not. */
function freshIds(pipeline: Pipeline, names: readonly NodeId[]): ReadonlyMap<NodeId, NodeId> {
  const taken = new Set(Object.keys(pipeline.nodes));
  const fresh = new Map<NodeId, NodeId>();
  for (const name of names) {
    const stem = name.replace(/\d+$/, '') || name;
    let id = name;
    for (let number = 2; taken.has(id); number++) id = `${stem.slice(0, 190)}${number}`;
    taken.add(id);
    fresh.set(name, id);
  }
  return fresh;
}

function rewire(node: PipelineNode, sourceOf: (id: NodeId) => NodeId | undefined): PipelineNode {
  const { inputs, ...rest } = node;
  if (inputs === undefined) return node;
  const kept: Record<string, string | string[]> = {};
  for (const port of Object.keys(inputs)) {
    const sources = inputSources(node, port).flatMap((source) => {
      const id = sourceOf(source.node);
      return id === undefined ? [] : [`${id}.${source.port}`];
    });
    const [only] = sources;
    if (only !== undefined) kept[port] = sources.length === 1 ? only : sources;
  }
  return zPipelineNode.parse(Object.keys(kept).length === 0 ? rest : { ...rest, inputs: kept });
}

function pickFrom<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = record[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
