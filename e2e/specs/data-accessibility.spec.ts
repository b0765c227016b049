import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

import { expect, test } from '../fixtures';
import type { Studio } from '../support/studio';
import { runWholePipeline, type WholeRun } from '../support/whole-pipeline';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let made: Promise<WholeRun> | undefined;
const whole = (studio: Studio) => (made ??= runWholePipeline(studio, 'Everything'));

type Screen = {
  readonly name: string;
  readonly address: (run: WholeRun) => string;
  readonly ready: (page: Page) => Promise<void>;
};

const SCREENS: readonly Screen[] = [
  {
    name: 'the list of data',
    address: () => '/data',
    ready: (page) =>
      expect(
        page
          .getByRole('row', { name: /Everything/ })
          .getByRole('link')
          .first(),
      ).toBeVisible(),
  },
  {
    name: 'statistics with an open feature',
    address: ({ statistics }) => `/data/${statistics}?open=fare`,
    ready: (page) => expect(page.getByRole('region', { name: 'Details of fare' })).toBeVisible(),
  },
  {
    name: 'a schema',
    address: ({ schema }) => `/data/${schema}?feature=company`,
    ready: (page) => expect(page.getByRole('complementary', { name: 'Feature company' })).toBeVisible(),
  },
  {
    name: 'anomalies',
    address: ({ anomalies }) => `/data/${anomalies}`,
    ready: (page) =>
      expect(
        page.getByRole('region', { name: 'First offending rows of eval' }).getByRole('cell').first(),
      ).toBeVisible(),
  },
  {
    name: 'a transform graph',
    address: ({ transformGraph }) => `/data/${transformGraph}`,
    ready: (page) => expect(page.getByRole('rowheader', { name: 'fare_scaled' })).toBeVisible(),
  },
  {
    name: 'an evaluation',
    address: ({ evaluation }) => `/data/${evaluation}`,
    ready: (page) =>
      expect(page.getByRole('region', { name: 'Evaluation' }).getByRole('table', { name: 'Slices' })).toBeVisible(),
  },
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const { name, address, ready } of SCREENS) {
    test(`${name} in ${colorScheme} has nothing that keeps people out`, async ({ browser, studio }) => {
      // The checker is injected by the test; the policy would rightly refuse it.
      const context = await browser.newContext({ baseURL: studio.url, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(address(await whole(studio)));
      await ready(page);
      await page.addScriptTag({ path: AXE });
      const results = await page.evaluate<AxeResults>('axe.run()');
      const violations = results.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      expect(violations).toEqual([]);
      await context.close();
    });
  }
}

test('a phone shows every view of data without scrolling the page sideways', async ({ browser, studio }) => {
  const context = await browser.newContext({ baseURL: studio.url, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const run = await whole(studio);
  for (const { address } of SCREENS) {
    await page.goto(address(run));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  await context.close();
});
