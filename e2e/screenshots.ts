/**
 * Draws every screen at three sizes in both themes, with real content: complete, reused, failed, running, very long
 * names, nothing found. `npm run screenshots` writes them to screenshots/, to be looked at by a person; followed by words
 * it draws those pictures alone whose name (`anomalies-390-dark`) holds one of them.
 */

import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { chromium, type Browser, type Page } from '@playwright/test';

import { findBrowser } from '../server/scripts/find-browser.mjs';
import { drawnScreens, type Screen } from './support/screens';
import { startStudio } from './support/studio';

const FOLDER = path.resolve('screenshots');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const;
/** A screen that is not there after this is drawn as it is and reported. */
const PREPARE_LIMIT_MS = 15_000;
const THEMES = ['light', 'dark'] as const;
const WANTED = process.argv.slice(2);

const studio = await startStudio();
try {
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, env: { ...definedOnly(process.env), ...env } });
  mkdirSync(FOLDER, { recursive: true });
  for (const screen of await drawnScreens(studio)) {
    for (const size of SIZES) for (const theme of THEMES) await draw(browser, { screen, size, theme });
  }
  await browser.close();
  process.stdout.write(`Screenshots are in ${FOLDER}\n`);
} finally {
  await studio.stop();
}

type Drawing = {
  readonly screen: Screen;
  readonly size: (typeof SIZES)[number];
  readonly theme: (typeof THEMES)[number];
};

async function draw(from: Browser, { screen, size, theme }: Drawing): Promise<void> {
  const name = `${screen.name}-${size.width}-${theme}`;
  if (WANTED.length > 0 && !WANTED.some((word) => name.includes(word))) return;
  const page = await from.newPage({ baseURL: studio.url, viewport: size, colorScheme: theme });
  page.setDefaultTimeout(PREPARE_LIMIT_MS);
  try {
    await page.goto(screen.address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    await screen.prepare?.(page);
    await settled(page);
  } catch (error) {
    // The picture of what is there instead says more than the message.
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
  if (await isWider(page)) process.stderr.write(`${name}: the page scrolls sideways\n`);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  await page.close();
}

function isWider(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}

/** Nothing is being loaded and the fonts are there. Pages poll, so the network never falls silent. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[role=status][aria-label^=Loading]') === null);
  await page.evaluate(() => document.fonts.ready);
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
