import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import * as z from 'zod';

import { expect, test } from '../fixtures';
import type { Studio } from '../support/studio';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const ROWS = 400;
const CLOSE = 1e-5;

const zRun = z.object({
  nodes: z.record(z.string(), z.object({ outputs: z.record(z.string(), z.object({ id: z.string() })) })),
});
const zModels = z.object({ models: z.array(z.object({ id: z.string(), name: z.string() })) });
const zPredictions = z.object({
  predictions: z.array(z.object({ prediction: z.union([z.number(), z.string()]) })),
});

type Made = { readonly home: string; readonly modelId: string; readonly artifactId: string };
let made: Promise<Made> | undefined;

/** Tips that follow the way of payment and the fare; the model of them is pushed without a gate. Made once. */
function tipsModel({ cli, dataFolder }: Studio): Promise<Made> {
  made ??= (async () => {
    const home = path.join(dataFolder, '../tips');
    mkdirSync(home, { recursive: true });
    const lines = Array.from({ length: ROWS }, (_, row) => {
      const fare = ((row * 37) % 503) / 10;
      const payment = ['cash', 'card', 'voucher'][row % 3] ?? '';
      return [row % 9 === 0 ? '' : fare, payment, row % 24, payment === 'card' || fare > 40 ? 1 : 0].join(',');
    });
    writeFileSync(path.join(home, 'trips.csv'), `fare,payment,hour,tipped\n${lines.join('\n')}\n`);
    writeFileSync(path.join(home, 'pipeline.json'), JSON.stringify(PIPELINE));
    const run = zRun.parse(JSON.parse(await cli('run', path.join(home, 'pipeline.json'), '--json')));
    const artifactId = run.nodes['trainer']?.outputs['model']?.id;
    const { models } = zModels.parse(JSON.parse(await cli('models', 'list', '--json')));
    const model = models.find(({ name }) => name === 'tips');
    if (artifactId === undefined || model === undefined) throw new Error('no model was pushed');
    return { home, modelId: model.id, artifactId };
  })();
  return made;
}

const PIPELINE = {
  format: 'sluice.pipeline/1',
  name: 'tips',
  nodes: {
    examples: { component: 'CsvExampleGen', params: { inputBase: 'trips.csv' } },
    statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
    schema: { component: 'SchemaGen', inputs: { statistics: 'statistics.statistics' } },
    transform: {
      component: 'Transform',
      inputs: { examples: 'examples.examples', schema: 'schema.schema' },
      params: {
        features: {
          fare_z: { op: 'scaleToZScore', column: 'fare', fillMissing: 0 },
          payment_index: { op: 'computeAndApplyVocabulary', column: 'payment', numOovBuckets: 2 },
          hour_bucket: { op: 'bucketize', column: 'hour', numBuckets: 4 },
          tipped: { op: 'label', column: 'tipped' },
        },
      },
    },
    trainer: {
      component: 'Trainer',
      inputs: { examples: 'transform.transformedExamples', transformGraph: 'transform.transformGraph' },
      params: {
        template: 'wide-and-deep',
        task: 'binary',
        label: 'tipped',
        deep: ['fare_z'],
        wide: ['payment_index', 'hour_bucket'],
        hiddenUnits: [8],
        epochs: 3,
        learningRate: 0.05,
      },
    },
    pusher: { component: 'Pusher', inputs: { model: 'trainer.model' } },
  },
};

/** The number that the pane shows, with all its digits. */
async function shownPrediction(page: Page): Promise<number> {
  return Number(
    await page.getByRole('region', { name: 'Prediction', exact: true }).locator('data').first().getAttribute('value'),
  );
}

test('what the browser predicts is what the command line predicts, and it moves with a value', async ({
  page,
  context,
  studio,
}) => {
  const { home, modelId } = await tipsModel(studio);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/models/${modelId}`);
  await page.getByRole('tab', { name: 'Try v1' }).click();
  const pane = page.getByRole('region', { name: 'Prediction', exact: true });
  await expect(pane).toContainText('as the row is');
  await expect(pane).toContainText('Computed in this browser; no value leaves it.');
  await expect(pane).toContainText('The row’s label is');

  const ask = async (name: string): Promise<number> => {
    await page.getByRole('button', { name: 'Copy row' }).click();
    const file = path.join(home, name);
    writeFileSync(file, await page.evaluate(() => navigator.clipboard.readText()));
    const answer: unknown = JSON.parse(await studio.cli('models', 'predict', 'tips@1', file, '--json'));
    return Number(zPredictions.parse(answer).predictions[0]?.prediction);
  };
  const before = await shownPrediction(page);
  expect(Math.abs(before - (await ask('row.jsonl')))).toBeLessThan(CLOSE);

  const payment = page.getByRole('combobox', { name: 'payment' });
  const was = await payment.inputValue();
  await payment.fill(was === 'card' ? 'cash' : 'card');
  await payment.press('Enter');
  await expect(pane).toContainText('from');
  await expect.poll(() => shownPrediction(page)).not.toBe(before);
  const now = await shownPrediction(page);
  expect(Math.abs(now - (await ask('changed.jsonl')))).toBeLessThan(CLOSE);

  // A value that nobody has seen, and none at all.
  await payment.fill('seashells');
  await payment.press('Enter');
  await expect(page.getByText('not in the vocabulary')).toBeVisible();
  await page.getByRole('button', { name: 'fare is missing' }).click();
  await expect.poll(() => shownPrediction(page)).not.toBe(now);
  const unseen = await ask('unseen.jsonl');
  await expect.poll(async () => Math.abs((await shownPrediction(page)) - unseen)).toBeLessThan(CLOSE);

  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => shownPrediction(page)).toBe(before);
  await page.getByRole('button', { name: 'Next row' }).click();
  await expect(page).toHaveURL(/row=eval%3A1/);
  await expect(page.getByText(/^row 2 of/)).toBeVisible();
});

test('without WebAssembly the model of an artifact answers the same, only slower', async ({ page, studio }) => {
  const { artifactId } = await tipsModel(studio);
  await page.goto(`/data/${artifactId}?tab=try`);
  const pane = page.getByRole('region', { name: 'Prediction', exact: true });
  await expect(pane).toContainText('Computed in this browser; no value leaves it.');
  const quick = await shownPrediction(page);
  await page.route('**/wasm/*', (route) => route.abort());
  await page.reload();
  await expect(pane).toContainText('without WebAssembly');
  expect(Math.abs((await shownPrediction(page)) - quick)).toBeLessThan(CLOSE);
});

test('a damaged file is told in words', async ({ page, studio }) => {
  const { artifactId } = await tipsModel(studio);
  await page.route('**/files/model_info.json', (route) => route.fulfill({ body: 'no' }));
  await page.goto(`/data/${artifactId}?tab=try`);
  await expect(page.getByText('its file model_info.json is damaged')).toBeVisible();
  await page.unroute('**/files/model_info.json');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('region', { name: 'Prediction', exact: true })).toContainText('as the row is');
});

test('the screen has no serious fault for who does not see or point, wide and narrow', async ({ page, studio }) => {
  const { modelId } = await tipsModel(studio);
  for (const width of [1_440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`/models/${modelId}?tab=try`);
    await expect(page.getByRole('region', { name: 'Prediction', exact: true })).toContainText('as the row is');
    await page.addScriptTag({ path: AXE });
    const { violations }: AxeResults = await page.evaluate('axe.run()');
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
});
