/** Which steps of a pipeline a finding reaches: those that work with the data that were checked. */

import { graphOf, withAncestors, withDescendants } from './graph';
import type { NodeId, Pipeline } from './pipeline';

/**
 * What comes after the source of a node's data, without the steps that lead to the node, without the node itself and
 * without those that only look (their category is `Validate`). In document order.
 */
export function affectedNodes(
  pipeline: Pipeline,
  id: NodeId,
  isOnlyLooking: (component: string) => boolean,
): readonly NodeId[] {
  const graph = graphOf(pipeline);
  const before = withAncestors(graph, [id]);
  const after = withDescendants(graph, before);
  return graph.nodes.filter(
    (node) => after.has(node) && !before.has(node) && !isOnlyLooking(pipeline.nodes[node]?.component ?? ''),
  );
}
