/** What comes before every command: packages, bundles. Then the command line runs in this process. `node:` imports only. */

import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { ensureDependencies } from './install.mjs';
import { linkCommand } from './link-command.mjs';

/**
 * Sets up what is missing and runs the command line with these arguments.
 * @param {readonly string[]} args
 */
export async function openCommandLine(args) {
  let folder;
  try {
    ensureDependencies();
    linkCommand();
    const { ensureBundles } = await import('./build.mjs');
    folder = await ensureBundles();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  process.argv = [process.argv[0] ?? 'node', 'sluice', ...args];
  await import(pathToFileURL(path.join(folder, 'cli.js')).href);
}
