/** Digest of source files: tells whether what was built from them is still what they say. `node:` imports only. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const TEST = /(?:\.test|\.test-d|\.spec)\.[cm]?tsx?$/;

/**
 * Digest of the files and folders named, tests left out. A name that does not exist counts as empty.
 * @param {string} checkout
 * @param {readonly string[]} places files or folders, relative to the checkout
 * @returns {string} 16 hex digits
 */
export function sourceHash(checkout, places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap((place) => filesOf(checkout, place))) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(path.join(checkout, file)));
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(checkout, place) {
  const full = path.join(checkout, place);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [place];
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !TEST.test(entry.name))
    .map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name)))
    .sort();
}
