import { createRequire } from 'node:module';

import type { Locator, Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

import { expect, test } from '../fixtures';
import { nodeCard } from '../pages/run-page';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const SCREENS = ['/', '/pipelines', '/runs', 'pipeline', 'run'] as const;

/** What every screen of a studio that ran its sample shows: its name, as a link or as the title. */
function anything(page: Page): Locator {
  return page
    .getByRole('link', { name: /Bird strikes/ })
    .or(page.getByRole('heading', { name: 'Bird strikes' }))
    .first();
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const screen of SCREENS) {
    test(`${screen} in ${colorScheme} has nothing that keeps people out`, async ({ browser, studio }) => {
      // The checker is injected by the test; the policy would rightly refuse it.
      const context = await browser.newContext({ baseURL: studio.url, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(screen.startsWith('/') ? screen : screen === 'run' ? '/runs' : '/pipelines');
      if (screen === 'run') {
        await page.getByRole('link', { name: 'Run 1 of Bird strikes' }).click();
        await nodeCard(page, 'examples').click();
        await expect(page.getByRole('region', { name: 'Rows of train' })).toBeVisible();
      }
      if (screen === 'pipeline') {
        await page.getByRole('main').getByRole('link', { name: 'Bird strikes', exact: true }).click();
        await expect(page.getByRole('application', { name: /^Canvas of/ })).toContainText('11 features');
      }
      await expect(anything(page)).toBeVisible();
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

test('a phone shows every screen without scrolling sideways', async ({ browser, studio }) => {
  const context = await browser.newContext({ baseURL: studio.url, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  for (const address of ['/', '/pipelines', '/runs']) {
    await page.goto(address);
    await expect(anything(page)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  await page.getByRole('link', { name: 'Run 1 of Bird strikes' }).click();
  await nodeCard(page, 'examples').click();
  await expect(page.getByRole('region', { name: 'Rows of train' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await context.close();
});

test('the keyboard reaches a node and walks along its wires', async ({ page }) => {
  await page.goto('/runs');
  await page.getByRole('link', { name: 'Run 1 of Bird strikes' }).click();
  await nodeCard(page, 'examples').focus();
  await page.keyboard.press('ArrowRight');
  await expect(nodeCard(page, 'statistics')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Node statistics' })).toBeVisible();
});
