/**
 * The editor's canvas with 1,000 nodes and 1,500 wires, in a headless Chromium on the built page: how soon it shows them,
 * how many frames a second while cards are dragged and the canvas is panned at three zooms, what one move costs in script,
 * and what undoing and a key in a field cost.
 */

import { chromium, type CDPSession, type Page } from '@playwright/test';

import { createPipeline } from '../../pipelines/create-pipeline';
import { findBrowser } from '../find-browser.mjs';
import type { BenchRow } from './bench-row';
import { openBenchScenario } from './bench-scenario';
import { measureEdits } from './canvas-edits';
import { largePipeline } from './large-pipeline';
import { median } from './median';
import { ensurePage } from './page';
import { FRAME, enableCosts, scriptSeconds } from './page-costs';
import { startWeb } from './start-web';

const OPENINGS = 5;
const OPEN_BAR_MS = 1_000;
const MOVING_MS = 3_000;
const FRAMES_BAR = 50;
const SCRIPT_BAR_MS = 8;
const UNDO_BAR_MS = 16;
const WINDOW = { width: 1440, height: 900 };
/** Over the middle of the canvas, which panes surround. */
const MIDDLE = { x: 660, y: 340 };
const REACH = 120;

/** Keeps when the canvas had been drawn, by the page's own clock: asking from outside would round that up. */
const WATCH = `window.benchOpened = new Promise((done) => {
  const watch = new MutationObserver(() => {
    if (document.querySelector('[data-level=map], [data-node-id]') === null) return;
    watch.disconnect();
    ${FRAME}.then(() => done(performance.now()));
  });
  watch.observe(document, { childList: true, subtree: true });
})`;
const GLIDE = 'new Promise((done) => setTimeout(done, 400))';
const GATHER = `{
  const frames = (window.benchFrames = []);
  const end = performance.now() + ${MOVING_MS};
  const gather = (now) => { frames.push(now); if (now < end) requestAnimationFrame(gather); };
  requestAnimationFrame(gather);
}`;

type Motion = { readonly framesPerSecond: number; readonly scriptMs: number };

/** See the module. */
export async function run(): Promise<readonly BenchRow[]> {
  await ensurePage();
  await using scenario = await openBenchScenario();
  const { id } = await createPipeline(scenario.db, { document: largePipeline('Large'), baseFolder: scenario.folder });
  using web = await startWeb(scenario.url, scenario.folder);
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, env: { ...definedOnly(process.env), ...env } });
  try {
    const page = await browser.newPage({ viewport: WINDOW });
    await page.addInitScript(WATCH);
    const address = `http://localhost:${web.port}/pipelines/${id}`;
    const openings: number[] = [];
    // The first one fills the caches of server and browser.
    for (let round = 0; round <= OPENINGS; round++) openings.push(await open(page, address));
    const rows = [atMost('opens', { value: median(openings.slice(1)), bar: OPEN_BAR_MS })];
    const session = await page.context().newCDPSession(page);
    await enableCosts(session);
    await settle(page);
    for (const zoom of ['fitted', 'zoom 0.5', 'zoom 1'] as const) {
      await look(page, zoom);
      rows.push(...motionRows(`panning, ${zoom}`, await move(page, session, await emptySpot(page))));
      rows.push(...motionRows(`dragging, ${zoom}`, await move(page, session, await cardSpot(page))));
    }
    for (const [name, value] of Object.entries(await measureEdits(page, session)))
      rows.push(atMost(name, { value, bar: UNDO_BAR_MS }));
    return rows;
  } finally {
    await browser.close();
  }
}

/** From the navigation until the canvas has drawn, in ms by the page's own clock. */
async function open(page: Page, address: string): Promise<number> {
  await page.goto('about:blank');
  await page.goto(address, { waitUntil: 'commit' });
  return page.evaluate<number>('window.benchOpened');
}

/** Waits until what the server says of the pipeline has come and was drawn. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.getByRole('application', { name: 'Canvas of' }).focus();
  await page.evaluate('document.fonts.ready');
}

/** Zooms about the middle with the wheel. */
async function look(page: Page, zoom: 'fitted' | 'zoom 0.5' | 'zoom 1'): Promise<void> {
  await page.getByRole('application', { name: 'Canvas of' }).focus();
  await page.keyboard.press('Shift+1');
  await page.evaluate(GLIDE);
  const wanted = zoom === 'fitted' ? 0 : zoom === 'zoom 0.5' ? 50 : 100;
  await page.mouse.move(MIDDLE.x, MIDDLE.y);
  for (;;) {
    const now = await zoomOf(page);
    if (now >= wanted) break;
    // React Flow zooms by 2 to the power of a thousandth of twice the wheel's way.
    const step = Math.log2(wanted / Math.max(1, now)) * 500;
    await page.mouse.wheel(0, -Math.min(200, Math.max(1, step)));
    await page.evaluate(FRAME);
  }
}

async function zoomOf(page: Page): Promise<number> {
  return Number(await page.getByRole('application', { name: 'Canvas of' }).getAttribute('data-zoom'));
}

type Spot = { readonly x: number; readonly y: number };

/** A place near the middle where a press pans. */
function emptySpot(page: Page): Promise<Spot> {
  return findSpot(page, false);
}

/** A place near the middle where a press holds a card. */
function cardSpot(page: Page): Promise<Spot> {
  return findSpot(page, true);
}

/** Looks for it by clicking: a click on a card selects it, one on the ground selects nothing. */
async function findSpot(page: Page, isCard: boolean): Promise<Spot> {
  for (let step = 0; step < 60; step++) {
    const spot = { x: MIDDLE.x + ((step * 37) % 160) - 80, y: MIDDLE.y + ((step * 23) % 120) - 60 };
    await page.mouse.click(spot.x, spot.y);
    const label = await page.getByRole('region', { name: 'Inspector' }).getByRole('heading').first().textContent();
    if ((label !== 'Large' && label !== 'Pipeline') === isCard) return spot;
  }
  throw new Error(`no ${isCard ? 'card' : 'empty ground'} near the middle of the canvas`);
}

/** Holds the pointer at a place and moves it around for three seconds. */
async function move(page: Page, session: CDPSession, { x, y }: Spot): Promise<Motion> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8, { steps: 4 });
  const before = await scriptSeconds(session);
  await page.evaluate(GATHER);
  const end = performance.now() + MOVING_MS;
  let moves = 0;
  while (performance.now() < end) {
    const angle = moves / 12;
    await page.mouse.move(x + Math.cos(angle) * REACH, y + Math.sin(angle) * REACH * 0.5);
    moves++;
  }
  const after = await scriptSeconds(session);
  await page.mouse.up();
  const frames = await page.evaluate<number[]>('window.benchFrames');
  const intervals = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  return { framesPerSecond: 1_000 / median(intervals), scriptMs: ((after - before) * 1_000) / moves };
}

function motionRows(name: string, { framesPerSecond, scriptMs }: Motion): readonly BenchRow[] {
  return [
    {
      claim: `Canvas of 1,000 nodes, ${name}: frames`,
      measured: framesPerSecond,
      unit: '/s',
      bar: `≥ ${FRAMES_BAR} /s`,
      ok: framesPerSecond >= FRAMES_BAR,
    },
    atMost(`${name}: script a move`, { value: scriptMs, bar: SCRIPT_BAR_MS }),
  ];
}

function atMost(name: string, { value, bar }: { readonly value: number; readonly bar: number }): BenchRow {
  return { claim: `Canvas of 1,000 nodes, ${name}`, measured: value, unit: 'ms', bar: `≤ ${bar} ms`, ok: value <= bar };
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
