/**
 * Builds the page (Next) when its sources are not those it was built from. Ends when its standard input closes, so that
 * no build outlives the launcher that asked for it. The browser's copy of TensorFlow.js' WebAssembly is laid beside the page.
 */

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { sourceHash } from './source-hash.mjs';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SOURCES = [
  'app',
  'components',
  'lib',
  'server',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const STAMP = path.join(CHECKOUT, '.next', 'sluice-sources');

/** One thread each: more would need a page that no other site may open. */
const WASM_FILES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

function copyWasm() {
  const from = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const to = path.join(CHECKOUT, 'public', 'wasm');
  mkdirSync(to, { recursive: true });
  for (const name of WASM_FILES) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    if (!existsSync(target) || statSync(target).size !== statSync(source).size) copyFileSync(source, target);
  }
}

async function buildPage() {
  if (!existsSync(path.join(CHECKOUT, 'app'))) return 0;
  copyWasm();
  const digest = sourceHash(CHECKOUT, SOURCES);
  const isBuilt = existsSync(path.join(CHECKOUT, '.next', 'BUILD_ID')) && existsSync(STAMP);
  if (isBuilt && readFileSync(STAMP, 'utf8') === digest) return 0;
  process.stdout.write('Building the page. This takes about half a minute, once.\n');
  const code = await runNext();
  if (code === 0) writeFileSync(STAMP, digest);
  return code;
}

function runNext() {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: CHECKOUT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = () => child.kill('SIGTERM');
  process.on('SIGTERM', stop);
  if (!process.stdin.isTTY) process.stdin.on('end', stop).resume();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

process.exit(await buildPage());
