import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '../fixtures';
import { nodeCard, runFact, startRun } from '../pages/run-page';
import { writePipeline } from '../support/pipeline-files';

test('a failure says why and what to do, and the run goes on once it is mended', async ({ page, studio }) => {
  const folder = path.join(studio.dataFolder, '../failed');
  const file = writePipeline(folder, 'Ragged', 'ragged.csv');
  const csv = path.join(folder, 'ragged.csv');
  writeFileSync(csv, 'a,b\n1,2\n3,4,5\n');
  await studio.cli('pipelines', 'import', file);

  await startRun(page, 'Ragged');
  await expect(runFact(page, 'State')).toHaveText('Failed in examples');
  await expect(nodeCard(page, 'statistics')).toContainText('examples failed');
  await nodeCard(page, 'examples').click();
  const alert = page.getByRole('complementary', { name: 'Node examples' }).getByRole('alert');
  await expect(alert).toContainText('ragged.csv, line 3');
  await expect(alert).toContainText('Give every row one cell per column');

  await page.goto('/');
  const needs = page.getByRole('region', { name: 'Needs you' });
  await expect(needs).toContainText('ragged.csv, line 3');
  await needs.getByRole('link', { name: 'See why' }).click();

  writeFileSync(csv, 'a,b\n1,2\n3,4\n');
  await page.getByRole('button', { name: 'Retry from failure' }).click();
  await expect(runFact(page, 'State')).toHaveText('Complete');
});

test('the list of runs is filtered by state, and the address carries the filter', async ({ page, studio }) => {
  const folder = path.join(studio.dataFolder, '../listed');
  writeFileSync(path.join(studio.dataFolder, '../empty.csv'), 'a,b\n1,2,3\n');
  await studio.cli('run', writePipeline(folder, 'Listed', '../empty.csv'));
  await page.goto('/runs');
  await expect(page.getByRole('row', { name: 'Bird strikes' }).first()).toBeVisible();
  await page.getByLabel('state').selectOption('failed');
  await expect(page).toHaveURL(/is=failed/);
  await expect(page.getByRole('row', { name: 'Listed' })).toContainText('Failed in examples');
  await expect(page.getByRole('row', { name: 'Bird strikes' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('row', { name: 'Listed' })).toBeVisible();
  await page.getByRole('link', { name: /^Run \d+ of Listed$/ }).click();
  await expect(runFact(page, 'State')).toHaveText('Failed in examples');
  await expect(page).toHaveTitle(/^Run \d+ of Listed · Sluice$/);
  await page.goBack();
  await expect(page).toHaveURL(/is=failed/);
  await expect(page.getByLabel('state')).toHaveValue('failed');
  await page.getByLabel('state').selectOption('queued');
  await expect(page.getByText('No run matches')).toBeVisible();
});

test('a run that is not there is said so', async ({ page }) => {
  await page.goto('/runs/run_0000000000000000');
  await expect(page.getByRole('alert').first()).toContainText('There is no run at this address.');
  await page.goto('/runs/47');
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('table', { name: 'Runs' })).toBeVisible();
});
