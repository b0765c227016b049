/** A graph as a tree: each node below the first one that feeds it, so that a list can be walked instead of a canvas. */

import { graphOf, runOrder } from './graph';
import type { NodeId, Pipeline } from './pipeline';

/** A node in the tree. */
export type OutlineItem = {
  readonly id: NodeId;
  readonly component: string;
  /** 1 for a node that nothing feeds. */
  readonly level: number;
  /** What feeds it besides the node above. */
  readonly alsoFrom: readonly NodeId[];
};

/** Every node once, in reading order. Nodes of a circle come last, at level 1. */
export function outlineOf(pipeline: Pipeline): readonly OutlineItem[] {
  const graph = graphOf(pipeline);
  const { order, unordered } = runOrder(graph);
  const children = new Map<NodeId, NodeId[]>();
  const roots: NodeId[] = [];
  // Below the last of its sources: only there does everything that it needs stand above it.
  const rank = new Map(order.map((id, index) => [id, index]));
  const parentOf = (id: NodeId) =>
    graph.upstream
      .get(id)
      ?.reduce((a, b) => ((rank.get(a) ?? 0) >= (rank.get(b) ?? 0) ? a : b), graph.upstream.get(id)?.[0] ?? id);
  for (const id of order) {
    const sources = graph.upstream.get(id) ?? [];
    const parent = sources.length === 0 ? undefined : parentOf(id);
    if (parent === undefined) roots.push(id);
    else {
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [id]);
      else siblings.push(id);
    }
  }
  const items: OutlineItem[] = [];
  const open: { readonly id: NodeId; readonly level: number }[] = roots.toReversed().map((id) => ({ id, level: 1 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { id, level } = next;
    items.push(itemOf(id, level));
    for (const child of (children.get(id) ?? []).toReversed()) open.push({ id: child, level: level + 1 });
  }
  return [...items, ...unordered.map((id) => itemOf(id, 1))];

  function itemOf(id: NodeId, level: number): OutlineItem {
    const parent = level > 1 ? parentOf(id) : undefined;
    const alsoFrom = (graph.upstream.get(id) ?? []).filter((source) => source !== parent);
    return { id, component: pipeline.nodes[id]?.component ?? '', level, alsoFrom };
  }
}
