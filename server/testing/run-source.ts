/** Runs TypeScript of this checkout as a process of its own, bundled first: what tests on real processes start. */

import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BANNER = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

/**
 * Bundles an entry (path from the checkout), natives external, and returns the file to run. It lies below node_modules,
 * so that what stays external is found; two test files never share one.
 */
export async function bundleSource(entry: string): Promise<string> {
  const folder = path.join(CHECKOUT, 'node_modules/.cache/sluice-tests', String(process.pid));
  const outfile = path.join(folder, `${path.basename(entry, '.ts')}.mjs`);
  await build({
    entryPoints: [path.join(CHECKOUT, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@duckdb/*', '@tensorflow/*', 'pg-native'],
    banner: { js: BANNER },
    logLevel: 'error',
  });
  return outfile;
}

/** Starts a bundled file and gathers what it prints. */
export function startNode(
  file: string,
  args: readonly string[],
  options: SpawnOptions = {},
): { readonly child: ChildProcess; readonly printed: () => string; readonly ended: Promise<number | null> } {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => (text += chunk));
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      resolve(code);
    });
  });
  return { child, printed: () => text, ended };
}
