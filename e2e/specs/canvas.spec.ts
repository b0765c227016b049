import path from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures';
import { canvas, card, importPipeline, openDrawer, openEditor } from '../pages/editor-page';
import { writeRows } from '../support/pipeline-files';

const NODES = {
  rows: { component: 'CsvExampleGen', params: { inputBase: 'rows.csv' } },
  figures: { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } },
  schema: { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } },
  check: { component: 'ExampleValidator', inputs: { statistics: 'figures.statistics', schema: 'schema.schema' } },
};
/** Another one whose optional input is free. */
const LATER = { ...NODES, later: { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } } };

test.beforeAll(({ studio }) => {
  writeRows(path.join(studio.dataFolder, '../files/rows.csv'), 50);
});

test('a component comes from the palette, is wired, moved and undone', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Drawn by hand', NODES));
  const palette = page.getByRole('navigation', { name: 'Components' });
  await palette.getByRole('button', { name: /^SchemaGen/ }).dragTo(canvas(page), {
    targetPosition: { x: 140, y: 90 },
  });
  await expect(card(page, 'schemaGen')).toBeVisible();

  await dragBetween(page, port(page, 'figures', 'output:statistics'), card(page, 'schemaGen'));
  await expect(wire(page, 'figures.statistics→schemaGen.statistics')).toBeVisible();

  const before = await centreOf(card(page, 'schemaGen'));
  await dragBy(page, card(page, 'schemaGen'), { x: 64, y: 48 });
  const after = await centreOf(card(page, 'schemaGen'));
  expect(after.x - before.x).toBeGreaterThan(40);
  await openDrawer(page, 'History');
  const history = page.getByRole('list', { name: 'History' });
  await expect(history.getByRole('button', { name: /Move schemaGen/ })).toHaveCount(1);
  await canvas(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => Math.round((await centreOf(card(page, 'schemaGen'))).x)).toBe(Math.round(before.x));
  await page.keyboard.press('ControlOrMeta+z');
  await expect(wire(page, 'figures.statistics→schemaGen.statistics')).toHaveCount(0);
});

test('a wire that does not fit is refused with its reason, and what cannot take it dims', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Refused', NODES));
  await holdFrom(page, port(page, 'rows', 'output:examples'), card(page, 'check'));
  await expect(page.getByText('check needs Statistics or Schema, this is Examples')).toBeVisible();
  await expect(card(page, 'schema')).toHaveCSS('opacity', '0.3');
  await page.mouse.up();
  await expect(page.getByRole('note')).toHaveText(/needs Statistics or Schema, this is Examples/);
  await expect(page.getByRole('status').filter({ hasText: 'Not wired' })).toBeAttached();
  await expect(card(page, 'schema')).toHaveCSS('opacity', '1');
});

test('an end of a wire is taken off: elsewhere it is wired, on the ground it goes', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Taken off', NODES));
  await expect(wire(page, 'schema.schema→check.schema')).toBeAttached();
  await dragBy(page, port(page, 'check', 'input:schema'), { x: 40, y: 130 });
  await expect(wire(page, 'schema.schema→check.schema')).toHaveCount(0);
});

test('a wire let go on empty ground asks for a component and wires it', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Let go', NODES));
  await dragBy(page, port(page, 'schema', 'output:schema'), { x: 40, y: 150 });
  await expect(page.getByPlaceholder('What takes schema.schema?')).toBeFocused();
  await page.getByRole('option').filter({ hasText: 'ExampleValidator' }).click();
  await expect(wire(page, 'schema.schema→exampleValidator.schema')).toBeAttached();
});

test('nodes are chosen with a lasso and deleted with their wires', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Chosen', NODES));
  const box = await boxOf(card(page, 'rows'));
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x - 20, box.y - 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.getByRole('status').filter({ hasText: '1 node selected' })).toBeAttached();
  await page.keyboard.press('Delete');
  await expect(card(page, 'rows')).toHaveCount(0);
  await expect(wire(page, 'rows.examples→figures.examples')).toHaveCount(0);
});

test('a component dropped on a wire goes into it, and what follows makes room', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Into a wire', NODES));
  const entry = page.getByRole('navigation', { name: 'Components' }).getByRole('button', { name: /^Transform/ });
  const old = wire(page, 'rows.examples→figures.examples');
  const from = await centreOf(port(page, 'rows', 'output:examples'));
  const to = await centreOf(port(page, 'figures', 'input:examples'));
  const ground = await boxOf(canvas(page));
  await entry.dragTo(canvas(page), {
    targetPosition: { x: (from.x + to.x) / 2 - ground.x, y: (from.y + to.y) / 2 - ground.y },
  });
  await expect(wire(page, 'rows.examples→transform.examples')).toBeAttached();
  await expect(wire(page, 'transform.transformedExamples→figures.examples')).toBeAttached();
  await expect(old).toHaveCount(0);
  for (const other of ['rows', 'figures']) {
    const [a, b] = [await boxOf(card(page, 'transform')), await boxOf(card(page, other))];
    expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
  }
  await page.keyboard.press('ControlOrMeta+z');
  await expect(card(page, 'transform')).toHaveCount(0);
  await expect(old).toBeAttached();
});

