/**
 * A host without a page: forked by a command line where none runs, shared by all that come while it lives. It ends with
 * the last of them, so that nothing is left running. Tells its parent over IPC whether it could own the data folder.
 */

import { toErrorInfo } from '../../lib/errors';
import type { BackgroundReport } from './attach';
import type { Installation } from './installation';
import { startHost } from './host';

/** How long a host waits for its first client before it ends again. */
const FIRST_CLIENT_PATIENCE_MS = 15_000;
/** How long a report of a failure may take to reach the parent. */
const REPORT_PATIENCE_MS = 200;

function report(message: BackgroundReport): void {
  if (process.connected) process.send?.(message, () => undefined);
}

async function serve(dataFolder: string, installation: Installation): Promise<void> {
  const lonely = new AbortController();
  const patience = setTimeout(() => {
    lonely.abort();
  }, FIRST_CLIENT_PATIENCE_MS);
  const claim = await startHost({
    dataFolder,
    kind: 'background',
    installation,
    databaseUrl: process.env['DATABASE_URL'],
    notify: () => undefined,
    onJoin: () => {
      clearTimeout(patience);
    },
    onLeave: (left) => (left === 0 ? 'stop' : 'stay'),
  });
  if (claim.state === 'held') {
    report({ type: 'held' });
    return;
  }
  const { host } = claim;
  const end = () => void host.stop();
  lonely.signal.addEventListener('abort', end);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
  try {
    await host.ready;
    report({ type: 'ready' });
  } catch (error) {
    report({ type: 'failed', error: toErrorInfo(error) });
    await host.stop();
    process.exit(1);
  }
  await host.stopped;
  // Its end closes the sockets of those who wait for it.
  process.exit(0);
}

/** Runs the host in this process, until its last client has left. The process ends with it. */
export function serveInBackground(dataFolder: string, installation: Installation): void {
  process.title = 'sluice-background';
  // Its parent's terminal and pipes may go away before it does.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  serve(dataFolder, installation).then(
    () => process.exit(0),
    (error: unknown) => {
      report({ type: 'failed', error: toErrorInfo(error) });
      setTimeout(() => process.exit(1), REPORT_PATIENCE_MS);
    },
  );
}
