/** Finds the Examples that an Evaluator read: its rows are those that predictions are numbered by. */

import { and, eq } from 'drizzle-orm';

import { zArtifactId, type ArtifactId } from '../../lib/ids';
import type { Executor } from '../db/client';
import { artifacts, executionInputs } from '../db/schema/index';
import { findArtifact, type StoredArtifact } from './artifact-repository';

/** The Examples at the input `examples` of the execution that made the evaluation; undefined where it is gone. */
export async function findEvaluatedExamples(
  db: Executor,
  evaluationId: ArtifactId,
): Promise<StoredArtifact | undefined> {
  const [input] = await db
    .select({ id: executionInputs.artifactId })
    .from(artifacts)
    .innerJoin(executionInputs, eq(executionInputs.executionId, artifacts.executionId))
    .where(and(eq(artifacts.id, evaluationId), eq(executionInputs.port, 'examples')))
    .orderBy(executionInputs.position)
    .limit(1);
  return input === undefined ? undefined : findArtifact(db, zArtifactId.parse(input.id));
}
