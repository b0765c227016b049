/** Opens the page: builds it where the sources changed, finds a port, and waits until this launch, no other, answers there. */

import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import * as z from 'zod';

import { AppError } from '../../lib/errors';
import { findFreePort, isPortFree, LOOPBACK } from '../postgres/free-port';
import type { Supervised } from './supervise';

/** The first port that is tried when nobody asked for one. */
export const DEFAULT_PORT = 4780;
/** How many ports after the first are tried. */
const PORT_TRIES = 20;
const HEALTH_PATIENCE_MS = 30_000;

const zHealth = z.object({ nonce: z.string() });

/** What {@link openWebProcess} needs of its host. */
export type WebOptions = {
  /** The script that builds the page where its sources changed. */
  readonly pageBuild: string;
  /** The port somebody insists on. */
  readonly port: number | undefined;
  readonly nonce: string;
  readonly notify: (sentence: string) => void;
  /** Aborts when the host stops. */
  readonly signal: AbortSignal;
  /** Starts the process once what it needs is there. */
  readonly fork: (port: number) => Promise<Supervised>;
};

/** Returns the address. Throws `busy` when the port somebody insists on is taken. */
export async function openWebProcess(options: WebOptions): Promise<string> {
  const port = await choosePort(options);
  // In development pages are compiled as they are asked for.
  if (process.env['SLUICE_DEV'] !== '1') await buildPage(options);
  const web = await options.fork(port);
  try {
    await web.ready;
    const url = `http://${LOOPBACK}:${port}`;
    await waitForHealth(url, options);
    return url;
  } catch (error) {
    await web.stop();
    throw error;
  }
}

async function choosePort({ port, notify }: WebOptions): Promise<number> {
  if (port !== undefined) {
    if (await isPortFree(port)) return port;
    throw new AppError('busy', `Port ${port} is in use by another program.`, {
      nextStep: 'Choose another one with --port N, or leave --port out to take any free one.',
      retryable: false,
    });
  }
  for (let candidate = DEFAULT_PORT; candidate < DEFAULT_PORT + PORT_TRIES; candidate++) {
    if (!(await isPortFree(candidate))) continue;
    if (candidate !== DEFAULT_PORT) notify(`Port ${DEFAULT_PORT} is in use; taking ${candidate}.`);
    return candidate;
  }
  return findFreePort();
}

/** Runs the build of the page, which does nothing when its sources have not changed. */
async function buildPage({ pageBuild, notify, signal }: WebOptions): Promise<void> {
  const child = spawn(process.execPath, [pageBuild], {
    // Its input stays open while this process lives: the build ends itself when it closes.
    stdio: ['pipe', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGTERM',
  });
  let printed = '';
  const gather = (chunk: Buffer) => {
    printed = `${printed}${chunk.toString()}`.slice(-20_000);
  };
  child.stderr.on('data', gather);
  child.stdout.on('data', (chunk: Buffer) => {
    gather(chunk);
    if (chunk.toString().startsWith('Building')) notify(chunk.toString().trim());
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((cause: unknown) => {
    throw new AppError('canceled', 'The build of the page was stopped.', { cause });
  });
  if (code !== 0)
    throw new AppError('unavailable', 'The page of the studio could not be built.', {
      cause: printed,
      nextStep: `The reason stands in the details; node ${pageBuild} repeats it.`,
    });
}

/** A process of an earlier launch may still hold the port: only the answer with this launch's nonce counts. */
async function waitForHealth(url: string, { nonce, signal }: WebOptions): Promise<void> {
  const deadline = performance.now() + HEALTH_PATIENCE_MS;
  while (performance.now() < deadline && !signal.aborted) {
    if ((await askHealth(url)) === nonce) return;
    await delay(20);
  }
  throw new AppError('unavailable', `The studio at ${url} does not answer as this launch.`, {
    nextStep: 'Does another program listen on that port? Choose one with --port N.',
  });
}

async function askHealth(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) });
    return zHealth.safeParse(await response.json()).data?.nonce;
  } catch {
    return undefined;
  }
}
