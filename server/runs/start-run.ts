/** Starts a run: validate, plan, then store the pipeline, the run and its first event in one transaction. */

import { AppError } from '../../lib/errors';
import type { RunId } from '../../lib/ids';
import { savePipeline } from '../pipelines/pipeline-repository';
import { expectNodes } from './expect-nodes';
import { planRun, type PlannedRun, type RunRequest } from './plan-run';
import { recordArtifactStates } from './reuse';
import type { RunContext } from './run-context';
import { insertRun } from './run-repository';

/** Who or what started a run, as shown in its history: `command line`, `web`, `first start`. */
export type StartedBy = string;

/** The run as it was queued. */
export type StartedRun = { readonly id: RunId; readonly number: number; readonly planned: PlannedRun };

/**
 * Queues a run and returns its id at once; a worker takes it from there. A document given instead of a name is stored
 * under its name first (the same document makes no new version). Throws what `planRun` throws, and `invalid-pipeline`
 * with the reason when a selected node is blocked: such a run is not started at all.
 */
export async function startRun(context: RunContext, request: RunRequest, by: StartedBy): Promise<StartedRun> {
  const planned = await planRun(context, request);
  refuseBlocked(planned);
  const { document, launched, baseFolder, plan, found } = planned;
  const { values, selection, reuse } = request;
  const run = await context.db.transaction(async (tx) => {
    await recordArtifactStates(tx, found);
    const stored = await savePipeline(tx, {
      document,
      baseFolder,
      draft: 'name' in request.pipeline ? 'keep-draft' : 'replace',
    });
    return insertRun(tx, {
      pipelineId: stored.id,
      pipelineVersion: stored.version,
      document: launched,
      baseFolder,
      request: { by, values, selection, reuse },
      nodes: plan.nodes,
      expected: await expectNodes(tx, stored.id, plan.nodes),
    });
  });
  return { ...run, planned };
}

/** The first blocked node is the reason: those after it may only wait for it. */
function refuseBlocked({ plan }: PlannedRun): void {
  const blocked = plan.nodes.find((node) => node.decision === 'blocked');
  if (blocked === undefined) return;
  throw new AppError('invalid-pipeline', blocked.reason, { node: blocked.node, path: blocked.path });
}
