/**
 * Bundles every process but the page into `dist/<digest of the sources>/`. The digest is the stamp: an existing folder is
 * complete and right, and processes of an older build keep theirs while they run.
 */

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { sourceHash } from './source-hash.mjs';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SOURCES = ['lib', 'server', 'package-lock.json'];
/** Builds that are kept: a studio may still run from an older one. */
const KEPT_BUILDS = 4;

const ENTRIES = {
  cli: 'server/cli/main.ts',
  background: 'server/launcher/main.ts',
  worker: 'server/worker/main.ts',
  'node-process': 'server/worker/node-process.ts',
  query: 'server/query/main.ts',
  web: 'server/web/main.ts',
};

/** Loaded from node_modules at run time: native, or too large to be worth bundling. */
const EXTERNAL = [
  '@duckdb/*',
  '@tensorflow/*',
  'esbuild',
  'next',
  'onnxruntime-node',
  'pg-native',
  'react',
  'react-dom',
  'vega-datasets',
];

/** Several dependencies are CommonJS and call `require` at run time. */
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Returns the folder with the bundles of the sources as they are now; builds it when it is not there (about 0.5 s).
 * @param {string} checkout
 * @returns {Promise<string>}
 */
export async function ensureBundles(checkout = CHECKOUT) {
  const folder = path.join(checkout, 'dist', sourceHash(checkout, SOURCES));
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  const { build } = await import('esbuild');
  const unfinished = `${folder}.tmp-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  await build({
    absWorkingDir: checkout,
    entryPoints: Object.fromEntries(
      Object.entries(ENTRIES).filter(([, file]) => existsSync(path.join(checkout, file))),
    ),
    outdir: unfinished,
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: EXTERNAL,
    banner: { js: BANNER },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'error',
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Somebody else built the same sources at the same time.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
  removeOldBuilds(path.dirname(folder));
  return folder;
}

function removeOldBuilds(dist) {
  const builds = readdirSync(dist)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({ folder: path.join(dist, name), usedAt: statSync(path.join(dist, name)).mtimeMs }))
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { folder } of builds.slice(KEPT_BUILDS)) rmSync(folder, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${await ensureBundles()}\n`);
