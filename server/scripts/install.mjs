/**
 * Makes node_modules what package-lock.json says. Runs before anything is installed: `node:` imports only.
 * npm's own record of what it installed (node_modules/.package-lock.json) is the stamp: npm writes it last, so an
 * interrupted install never looks finished, and an `npm install` by hand counts too.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Installs the locked packages unless they are there already. What npm prints goes to standard error.
 * @param {string} checkout folder that holds package-lock.json; default: this checkout
 * @returns {boolean} true when it had to install
 * @throws {Error} a sentence that says what to do, when Node is too old or npm fails
 */
export function ensureDependencies(checkout = CHECKOUT) {
  requireNode(checkout);
  if (isInstalled(checkout)) return false;
  process.stderr.write('Installing packages. This takes about a minute with a warm npm cache…\n');
  runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: checkout });
  if (!isInstalled(checkout)) {
    throw new Error(
      `npm ci ended well, but node_modules in ${checkout} does not match package-lock.json. Delete node_modules and try again.`,
    );
  }
  return true;
}

/**
 * True when every package that package-lock.json demands here is installed in the locked version.
 * @param {string} checkout folder that holds package-lock.json; default: this checkout
 * @returns {boolean}
 */
export function isInstalled(checkout = CHECKOUT) {
  const record = path.join(checkout, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages ?? {};
  const locked = readJson(path.join(checkout, 'package-lock.json')).packages ?? {};
  return Object.entries(locked).every(([folder, entry]) => {
    if (folder === '' || entry.link) return true;
    const there = installed[folder];
    // Builds for other platforms are optional and rightly absent.
    if (there === undefined) return entry.optional === true || entry.devOptional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

/**
 * Runs npm with our settings, its output on standard error.
 * @param {readonly string[]} args
 * @param {{ cwd: string, timeoutMs?: number }} options
 * @throws {Error} when npm cannot start or fails
 */
export function runNpm(args, { cwd, timeoutMs }) {
  // Started by npm, its own script path is the surest way to the same npm; otherwise the one on the path.
  const script = process.env.npm_execpath;
  const viaNode = script !== undefined && /npm-cli\.[cm]?js$/.test(script);
  const result = spawnSync(viaNode ? process.execPath : 'npm', viaNode ? [script, ...args] : args, {
    cwd,
    // onnxruntime-node would otherwise look for GPU files outside the registry.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    stdio: ['ignore', 2, 2],
    shell: !viaNode && process.platform === 'win32',
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });
  if (result.error) throw new Error(`npm could not run (${result.error.message}). Is it installed?`);
  if (result.status !== 0) {
    throw new Error(
      `\`npm ${args.join(' ')}\` failed (${result.signal ?? `exit code ${result.status}`}); its reason stands above.`,
    );
  }
}

function requireNode(checkout) {
  const wanted = /(\d+)\.(\d+)/.exec(readJson(path.join(checkout, 'package.json')).engines?.node ?? '');
  if (wanted === null) return;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = [Number(wanted[1]), Number(wanted[2])];
  if (major < needMajor || (major === needMajor && minor < needMinor)) {
    throw new Error(
      `Sluice needs Node ${needMajor}.${needMinor} or newer; this is ${process.versions.node}. Update Node and try again.`,
    );
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
