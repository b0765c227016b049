/** Looks at the inputs of node runs that they decide about: a shut gate skips the node, and that is no failure. */

import type { Catalog } from '../../lib/catalog/index';
import { findInputFault } from '../../lib/pipeline/judge-inputs';
import { specOf } from '../../lib/pipeline/spec-of';
import type { Database } from '../db/client';
import { admitNode, findUnadmittedNodes, skipNode, type UnadmittedNode } from '../runs/lifecycle/admit-node';
import { findNodeArtifacts, type RunDocument } from '../runs/lifecycle/run-inputs';

/** What is needed to look at inputs. */
export type AdmitContext = {
  readonly db: Database;
  readonly catalog: Catalog;
  readonly documentOf: (runId: RunDocument['runId']) => Promise<RunDocument>;
};

/** Admits or skips every node whose turn it is; true when there was any. */
export async function admitReadyNodes(context: AdmitContext): Promise<boolean> {
  let any = false;
  for (const node of await findUnadmittedNodes(context.db)) any = (await admitOrSkip(context, node)) || any;
  return any;
}

async function admitOrSkip({ db, catalog, documentOf }: AdmitContext, node: UnadmittedNode): Promise<boolean> {
  const { document } = await documentOf(node.runId);
  const placed = document.nodes[node.nodeId];
  const spec = specOf(catalog, node.component);
  const artifacts = await findNodeArtifacts(db, node.runId, node.upstream);
  const fault =
    placed === undefined || spec === undefined
      ? undefined
      : findInputFault(spec, placed, (source) =>
          artifacts.filter((item) => item.node === source.node && item.port === source.port).map(({ ref }) => ref),
        );
  if (fault !== undefined) return skipNode(db, node, { reason: fault.reason, because: fault.because.node });
  return admitNode(db, node, `${node.nodeId} runs after all because a node before it made other outputs than planned.`);
}
