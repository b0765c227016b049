import { readdirSync, readFileSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import path from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures';
import { canvas, card } from '../pages/editor-page';
import type { Studio } from '../support/studio';

/** Enough different rows for every split to have some of each class. */
const CSV = `age,city,left\n${Array.from({ length: 200 }, (_, row) => csvLine(row)).join('')}`;

function csvLine(row: number): string {
  return `${20 + ((row * 37) % 400) / 10},${row % 4 === 1 ? '' : `city ${row % 7}`},${row % 3 === 0 ? 'yes' : 'no'}\n`;
}

/** Writes a file to bring, and returns its path. */
function write({ dataFolder }: Studio, name: string, content: string | Uint8Array): string {
  const folder = path.join(dataFolder, '../brought');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Chooses a file on the home page. */
async function bring(page: Page, file: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('region', { name: 'Bring a table' }).locator('input[type=file]').first().setInputFiles(file);
}

/** Drops a file on an element, as a person does with the mouse. */
async function drop(target: Locator, { name, text }: { readonly name: string; readonly text: string }): Promise<void> {
  const data = await target.page().evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName));
      return transfer;
    },
    [name, text] as const,
  );
  for (const event of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(event, { dataTransfer: data });
}

function leftovers({ dataFolder }: Studio): readonly string[] {
  const folder = path.join(dataFolder, 'uploads');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.includes('.tmp')) : [];
}

test('three samples are there, and what the first one found is told', async ({ page }) => {
  await page.goto('/');
  const links = page.getByRole('navigation', { name: 'Samples and pipelines' });
  await expect(links.getByRole('link', { name: 'Bird strikes' })).toContainText(/Complete|Running/);
  await expect(page.getByRole('region', { name: 'Already found in the data' })).toContainText('% missing');
  await expect(page.getByRole('region', { name: 'Against the schema' })).toContainText('anomal');
  await page.goto('/pipelines');
  for (const name of ['Bird strikes', 'Penguins', 'Flights'])
    await expect(page.getByRole('main').getByRole('link', { name, exact: true })).toBeVisible();
});

test('a CSV is dropped, its label guessed, and the pipeline that it becomes runs', async ({ page }) => {
  await page.goto('/');
  await drop(page.getByText('Drop a CSV or Parquet file here'), { name: 'Who left.csv', text: CSV });
  const dialog = page.getByRole('dialog', { name: 'A pipeline for Who left.csv' });
  await expect(dialog).toContainText('200 rows × 3 columns');
  await expect(dialog.getByLabel('To learn')).toHaveValue('left');
  await expect(dialog.getByLabel('Task')).toHaveValue('binary');
  await expect(dialog.getByLabel('Empty cells')).toHaveValue('missing');
  await dialog.getByLabel('To learn').selectOption('age');
  await expect(dialog.getByLabel('Task')).toHaveValue('regression');
  await dialog.getByRole('button', { name: 'Make the pipeline' }).click();
  await page.waitForURL(/\/pipelines\/pipe_/);
  await expect(card(page, 'exampleValidator')).toBeVisible();
  await page.goto('/runs');
  await expect(page.getByRole('row', { name: 'Who left' })).toContainText('Complete', { timeout: 60_000 });
});

test('a Parquet file with times becomes a ParquetExampleGen that takes them as seconds', async ({ page, studio }) => {
  const source = readFileSync(path.join(studio.dataFolder, 'samples/flights.parquet'));
  await bring(page, write(studio, 'Late.parquet', source));
  const dialog = page.getByRole('dialog', { name: 'A pipeline for Late.parquet' });
  await expect(dialog).toContainText('3,000,000 rows × 5 columns');
  await expect(dialog.getByLabel('To learn')).toHaveValue('delay');
  await dialog.getByLabel('Run it at once').uncheck();
  await dialog.getByRole('button', { name: 'Make the pipeline' }).click();
  await page.waitForURL(/\/pipelines\/pipe_/);
  const shown = await studio.cli('pipelines', 'show', 'Late', '--json');
  expect(shown).toContain('ParquetExampleGen');
  expect(shown).toContain('epoch-seconds');
});

test('a file dropped on the canvas joins the pipeline as one change', async ({ page }) => {
  await page.goto('/pipelines');
  await page.getByRole('link', { name: 'Penguins' }).first().click();
  await expect(canvas(page)).toBeVisible();
  await drop(canvas(page), { name: 'more.csv', text: CSV });
  const dialog = page.getByRole('dialog', { name: 'Add more.csv to this pipeline' });
  await dialog.getByRole('button', { name: 'Add to the canvas' }).click();
  await expect(card(page, 'exampleValidator')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(card(page, 'exampleValidator')).toHaveCount(0);
});

test('an upload goes on by itself after the connection was cut, and after a reload', async ({ page, studio }) => {
  const rows = Array.from({ length: 1_500_000 }, (_, row) => `${row},${row % 7}`).join('\n');
  const file = write(studio, 'long.csv', `id,class\n${rows}\n`);
  let chunks = 0;
  const cutFrom = { second: true };
  await page.route('**/api/uploads/**', async (route) => {
    chunks++;
    if (cutFrom.second && chunks > 1) await route.abort('connectionreset');
    else await route.continue();
  });
  await bring(page, file);
  const dialog = page.getByRole('dialog', { name: 'Bringing long.csv' });
  await expect(dialog.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  expect(leftovers(studio)).toHaveLength(1);

  await page.reload();
  const unfinished = page.getByRole('list', { name: 'Unfinished uploads' });
  await expect(unfinished).toContainText('long.csv');
  chunks = 0;
  await unfinished.locator('input[type=file]').setInputFiles(file);
  await expect(dialog.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  cutFrom.second = false;
  await expect(page.getByRole('dialog', { name: 'A pipeline for long.csv' })).toContainText('1,500,000 rows');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect
    .poll(() => readdirSync(path.join(studio.dataFolder, 'uploads')).filter((name) => name.startsWith('long')))
    .toEqual([]);
});

test('a canceled upload leaves nothing behind', async ({ page, studio }) => {
  await page.route('**/api/uploads/**', () => undefined);
  await bring(page, write(studio, 'stopped.csv', CSV));
  const dialog = page.getByRole('dialog', { name: 'Bringing stopped.csv' });
  await expect.poll(() => leftovers(studio)).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Cancel upload' }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => leftovers(studio)).toEqual([]);
});

test('files that are no tables are refused with what to do', async ({ page, studio }) => {
  const bad = [
    ['empty.csv', '', 'empty.csv is empty.'],
    ['header.csv', 'a,b\n', 'header.csv has a header, but no rows.'],
    ['ragged.csv', 'a,b\n1,2\n3\n', 'ragged.csv, line 3: the row has 1 cell'],
    ['semicolons.csv', 'a;b\n1;2\n', 'separates its columns with semicolons'],
    ['book.xlsx', 'PK\u0003\u0004', 'Export the table as CSV or Parquet'],
  ] as const;
  for (const [name, content, sentence] of bad) {
    await bring(page, write(studio, name, content));
    await expect(page.getByRole('dialog', { name: `${name} cannot be used` })).toContainText(sentence);
  }
  expect(leftovers(studio)).toEqual([]);
});

test('a name of 200 characters from right to left is kept and shown', async ({ page, studio }) => {
  const name = 'رحلات'.repeat(16);
  await bring(page, write(studio, `${name}.csv`, CSV));
  const dialog = page.getByRole('dialog', { name: `A pipeline for ${name}.csv` });
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue(name);
  await dialog.getByRole('button', { name: 'Discard' }).click();
});
