import { sql } from 'drizzle-orm';

import type { Executor } from '../db/client';
import { workers } from '../db/schema/index';

/** Milliseconds since the last heartbeat of any worker, by the clock of the database; undefined when there never was one. */
export async function readWorkerHeartbeatAgeMs(db: Executor): Promise<number | undefined> {
  const [row] = await db
    .select({
      ageMs: sql<number | null>`(extract(epoch from clock_timestamp() - max(${workers.heartbeatAt})) * 1000)::float8`,
    })
    .from(workers);
  return row?.ageMs ?? undefined;
}
