import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

import { expect, test } from '../fixtures';
import type { Studio } from '../support/studio';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const ROWS = 1_000;

let made: Promise<{ readonly scores: string; readonly sizes: string }> | undefined;

/** Scores of two models with a threshold that holds nowhere near, and numbers; made once. */
function evaluations({ cli, dataFolder }: Studio) {
  made ??= (async () => {
    const folder = path.join(dataFolder, '../evaluation');
    mkdirSync(folder, { recursive: true });
    const lines = Array.from({ length: ROWS }, (_, row) => {
      const isTrue = row % 4 === 0;
      const score = (((row * 37) % 100) + (isTrue ? 60 : 0)) / 200;
      const before = (((row * 61) % 100) + (isTrue ? 30 : 0)) / 200;
      return [row, isTrue ? 1 : 0, score, before, `zone ${row % 60}`, row / 10, row / 10 + (row % 7) - 3].join(',');
    });
    writeFileSync(path.join(folder, 'scores.csv'), `id,label,score,before,zone,size,guess\n${lines.join('\n')}\n`);
    const whole = { splitConfig: { splits: [{ name: 'eval', hashBuckets: 1 }] } };
    const evaluate = (evalConfig: object) => ({
      ...{ component: 'Evaluator', inputs: { examples: 'examples.examples' }, params: { evalConfig } },
    });
    const model = { labelKey: 'label', predictionKey: 'score' };
    const nodes = {
      examples: { component: 'CsvExampleGen', params: { inputBase: 'scores.csv', outputConfig: whole } },
      scores: evaluate({
        modelSpecs: [
          { name: 'candidate', ...model },
          { name: 'baseline', ...model, predictionKey: 'before', isBaseline: true },
        ],
        slicingSpecs: [{}, { featureKeys: ['zone'] }],
        metricsSpecs: [
          {
            metrics: [
              { className: 'ExampleCount' },
              {
                className: 'AUC',
                perSliceThresholds: [
                  { slicingSpecs: [{}], threshold: { valueThreshold: { lowerBound: 0.6, upperBound: 0.99 } } },
                  {
                    slicingSpecs: [{}],
                    threshold: { changeThreshold: { direction: 'HIGHER_IS_BETTER', absolute: 0.5 } },
                  },
                ],
              },
              { className: 'BinaryAccuracy' },
            ],
          },
        ],
      }),
      sizes: evaluate({
        modelSpecs: [{ labelKey: 'size', predictionKey: 'guess' }],
        metricsSpecs: [{ metrics: [{ className: 'MeanSquaredError' }] }],
      }),
    };
    const file = path.join(folder, 'evaluation.json');
    writeFileSync(file, JSON.stringify({ format: 'sluice.pipeline/1', name: 'Scores to look at', nodes }));
    const run = JSON.parse(await cli('run', file, '--json')) as {
      nodes: Record<string, { outputs: Record<string, { id: string }> }>;
    };
    const address = (node: string) => `/data/${String(run.nodes[node]?.outputs['evaluation']?.id)}`;
    return { scores: address('scores'), sizes: address('sizes') };
  })();
  return made;
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: AXE });
  const found: AxeResults = await page.evaluate('axe.run()');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' ')
          .slice(0, 300)}`,
    );
}

const cell = (page: Page, words: string) =>
  page.getByRole('group', { name: /^Answers of the candidate/ }).getByRole('button', { name: words });

test('the verdict names each threshold, its figure and its bound', async ({ page, studio }) => {
  const { scores } = await evaluations(studio);
  await page.goto(scores);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict.getByRole('heading')).toHaveText('Not blessed');
  await expect(verdict).toContainText('1 of 2 thresholds holds.');
  await expect(verdict.getByRole('listitem').filter({ hasText: 'within 0.600 to 0.990' })).toContainText(
    /AUC 0\.\d{3} is/,
  );
  await expect(verdict.getByRole('listitem').filter({ hasText: 'must rise by 0.500' })).toContainText(
    'above the baseline',
  );
  await expect(page.getByRole('img', { name: 'Does not hold' })).toHaveCount(1);
});

test('a threshold moves matrix and figures, a cell leads to its rows, and the address brings all of it back', async ({
  page,
  studio,
}) => {
  const { scores } = await evaluations(studio);
  await page.goto(scores);
  await expect(cell(page, 'true positive')).toBeVisible();
  const before = await cell(page, 'missed').textContent();
  const slider = page.getByRole('slider', { name: /^Threshold/ });
  await slider.focus();
  await slider.press('PageUp');
  await expect(page.getByRole('spinbutton', { name: 'Threshold' })).toHaveValue('0.6');
  await expect(cell(page, 'missed')).not.toHaveText(before ?? '');
  await expect(page).toHaveURL(/threshold=0\.6/);
  const missed = /^[\d,]+/.exec((await cell(page, 'missed').textContent()) ?? '')?.[0] ?? '';
  await cell(page, 'missed').click();
  const rows = page.getByRole('region', { name: 'Rows behind the mark' });
  await expect(rows.getByRole('heading')).toHaveText('Missed of the candidate at 0.6');
  await expect(rows.getByRole('status')).toHaveText(`${missed} rows`);
  const grid = rows.getByRole('grid', { name: 'Rows behind the mark' });
  // The most wrong first: a positive row with the lowest score.
  await expect(grid.locator('[role=row][aria-rowindex="2"] [aria-colindex="2"]')).toHaveText('1');
  await expect(grid.locator('[role=row][aria-rowindex="2"] [aria-colindex="3"]')).toHaveText('0.3');
  await page.reload();
  await expect(rows.getByRole('status')).toHaveText(`${missed} rows`);
  await expect(page.getByRole('spinbutton', { name: 'Threshold' })).toHaveValue('0.6');
  await rows.getByRole('button', { name: 'Close the rows' }).click();
  await expect(rows).toBeHidden();
});

test('slices are found, narrowed by their histogram, and chosen', async ({ page, studio }) => {
  const { scores } = await evaluations(studio);
  await page.goto(scores);
  const slices = page.getByRole('region', { name: 'Slices', exact: true });
  await expect(slices.getByRole('status')).toHaveText('60 slices');
  const histogram = slices.getByRole('group', { name: 'Slices by AUC' });
  await histogram.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(slices.getByText('Only the chosen bar')).toBeVisible();
  await slices.getByRole('button', { name: 'All slices' }).click();
  await slices.getByRole('searchbox', { name: 'Find a slice' }).fill('zone 17');
  await slices.getByRole('searchbox', { name: 'Find a slice' }).press('Enter');
  await expect(slices.getByRole('status')).toHaveText('1 of 60 slices');
  await slices.getByRole('button', { name: 'zone = zone 17' }).click();
  await expect(page.getByText(/^Only zone = zone 17/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Metrics', exact: true })).toContainText('17 rows');
  // Every row of zone 17 is negative: what has no positive rows says so.
  await expect(page.getByText('Not defined: no positive rows.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Enlarge Calibration' }).click();
  await expect(page.getByRole('table', { name: 'The curve in figures' })).toBeVisible();
  await expect(page).toHaveURL(/curve=calibration/);
});

test('numbers have errors, each bar with its rows', async ({ page, studio }) => {
  const { sizes } = await evaluations(studio);
  await page.goto(sizes);
  const bars = page.getByRole('group', { name: 'Spread of the errors' }).getByRole('button');
  const filled = bars.and(page.getByRole('button', { name: /: 143 rows/ })).first();
  await filled.click();
  await expect(page.getByRole('region', { name: 'Rows behind the mark' }).getByRole('status')).toHaveText('143 rows');
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`no serious finding of axe in ${colorScheme}`, async ({ page, studio }) => {
    const { scores, sizes } = await evaluations(studio);
    await page.emulateMedia({ colorScheme });
    const mark = JSON.stringify({ type: 'outcome', model: 'candidate', outcome: 'fn', threshold: 0.5 });
    await page.goto(`${scores}?mark=${encodeURIComponent(mark)}`);
    await expect(page.getByRole('grid', { name: 'Rows behind the mark' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.goto(sizes);
    await expect(page.getByRole('group', { name: 'Spread of the errors' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
