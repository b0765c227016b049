import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

import { expect, test } from '../fixtures';
import type { Studio } from '../support/studio';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const ROWS = 5_000;

let made: Promise<string> | undefined;

/** The address of Examples with a number, a text and a blank here and there; made once. */
function examples({ cli, dataFolder }: Studio): Promise<string> {
  made ??= (async () => {
    const folder = path.join(dataFolder, '../rows');
    mkdirSync(folder, { recursive: true });
    const lines = Array.from(
      { length: ROWS },
      (_, n) => `${n},${(n * 7_919) % 1_009},${n % 5 === 0 ? '' : `city ${n % 4}`}`,
    );
    writeFileSync(path.join(folder, 'rows.csv'), `id,amount,city\n${lines.join('\n')}\n`);
    const document = {
      format: 'sluice.pipeline/1',
      name: 'Rows to look at',
      nodes: {
        examples: {
          component: 'CsvExampleGen',
          params: {
            inputBase: 'rows.csv',
            outputConfig: { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }] } },
          },
        },
      },
    };
    writeFileSync(path.join(folder, 'rows.json'), JSON.stringify(document));
    await cli('run', path.join(folder, 'rows.json'));
    const listed = JSON.parse(await cli('artifacts', 'list', '--json')) as {
      artifacts: readonly { readonly id: string; readonly pipeline: string }[];
    };
    const found = listed.artifacts.find(({ pipeline }) => pipeline === 'Rows to look at');
    return `/data/${String(found?.id)}`;
  })();
  return made;
}

/** Rows and features are counted from 1; the head and the number of the row come before them. */
const cell = (page: Page, row: number, column: number) =>
  page.locator(`[role=row][aria-rowindex="${row + 1}"] [aria-colindex="${column + 1}"]`);
const count = (page: Page) => page.getByRole('group', { name: 'Rows shown' }).getByRole('status');

test('rows are sorted, filtered and searched, and the address brings all of it back', async ({ page, studio }) => {
  await page.goto(await examples(studio));
  const grid = page.getByRole('grid', { name: 'Rows' });
  await expect(grid).toBeVisible();
  await expect(count(page)).toHaveText('5,000 rows');
  await expect(cell(page, 1, 1)).toHaveText('0');

  await grid.getByRole('button', { name: 'amount', exact: true }).click();
  await expect(page.getByText('sorted by amount, ascending')).toBeVisible();
  await grid.getByRole('button', { name: /^amount, ascending/ }).click();
  await expect(cell(page, 1, 2)).toHaveText('1008');

  await grid.getByRole('columnheader', { name: 'city' }).hover();
  await grid.getByRole('button', { name: 'Filter city' }).click();
  const filter = page.getByRole('dialog', { name: 'Filter city' });
  await filter.getByRole('checkbox', { name: /^city 2/ }).click();
  await expect(filter.getByRole('checkbox', { name: /^city 2/ })).toBeChecked();
  await expect(count(page)).toHaveText('1,000 of 5,000 rows');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Search all features' }).fill('100');
  await expect(page.getByText('any feature contains “100”')).toBeVisible();
  // Neither the count before the search nor the words while it is counted.
  await expect(count(page)).toHaveText(/^(?!1,000 )[\d,]+ of 5,000 rows$/);
  const narrowed = await count(page).textContent();

  await page.reload();
  await expect(count(page)).toHaveText(narrowed ?? '');
  await page.getByRole('button', { name: 'Remove: any feature contains “100”' }).click();
  await expect(count(page)).toHaveText('1,000 of 5,000 rows');
  await page.getByRole('button', { name: 'Remove: city is city 2' }).click();
  await expect(count(page)).toHaveText('5,000 rows');
});

test('the keyboard walks through all rows, opens one and copies a cell', async ({ page, studio, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(await examples(studio));
  const grid = page.getByRole('grid', { name: 'Rows' });
  await expect(cell(page, 1, 1)).toHaveText('0');
  await grid.focus();
  await page.keyboard.press('Control+End');
  await expect(cell(page, ROWS, 1)).toHaveText(String(ROWS - 1));
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const row = page.getByRole('region', { name: 'Row 4,999 of all' });
  await expect(row).toContainText('city 2');
  await page.keyboard.press('Control+C');
  // Said twice: to the eye and to the screen reader.
  await expect(page.getByText('The cell copied.').first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('4998');
  await expect(page).toHaveURL(/row=all%3A4998/);
  await row.getByRole('button', { name: 'Close the row' }).click();
  await expect(row).toBeHidden();
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('dialog', { name: 'Filter id' })).toBeVisible();
});

test('no rows, a range, and what is missing are said in words', async ({ page, studio }) => {
  const address = await examples(studio);
  const where = [{ column: 'amount', op: 'between', min: 2_000 }];
  await page.goto(`${address}?rows=${encodeURIComponent(JSON.stringify({ where }))}`);
  await expect(page.getByText('amount at least 2000')).toBeVisible();
  await expect(page.getByText('No row fulfils all of these conditions.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove the conditions' }).click();
  await expect(count(page)).toHaveText('5,000 rows');
  const blank = [{ column: 'city', op: 'missing' }];
  await page.goto(`${address}?rows=${encodeURIComponent(JSON.stringify({ where: blank }))}`);
  await expect(page.getByText('city is missing')).toBeVisible();
  await expect(count(page)).toHaveText('1,000 of 5,000 rows');
  await page.goto(
    `${address}?rows=${encodeURIComponent(JSON.stringify({ where: [{ column: 'gone', op: 'missing' }] }))}`,
  );
  await expect(page.getByText('These rows have no such feature.').first()).toBeVisible();
});

test('a statement is answered in the same grid, and a wrong one in its place', async ({ page, studio }) => {
  await page.goto(await examples(studio));
  await page.getByRole('button', { name: 'SQL' }).click();
  const editor = page.getByRole('textbox', { name: /^SELECT over/ });
  await editor.fill('SELECT city, count(*) AS rows FROM "all" GROUP BY city ORDER BY city NULLS LAST');
  await editor.press('Control+Enter');
  await expect(page.getByRole('grid', { name: 'Result of the statement' })).toBeVisible();
  await expect(cell(page, 1, 1)).toHaveText('city 0');
  await expect(cell(page, 5, 2)).toHaveText('1000');
  await editor.fill('DROP VIEW "all"');
  await editor.press('Control+Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Only SELECT can be run here' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the rows in ${colorScheme} have nothing that keeps people out`, async ({ browser, studio }) => {
    // The checker is injected by the test; the policy would rightly refuse it.
    const context = await browser.newContext({ baseURL: studio.url, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    const where = [{ column: 'amount', op: 'between', max: 500 }];
    await page.goto(`${await examples(studio)}?row=all:3&rows=${encodeURIComponent(JSON.stringify({ where }))}`);
    await expect(page.getByRole('region', { name: 'Row 4 of all' })).toContainText('city 3');
    await expect(cell(page, 1, 1)).toHaveText('0');
    await page.addScriptTag({ path: AXE });
    const results = await page.evaluate<AxeResults>('axe.run()');
    const violations = results.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
    expect(violations).toEqual([]);
    await context.close();
  });
}
