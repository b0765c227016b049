/** A pipeline as the Eclipse Layout Kernel takes it, and its answer as places. Pure: the kernel itself runs in a worker. */

import type { Catalog } from '../catalog/index';
import { boxesOf, type Box, type Places } from './arrange-nodes';
import { wiresOf } from './commands';
import type { NodeId, Pipeline } from './pipeline';
import { snapToGrid } from './place-nodes';

/** The part of the kernel's graph format that we use. */
export type ElkGraph = {
  readonly id: string;
  readonly layoutOptions: Record<string, string>;
  readonly children: { id: string; width: number; height: number; x: number; y: number }[];
  readonly edges: { id: string; sources: string[]; targets: string[] }[];
};

/** Chains with more columns than this are wrapped into banks, so that the drawing keeps the shape of a screen. */
const LONG_CHAIN = 12;

/** The graph of these nodes and the wires among them. Model order keeps what a person put above above. */
export function toElkGraph(pipeline: Pipeline, catalog: Catalog, ids: readonly NodeId[]): ElkGraph {
  const boxes = boxesOf(pipeline, catalog, ids).toSorted((a, b) => a.y - b.y || a.x - b.x);
  const inside = new Set(boxes.map(({ id }) => id));
  const pairs = new Set(
    wiresOf(pipeline)
      .filter(({ from, to }) => inside.has(from.node) && inside.has(to.node))
      .map(({ from, to }) => `${from.node}\n${to.node}`),
  );
  return {
    id: 'pipeline',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.spacing.nodeNode': '32',
      'elk.layered.spacing.nodeNodeBetweenLayers': '58',
      'elk.spacing.componentComponent': '64',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      ...(boxes.length > LONG_CHAIN && {
        'elk.aspectRatio': '1.8',
        'elk.layered.wrapping.strategy': 'MULTI_EDGE',
      }),
    },
    children: boxes.map(({ id, width, height, x, y }) => ({ id, width, height, x, y })),
    edges: [...pairs].map((pair) => {
      const [from = '', to = ''] = pair.split('\n');
      return { id: pair, sources: [from], targets: [to] };
    }),
  };
}

/** What the kernel answers of a node. */
export type ElkPlaced = { readonly id: string; readonly x?: number | undefined; readonly y?: number | undefined };

/** Places on the grid; the upper left corner of all stays where it was. */
export function placesFromElk(placed: readonly ElkPlaced[], before: readonly Box[]): Places {
  const left = Math.min(...before.map(({ x }) => x));
  const top = Math.min(...before.map(({ y }) => y));
  const newLeft = Math.min(...placed.map(({ x }) => x ?? 0));
  const newTop = Math.min(...placed.map(({ y }) => y ?? 0));
  return new Map(
    placed.map(({ id, x = 0, y = 0 }) => [id, { x: snapToGrid(x - newLeft + left), y: snapToGrid(y - newTop + top) }]),
  );
}
