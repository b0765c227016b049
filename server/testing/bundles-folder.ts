/** The bundles of the sources as they are now, built by the very script that every command runs first. */

import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Builds them where they are missing, and returns their folder. */
export async function bundlesFolder(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(CHECKOUT, 'server/scripts/build.mjs')]);
  return stdout.trim();
}
