import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '../fixtures';
import { canvas, card, importPipeline, openDrawer, openEditor, saved } from '../pages/editor-page';
import { writeRows } from '../support/pipeline-files';

const ROWS = { rows: { component: 'CsvExampleGen', params: { inputBase: 'rows.csv' } } };
const FIGURES = { ...ROWS, figures: { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } } };
const SCHEMA = { ...FIGURES, schema: { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } } };

test.beforeAll(({ studio }) => {
  writeRows(path.join(studio.dataFolder, '../files/rows.csv'), 500);
});

test('what is added can be undone, travelled to in the history, and survives a reload', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Adding', ROWS));
  const palette = page.getByRole('navigation', { name: 'Components' });
  await palette.getByRole('button', { name: /^StatisticsGen/ }).click();
  await expect(card(page, 'statisticsGen')).toBeVisible();
  await palette.getByRole('button', { name: /^SchemaGen/ }).click();
  await expect(card(page, 'schemaGen')).toBeVisible();
  await canvas(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(card(page, 'schemaGen')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(card(page, 'schemaGen')).toBeVisible();

  await openDrawer(page, 'History');
  const history = page.getByRole('list', { name: 'History' });
  await history.getByRole('button', { name: /Opened/ }).click();
  await expect(card(page, 'statisticsGen')).toHaveCount(0);
  await expect(history.getByRole('button', { name: /Add SchemaGen/ })).toContainText('undone');
  await history.getByRole('button', { name: /Add StatisticsGen/ }).click();
  await expect(card(page, 'statisticsGen')).toBeVisible();

  await saved(page);
  await page.reload();
  await expect(card(page, 'statisticsGen')).toBeVisible();
  await expect(card(page, 'schemaGen')).toHaveCount(0);
  await expect(page.getByText('Version 1, edited')).toBeVisible();
});

test('the list of components offers what the graph needs, wires it and goes on', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Chaining', ROWS));
  await canvas(page).focus();
  await page.keyboard.press('/');
  const search = page.getByPlaceholder('Add a component', { exact: true }).last();
  await expect(search).toBeFocused();
  await expect(page.getByRole('option').first()).toContainText('StatisticsGen');
  await page.keyboard.press('Enter');
  await expect(page.getByPlaceholder('What takes statisticsGen.statistics?')).toBeFocused();
  await expect(page.getByRole('option').first()).toContainText('SchemaGen');
  await page.keyboard.press('Enter');
  await expect(page.getByPlaceholder('What takes schemaGen.schema?')).toBeFocused();
  await expect(page.getByRole('option').first()).toContainText('ExampleValidator');
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('option')).toHaveCount(0);
  await openDrawer(page, 'Outline');
  const outline = page.getByRole('tree', { name: 'Outline' });
  await expect(outline.getByRole('treeitem', { name: /exampleValidator/ })).toContainText('also from statisticsGen');
  await openDrawer(page, 'Problems');
  await expect(page.getByText('No problems. The pipeline can run.')).toBeVisible();
});

test('nodes are copied from one pipeline into another', async ({ page, context, studio }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openEditor(page, await importPipeline(studio, 'Copied from', SCHEMA));
  await canvas(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  const other = await context.newPage();
  await openEditor(other, await importPipeline(studio, 'Pasted into', ROWS));
  await canvas(other).focus();
  await other.keyboard.press('ControlOrMeta+v');
  await expect(card(other, 'figures')).toBeVisible();
  await openDrawer(other, 'Outline');
  const outline = other.getByRole('tree', { name: 'Outline' });
  await expect(outline.getByRole('treeitem', { name: /^rows2/ })).toHaveAttribute('aria-level', '1');
  await expect(outline.getByRole('treeitem', { name: /^schema/ })).toHaveAttribute('aria-level', '3');
});

test('tidying lays everything out, as one step that can be undone', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Tidied', SCHEMA));
  const left = async (id: string) => (await card(page, id).boundingBox())?.x ?? 0;
  await card(page, 'schema').click();
  for (let step = 0; step < 30; step++) await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(async () => (await left('schema')) < (await left('figures'))).toBe(true);
  await canvas(page).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+T');
  await expect.poll(async () => (await left('schema')) > (await left('figures'))).toBe(true);
  await openDrawer(page, 'History');
  const history = page.getByRole('list', { name: 'History' });
  await expect(history.getByRole('listitem').first()).toContainText('Tidy');
  await expect(history.getByRole('listitem').nth(1)).toContainText('Move');
});

