/**
 * Draws every screen at three sizes in both themes, with real content: complete, reused, failed, running, very long
 * names, nothing found. `npm run screenshots` writes them to screenshots/, to be looked at by a person.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { chromium, type Browser, type Page } from '@playwright/test';

import { findBrowser } from '../server/scripts/find-browser.mjs';
import { writePipeline, writeRows } from './support/pipeline-files';
import { startStudio, type Studio } from './support/studio';

const FOLDER = path.resolve('screenshots');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const;
const THEMES = ['light', 'dark'] as const;
const LONG = 'quarterly_revenue_by_region_and_channel_with_corrections_applied_after_the_close';
const BUSY_ROWS = 3_000_000;

/** A screen: its name in the file, its address, and what is done before it is drawn. */
type Screen = { readonly name: string; readonly address: string; readonly prepare?: (page: Page) => Promise<void> };

const studio = await startStudio();
try {
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, env: { ...definedOnly(process.env), ...env } });
  mkdirSync(FOLDER, { recursive: true });
  for (const screen of await prepareScreens(studio)) {
    for (const size of SIZES) for (const theme of THEMES) await draw(browser, { screen, size, theme });
  }
  await browser.close();
  process.stdout.write(`Screenshots are in ${FOLDER}\n`);
} finally {
  await studio.stop();
}

async function prepareScreens({ cli, dataFolder }: Studio): Promise<readonly Screen[]> {
  const folder = path.join(dataFolder, '../screens');
  mkdirSync(folder, { recursive: true });
  const run = async (file: string) => runId(await cli('run', file, '--json'));
  writeFileSync(path.join(folder, 'ragged.csv'), `a,b\n${'1,2\n'.repeat(50)}1,2,3\n`);
  writeRows(path.join(folder, 'rows.csv'), 300);
  writeRows(path.join(folder, 'busy.csv'), BUSY_ROWS);
  const long = await run(writePipeline(folder, `The pipeline of ${LONG} and of everything joined to it`, 'rows.csv'));
  const failed = await run(writePipeline(folder, 'Ragged upload', 'ragged.csv'));
  const wide = await run(writeWide(folder));
  await cli('run', 'Bird strikes');
  await cli('pipelines', 'import', writePipeline(folder, 'Three million rows', 'busy.csv'));
  return [
    { name: 'home', address: '/' },
    { name: 'pipelines', address: '/pipelines' },
    {
      name: 'pipeline',
      address: '/pipelines',
      prepare: openPipeline,
    },
    { name: 'plan', address: '/pipelines', prepare: openPlan },
    { name: 'runs', address: '/runs' },
    { name: 'runs-nothing', address: '/runs?is=queued' },
    { name: 'run', address: '/runs', prepare: (page) => openRun(page, 'examples') },
    { name: 'run-statistics', address: '/runs', prepare: (page) => openRun(page, 'statistics') },
    { name: 'run-failed', address: `/runs/${failed}?node=examples` },
    { name: 'run-wide', address: `/runs/${wide}?tab=plan` },
    { name: 'run-long', address: `/runs/${long}?tab=events` },
    { name: 'missing', address: '/runs/run_0000000000000000' },
    { name: 'run-live', address: '/pipelines', prepare: startBusy },
  ];
}

async function openPipeline(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Bird strikes', exact: true }).click();
  // Wide windows edit, a phone looks.
  const canvas = page.getByRole('application', { name: /^Canvas of/ }).filter({ hasText: '11 features' });
  await canvas.or(page.getByRole('table', { name: 'Runs' })).waitFor();
}

async function openPlan(page: Page): Promise<void> {
  await page.getByRole('row', { name: 'Bird strikes' }).getByRole('button', { name: 'Run' }).click();
  await page.getByRole('table', { name: 'Plan' }).waitFor();
}

async function openRun(page: Page, node: string): Promise<void> {
  await page.getByRole('link', { name: 'Run 1 of Bird strikes' }).click();
  await page.locator(`[data-node-id="${node}"]`).click();
  await page.getByRole('complementary').getByRole('table').waitFor();
}

async function startBusy(page: Page): Promise<void> {
  await page.getByRole('row', { name: 'Three million rows' }).getByRole('button', { name: 'Run' }).click();
  await page.getByLabel('Run every node').check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: /examples.*Running/ }).waitFor();
}

function writeWide(folder: string): string {
  const nodes: Record<string, unknown> = {};
  for (let region = 0; region < 6; region++) {
    const inputBase = region === 3 ? 'ragged.csv' : 'rows.csv';
    const inputs = { examples: `region_${region}.examples` };
    nodes[`region_${region}`] = { component: 'CsvExampleGen', params: { inputBase } };
    nodes[`statistics_${region}`] = { component: 'StatisticsGen', inputs };
    nodes[`few_${region}`] = { component: 'StatisticsGen', inputs, params: { statsOptions: { numTopValues: 3 } } };
  }
  const file = path.join(folder, 'wide.json');
  writeFileSync(file, JSON.stringify({ format: 'sluice.pipeline/1', name: 'Six regions', nodes }));
  return file;
}

type Drawing = {
  readonly screen: Screen;
  readonly size: (typeof SIZES)[number];
  readonly theme: (typeof THEMES)[number];
};

async function draw(from: Browser, { screen, size, theme }: Drawing): Promise<void> {
  const page = await from.newPage({ baseURL: studio.url, viewport: size, colorScheme: theme });
  await page.goto(screen.address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  await screen.prepare?.(page);
  await settled(page);
  await page.screenshot({ path: path.join(FOLDER, `${screen.name}-${size.width}-${theme}.png`) });
  await page.close();
}

/** Nothing is being loaded and the fonts are there. Pages poll, so the network never falls silent. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[role=status][aria-label^=Loading]') === null);
  await page.evaluate(() => document.fonts.ready);
}

function runId(json: string): string {
  const id = /"runId":\s*"(run_[0-9a-z]+)"/.exec(json)?.[1];
  if (id === undefined) throw new Error(`the run gave no id: ${json.slice(0, 500)}`);
  return id;
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
