/** Entry of a worker for tests: the shipped worker with test components, short times and crash points. */

import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as z from 'zod';

import { COMPONENTS } from '../../lib/catalog/index';
import { announceReady, exitWithParent } from '../launcher/child';
import { startWorker } from '../worker/run-worker';
import { DEFAULT_TIMES, nodeEnvironmentFrom } from '../worker/worker-settings';
import { TEST_COMPONENTS } from './components/specs';
import { crashPointFrom } from './crash-point';

const settings = z
  .object({
    databaseUrl: z.string(),
    artifactsFolder: z.string(),
    concurrency: z.number().int(),
    idleInTransactionMs: z.number().optional(),
    times: z
      .object({
        leaseMs: z.number(),
        heartbeatMs: z.number(),
        sweepMs: z.number(),
        pollMs: z.number(),
        graceMs: z.number(),
      })
      .partial(),
  })
  .parse(JSON.parse(process.env['SLUICE_TEST_WORKER'] ?? '{}'));

const starting = startWorker({
  databaseUrl: settings.databaseUrl,
  artifactsFolder: settings.artifactsFolder,
  catalog: { ...COMPONENTS, ...TEST_COMPONENTS },
  nodeProgram: path.join(path.dirname(fileURLToPath(import.meta.url)), 'node-main.mjs'),
  nodeEnvironment: nodeEnvironmentFrom(process.env),
  concurrency: settings.concurrency,
  limits: { memoryMb: 512, threads: 2 },
  ...(settings.idleInTransactionMs !== undefined && { idleInTransactionMs: settings.idleInTransactionMs }),
  times: { ...DEFAULT_TIMES, ...definedOf(settings.times) },
  crashPoint: crashPointFrom(process.env),
  notify: (sentence) => void process.stderr.write(`${sentence}\n`),
});
exitWithParent({
  title: 'sluice-worker',
  stop: async () => {
    const worker = await starting;
    await worker.stop();
  },
});
const { id } = await starting;
process.stdout.write(`${id}\n`);
announceReady();

function definedOf<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Only keys with a value are left, which the type of `Object.fromEntries` cannot say.
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
