/** What undoing of several edits costs on a canvas that is open, and a key pressed in a field. */

import type { CDPSession, Page } from '@playwright/test';

import { median } from './median';
import { FRAME, workSeconds } from './page-costs';

const ROUNDS = 9;
/** What follows an edit by and by (saving, the plan, what the server knows) is over after so long, in ms. */
const SETTLED = 'new Promise((done) => setTimeout(done, 900))';

type Edit = { readonly node: string; readonly make: (page: Page) => Promise<void> };

const EDITS: Readonly<Record<string, Edit>> = {
  'undo of a move': { node: 'validator40_1', make: (page) => page.keyboard.press('Alt+ArrowRight') },
  'undo of a parameter': {
    node: 'statistics41',
    make: async (page) => {
      await topValues(page).focus();
      await page.keyboard.press('End');
      await page.keyboard.press('1');
    },
  },
  'undo of an added node': { node: 'validator42_1', make: (page) => page.keyboard.press('Control+d') },
  'undo of a deleted node': { node: 'statistics43', make: (page) => page.keyboard.press('Delete') },
};

/** Script, style and layout of each and of what follows within two frames, in ms: the median of some rounds. */
export async function measureEdits(page: Page, session: CDPSession): Promise<Readonly<Record<string, number>>> {
  const costs: Record<string, number> = {};
  for (const [name, edit] of Object.entries(EDITS)) costs[name] = await undoing(page, session, edit);
  costs['a key in a field'] = await typing(page, session);
  return costs;
}

async function undoing(page: Page, session: CDPSession, { node, make }: Edit): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await choose(page, node);
    await make(page);
    await page.evaluate(SETTLED);
    await canvas(page).focus();
    await page.evaluate(FRAME);
    costs.push(await cost(page, session, 'Control+z'));
    await page.evaluate(SETTLED);
  }
  return median(costs);
}

async function typing(page: Page, session: CDPSession): Promise<number> {
  await choose(page, 'statistics44');
  const costs: number[] = [];
  await topValues(page).focus();
  await page.keyboard.press('End');
  for (let round = 0; round < ROUNDS; round++) {
    await page.evaluate(SETTLED);
    costs.push(await cost(page, session, round % 2 === 0 ? '1' : 'Backspace'));
  }
  return median(costs);
}

async function cost(page: Page, session: CDPSession, key: string): Promise<number> {
  const before = await workSeconds(session);
  await page.keyboard.press(key);
  await page.evaluate(FRAME);
  return ((await workSeconds(session)) - before) * 1_000;
}

/** Looks for a node by its name, as a person does in a document of this size: it is shown and its form opens. */
async function choose(page: Page, node: string): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press('Control+f');
  await page.getByRole('dialog', { name: 'Find nodes' }).getByRole('combobox').fill(node);
  await page.keyboard.press('Enter');
  await page
    .getByRole('region', { name: 'Inspector' })
    .getByRole('button', { name: `Rename ${node}` })
    .waitFor();
  await canvas(page).focus();
}

const canvas = (page: Page) => page.getByRole('application', { name: 'Canvas of' });
const topValues = (page: Page) =>
  page.getByRole('region', { name: 'Inspector' }).getByLabel('Top values', { exact: true });
