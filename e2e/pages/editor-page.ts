/** Locators and gestures of the pipeline editor. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

import type { Studio } from '../support/studio';

/** The nodes of a document, as a person writes them. */
export type WrittenNodes = Readonly<
  Record<string, { readonly component: string; readonly inputs?: object; readonly params?: object }>
>;

/** Imports a pipeline and returns the address of its editor. */
export async function importPipeline({ cli, dataFolder }: Studio, name: string, nodes: WrittenNodes): Promise<string> {
  const folder = path.join(dataFolder, '../files');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ format: 'sluice.pipeline/1', name, nodes }));
  const answer = await cli('pipelines', 'import', file, '--json');
  const id =
    /pipe_[0-9a-z]+/.exec(answer)?.[0] ?? /pipe_[0-9a-z]+/.exec(await cli('pipelines', 'show', name, '--json'))?.[0];
  if (id === undefined) throw new Error(`the import gave no id: ${answer.slice(0, 500)}`);
  return `/pipelines/${id}`;
}

/** Opens an editor and waits until its canvas is drawn. */
export async function openEditor(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(canvas(page)).toBeVisible();
}

/** The canvas. */
export function canvas(page: Page): Locator {
  return page.getByRole('application', { name: /^Canvas of/ });
}

/** The card of a node on the canvas. */
export function card(page: Page, id: string): Locator {
  return canvas(page).locator(`[data-node-id="${id}"]`);
}

/** Opens a pane of the drawer. */
export async function openDrawer(page: Page, tab: 'Problems' | 'Plan' | 'History' | 'Outline'): Promise<void> {
  await page.getByRole('region', { name: 'Drawer' }).getByRole('tab', { name: tab }).click();
}

/** Waits until the draft is at the server. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
}
