import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

import { expect, test } from '../fixtures';
import type { Studio } from '../support/studio';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const LONG = 'a_very_long_name_of_a_measured_value_'.repeat(6);
const RIGHT_TO_LEFT = 'عمود القياس';
const ROWS = 900;

/** A run over rows that alarm in several ways: zeros, blanks, codes, a column that is nearly empty. */
async function runTrips({ cli, dataFolder }: Studio): Promise<string> {
  const folder = path.join(dataFolder, '../trips');
  mkdirSync(folder, { recursive: true });
  const head = ['miles', 'zone_code', 'city', 'rare', 'hour', LONG, RIGHT_TO_LEFT].join(',');
  const line = (_: unknown, row: number) =>
    [
      row % 3 === 0 ? '0.0' : `${((row * 37) % 101) / 10 + 0.1}`,
      17_031_000_000 + (row % 40),
      row % 5 === 0 ? '' : `city ${row % 7}`,
      row === 0 ? 4.5 : '',
      row % 24,
      row % 11,
      `قيمة ${row % 4}`,
    ].join(',');
  writeFileSync(path.join(folder, 'trips.csv'), `${head}\n${Array.from({ length: ROWS }, line).join('\n')}\n`);
  const nodes = {
    examples: { component: 'CsvExampleGen', params: { inputBase: 'trips.csv' } },
    statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
    schema: { component: 'SchemaGen', inputs: { statistics: 'statistics.statistics' } },
  };
  const file = path.join(folder, 'trips.json');
  writeFileSync(file, JSON.stringify({ format: 'sluice.pipeline/1', name: 'Trips', nodes }));
  return cli('run', file, '--json');
}

const feature = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader').getByText(name, { exact: true }) });

test.describe.configure({ mode: 'serial' });

test('a dataset is found under Data, and its views are siblings', async ({ page, studio }) => {
  await runTrips(studio);
  await page.goto('/data');
  await page.getByRole('link', { name: /Trips.*examples/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'examples' })).toBeVisible();
  const views = page.getByRole('navigation', { name: 'Views of the dataset' });
  await expect(views.getByRole('link', { name: 'Statistics' })).toHaveAttribute('aria-current', 'page');
  await expect(views).toContainText(`Rows${ROWS}`);
  await expect(views.getByText('No ExampleValidator has looked at these statistics.')).toBeAttached();
  await expect(feature(page, 'miles').getByRole('img', { name: 'alarming' })).toHaveCount(2);
  await expect(feature(page, 'zone_code')).toContainText('looks like an identifier');
  await expect(feature(page, 'rare')).toContainText(/1 value in|none in/);
  await expect(feature(page, RIGHT_TO_LEFT)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Statistics of each feature' })).not.toContainText('NaN');
});

test('the address carries sort, filter, bars, heights and the open feature', async ({ page }) => {
  await openStatistics(page);
  await page.getByRole('button', { name: /^Only alarming/ }).click();
  await page.getByLabel('sort').selectOption('name');
  await page.getByRole('button', { name: 'Deciles' }).click();
  await page.getByRole('button', { name: 'log: heights by logarithm' }).click();
  await page.getByRole('searchbox', { name: 'Filter features by name' }).fill('MILES');
  await page.getByRole('button', { name: 'Open miles' }).click();
  await expect(page.getByRole('region', { name: 'Details of miles' })).toContainText('alarming above 10 %');
  await page.reload();
  await expect(page.getByRole('region', { name: 'Details of miles' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Deciles' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'log: heights by logarithm' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('region', { name: 'Details of miles' }).getByText('Deciles')).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveCount(1 + (await detailRows(page)));
  await page.getByRole('searchbox', { name: 'Filter features by name' }).fill('nothing is called so');
  await page.getByRole('button', { name: 'Show all features' }).click();
  await expect(feature(page, 'hour')).toBeVisible();
});

test('a bar is chosen by keyboard, and leads to exactly its rows', async ({ page }) => {
  await openStatistics(page);
  await page.getByRole('button', { name: 'Open hour' }).press('Enter');
  const details = page.getByRole('region', { name: 'Details of hour' });
  const chart = details.getByRole('group', { name: /bars from 0 to 24/ });
  await chart.getByRole('button', { name: /^0:/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(chart.getByRole('button', { name: /^1:/ })).toHaveAttribute('aria-pressed', 'true');
  // 900 rows hold each hour 37 or 38 times: hours up to 11 stand 38 times.
  const link = details.getByRole('link', { name: 'Open these 38 rows' });
  await expect(link).toHaveAttribute('href', /rows=.*hour.*maxExcluded/);
  await chart.getByRole('button', { name: /^1:/ }).press('End');
  await page.keyboard.press('Enter');
  await expect(details.getByRole('link', { name: 'Open these 37 rows' })).toBeVisible();
});

test('two datasets are compared that the person chooses, or one is looked at alone', async ({ page }) => {
  await openStatistics(page);
  await expect(feature(page, 'hour').getByRole('cell').last()).toHaveText(/^0\.0\d{3}$/);
  await page.getByRole('button', { name: 'Compare with…' }).click();
  await page.getByRole('menuitem', { name: 'Nothing' }).click();
  await expect(feature(page, 'hour').getByRole('cell').last()).toHaveText('–');
  await page.getByRole('button', { name: 'Compare with…' }).click();
  await page.getByRole('menuitem', { name: 'train' }).last().click();
  await expect(page.getByText('train of another node', { exact: true })).toBeVisible();
});

test('the statistics are downloaded as TFDV reads them, and nothing else is', async ({ page, request }) => {
  await openStatistics(page);
  const id = /art_\w+/.exec(page.url())?.[0] ?? '';
  await page.getByRole('button', { name: 'Export for TFDV' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'eval' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Trips-statistics-eval_FeatureStats.pb');
  const bytes = readFileSync(await download.path());
  // Field 1 of the list, a message: its datasets.
  expect(bytes[0]).toBe(0x0a);
  for (const climb of ['Split-eval/..%2f..%2fFeatureStats.pb', '..%2f..%2fpostgres', 'Split-eval/nothing.pb'])
    expect((await request.get(`/api/artifacts/${id}/files/${climb}`)).status()).toBe(404);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an open feature in ${colorScheme} has nothing that keeps people out`, async ({ browser, studio }) => {
    const context = await browser.newContext({ baseURL: studio.url, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await openStatistics(page);
    await page.getByRole('button', { name: 'Open miles' }).click();
    await expect(page.getByRole('link', { name: /^Open these/ })).toBeVisible();
    await page.addScriptTag({ path: AXE });
    const results = await page.evaluate<AxeResults>('axe.run()');
    const violations = results.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
    expect(violations).toEqual([]);
    await context.close();
  });
}

test('a phone shows the statistics without scrolling sideways', async ({ browser, studio }) => {
  const context = await browser.newContext({ baseURL: studio.url, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await openStatistics(page);
  const table = page.getByRole('table', { name: 'Statistics of each feature' });
  expect(await table.evaluate((element) => element.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await context.close();
});

async function openStatistics(page: Page): Promise<void> {
  await page.goto('/data');
  await page.getByRole('link', { name: /Trips.*examples/ }).click();
  await expect(feature(page, 'miles')).toBeVisible();
}

/** Rows of the figures below an open feature have heads too. */
function detailRows(page: Page): Promise<number> {
  return page.getByRole('region', { name: 'Details of miles' }).getByRole('rowheader').count();
}
