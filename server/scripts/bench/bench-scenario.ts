/** A scenario on an embedded PostgreSQL of its own, with the times of the shipped worker. */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { openDatabase } from '../../db/client';
import { migrateDatabase, migrationsFolder } from '../../db/migrate';
import { dataFolderAt } from '../../launcher/data-folder';
import { ensurePostgres } from '../../postgres/ensure-postgres';
import { openScenario, type Scenario } from '../../testing/scenario';
import { DEFAULT_TIMES } from '../../worker/worker-settings';

const CHECKOUT = path.resolve(import.meta.dirname, '../../..');

/** Opens one; it takes everything with it when it is disposed of. Workers are started by {@link Scenario.startWorker}. */
export async function openBenchScenario(): Promise<Scenario & AsyncDisposable> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'sluice-bench-'));
  chmodSync(root, 0o755);
  const postgres = await ensurePostgres(dataFolderAt(root));
  await migrateDatabase(postgres.url, migrationsFolder(CHECKOUT));
  const client = openDatabase({ url: postgres.url, applicationName: 'sluice-bench', maxConnections: 8 });
  const scenario = await openScenario({ ...client, url: postgres.url });
  return {
    ...scenario,
    startWorker: (options) => scenario.startWorker({ times: DEFAULT_TIMES, ...options }),
    async [Symbol.asyncDispose]() {
      await scenario[Symbol.asyncDispose]();
      await postgres.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
