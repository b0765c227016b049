/** The list of runs with 100,000 of them: what the server takes for a page, and what a browser takes to show the first one. */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { chromium, type BrowserContext } from '@playwright/test';

import { openDatabase } from '../../db/client';
import { migrateDatabase, migrationsFolder } from '../../db/migrate';
import { dataFolderAt } from '../../launcher/data-folder';
import { ensurePostgres } from '../../postgres/ensure-postgres';
import { seedManyRuns } from '../../testing/seed-many-runs';
import { findBrowser } from '../find-browser.mjs';
import type { BenchRow } from './bench-row';
import { ensurePage } from './page';
import { startWeb } from './start-web';

const CHECKOUT = path.resolve(import.meta.dirname, '../../..');
const RUNS = 100_000;
const PAGE = 50;
const ROUNDS = 7;
const PAINT_BAR_MS = 500;
const ANSWER_BAR_MS = 200;

/** Questions that a person asks of the list. */
const QUESTIONS: readonly (readonly [string, object])[] = [
  ['the newest', {}],
  ['the last page', { offset: RUNS - PAGE }],
  ['failed ones', { is: ['failed'] }],
  ['the longest', { sort: { by: 'took', descending: true } }],
  ['by pipeline', { sort: { by: 'pipeline', descending: false } }],
  ['with a word', { text: ['bird'] }],
];

/** Medians of seven rounds each. */
export async function run(): Promise<readonly BenchRow[]> {
  await ensurePage();
  // Seeded runs have no outputs, which the checks of a scenario would rightly refuse.
  const root = mkdtempSync(path.join(os.tmpdir(), 'sluice-bench-'));
  chmodSync(root, 0o755);
  const postgres = await ensurePostgres(dataFolderAt(root));
  try {
    await migrateDatabase(postgres.url, migrationsFolder(CHECKOUT));
    await using client = openDatabase({ url: postgres.url, applicationName: 'sluice-bench' });
    await seedManyRuns(client.db, RUNS);
    return await measure(postgres.url, root);
  } finally {
    await postgres.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

async function measure(databaseUrl: string, folder: string): Promise<readonly BenchRow[]> {
  using web = await startWeb(databaseUrl, folder);
  const address = `http://localhost:${web.port}`;
  const rows: BenchRow[] = [];
  for (const [words, question] of QUESTIONS) {
    const measured = await medianOf(() => timeAnswer(address, question));
    rows.push(row(`Runs list of 100,000, ${words}: answer of the server`, measured, ANSWER_BAR_MS));
  }
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, env: { ...definedOnly(process.env), ...env } });
  try {
    const context = await browser.newContext({ bypassCSP: true });
    // The policy refuses the questions of the measurement, as it should.
    await timePaint(context, address);
    rows.push(
      row('Runs list of 100,000: first paint', await medianOf(() => timePaint(context, address)), PAINT_BAR_MS),
    );
  } finally {
    await browser.close();
  }
  return rows;
}

async function timeAnswer(address: string, question: object): Promise<number> {
  const input = encodeURIComponent(JSON.stringify({ limit: PAGE, ...question }));
  const begin = performance.now();
  const answer = await fetch(`${address}/api/trpc/runs.list?input=${input}`);
  await answer.json();
  if (!answer.ok) throw new Error(`the list was not answered: ${answer.status}`);
  return performance.now() - begin;
}

/** Marks the moment at which the first run is on the screen: a message after a frame comes when that frame is painted. */
const MARK_FIRST_RUN = `
  const watch = new MutationObserver(() => {
    if (document.querySelector('[data-run-link]') === null) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark('runs-painted');
      port2.postMessage(null);
    });
  });
  watch.observe(document, { childList: true, subtree: true });`;

/** From the beginning of the navigation to the frame in which the first run is drawn, by the browser's own clock. */
async function timePaint(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  try {
    await page.addInitScript({ content: MARK_FIRST_RUN });
    await page.goto(`${address}/runs`);
    await page.waitForFunction(`performance.getEntriesByName('runs-painted').length > 0`);
    return await page.evaluate<number>(`performance.getEntriesByName('runs-painted')[0].startTime`);
  } finally {
    await page.close();
  }
}

async function medianOf(look: () => Promise<number>): Promise<number> {
  const found: number[] = [];
  for (let round = 0; round < ROUNDS; round++) found.push(await look());
  return found.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

function row(claim: string, measured: number, barMs: number): BenchRow {
  return { claim, measured, unit: 'ms', bar: `≤ ${barMs} ms`, ok: measured <= barMs };
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
