/** Entry of the program `sluice-worker`. */

import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { COMPONENTS } from '../../lib/catalog/index';
import { announceReady, exitWithParent, readChildEnvironment } from '../launcher/child';
import { dataFolderAt } from '../launcher/data-folder';
import { startWorker } from './run-worker';
import { DEFAULT_TIMES, defaultLimits, nodeEnvironmentFrom } from './worker-settings';

const environment = readChildEnvironment();
const starting = startWorker({
  databaseUrl: environment.databaseUrl,
  artifactsFolder: dataFolderAt(environment.dataFolder).artifacts,
  catalog: COMPONENTS,
  nodeProgram: path.join(path.dirname(fileURLToPath(import.meta.url)), 'node-process.js'),
  nodeEnvironment: nodeEnvironmentFrom(process.env),
  ...defaultLimits(),
  times: DEFAULT_TIMES,
  crashPoint: () => undefined,
  notify: (sentence) => void process.stderr.write(`${sentence}\n`),
});
exitWithParent({
  title: 'sluice-worker',
  stop: async () => {
    const worker = await starting;
    await worker.stop();
  },
});
await starting;
announceReady();
