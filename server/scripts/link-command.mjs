/** Puts the command `sluice` beside those of the dependencies, where npm puts every command but a package's own. */

import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Links `node_modules/.bin/sluice`; does nothing where it is. It is a convenience: a folder that cannot be written is fine.
 * @param {string} checkout
 */
export function linkCommand(checkout = CHECKOUT) {
  const folder = path.join(checkout, 'node_modules', '.bin');
  const isWindows = process.platform === 'win32';
  const link = path.join(folder, isWindows ? 'sluice.cmd' : 'sluice');
  if (existsSync(link)) return;
  try {
    mkdirSync(folder, { recursive: true });
    rmSync(link, { force: true });
    if (isWindows) writeFileSync(link, '@node "%~dp0\\..\\..\\server\\scripts\\sluice.mjs" %*\r\n');
    else symlinkSync('../../server/scripts/sluice.mjs', link);
  } catch {
    // `npx sluice` and `npm run sluice` work without it.
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) linkCommand();
