/** Registers versions of models, inside the transaction that publishes what was pushed. */

import { sql } from 'drizzle-orm';
import * as z from 'zod';

import { zMetricValues } from '../../lib/model/model';
import type { Transaction } from '../db/client';
import { newId } from '../db/new-id';
import { models, modelVersions } from '../db/schema/index';
import type { NewArtifact, NewExecution } from '../runs/lifecycle/complete-node';
import type { NodeRef } from '../runs/lifecycle/transition';

const zPushed = z.object({
  pushed: z.literal(1),
  pushedDestination: z.string(),
  pushedVersion: z.string(),
});

/** Registers every model that an execution pushed. Its rows must be there already; what pushes none changes nothing. */
export async function registerVersions(tx: Transaction, node: NodeRef, execution: NewExecution): Promise<void> {
  for (const artifact of execution.artifacts)
    if (artifact.ref.type === 'PushedModel') await registerVersion(tx, { node, execution, artifact });
}

type Push = { readonly node: NodeRef; readonly execution: NewExecution; readonly artifact: NewArtifact };

async function registerVersion(tx: Transaction, { node, execution, artifact }: Push): Promise<void> {
  const pushed = zPushed.safeParse(artifact.ref.properties);
  const modelArtifactId = execution.inputs['model']?.[0];
  if (!pushed.success || modelArtifactId === undefined) return;
  const modelId = await lockModel(tx, node, execution.pipelineId);
  const blessingId = execution.inputs['modelBlessing']?.[0];
  const evaluation = blessingId === undefined ? undefined : await findEvaluation(tx, blessingId);
  await tx.insert(modelVersions).values({
    id: newId('ver'),
    modelId,
    number: sql`(select coalesce(max(number), 0) + 1 from model_versions where model_id = ${modelId})`,
    executionId: execution.id,
    runId: node.runId,
    nodeId: node.nodeId,
    pushedArtifactId: artifact.ref.id,
    modelArtifactId,
    modelDigest: sql`(select digest from artifacts where id = ${modelArtifactId})`,
    blessingArtifactId: blessingId ?? null,
    evaluationArtifactId: evaluation?.id ?? null,
    gate: blessingId === undefined ? 'none' : 'blessed',
    metrics: zMetricValues.safeParse(evaluation?.metrics).data ?? {},
    sizeBytes: artifact.ref.sizeBytes,
    destination: pushed.data.pushedDestination,
    pushedVersion: pushed.data.pushedVersion,
  });
}

/**
 * The model that a node pushes, made where there is none; its row stays locked, so that versions are counted one after the
 * other. The only Pusher of a pipeline keeps its model when the node gets another name.
 */
async function lockModel(tx: Transaction, { runId, nodeId }: NodeRef, pipelineId: string): Promise<string> {
  const { rows } = await tx.execute<{ pushers: number; known: string | null }>(sql`
    select (select count(*)::int from jsonb_each(r.document -> 'nodes') as node
             where node.value ->> 'component' = (select n.component from node_runs n where n.run_id = r.id and n.node_id = ${nodeId})
           ) as pushers,
           (select qualifier from models where pipeline_id = ${pipelineId} and node_id = ${nodeId} order by qualifier limit 1) as known
      from runs r where r.id = ${runId}`);
  const [row] = rows;
  const qualifier = row === undefined || row.pushers <= 1 ? '' : (row.known ?? nodeId);
  const [model] = await tx
    .insert(models)
    .values({ id: newId('model'), pipelineId, qualifier, nodeId })
    .onConflictDoUpdate({ target: [models.pipelineId, models.qualifier], set: { nodeId } })
    .returning({ id: models.id });
  if (model === undefined) throw new Error(`no model of ${pipelineId}`);
  return model.id;
}

/** The evaluation that was made together with a blessing, with the metrics that it says of itself. */
async function findEvaluation(
  tx: Transaction,
  blessingId: string,
): Promise<{ readonly id: string; readonly metrics: unknown } | undefined> {
  const { rows } = await tx.execute<{ id: string; metrics: unknown }>(sql`
    select e.id, e.properties -> 'metrics' as metrics from artifacts b
      join artifacts e on e.execution_id = b.execution_id and e.type = 'ModelEvaluation'
     where b.id = ${blessingId} order by e.port limit 1`);
  return rows[0];
}
