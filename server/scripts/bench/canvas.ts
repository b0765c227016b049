/**
 * The editor's canvas with 1,000 nodes and 1,500 wires, in a headless Chromium on the built page: how soon it shows them,
 * how many frames a second while cards are dragged and the canvas is panned at three zooms, what one move costs in script,
 * and what an undo costs.
 */

import { chromium, type CDPSession, type Page } from '@playwright/test';

import { createPipeline } from '../../pipelines/create-pipeline';
import { findBrowser } from '../find-browser.mjs';
import type { BenchRow } from './bench-row';
import { openBenchScenario } from './bench-scenario';
import { largePipeline } from './large-pipeline';
import { ensurePage } from './page';
import { startWeb } from './start-web';

const OPENINGS = 5;
const OPEN_BAR_MS = 1_000;
const MOVING_MS = 3_000;
const FRAMES_BAR = 50;
const SCRIPT_BAR_MS = 8;
const UNDO_BAR_MS = 16;
const UNDOS = 9;
const WINDOW = { width: 1440, height: 900 };
/** Over the middle of the canvas, which panes surround. */
const MIDDLE = { x: 660, y: 340 };
const REACH = 120;

/** Expressions for the page. The second frame comes when the first one has been drawn. */
const FRAME = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
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
    const address = `http://localhost:${web.port}/pipelines/${id}`;
    const openings: number[] = [];
    // The first one fills the caches of server and browser.
    for (let round = 0; round <= OPENINGS; round++) openings.push(await open(page, address));
    const rows = [atMost('opens', { value: median(openings.slice(1)), bar: OPEN_BAR_MS })];
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await settle(page);
    for (const zoom of ['fitted', 'zoom 0.5', 'zoom 1'] as const) {
      await look(page, zoom);
      rows.push(...motionRows(`panning, ${zoom}`, await move(page, session, await emptySpot(page))));
      rows.push(...motionRows(`dragging, ${zoom}`, await move(page, session, await cardSpot(page))));
    }
    rows.push(atMost('undo of a move', { value: await undo(page, session), bar: UNDO_BAR_MS }));
    return rows;
  } finally {
    await browser.close();
  }
}

/** From the navigation until the canvas has drawn, in ms by the page's own clock. */
async function open(page: Page, address: string): Promise<number> {
  await page.goto('about:blank');
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('[data-level=map], [data-node-id]').first().waitFor();
  await page.evaluate(FRAME);
  return page.evaluate<number>('performance.now()');
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

/** Script, style and layout of one undo and what follows it, in ms. */
async function undo(page: Page, session: CDPSession): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < UNDOS; round++) {
    await page.getByRole('application', { name: 'Canvas of' }).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.evaluate(FRAME);
    const before = await workSeconds(session);
    await page.keyboard.press('Control+z');
    await page.evaluate(FRAME);
    costs.push((await workSeconds(session)) * 1_000 - before * 1_000);
  }
  return median(costs);
}

async function metric(session: CDPSession, names: readonly string[]): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.filter(({ name }) => names.includes(name)).reduce((sum, { value }) => sum + value, 0);
}

const scriptSeconds = (session: CDPSession) => metric(session, ['ScriptDuration']);
const workSeconds = (session: CDPSession) =>
  metric(session, ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']);

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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
