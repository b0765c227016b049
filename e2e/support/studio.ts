/** A real studio of its own: started by the command a person types, stopped with everything it started. */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const COMMAND = path.join(CHECKOUT, 'server/scripts/sluice.mjs');

/** A running studio. */
export type Studio = {
  /** Address of the page, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Runs a command of the command line on this studio and returns what it printed; any exit code will do. */
  readonly cli: (...args: readonly string[]) => Promise<string>;
  /** Process numbers of this studio's processes with that title. */
  readonly processes: (title: string) => readonly number[];
  readonly stop: () => Promise<void>;
};

/** Starts a studio on a free port and an empty data folder. Builds the page first where its sources changed. */
export async function startStudio(): Promise<Studio> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'sluice-e2e-'));
  const dataFolder = path.join(home, 'data');
  const port = await freePort();
  const child = spawn(process.execPath, [COMMAND, 'start', '--no-open', '--port', String(port), '--data', dataFolder], {
    cwd: CHECKOUT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilReady(child);
  return {
    url: `http://localhost:${port}`,
    port,
    dataFolder,
    cli: (...args) => runCommand([...args, '--data', dataFolder]),
    processes: (title) => findProcesses(title, dataFolder),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const gather = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('Sluice is ready')) resolve();
    };
    child.stdout?.on('data', gather);
    child.stderr?.on('data', gather);
    child.once('exit', (code) => {
      reject(new Error(`the studio ended with ${code ?? 'a signal'} before it was ready:\n${printed}`));
    });
  });
}

async function runCommand(args: readonly string[]): Promise<string> {
  const run = promisify(execFile);
  try {
    const { stdout } = await run(process.execPath, [COMMAND, ...args], { cwd: CHECKOUT });
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') return error.stdout;
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** Linux only: elsewhere there is no /proc, and the tests that need it are skipped. */
function findProcesses(title: string, dataFolder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const isTitled = readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(title);
        return isTitled && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SLUICE_DATA=${dataFolder}\0`);
      } catch {
        return false;
      }
    })
    .map(Number);
}