test('several nodes are copied, arranged and set together', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Several', LATER));
  await canvas(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector).toContainText('5 nodes selected');
  await expect(inspector.getByRole('list', { name: 'Selected by component' })).toContainText('StatisticsGen2');
  await page.keyboard.press('ControlOrMeta+d');
  await expect(inspector).toContainText('5 nodes selected');
  await page.keyboard.press('Shift+1');
  await expect(card(page, 'later2')).toBeInViewport({ ratio: 1 });
  const copies = await Promise.all(['rows2', 'figures2', 'later2'].map((id) => boxOf(card(page, id))));
  const firsts = await Promise.all(Object.keys(LATER).map((id) => boxOf(card(page, id))));
  for (const a of copies)
    for (const b of firsts)
      expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);

  await inspector.getByRole('button', { name: /^Select only these: 2 StatisticsGen/ }).click();
  await inspector.getByRole('button', { name: 'Align left edges' }).click();
  const [one, two] = await Promise.all(['figures2', 'later2'].map((id) => boxOf(card(page, id))));
  expect(Math.round(one?.x ?? 0)).toBe(Math.round(two?.x ?? 1));
  const shared = inspector.getByRole('region', { name: 'Parameters of 2 nodes' });
  await shared.getByLabel('Top values', { exact: true }).fill('7');
  for (const id of ['figures2', 'later2']) {
    await card(page, id).click();
    await expect(inspector.getByLabel('Top values', { exact: true })).toHaveValue('7');
  }
});

test('the keyboard chooses several nodes', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'By keys alone', NODES));
  await canvas(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ControlOrMeta+ArrowRight');
  await page.keyboard.press('x');
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('2 nodes selected');
});

test('the keyboard walks along wires and moves nodes in one step of the history', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'By keys', NODES));
  const focused = canvas(page).locator('#canvas-focus');
  await canvas(page).focus();
  await page.keyboard.press('Home');
  await expect(focused).toHaveAccessibleName(/^rows, CsvExampleGen/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveAccessibleName(/^(schema|check), .*Inputs: statistics from "figures"/);
  await page.keyboard.press('ArrowLeft');
  await expect(focused).toHaveAccessibleName(/^figures, /);

  const before = await centreOf(card(page, 'figures'));
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(async () => (await centreOf(card(page, 'figures'))).y).toBeGreaterThan(before.y + 10);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => Math.round((await centreOf(card(page, 'figures'))).y)).toBe(Math.round(before.y));
});

test('the keyboard draws a wire to what can take it', async ({ page, studio }) => {
  await openEditor(page, await importPipeline(studio, 'Wired by keys', LATER));
  await card(page, 'schema').click();
  await page.keyboard.press('c');
  const bar = canvas(page).locator('[data-key-wire]');
  await expect(bar).toContainText('Wire from');
  await page.keyboard.press('Enter');
  await expect(bar).toContainText('Wire schema to');
  if ((await bar.textContent())?.includes('later') !== true) await page.keyboard.press('ArrowDown');
  await expect(bar).toContainText('later.schema');
  await page.keyboard.press('Enter');
  await expect(wire(page, 'schema.schema→later.schema')).toBeAttached();
  await expect(bar).toHaveCount(0);
});

function port(page: Page, node: string, name: string): Locator {
  return card(page, node).locator(`[data-port="${name}"]`);
}

function wire(page: Page, key: string): Locator {
  return canvas(page).locator(`[data-wire="${key}"]`);
}

async function boxOf(what: Locator) {
  const box = await what.boundingBox();
  if (box === null) throw new Error('nothing is drawn there');
  return box;
}

async function centreOf(what: Locator) {
  const { x, y, width, height } = await boxOf(what);
  return { x: x + width / 2, y: y + height / 2 };
}

async function holdFrom(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await centreOf(from);
  const end = await centreOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 6 });
}

async function dragBetween(page: Page, from: Locator, to: Locator): Promise<void> {
  await holdFrom(page, from, to);
  await page.mouse.up();
}

async function dragBy(page: Page, what: Locator, by: { readonly x: number; readonly y: number }): Promise<void> {
  const start = await centreOf(what);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + by.x, start.y + by.y, { steps: 6 });
  await page.mouse.up();
}
