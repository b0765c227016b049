import { createRequire } from 'node:module';
import path from 'node:path';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

import { expect, test } from '../fixtures';
import { card, importPipeline, openDrawer, openEditor } from '../pages/editor-page';
import { writeRows } from '../support/pipeline-files';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const NODES = {
  rows: { component: 'CsvExampleGen', params: { inputBase: 'inspected.csv' } },
  figures: { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } },
};

const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' });
const field = (page: Page, label: string) => inspector(page).getByLabel(label, { exact: true });
const problems = (page: Page) => page.getByRole('list', { name: 'Problems' });
const noProblems = (page: Page) => page.getByText('No problems. The pipeline can run.');

test.beforeAll(({ studio }) => {
  writeRows(path.join(studio.dataFolder, '../files/inspected.csv'), 200);
});

test('a form marks what differs, and typing into a field is one step of the history', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Form', NODES));
  await card(page, 'figures').click();
  await expect(inspector(page)).toContainText('Nothing differs from default');
  await field(page, 'Top values').fill('3');
  await field(page, 'Top values').press('End');
  await field(page, 'Top values').pressSequentially('42');
  await expect(inspector(page)).toContainText('1 differs from default');
  await expect(inspector(page)).toContainText('default 20');
  await inspector(page).getByRole('button', { name: 'Show only what differs from the default' }).click();
  await expect(field(page, 'Frequency threshold')).toHaveCount(0);
  await expect(field(page, 'Top values')).toHaveValue('342');
  await openDrawer(page, 'History');
  const history = page.getByRole('list', { name: 'History' });
  await expect(history.getByRole('button', { name: /Set Top values of figures/ })).toHaveCount(1);
  await inspector(page).getByRole('button', { name: 'Back to the default: Top values' }).click();
  await expect(inspector(page)).toContainText('Nothing differs from default');
});

test('text that means no value stays where it was typed and is listed', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Drafts', NODES));
  await card(page, 'figures').click();
  await field(page, 'Top values').fill('many');
  await expect(inspector(page)).toContainText('This is not a number.');
  await card(page, 'rows').click();
  await expect(field(page, 'Input base')).toBeVisible();
  await openDrawer(page, 'Problems');
  await problems(page)
    .getByRole('button', { name: /This is not a number/ })
    .click();
  await expect(field(page, 'Top values')).toBeFocused();
  await expect(field(page, 'Top values')).toHaveValue('many');
  await field(page, 'Top values').fill('0');
  await expect(inspector(page)).toContainText('Top values (numTopValues) is 0, but must be at least 1.');
  await field(page, 'Top values').fill('7');
  await expect(noProblems(page)).toBeVisible();
});

test('columns are offered before anything ran, and one that does not arrive is mended', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Columns', NODES));
  await card(page, 'figures').click();
  await field(page, 'Weight feature').click();
  await expect(page.getByRole('option')).toHaveText([/^id\s*INT/, /^amount\s*FLOAT/, /^city\s*STRING/]);
  await page.keyboard.type('amuont');
  await page.keyboard.press('Enter');
  await openDrawer(page, 'Problems');
  await expect(problems(page)).toContainText(
    'The column "amuont" does not arrive at "examples" (seen in inspected.csv).',
  );
  await problems(page).getByRole('button', { name: 'Use "amount"' }).click();
  await expect(field(page, 'Weight feature')).toHaveValue('amount');
  await expect(noProblems(page)).toBeVisible();

  await inspector(page).getByLabel('Exclude splits', { exact: true }).click();
  await page.getByRole('option', { name: 'eval' }).click();
  await page.keyboard.press('Escape');
  await expect(inspector(page).getByLabel('Exclude splits', { exact: true })).toContainText('1 of 2');
});

test('a field is bound to a pipeline parameter that is made from it', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Parameters', NODES));
  await card(page, 'figures').click();
  await field(page, 'Histogram buckets').hover();
  await inspector(page).getByRole('button', { name: 'More about Histogram buckets' }).click();
  await page.getByRole('menuitem', { name: 'Make it a pipeline parameter' }).click();
  const chip = inspector(page).getByRole('button', {
    name: /Histogram buckets: pipeline parameter numHistogramBuckets/,
  });
  await chip.click();
  const entry = inspector(page).getByRole('listitem', { name: 'Pipeline parameter numHistogramBuckets' });
  await expect(entry).toContainText('figures, statsOptions.numHistogramBuckets');
  await field(page, 'Name of pipeline parameter numHistogramBuckets').fill('buckets');
  await field(page, 'Default of buckets').fill('25');
  await inspector(page).getByRole('button', { name: 'figures, statsOptions.numHistogramBuckets' }).click();
  await expect(inspector(page).getByRole('button', { name: /parameter buckets, = 25/ })).toBeFocused();
  await inspector(page).getByRole('button', { name: 'Unbind Histogram buckets' }).click();
  await expect(field(page, 'Histogram buckets')).toHaveValue('25');
});

test('inputs are wired without the canvas, and problems lead to their field', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Inputs', NODES));
  await card(page, 'figures').click();
  await inspector(page)
    .getByRole('tab', { name: /^Inputs/ })
    .click();
  await inspector(page).getByRole('button', { name: 'Unwire rows.examples from examples' }).click();
  await openDrawer(page, 'Problems');
  await problems(page).getByRole('button', { name: 'Wire rows.examples' }).click();
  await expect(noProblems(page)).toBeVisible();
  await inspector(page).getByRole('button', { name: 'Unwire rows.examples from examples' }).click();
  await inspector(page).getByLabel('Source of examples').selectOption('rows.examples');
  await expect(noProblems(page)).toBeVisible();

  await card(page, 'rows').click();
  await field(page, 'Input base').fill('nowhere.csv');
  await expect(problems(page)).toContainText(/There is no file .*nowhere\.csv/);
  await card(page, 'figures').click();
  await problems(page)
    .getByRole('button', { name: /nowhere\.csv/ })
    .click();
  await expect(field(page, 'Input base')).toBeFocused();
});

test('a node is renamed under the rules of ids, and its wires follow', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Renaming', NODES));
  await card(page, 'rows').click();
  await inspector(page).getByRole('button', { name: 'Rename rows' }).click();
  await page.keyboard.type('my rows');
  await expect(inspector(page)).toContainText('no dot, no space');
  await field(page, 'Id of the node').fill('source');
  await page.keyboard.press('Enter');
  await expect(card(page, 'source')).toBeVisible();
  await openDrawer(page, 'Problems');
  await expect(noProblems(page)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the inspector keeps nobody out in ${colorScheme}`, async ({ browser, studio }) => {
    // The checker is injected by the test; the policy would rightly refuse it.
    const context = await browser.newContext({ baseURL: studio.url, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await openEditor(page, await importPipeline(studio, `Checked ${colorScheme}`, NODES));
    await page.addScriptTag({ path: AXE });
    await card(page, 'rows').click();
    await inspector(page).getByRole('button', { name: 'Set Output config' }).click();
    const check = async (what: string) => {
      const { violations } = await page.evaluate<AxeResults>(
        'axe.run(document.querySelector("[aria-label=Inspector]"))',
      );
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      expect(serious, what).toEqual([]);
    };
    await check('Parameters');
    for (const tab of [/^Inputs/, 'Outputs', 'Node'] as const) {
      await inspector(page).getByRole('tab', { name: tab }).click();
      await check(String(tab));
    }
    const isFitting = await inspector(page).evaluate((pane) => pane.scrollWidth <= pane.clientWidth);
    expect(isFitting).toBe(true);
    await context.close();
  });
}
