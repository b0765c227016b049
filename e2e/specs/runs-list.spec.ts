import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '../fixtures';
import { runFact } from '../pages/run-page';
import { writePipeline, writeRows } from '../support/pipeline-files';
import type { Studio } from '../support/studio';

/** A pipeline whose schema does not know one of the columns: its validator finds an anomaly in each split. */
function writeAnomalous(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeRows(path.join(folder, 'rows.csv'), 60);
  writeFileSync(
    path.join(folder, 'schema.pbtxt'),
    'feature { name: "id" type: INT }\nfeature { name: "amount" type: FLOAT }\n',
  );
  const file = path.join(folder, 'odd.json');
  const nodes = {
    examples: { component: 'CsvExampleGen', params: { inputBase: 'rows.csv' } },
    statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
    schema: { component: 'ImportSchemaGen', params: { schemaFile: 'schema.pbtxt' } },
    validator: {
      component: 'ExampleValidator',
      inputs: { statistics: 'statistics.statistics', schema: 'schema.schema' },
    },
  };
  writeFileSync(file, JSON.stringify({ format: 'sluice.pipeline/1', name: 'Odd columns', nodes }));
  return file;
}

const folderOf = (studio: Studio) => path.join(studio.dataFolder, '../runs-list');

test.beforeAll(async ({ studio }) => {
  const folder = folderOf(studio);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'ragged.csv'), 'a,b\n1,2,3\n');
  await studio.cli('run', writePipeline(folder, 'Ragged list', 'ragged.csv'));
  await studio.cli('run', writeAnomalous(folder));
  await studio.cli('run', 'Odd columns');
});

test('a text with flags filters the runs, and the address carries it', async ({ page }) => {
  await page.goto('/runs');
  await expect(page.getByRole('row', { name: 'Odd columns' }).first()).toBeVisible();
  await page.keyboard.press('/');
  const field = page.getByRole('searchbox', { name: 'Filter the runs' });
  await expect(field).toBeFocused();
  await field.fill('is:failed pipeline:ragged');
  await expect(page).toHaveURL(/q=is%3Afailed/);
  await expect(page.getByRole('row', { name: 'Odd columns' })).toHaveCount(0);
  const failed = page.getByRole('row', { name: 'Ragged list' });
  await expect(failed).toContainText('Failed in examples');
  await expect(failed).toContainText('ragged.csv, line 2');
  await page.reload();
  await expect(field).toHaveValue('is:failed pipeline:ragged');
  await expect(failed).toBeVisible();
  await field.fill('is:odd');
  await expect(page.getByText('Not a flag: is:odd')).toBeVisible();
  await field.fill('nothing is called so');
  await expect(page.getByText('No run matches')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(field).toHaveValue('');
  await page.getByLabel('started by').selectOption('first start');
  await expect(page.getByRole('row', { name: 'Odd columns' })).toHaveCount(0);
  await expect(page.getByRole('row', { name: 'Bird strikes' }).first()).toBeVisible();
});

test('anomalies are a warning in the list, in the run and in the sidebar', async ({ page }) => {
  await page.goto('/runs?q=is:warning');
  const warned = page.getByRole('row', { name: 'Odd columns' });
  await expect(warned).toHaveCount(2);
  await expect(warned.first()).toContainText('1 warning');
  await expect(page.getByRole('navigation', { name: 'Recent pipelines' })).toContainText('Odd columns');
  await expect(page.getByRole('img', { name: /^Run \d+: complete, 1 warning$/ })).toBeVisible();
  await warned
    .last()
    .getByRole('link', { name: /^Run \d+ of/ })
    .click();
  await expect(runFact(page, 'State')).toHaveText('Complete, 1 warning');
  await expect(page.getByRole('button', { name: '2 anomalies validator' })).toBeVisible();
});

test('runs are sorted, walked by the keyboard, and new ones appear by themselves', async ({ page, studio }) => {
  await page.goto('/runs');
  await expect(page.getByRole('columnheader', { name: 'Started ↓' })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: 'Pipeline', exact: true }).click();
  await expect(page).toHaveURL(/sort=pipeline/);
  await expect(page.getByRole('columnheader', { name: 'Pipeline' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.getByRole('row').nth(1)).toContainText('Bird strikes');
  await page.getByRole('button', { name: 'Took', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Took' })).toHaveAttribute('aria-sort', 'descending');
  await page.goto('/runs');
  const links = page.getByRole('link', { name: /^Run \d+ of/ });
  await links.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(links.nth(1)).toBeFocused();
  const before = await links.count();
  await studio.cli('run', 'Odd columns');
  await expect(links).toHaveCount(before + 1);
});

test('the grid shows every node of the last runs, and leads into them', async ({ page }) => {
  await page.goto('/runs');
  await page.getByLabel('pipeline', { exact: true }).selectOption({ label: 'Odd columns' });
  const grid = page.getByRole('region', { name: 'Nodes and runs' });
  await expect(grid.getByRole('rowheader', { name: 'validator' })).toBeVisible();
  const cells = grid.getByRole('link', { name: /^validator of run \d+: with anomalies$/ });
  await expect(cells.first()).toBeVisible();
  await expect(grid.getByRole('link', { name: /^statistics of run \d+: reused$/ }).first()).toBeVisible();
  await grid
    .getByRole('link', { name: /^Run \d+: 1 warning$/ })
    .last()
    .focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('[data-place]:focus')).toHaveCount(1);
  await cells.last().click();
  await expect(page).toHaveURL(/\/runs\/run_.*node=validator/);
  await expect(page.getByRole('complementary', { name: 'Node validator' })).toContainText('2 anomalies');
});
