import { rm } from 'node:fs/promises';

import type { Database } from '../db/client';
import { settleDeliveries } from '../engine/delivery';
import { hasExecution } from '../runs/lifecycle/complete-node';

/**
 * Removes the folder of an attempt that is over, and what it delivered outside of the store without being recorded. While
 * the tables cannot be asked the folder stays, and the next sweep goes on.
 */
export async function removeAttempt(db: Database, folder: string): Promise<void> {
  await settleDeliveries(folder, (id) => hasExecution(db, id));
  await rm(folder, { recursive: true, force: true });
}
