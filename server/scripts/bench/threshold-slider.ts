/** The threshold of an evaluation of 200,000 rows and two models: from a move of the slider to every mark drawn anew. */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { chromium } from '@playwright/test';
import * as z from 'zod';

import { findBrowser } from '../find-browser.mjs';
import type { BenchRow } from './bench-row';
import { median } from './median';
import { ensurePage } from './page';

const COMMAND = path.resolve(import.meta.dirname, '../sluice.mjs');
const ROWS = 200_000;
const ZONES = 200;
const BAR_MS = 50;
const MOVES = 60;

const zRun = z.object({
  nodes: z.object({ evaluator: z.object({ outputs: z.object({ evaluation: z.object({ id: z.string() }) }) }) }),
});

/** The median and the slowest of sixty moves, each until the frame after it is drawn. */
export async function run(): Promise<readonly BenchRow[]> {
  await ensurePage();
  const home = mkdtempSync(path.join(os.tmpdir(), 'sluice-bench-'));
  const data = path.join(home, 'data');
  const port = await freePort();
  const studio = spawn(process.execPath, [COMMAND, 'start', '--no-open', '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(studio.stdout, 'data');
    const evaluation = await evaluate(home, data);
    const { executablePath, env } = await findBrowser();
    const browser = await chromium.launch({ executablePath, env: { ...definedOnly(process.env), ...env } });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`http://localhost:${port}/data/${evaluation}`);
    await page.getByRole('slider', { name: /^Threshold/ }).waitFor();
    const times = await page.evaluate<number[]>(MOVE);
    await browser.close();
    const [middle, slowest] = [median(times), Math.max(...times)];
    return [
      {
        claim: `Threshold slider, ${ROWS.toLocaleString('en')} rows, two models, ${ZONES} slices: move → every mark drawn (median of ${MOVES})`,
        ...{ measured: middle, unit: 'ms', bar: `≤ ${BAR_MS} ms`, ok: middle <= BAR_MS },
      },
      {
        claim: `Threshold slider, ${ROWS.toLocaleString('en')} rows: the slowest of ${MOVES} moves`,
        ...{ measured: slowest, unit: 'ms', bar: `≤ ${BAR_MS} ms`, ok: slowest <= BAR_MS },
      },
    ];
  } finally {
    const ended = once(studio, 'exit');
    studio.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
}

/** Sets the value as a person's drag does, and waits until the frame that shows it has been handed to the screen. */
const MOVE = `(async () => {
  const slider = document.querySelector('input[type=range]');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const marks = () => document.querySelector('[data-outcome=fn] b').textContent;
  const times = [];
  for (let move = 0; move < ${MOVES}; move++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const before = marks();
    const begin = performance.now();
    set.call(slider, String(0.05 + (move % 30) * 0.03));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = resolve; channel.port2.postMessage(0); }));
    if (marks() === before) throw new Error('the marks did not move');
    times.push(performance.now() - begin);
  }
  return times;
})()`;

async function evaluate(home: string, data: string): Promise<string> {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const score = ((row * 7_919) % 99_991) / 99_991;
    const before = (score * 3 + ((row * 104_729) % 1_009) / 1_009) / 4;
    return `${(row * 31) % 1_000 < score * 1_000 ? 1 : 0},${score},${before},zone ${row % ZONES}`;
  });
  writeFileSync(path.join(home, 'scores.csv'), `label,score,before,zone\n${lines.join('\n')}\n`);
  const file = path.join(home, 'scores.json');
  const model = { labelKey: 'label', predictionKey: 'score' };
  const nodes = {
    examples: {
      component: 'CsvExampleGen',
      params: {
        inputBase: 'scores.csv',
        outputConfig: { splitConfig: { splits: [{ name: 'eval', hashBuckets: 1 }] } },
      },
    },
    evaluator: {
      component: 'Evaluator',
      inputs: { examples: 'examples.examples' },
      params: {
        evalConfig: {
          modelSpecs: [
            { name: 'candidate', ...model },
            { name: 'baseline', ...model, predictionKey: 'before', isBaseline: true },
          ],
          slicingSpecs: [{}, { featureKeys: ['zone'] }],
          metricsSpecs: [
            { metrics: [{ className: 'ExampleCount' }, { className: 'AUC' }, { className: 'Precision' }] },
          ],
        },
      },
    },
  };
  writeFileSync(file, JSON.stringify({ format: 'sluice.pipeline/1', name: 'Scores', nodes }));
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, 'run', file, '--json', '--data', data]);
  return zRun.parse(JSON.parse(stdout)).nodes.evaluator.outputs.evaluation.id;
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
