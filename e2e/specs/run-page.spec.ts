import { readFileSync } from 'node:fs';

import { expect, test } from '../fixtures';
import { nodeCard, runFact } from '../pages/run-page';

test('a run tells what each node took, used, was given and made, and where it goes', async ({ page, studio }) => {
  await studio.cli('run', 'Bird strikes', '--no-reuse');
  await page.goto('/runs');
  await page
    .getByRole('link', { name: /^Run \d+ of Bird strikes$/ })
    .first()
    .click();
  await expect(runFact(page, 'Plan kept')).toHaveText('9 ran as predicted');
  await expect(runFact(page, 'Took')).toContainText('expected');
  await expect(page.getByText('critical path').first()).toBeVisible();
  await expect(page.getByText('run 1', { exact: true })).toBeVisible();

  const time = page.getByRole('region', { name: 'Time' });
  await time.getByRole('button', { name: 'Complete statistics' }).click();
  const panel = page.getByRole('complementary', { name: 'Node statistics' });
  for (const fact of ['Took', 'Expected', 'CPU'])
    await expect(panel.locator('div', { hasText: fact }).first()).toBeVisible();
  await expect(panel.getByRole('region', { name: 'Parameters' })).toContainText('excludeSplits');
  await expect(panel.getByRole('region', { name: 'Attempts' })).toContainText('started in');
  await expect(panel.getByRole('region', { name: 'Comes from' })).toContainText('examples');
  await panel.getByRole('region', { name: 'Goes on to' }).getByRole('button', { name: 'validator' }).click();
  await expect(page.getByRole('complementary', { name: 'Node validator' })).toBeVisible();

  await time.getByRole('button', { name: 'Flat' }).click();
  await expect(page).toHaveURL(/time=flat/);
  await page.reload();
  await expect(time.getByRole('button', { name: 'Flat' })).toHaveAttribute('aria-pressed', 'true');
});

test('the log is searched, narrowed to a node and saved', async ({ page }) => {
  await page.goto('/runs');
  await page.getByRole('link', { name: 'Run 1 of Bird strikes' }).click();
  const find = page.getByRole('searchbox', { name: 'Find in the log' });
  await find.fill('split');
  await expect(page.getByText(/^1 of \d+$/)).toBeVisible();
  await find.press('Enter');
  await expect(page.getByText(/^2 of \d+$/)).toBeVisible();
  await expect(page.locator('mark').first()).toHaveText('Split');
  await find.fill('nobody said this');
  await expect(page.getByText('not found')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toMatch(/Z {2}examples {2}attempt 1 {2}info {2}.*rows/);
  await page.getByLabel('node', { exact: true }).selectOption('statistics');
  await expect(page).toHaveURL(/node=statistics/);
  await expect(nodeCard(page, 'statistics')).toHaveAttribute('aria-current', 'true');
});
