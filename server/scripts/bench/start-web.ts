/** The built web process on a database of the benchmark's own, without launcher and worker. */

import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';

import { zReadyMessage } from '../../launcher/child';
import { ensureBundles } from '../build.mjs';

const BOOT_MS = 30_000;

/** A running web process. */
export type BenchWeb = Disposable & { readonly port: string };

/** Starts one; `folder` is its data folder. The page must have been built before. */
export async function startWeb(databaseUrl: string, folder: string): Promise<BenchWeb> {
  const child = fork(path.join(await ensureBundles(), 'web.js'), {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      SLUICE_DATA: folder,
      DATABASE_URL: databaseUrl,
      SLUICE_NONCE: randomBytes(8).toString('hex'),
      SLUICE_QUERY_SOCKET: path.join(folder, 'query.sock'),
      SLUICE_PORT: '0',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(BOOT_MS) })) as unknown[];
  return { port: String(zReadyMessage.parse(message).port), [Symbol.dispose]: () => void child.kill('SIGKILL') };
}
