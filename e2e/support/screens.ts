/** Every screen of the studio with something to show on it, and how it is reached. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { importPipeline, openDrawer } from '../pages/editor-page';
import { modelScreens } from './model-screens';
import { writePipeline, writeRows } from './pipeline-files';
import type { Studio } from './studio';
import { runWholePipeline, type WholeRun } from './whole-pipeline';

/** A screen: its name in the file, its address, and what is done before it is drawn. */
export type Screen = {
  readonly name: string;
  readonly address: string;
  readonly prepare?: (page: Page) => Promise<void>;
};

const LONG = 'quarterly_revenue_by_region_and_channel_with_corrections_applied_after_the_close';
const BUSY_ROWS = 3_000_000;
/** The rows that a model missed, as the address names them. */
const MISSED = JSON.stringify({ type: 'outcome', model: 'candidate', outcome: 'fn', threshold: 0.4 });

/** Runs what there is to see, and returns the screens. The screen of a running pipeline is the last, for it keeps the machine busy. */
export async function drawnScreens(studio: Studio): Promise<readonly Screen[]> {
  const { cli, dataFolder } = studio;
  const folder = path.join(dataFolder, '../screens');
  mkdirSync(folder, { recursive: true });
  const run = async (file: string) => runId(await cli('run', file, '--json'));
  writeFileSync(path.join(folder, 'ragged.csv'), `a,b\n${'1,2\n'.repeat(50)}1,2,3\n`);
  writeRows(path.join(folder, 'rows.csv'), 300);
  writeRows(path.join(folder, 'busy.csv'), BUSY_ROWS);
  const long = await run(writePipeline(folder, `The pipeline of ${LONG} and of everything joined to it`, 'rows.csv'));
  const failed = await run(writePipeline(folder, 'Ragged upload', 'ragged.csv'));
  const wide = await run(writeWide(folder));
  const whole = await runWholePipeline(studio, 'Trips of June');
  await cli('run', 'Bird strikes');
  await cli('pipelines', 'import', writePipeline(folder, 'Three million rows', 'busy.csv'));
  const faulty = await importPipeline(studio, 'Not finished', {
    rows: { component: 'CsvExampleGen', params: { inputBase: 'nowhere.csv' } },
  });
  return [
    { name: 'home', address: '/' },
    { name: 'proposal', address: '/', prepare: (page) => bringTable(page, path.join(folder, 'rows.csv')) },
    { name: 'pipelines', address: '/pipelines' },
    { name: 'editor', address: '/pipelines', prepare: openBirdStrikes },
    { name: 'editor-problems', address: faulty, prepare: openProblems },
    { name: 'plan', address: '/pipelines', prepare: openPlan },
    { name: 'runs', address: '/runs' },
    { name: 'runs-nothing', address: '/runs?is=queued' },
    { name: 'runs-grid', address: '/runs', prepare: openGrid },
    { name: 'run', address: '/runs', prepare: openRun },
    { name: 'run-failed', address: `/runs/${failed}?node=examples` },
    { name: 'run-wide', address: `/runs/${wide}?tab=plan` },
    { name: 'run-long', address: `/runs/${long}?tab=events` },
    ...dataScreens(whole),
    ...(await modelScreens(studio)),
    { name: 'missing', address: '/nothing/here' },
    { name: 'missing-run', address: '/runs/run_0000000000000000' },
    { name: 'connection-lost', address: '/runs', prepare: loseConnection },
    { name: 'run-live', address: '/pipelines', prepare: startBusy },
  ];
}

function dataScreens(whole: WholeRun): readonly Screen[] {
  const rows = JSON.stringify({
    where: [{ column: 'fare', op: 'between', min: 20 }],
    sort: { column: 'fare', direction: 'desc' },
  });
  const sql = 'SELECT company, count(*) AS trips, avg(fare) AS fare\nFROM train\nGROUP BY company ORDER BY trips DESC';
  return [
    { name: 'data', address: '/data' },
    { name: 'statistics', address: `/data/${whole.statistics}?open=fare`, prepare: statisticsOpened },
    { name: 'schema', address: `/data/${whole.schema}`, prepare: (page) => openFeature(page, 'company') },
    { name: 'anomalies', address: `/data/${whole.anomalies}`, prepare: offendingRows },
    {
      name: 'rows',
      address: `/data/${whole.examples}?row=train:3&rows=${encodeURIComponent(rows)}`,
      prepare: async (page) => page.getByRole('grid', { name: 'Rows' }).waitFor(),
    },
    { name: 'sql', address: `/data/${whole.examples}?sql=${encodeURIComponent(sql)}`, prepare: answerSql },
    {
      name: 'transform',
      address: `/data/${whole.transformGraph}`,
      prepare: async (page) => page.getByRole('region', { name: 'Features' }).waitFor(),
    },
    {
      name: 'evaluation',
      address: `/data/${whole.evaluation}`,
      prepare: async (page) => page.getByRole('group', { name: /^Answers of/ }).waitFor(),
    },
    {
      name: 'evaluation-rows',
      address: `/data/${whole.evaluation}?threshold=0.4&curve=calibration&mark=${encodeURIComponent(MISSED)}`,
      prepare: async (page) => page.getByRole('grid', { name: 'Rows behind the mark' }).waitFor(),
    },
  ];
}

