/** What `/api/health` says: that this very launch answers, that the database does, and how old the worker's sign of life is. */

import * as z from 'zod';

import type { Executor } from '../db/client';
import { readWorkerHeartbeatAgeMs } from './worker-heartbeat-repository';

/** The answer. `ok` is about the web process and the database: work can be accepted. */
export const zHealth = z.object({
  ok: z.boolean(),
  /** Names the launch that answers, so that an orphan of an earlier one is not mistaken for it. */
  nonce: z.string(),
  database: z.enum(['ok', 'unavailable']),
  worker: z.object({
    state: z.enum(['alive', 'silent', 'unknown']),
    /** Milliseconds since the last heartbeat. */
    heartbeatAgeMs: z.number().optional(),
  }),
});
/** See {@link zHealth}. */
export type Health = z.infer<typeof zHealth>;

/** A worker that has not been heard of for this long is silent, in ms. Its heartbeat comes every few seconds. */
const SILENT_AFTER_MS = 15_000;

/** Asks the database and the workers' table. Never throws. */
export async function readHealth(db: Executor, nonce: string): Promise<Health> {
  try {
    const ageMs = await readWorkerHeartbeatAgeMs(db);
    return { ok: true, nonce, database: 'ok', worker: describeWorker(ageMs) };
  } catch {
    return { ok: false, nonce, database: 'unavailable', worker: { state: 'unknown' } };
  }
}

function describeWorker(ageMs: number | undefined): Health['worker'] {
  if (ageMs === undefined) return { state: 'silent' };
  return { state: ageMs <= SILENT_AFTER_MS ? 'alive' : 'silent', heartbeatAgeMs: Math.round(ageMs) };
}
