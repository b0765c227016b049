/** Keys of executions: what a version was made of. Reads only. */

import { sql } from 'drizzle-orm';
import * as z from 'zod';

import { zKeyParts, type KeyParts } from '../../lib/pipeline/cache-key';
import type { Executor } from '../db/client';

const zMade = z.object({ uri: z.string(), node: z.string(), executionId: z.string(), key: zKeyParts });

/** An artifact's place and the execution that made it; undefined where it is no longer recorded. */
export async function findMade(db: Executor, artifactId: string): Promise<z.output<typeof zMade> | undefined> {
  const found = await db.execute(sql`
    select a.uri, e.node_id as node, e.id as "executionId", e.key
      from artifacts a join executions e on e.id = a.execution_id where a.id = ${artifactId}`);
  return found.rows.map((row) => zMade.parse(row))[0];
}

const zKeyRow = z.object({ id: z.string(), key: zKeyParts });

/** The keys of executions, by their id. */
export async function findKeys(db: Executor, ids: readonly string[]): Promise<ReadonlyMap<string, KeyParts>> {
  const found = await db.execute(sql`
    select id, key from executions where id = any(${sql.param([...ids])}::text[])`);
  return new Map(found.rows.map((row) => zKeyRow.parse(row)).map(({ id, key }) => [id, key]));
}
