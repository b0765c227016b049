import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ALLOWED, MISTAKES } from './plants';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const zReport = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

/** Codes of the rules that fired, by file. */
async function lint(folder: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const stdout = await new Promise<string>((resolve, reject) => {
    const oxlint = path.join(folder, 'node_modules', 'oxlint', 'bin', 'oxlint');
    // Exit code 1 is what planted mistakes must give; the report is on standard output all the same.
    execFile(
      process.execPath,
      [oxlint, '--type-aware', '-f', 'json'],
      { cwd: folder, maxBuffer: 1e8 },
      (error, out) => {
        if (out.startsWith('{')) resolve(out);
        else reject(new Error(`oxlint gave no report: ${out}`, { cause: error }));
      },
    );
  });
  const fired = new Map<string, Set<string>>();
  for (const { code, filename } of zReport.parse(JSON.parse(stdout)).diagnostics) {
    const codes = fired.get(filename) ?? new Set<string>();
    fired.set(filename, codes.add(code));
  }
  return fired;
}

describe('the lint rules of the house', () => {
  let folder = '';
  let fired: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sluice-lint-'));
    await symlink(path.join(CHECKOUT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    for (const file of ['.oxlintrc.json', 'tsconfig.base.json', 'lib/tsconfig.json', 'server/tsconfig.json']) {
      await cp(path.join(CHECKOUT, file), path.join(folder, file));
    }
    const own = 'server/scripts/lint';
    for (const file of ['house-rules.mjs', 'looks.mjs', 'names.mjs', 'tests.mjs', 'types.mjs']) {
      await cp(path.join(CHECKOUT, own, file), path.join(folder, own, file));
    }
    const web = {
      extends: './tsconfig.base.json',
      compilerOptions: { jsx: 'react-jsx', lib: ['es2023', 'dom'] },
      include: ['app', 'components', 'e2e'],
    };
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(web));
    for (const { file, code } of [...MISTAKES, ...ALLOWED]) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), code);
    }
    fired = await lint(folder);
  }, 60_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it.each(MISTAKES)('$rule fires on $file', ({ rule, file }) => {
    expect([...(fired.get(file) ?? [])]).toEqual([rule]);
  });

  it.each(ALLOWED)('nothing fires on $file', ({ file }) => {
    expect([...(fired.get(file) ?? [])]).toEqual([]);
  });
});
