/** Aliases of versions: set, moved and taken away by hand, with a history that is never changed. */

import { desc, eq, sql } from 'drizzle-orm';

import { AppError } from '../../lib/errors';
import type { AliasChange } from '../../lib/model/model';
import type { Database } from '../db/client';
import { modelAliases, modelAliasHistory, models } from '../db/schema/index';

/** What a person does to an alias. */
export type AliasRequest = {
  readonly modelId: string;
  readonly alias: string;
  /** The version that it points to from now on; null takes it away. */
  readonly versionId: string | null;
  readonly note: string;
  readonly author: string;
  /** Number of the version that the person saw it at; null where they saw none. */
  readonly seenAt: number | null;
};

/** Longest history in an answer. */
const MAX_CHANGES = 200;

/**
 * Sets, moves or takes away an alias, and records who did it and why. Throws `not-found` for an unknown model or version
 * and `conflict` where the alias does not stand any more where the person saw it. What changes nothing is not recorded.
 */
export async function changeAlias(db: Database, request: AliasRequest): Promise<void> {
  const { modelId, alias, versionId, note, author, seenAt } = request;
  await db.transaction(async (tx) => {
    const [model] = await tx.select({ id: models.id }).from(models).where(eq(models.id, modelId)).for('update');
    if (model === undefined) throw new AppError('not-found', 'There is no such registered model.');
    const { rows } = await tx.execute<{ before: number | null; after: number | null }>(sql`
      select (select v.number from model_aliases a join model_versions v on v.id = a.version_id
               where a.model_id = ${modelId} and a.alias = ${alias}) as before,
             (select number from model_versions where id = ${versionId} and model_id = ${modelId}) as after`);
    const before = rows[0]?.before ?? null;
    const after = rows[0]?.after ?? null;
    if (versionId !== null && after === null) throw new AppError('not-found', 'This model has no such version.');
    if (before === after) return;
    if (before !== seenAt)
      throw new AppError(
        'conflict',
        `Meanwhile "${alias}" ${before === null ? 'was taken away' : `points to v${before}`}.`,
        {
          nextStep: 'Look at its history and decide again.',
        },
      );
    if (versionId === null)
      await tx.execute(sql`delete from model_aliases where model_id = ${modelId} and alias = ${alias}`);
    else
      await tx
        .insert(modelAliases)
        .values({ modelId, alias, versionId })
        .onConflictDoUpdate({ target: [modelAliases.modelId, modelAliases.alias], set: { versionId } });
    await tx.insert(modelAliasHistory).values({ modelId, alias, fromNumber: before, toNumber: after, author, note });
  });
}

/** What was done to the aliases of a model, newest first. */
export async function listAliasChanges(db: Database, modelId: string): Promise<AliasChange[]> {
  const rows = await db
    .select()
    .from(modelAliasHistory)
    .where(eq(modelAliasHistory.modelId, modelId))
    .orderBy(desc(modelAliasHistory.id))
    .limit(MAX_CHANGES);
  return rows.map(({ id, alias, fromNumber, toNumber, author, note, createdAt }) => ({
    id,
    alias,
    from: fromNumber,
    to: toNumber,
    author,
    note,
    createdAt: createdAt.toISOString(),
  }));
}