test('a second tab is told and never overwritten', async ({ page, context, studio }) => {
  const address = await importPipeline(studio, 'Two tabs', ROWS);
  const other = await context.newPage();
  await openEditor(page, address);
  await openEditor(other, address);
  const add = async (tab: typeof page, component: RegExp) => {
    await tab.bringToFront();
    await tab.getByRole('navigation', { name: 'Components' }).getByRole('button', { name: component }).click();
  };
  await add(page, /^StatisticsGen/);
  await saved(page);
  await add(other, /^SchemaGen/);
  const bar = other.getByRole('alert').filter({ hasText: 'changed elsewhere' });
  await expect(bar).toContainText('adds statisticsGen');
  await expect(bar).toContainText('adds schemaGen');
  await bar.getByRole('button', { name: 'Take theirs' }).click();
  await expect(card(other, 'statisticsGen')).toBeVisible();
  await expect(card(other, 'schemaGen')).toHaveCount(0);
  await canvas(other).focus();
  await other.keyboard.press('ControlOrMeta+z');
  await expect(card(other, 'schemaGen')).toBeVisible();
  await saved(other);

  await page.bringToFront();
  const back = page.getByRole('alert').filter({ hasText: 'changed elsewhere' });
  await expect(back).toContainText('removes statisticsGen');
  await add(page, /^ExampleValidator/);
  await back.getByRole('button', { name: 'Keep mine', exact: true }).click();
  await expect(back).toHaveCount(0);
  await saved(page);
  await page.reload();
  await expect(card(page, 'statisticsGen')).toBeVisible();
  await expect(card(page, 'exampleValidator')).toBeVisible();
  await expect(card(page, 'schemaGen')).toHaveCount(0);
});

test('the plan of a part is shown before it runs, and what came of it after', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'A part', SCHEMA));
  await card(page, 'figures').click();
  await page.getByRole('button', { name: 'Other ways to run' }).click();
  await page.getByRole('menuitem', { name: 'Run to here' }).click();
  const plan = page.getByRole('table', { name: 'Plan' });
  await expect(plan.getByRole('row', { name: /^figures/ })).toContainText('Runs');
  await expect(plan.getByRole('row', { name: /^schema/ })).toContainText('Skips');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('link', { name: /^Run \d+, complete/ })).toBeVisible();
  await expect(card(page, 'rows')).toContainText('500 rows');
  await openDrawer(page, 'Plan');
  await page.getByRole('button', { name: /^Show run \d+$/ }).click();
  const outcome = page.getByRole('table', { name: /plan and what came of it/ });
  await expect(outcome.getByRole('row', { name: /^figures/ })).toContainText('Complete');
});

test('a part runs whatever is broken elsewhere', async ({ page, studio }) => {
  const address = await importPipeline(studio, 'Broken elsewhere', FIGURES);
  await openEditor(page, address);
  await page
    .getByRole('navigation', { name: 'Components' })
    .getByRole('button', { name: /^Transform/ })
    .click();
  await expect(card(page, 'transform')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  const other = page.getByRole('button', { name: 'Other ways to run' });
  await other.click();
  await expect(page.getByRole('menuitem', { name: /^Run to here/ })).toBeDisabled();
  await page.keyboard.press('Escape');
  await card(page, 'figures').click();
  await other.click();
  await page.getByRole('menuitem', { name: 'Run to here' }).click();
  const plan = page.getByRole('table', { name: 'Plan' });
  await expect(plan.getByRole('row', { name: /^figures/ })).toContainText(/Runs|Reuses/);
  await expect(plan.getByRole('row', { name: /^transform/ })).toContainText('Skips');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('link', { name: /^Run \d+, complete/ })).toBeVisible();
});

test('a pipeline leaves as a file that the command line reads, and comes back', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Exported', FIGURES));
  await canvas(page).focus();
  const download = page.waitForEvent('download');
  await page.keyboard.press('ControlOrMeta+s');
  const file = path.join(studio.dataFolder, '../files/exported.json');
  await (await download).saveAs(file);
  expect(readFileSync(file, 'utf8')).toContain('\n  "nodes": {\n');
  expect(await studio.cli('validate', file)).not.toMatch(/error/i);

  await page.goto('/pipelines');
  await page.getByLabel('Pipeline file').setInputFiles(file);
  await page.waitForURL(/\/pipelines\/pipe_/);
  await expect(page.getByRole('heading', { level: 1, name: 'Exported 2' })).toBeAttached();
  await expect(card(page, 'figures')).toBeVisible();

  await page.goto('/pipelines');
  await page
    .getByLabel('Pipeline file')
    .setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{ "format": 7 ') });
  const refusal = page.getByRole('dialog', { name: 'broken.json was not imported' });
  await expect(refusal).toContainText('Line 1');
});

test('every command is in one box, those that cannot be used say why', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Commands', ROWS));
  await canvas(page).focus();
  await page.keyboard.press('ControlOrMeta+k');
  const box = page.getByRole('dialog', { name: 'Commands' });
  await box.getByRole('combobox').fill('undo');
  await expect(box.getByRole('option', { name: /^Undo/ })).toContainText('Nothing was changed yet.');
  await box.getByRole('combobox').fill('outline');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tree', { name: 'Outline' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Find nodes');
});
