/**
 * The query process (`sluice-query`): DuckDB for screens and the command line. It only reads artifacts. Memory that
 * DuckDB does not count (results on their way to JSON) is watched too: beyond the limit the process ends itself, which
 * costs the answers under way, and the launcher starts a new one.
 */

import { mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import path from 'node:path';

import { announceReady, endNow, exitWithParent, readChildEnvironment } from '../launcher/child';
import { dataFolderAt } from '../launcher/data-folder';
import { queryAnswers } from './answer-queries';
import { listenForQueries } from './query-server';

/** DuckDB's memory for one answer, in MB; two may be under way. */
const MEMORY_MB = 384;
/** Resident memory at which the process ends itself, in bytes. */
const MAX_RESIDENT_BYTES = 1_600_000_000;
const WATCH_EVERY_MS = 100;

const environment = readChildEnvironment();
const folder = dataFolderAt(environment.dataFolder);
const tempFolder = path.join(folder.run, 'query.tmp');
const end = (why: string): never => {
  process.stderr.write(`sluice-query ended itself: ${why}\n`);
  return endNow();
};

rmSync(tempFolder, { recursive: true, force: true });
mkdirSync(tempFolder, { recursive: true, mode: 0o700 });

let server: Server | undefined;
exitWithParent({
  title: 'sluice-query',
  nativeWork: true,
  stop: () => {
    server?.close();
    if (process.platform !== 'win32') rmSync(environment.querySocket, { force: true });
    rmSync(tempFolder, { recursive: true, force: true });
  },
});
server = await listenForQueries(
  environment.querySocket,
  queryAnswers({
    store: folder.artifacts,
    uploads: folder.uploads,
    tempFolder,
    memoryMb: MEMORY_MB,
    onStuck: () => end('a statement did not stop when it was interrupted'),
  }),
);
setInterval(() => {
  if (process.memoryUsage.rss() > MAX_RESIDENT_BYTES) end('an answer needed too much memory');
}, WATCH_EVERY_MS).unref();
announceReady();
