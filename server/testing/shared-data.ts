/** Real data and golden figures that tests compare with. They lie beside the checkout and are never committed. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ROOT = path.resolve(CHECKOUT, '../shared');

/** True where the shared data lie beside the checkout. With `CI=true` their absence is an error, so that CI never passes by skipping. */
export const hasSharedData: boolean = (() => {
  const present = existsSync(path.join(ROOT, 'data'));
  if (present) return true;
  if (process.env['CI'] === 'true')
    throw new Error(`CI needs the shared test data beside the checkout: ${ROOT} is missing`);
  process.stderr.write(`SKIPPED: tests on real data, because ${ROOT} is missing\n`);
  return false;
})();

/** Absolute path of a shared file, for example `sharedPath('data', 'taxi', 'taxi.csv')`. */
export function sharedPath(...parts: readonly string[]): string {
  return path.join(ROOT, ...parts);
}
