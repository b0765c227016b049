/** Which nodes a run is asked to bring up to date: all of them, or a part. */

import * as z from 'zod';

import { err, ok, type Result } from '../result';
import { didYouMean } from '../text/closest-word';
import { withAncestors, withDescendants, type Graph } from './graph';
import { zNodeId, type NodeId } from './pipeline';
import { problem, type Problem } from './problem';

const nodes = z.array(zNodeId).min(1);

/** `to`: these nodes and what they depend on. `from`: these and what depends on them. `only`: exactly these. */
export const zSelection = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all') }),
  z.strictObject({ type: z.literal('to'), nodes }),
  z.strictObject({ type: z.literal('from'), nodes }),
  z.strictObject({ type: z.literal('only'), nodes }),
]);
/** See {@link zSelection}. */
export type Selection = z.infer<typeof zSelection>;

/** The selected nodes, or the problem that one of them does not exist. */
export function selectNodes(graph: Graph, selection: Selection): Result<ReadonlySet<NodeId>, Problem> {
  if (selection.type === 'all') return ok(new Set(graph.nodes));
  const unknown = selection.nodes.find((id) => !graph.upstream.has(id));
  if (unknown !== undefined)
    return err(
      problem('unknown-node', `--${selection.type}: there is no node "${unknown}".${didYouMean(unknown, graph.nodes)}`),
    );
  switch (selection.type) {
    case 'to':
      return ok(withAncestors(graph, selection.nodes));
    case 'from':
      return ok(withDescendants(graph, selection.nodes));
    case 'only':
      return ok(new Set(selection.nodes));
  }
}
