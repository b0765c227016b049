'use client';

import type { NodeId } from '../../../lib/pipeline/pipeline';
import type { NodeStatus } from '../../../lib/run/derive-statuses';
import { useOverlay } from './editor-context';

/** What is shown of a node, as it is now; undefined for a node that was added this very moment. */
export function useNodeStatus(id: NodeId): NodeStatus | undefined {
  return useOverlay(({ statuses }) => statuses.get(id));
}

/** What is shown of all nodes, for drawings of the whole: changes with every event that changes any of them. */
export function useNodeStatuses(): ReadonlyMap<NodeId, NodeStatus> {
  return useOverlay(({ statuses }) => statuses);
}
