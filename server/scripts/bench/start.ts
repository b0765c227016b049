/** The first minute: from `npm start` of a built checkout to a page, and from the page to the first finished sample. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import * as z from 'zod';

import type { BenchRow } from './bench-row';
import { ensurePage } from './page';

const CHECKOUT = path.resolve(import.meta.dirname, '../../..');
const PAGE_BAR_S = 5;
const SAMPLE_BAR_S = 30;
const LOOK_EVERY_MS = 20;
const LIMIT_MS = 120_000;

const zRuns = z.object({ result: z.object({ data: z.object({ runs: z.array(z.object({ state: z.string() })) }) }) });

/** One start on an empty data folder: what a newcomer waits for, the database made included. */
export async function run(): Promise<readonly BenchRow[]> {
  await ensurePage();
  const home = mkdtempSync(path.join(os.tmpdir(), 'sluice-bench-'));
  const port = await freePort();
  const begin = performance.now();
  const child = spawn('npm', ['start', '--', '--no-open', '--port', String(port), '--data', path.join(home, 'data')], {
    cwd: CHECKOUT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await until(async () => (await fetch(`http://localhost:${port}/`)).ok);
    const pageS = (performance.now() - begin) / 1000;
    const input = encodeURIComponent(JSON.stringify({ limit: 1 }));
    await until(async () => {
      const answer = await fetch(`http://localhost:${port}/api/trpc/runs.list?input=${input}`);
      return zRuns.parse(await answer.json()).result.data.runs[0]?.state === 'complete';
    });
    const sampleS = (performance.now() - begin) / 1000 - pageS;
    return [
      row('`npm start` of a built checkout → usable page', pageS, PAGE_BAR_S),
      row('Usable page → first finished sample', sampleS, SAMPLE_BAR_S),
    ];
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
}

function row(claim: string, measured: number, barS: number): BenchRow {
  return { claim, measured, unit: 's', bar: `≤ ${barS} s`, ok: measured <= barS };
}

/** Looks until it is so; what cannot be reached yet is not so yet. */
async function until(look: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await look().catch(() => false))) {
    if (performance.now() > deadline) throw new Error('the studio did not come up in two minutes');
    await delay(LOOK_EVERY_MS);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