async function openBirdStrikes(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Bird strikes', exact: true }).click();
  const canvas = page
    .getByRole('application', { name: /^Canvas of/ })
    .filter({ has: page.locator('[data-node-id="examples"]') });
  // Wide windows edit, a phone looks.
  await canvas
    .or(page.getByRole('table', { name: 'Runs' }))
    .first()
    .waitFor();
  if (await canvas.isVisible()) await canvas.locator('[data-node-id="examples"]').click();
}

/** Adds what lacks its file and its wires, once; the draft keeps it. */
async function openProblems(page: Page): Promise<void> {
  const canvas = page.getByRole('application', { name: /^Canvas of/ });
  const palette = page.getByRole('navigation', { name: 'Components' });
  await canvas.or(page.getByRole('main')).first().waitFor();
  if (!(await palette.isVisible())) return;
  if ((await canvas.locator('[data-node-id="importSchemaGen"]').count()) === 0)
    for (const component of [/^ImportSchemaGen/, /^Evaluator/])
      await palette.getByRole('button', { name: component }).click();
  await openDrawer(page, 'Problems');
  await page.getByRole('list', { name: 'Problems' }).waitFor();
}

async function openPlan(page: Page): Promise<void> {
  await page.getByRole('row', { name: 'Bird strikes' }).getByRole('button', { name: 'Run' }).click();
  await page.getByRole('table', { name: 'Plan' }).waitFor();
}

async function openGrid(page: Page): Promise<void> {
  await page.getByLabel('pipeline', { exact: true }).selectOption({ label: 'Bird strikes' });
  await page.getByRole('region', { name: 'Nodes and runs' }).waitFor();
}

async function openRun(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Run 1 of Bird strikes' }).click();
  await page.locator('[data-node-id="examples"]').click();
  await page.getByRole('complementary').getByRole('table').first().waitFor();
}

async function statisticsOpened(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Details of fare' }).waitFor();
  await page.getByRole('img').first().waitFor();
}

async function openFeature(page: Page, feature: string): Promise<void> {
  await page
    .getByRole('table', { name: 'Features of the schema' })
    .getByRole('button', { name: feature, exact: true })
    .click();
  await page.getByRole('complementary', { name: `Feature ${feature}` }).waitFor();
}

async function offendingRows(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'First offending rows of eval' }).getByRole('cell').first().waitFor();
}

async function answerSql(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: /^SELECT over/ }).press('Control+Enter');
  await page.getByRole('grid', { name: 'Result of the statement' }).waitFor();
}

async function bringTable(page: Page, file: string): Promise<void> {
  const files = page.getByRole('region', { name: 'Bring a table' }).locator('input[type=file]').first();
  await files.setInputFiles(file);
  await page.getByLabel('To learn').waitFor();
}

async function loseConnection(page: Page): Promise<void> {
  await page.getByRole('table', { name: 'Runs' }).waitFor();
  await page.route('**/api/trpc/**', (route) => route.abort());
  await page.getByText(/Reconnecting, \d+ s/).waitFor();
}

async function startBusy(page: Page): Promise<void> {
  await page.getByRole('row', { name: 'Three million rows' }).getByRole('button', { name: 'Run' }).click();
  await page.getByLabel('Run every node').check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: /examples.*Running/ }).waitFor();
}

/** Six regions of three nodes each; one fails. */
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

function runId(json: string): string {
  const id = /"runId":\s*"(run_[0-9a-z]+)"/.exec(json)?.[1];
  if (id === undefined) throw new Error(`the run gave no id: ${json.slice(0, 500)}`);
  return id;
}
