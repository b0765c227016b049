/** The statistics of 2,000 features in two splits: how long the built page takes to show them, and how it scrolls. */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { chromium, type Page } from '@playwright/test';
import * as z from 'zod';

import { findBrowser } from '../find-browser.mjs';
import type { BenchRow } from './bench-row';
import { median } from './median';
import { ensurePage } from './page';
import { FRAME } from './page-costs';

const COMMAND = path.resolve(import.meta.dirname, '../sluice.mjs');
const FEATURES = 2_000;
const ROWS = 300;
const OPEN_BAR_MS = 1_000;
const FRAMES_BAR = 50;
const ROUNDS = 5;
const SCROLL_MS = 3_000;
/** Pixels of one frame: three rows, so that new ones come into view all the time. */
const SCROLL_STEP = 120;

const zRun = z.object({
  nodes: z.object({ statistics: z.object({ outputs: z.object({ statistics: z.object({ id: z.string() }) }) }) }),
});

/** The median of five openings, each in a tab of its own; the median frame of three seconds of scrolling. */
export async function run(): Promise<readonly BenchRow[]> {
  await ensurePage();
  const home = mkdtempSync(path.join(os.tmpdir(), 'sluice-bench-'));
  const data = path.join(home, 'data');
  const port = await freePort();
  const studio = spawn(process.execPath, [COMMAND, 'start', '--no-open', '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await untilReady(studio);
    const address = `http://localhost:${port}/data/${await makeStatistics(home, data)}`;
    const { executablePath, env } = await findBrowser();
    const browser = await chromium.launch({ executablePath, env: { ...definedOnly(process.env), ...env } });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const times: number[] = [];
    let frames = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const page = await context.newPage();
      times.push(await timeOpening(page, address));
      if (round === ROUNDS - 1) frames = await framesOfScrolling(page);
      await page.close();
    }
    await browser.close();
    const opened = median(times);
    return [
      {
        claim: `Statistics page of ${FEATURES} features: address → first rows, sorted and all loaded`,
        ...{ measured: opened, unit: 'ms', bar: `≤ ${OPEN_BAR_MS} ms`, ok: opened <= OPEN_BAR_MS },
      },
      {
        claim: `Statistics page of ${FEATURES} features: scrolling (median frame of 3 s)`,
        ...{ measured: frames, unit: 'frames/s', bar: `≥ ${FRAMES_BAR} frames/s`, ok: frames >= FRAMES_BAR },
      },
    ];
  } finally {
    const ended = once(studio, 'exit');
    studio.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
}

/** Runs a pipeline over a wide table, numbers and texts by turns, and returns the artifact of its statistics. */
async function makeStatistics(home: string, data: string): Promise<string> {
  const names = Array.from({ length: FEATURES }, (_, at) => `measured_value_of_sensor_${at}`);
  const cell = (row: number, at: number) => {
    const value = (row * 7_919 + at * 104_729) % 10_007;
    if (at % 4 === 0) return `kind ${value % 37}`;
    if (value % 29 === 0) return '';
    return at % 2 === 0 ? String(value) : String(value ** 2 / 1_000);
  };
  const lines = Array.from({ length: ROWS }, (_, row) => names.map((_name, at) => cell(row, at)).join(','));
  writeFileSync(path.join(home, 'wide.csv'), `${names.join(',')}\n${lines.join('\n')}\n`);
  const file = path.join(home, 'wide.json');
  const nodes = {
    examples: { component: 'CsvExampleGen', params: { inputBase: 'wide.csv' } },
    statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
  };
  writeFileSync(file, JSON.stringify({ format: 'sluice.pipeline/1', name: 'Wide', nodes }));
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, 'run', file, '--json', '--data', data]);
  return zRun.parse(JSON.parse(stdout)).nodes.statistics.outputs.statistics.id;
}

/**
 * Keeps when every feature was loaded and sorted and the first rows had been drawn, by the page's own clock: asking from
 * outside would round that up. Lines are the features and the head of the second group.
 */
const WATCH = `window.benchOpened = new Promise((done) => {
  const watch = new MutationObserver(() => {
    if (document.querySelector('[role="table"][aria-rowcount="${FEATURES + 1}"] [role="rowheader"]') === null) return;
    watch.disconnect();
    ${FRAME}.then(() => done(performance.now()));
  });
  watch.observe(document, { childList: true, subtree: true, attributeFilter: ['aria-rowcount'] });
})`;

/** From the navigation until then, in ms. */
async function timeOpening(page: Page, address: string): Promise<number> {
  await page.addInitScript(WATCH);
  await page.goto(address, { waitUntil: 'commit' });
  return page.evaluate<number>('window.benchOpened');
}

async function framesOfScrolling(page: Page): Promise<number> {
  const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
    const table = document.querySelector('[role="table"]');
    const times = [];
    const begin = performance.now();
    const step = (now) => {
      times.push(now);
      table.scrollTop += ${SCROLL_STEP};
      if (now - begin < ${SCROLL_MS}) requestAnimationFrame(step);
      else resolve(times.slice(1).map((time, at) => time - times[at]));
    };
    requestAnimationFrame(step);
  })`);
  return 1_000 / median(frames);
}

async function untilReady(studio: ReturnType<typeof spawn>): Promise<void> {
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    studio.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('Sluice is ready')) resolve();
    });
    studio.once('exit', (code) => {
      reject(new Error(`the studio ended with ${code ?? 'a signal'} before it was ready:\n${printed}`));
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
