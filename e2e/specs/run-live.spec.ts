import path from 'node:path';

import { expect, test } from '../fixtures';
import { expectSameFold, expectSameFolds, nodeCard, runFact, startRun } from '../pages/run-page';
import { writePipeline, writeRows } from '../support/pipeline-files';

const BUSY_ROWS = 400_000;
/** So soon a person is told that the connection is lost. */
const TOLD_WITHIN_MS = 5_000;
/** So long the web process stands still. */
const STOPPED_MS = 10_000;

test('a run is followed to its end, over a reload and a server that stops answering', async ({ page, studio }) => {
  test.skip(process.platform !== 'linux', 'needs /proc to find the web process');
  const folder = path.join(studio.dataFolder, '../live');
  writeRows(path.join(folder, 'live.csv'), BUSY_ROWS * 4);
  await studio.cli('pipelines', 'import', writePipeline(folder, 'Live', 'live.csv'));

  await startRun(page, 'Live');
  await expect(nodeCard(page, 'examples')).toHaveAccessibleName(/Running/);
  await page.reload();
  await expect(nodeCard(page, 'examples')).toBeVisible();

  const [web] = studio.processes('sluice-web');
  if (web === undefined) throw new Error('there is no web process');
  const list = await page.context().newPage();
  await list.goto('/runs');
  await expect(list.getByRole('row', { name: 'Live' })).toBeVisible();
  await expect(page.getByText(/Reconnecting/)).toBeHidden();
  process.kill(web, 'SIGSTOP');
  const stoppedAt = Date.now();
  try {
    await expect(page.getByText(/Reconnecting, \d+ s. The run goes on./)).toBeVisible({ timeout: TOLD_WITHIN_MS });
    await expect(list.getByText(/Reconnecting, \d+ s. Runs go on. This is as of/)).toBeVisible();
    await page.getByRole('tab', { name: 'Plan' }).click();
    await expect(page.getByRole('table', { name: 'Plan and what came of it' })).toBeVisible();
    await expect.poll(() => Date.now() - stoppedAt, { timeout: STOPPED_MS * 2 }).toBeGreaterThan(STOPPED_MS);
  } finally {
    process.kill(web, 'SIGCONT');
  }
  await expect(runFact(page, 'State')).toHaveText('Complete', { timeout: 60_000 });
  await expect(page.getByText(/Reconnecting/)).toBeHidden();
  await expectSameFold(page, studio);
  await expect(page.locator('[data-seq]').last()).toContainText('Run ended: complete');

  await page.reload();
  await expect(runFact(page, 'State')).toHaveText('Complete');
  await expectSameFold(page, studio);
});

test('seven tabs watch a run at once', async ({ context, page, studio }) => {
  const folder = path.join(studio.dataFolder, '../tabs');
  writeRows(path.join(folder, 'tabs.csv'), BUSY_ROWS);
  await studio.cli('pipelines', 'import', writePipeline(folder, 'Tabs', 'tabs.csv'));
  await startRun(page, 'Tabs');
  const others = await Promise.all(Array.from({ length: 6 }, () => context.newPage()));
  await Promise.all(others.map((other) => other.goto(page.url())));
  const tabs = [page, ...others];
  for (const tab of tabs) await expect(nodeCard(tab, 'examples')).toBeVisible({ timeout: 60_000 });
  for (const tab of tabs) {
    await expect(runFact(tab, 'State')).toHaveText('Complete', { timeout: 60_000 });
    await expect(tab.getByText(/Reconnecting/)).toBeHidden();
  }
  await expectSameFolds(tabs, studio);
});

test('a run that somebody cancels ends within seconds and can go on later', async ({ page, studio }) => {
  const folder = path.join(studio.dataFolder, '../cancel');
  writeRows(path.join(folder, 'cancel.csv'), BUSY_ROWS * 3);
  await studio.cli('pipelines', 'import', writePipeline(folder, 'Cancel', 'cancel.csv'));
  await startRun(page, 'Cancel');
  await expect(nodeCard(page, 'examples')).toHaveAccessibleName(/Running/);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
  await expect(runFact(page, 'State')).toHaveText('Canceled');
  await expect(nodeCard(page, 'statistics')).toContainText('Canceled by a person');

  writeRows(path.join(folder, 'cancel.csv'), 50);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(runFact(page, 'State')).toHaveText('Complete', { timeout: 60_000 });
});
