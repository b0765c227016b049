import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that Sluice is installed in: the nearest one above this module with Sluice's package.json. Works from the
 * source and from a bundle alike. Throws when there is none.
 */
export function findInstallation(from: string = fileURLToPath(import.meta.url)): string {
  for (let folder = path.dirname(from); ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file) && /"name":\s*"sluice"/.test(readFileSync(file, 'utf8'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`No installation of Sluice above ${from}.`);
  }
}
