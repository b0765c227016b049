import path from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures';
import { canvas, card } from '../pages/editor-page';
import { writeRows } from '../support/pipeline-files';

/** Presses the tab key until the focus is there; a page has fewer stops than this. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < 120; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('a pipeline is built, wired, set up, run and inspected by the keyboard alone', async ({ page, studio }) => {
  const csv = path.join(studio.dataFolder, '../files/keyboard.csv');
  writeRows(csv, 300);
  await page.goto('/pipelines');
  await tabTo(page, page.getByRole('button', { name: 'New pipeline' }));
  await page.keyboard.press('Enter');
  await expect(canvas(page)).toBeVisible();

  await tabTo(page, canvas(page));
  await page.keyboard.press('/');
  await page.keyboard.type('csv');
  await page.keyboard.press('Shift+Enter');
  await expect(card(page, 'csvExampleGen')).toBeVisible();

  // A node that nothing wires by itself: from the palette.
  await tabTo(page, page.getByRole('button', { name: /^StatisticsGen/ }));
  await page.keyboard.press('Enter');
  await expect(card(page, 'statisticsGen')).toBeVisible();

  await tabTo(page, canvas(page));
  await expect(page.getByText(/statisticsGen needs Examples/)).not.toHaveCount(0);
  await page.keyboard.press('End');
  await page.keyboard.press('c');
  await expect(page.getByText('Wire csvExampleGen to')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/statisticsGen needs Examples/)).toHaveCount(0);

  await page.keyboard.press('End');
  const input = page.getByRole('textbox', { name: /Input base/ });
  await tabTo(page, input);
  await page.keyboard.type(csv);
  await page.keyboard.press('Enter');

  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /^Run \d+, complete/ })).toBeVisible();
  await expect(card(page, 'csvExampleGen')).toContainText('300 rows × 3 columns');
  await expect(card(page, 'statisticsGen')).toContainText('3 features');

  await tabTo(page, canvas(page));
  await page.keyboard.press('Home');
  await tabTo(page, page.getByRole('tab', { name: /^Parameters/ }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const output = page.getByRole('link', { name: 'Open statistics of statisticsGen' });
  await tabTo(page, output);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/data\/art_/);
});
