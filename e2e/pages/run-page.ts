/** Locators and gestures of the screens of runs. */

import { expect, type Locator, type Page } from '@playwright/test';

/** The card of a node in a graph. */
export function nodeCard(page: Page, id: string): Locator {
  return page.locator(`[data-node-id="${id}"]`);
}

/** The fact of that name under the head of a run. */
export function runFact(page: Page, name: string): Locator {
  return page
    .locator('dl')
    .first()
    .locator('div', { has: page.getByText(name, { exact: true }) })
    .locator('dd');
}

/** Imports nothing: opens the list of pipelines, asks to run one and confirms. Ends on the page of the run. */
export async function startRun(page: Page, pipeline: string): Promise<void> {
  await page.goto('/pipelines');
  await page.getByRole('row', { name: pipeline }).getByRole('button', { name: 'Run' }).click();
  const dialog = page.getByRole('dialog', { name: `Run ${pipeline}` });
  await expect(dialog.getByRole('table', { name: 'Plan' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await page.waitForURL(/\/runs\/run_/);
  await expect(page.getByRole('heading', { level: 1, name: /^Run \d+$/ })).toBeVisible();
}

/** The numbers of the events that the page shows, in the order in which it shows them. */
export async function shownEvents(page: Page): Promise<readonly number[]> {
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(page.locator('[data-seq]').first()).toBeVisible();
  const progress = page.getByLabel(/earlier reports? of progress/);
  if (await progress.isVisible()) await progress.check();
  const texts = await page
    .locator('[data-seq]')
    .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-seq')));
  return texts.map(Number);
}

/** 1, 2, 3 … `count`: a log without a gap. */
export function withoutGap(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
