import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const LOCK = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../package-lock.json');
const zEntry = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const zLock = z.object({ packages: z.record(z.string(), zEntry) });

/** Optional packages that a lock names but does not hold: `npm ci` refuses such a lock on every platform. */
function missingOptionals(lock: z.infer<typeof zLock>): readonly string[] {
  return Object.entries(lock.packages).flatMap(([folder, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isHeld(name, folder, lock))
      .map((name) => `${folder} → ${name}`),
  );
}

/** As Node looks for it: beside the package, then in every folder above. */
function isHeld(name: string, folder: string, lock: z.infer<typeof zLock>): boolean {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules') - 1))) {
    if (Object.hasOwn(lock.packages, `${at === '' ? '' : `${at}/`}node_modules/${name}`)) return true;
    if (at === '') return false;
  }
}

describe('package-lock.json', () => {
  const lock = zLock.parse(JSON.parse(readFileSync(LOCK, 'utf8')));

  it('holds every optional package that it names, so that `npm ci` works on every platform', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(missingOptionals(lock)).toEqual([]);
  });

  it('would show a platform build that the registry lacked', () => {
    const holed = {
      packages: {
        'node_modules/a': { optionalDependencies: { 'a-darwin': '1.0.0', 'a-linux': '1.0.0' } },
        'node_modules/a-linux': {},
      },
    };
    expect(missingOptionals(holed)).toEqual(['node_modules/a → a-darwin']);
  });

  it('holds one version of zod', () => {
    expect(Object.keys(lock.packages).filter((folder) => folder.endsWith('node_modules/zod'))).toEqual([
      'node_modules/zod',
    ]);
  });

  it('pins every dependency of package.json exactly', () => {
    const root: unknown = JSON.parse(readFileSync(path.join(path.dirname(LOCK), 'package.json'), 'utf8'));
    const { dependencies, devDependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
      .parse(root);
    expect(
      Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version)),
    ).toEqual([]);
  });
});
