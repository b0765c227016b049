/** Locators and gestures of the screens of runs. */

import { readFileSync } from 'node:fs';

import { expect, type Locator, type Page } from '@playwright/test';
import * as z from 'zod';

import { emptyRun, foldRun, type RunSnapshot } from '../../lib/run/fold-run';
import { zRunEvent } from '../../lib/run/run-event';
import type { Studio } from '../support/studio';

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

const zPageRecord = z.object({ run: z.custom<RunSnapshot>(), events: z.array(zRunEvent) });

/** What the page knows of its run, as it hands it out itself: the snapshot that it folded, and the events it has. */
export async function pageRecord(page: Page) {
  await page.getByRole('tab', { name: 'Events' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as JSON' }).click();
  return zPageRecord.parse(JSON.parse(readFileSync(await (await download).path(), 'utf8')));
}

const zShown = z.object({
  state: z.string(),
  nodes: z.record(
    z.string(),
    z.object({
      state: z.string(),
      decision: z.string(),
      attempts: z.number(),
      durationMs: z.number().nullable(),
      outputs: z.record(z.string(), z.object({ id: z.string(), digest: z.string() })),
    }),
  ),
});

/** What the page has folded is what the command line folds from the tables, and its events have no gap. */
export async function expectSameFold(page: Page, studio: Studio): Promise<void> {
  await expectSameFolds([page], studio);
}

/** The same of several tabs that show one run; the command line is asked once. */
export async function expectSameFolds(tabs: readonly Page[], studio: Studio): Promise<void> {
  let shown: z.infer<typeof zShown> | undefined;
  for (const tab of tabs) {
    const { run, events } = await pageRecord(tab);
    shown ??= zShown.parse(JSON.parse(await studio.cli('runs', 'show', run.runId, '--json')));
    const nodes = Object.entries(run.nodes).map(([id, node]) => {
      const outputs = Object.entries(node.outputs).map(([port, [first]]) => [
        port,
        { id: first?.id, digest: first?.digest },
      ]);
      const { state, decision, attempts, durationMs = null } = node;
      return [id, { state, decision, attempts: attempts.length, durationMs, outputs: Object.fromEntries(outputs) }];
    });
    expect({ state: run.state, nodes: Object.fromEntries(nodes) }).toEqual(shown);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: run.cursor }, (_, index) => index + 1));
    expect(foldRun(emptyRun(run.runId), events)).toEqual(run);
  }
}
