import { createHash } from 'node:crypto';
import { chmod, mkdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { sourceFiles } from '../db/schema/index';
import { tempFolder } from '../testing/temp-folder';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { TOY_CATALOG } from '../testing/toy-catalog';
import { specOf } from '../../lib/pipeline/spec-of';
import { checkSources, digestSources } from './source-digests';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('digests of source files', () => {
  let database: TestDatabase;
  const temp = tempFolder();
  let folders = 0;
  let baseFolder: string;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    temp[Symbol.dispose]();
  });
  beforeEach(async () => {
    folders += 1;
    baseFolder = path.join(temp.path, `base-${folders}`);
    await mkdir(baseFolder);
  });

  function request(inputBase: string, patterns: readonly string[] = ['*']) {
    const spec = specOf(TOY_CATALOG, 'ToySource');
    if (spec === undefined) throw new Error('no ToySource');
    return { spec, node: 'source', params: { inputBase, patterns }, baseFolder };
  }
  const digest = (inputBase: string, patterns?: readonly string[]) =>
    digestSources(database.db, request(inputBase, patterns));
  const at = (name: string) => path.join(baseFolder, name);
  const remembered = async (name: string) => {
    const [row] = await database.db
      .select()
      .from(sourceFiles)
      .where(eq(sourceFiles.path, at(name)));
    return row?.digest;
  };
  /** Writes a file that has rested since long ago, as files in real folders have. */
  async function writeOld(name: string, content: string, ageS = 3_600): Promise<void> {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
    const when = Date.now() / 1000 - ageS;
    await utimes(at(name), when, when);
  }

  it('names a single file by its own name', async () => {
    await writeOld('rows.csv', 'a\n1\n');
    expect(await digest('rows.csv')).toEqual({ inputBase: { 'rows.csv': sha256('a\n1\n') } });
    expect(await digest(at('rows.csv'))).toEqual({ inputBase: { 'rows.csv': sha256('a\n1\n') } });
  });

  it('names the files of a folder below it, each once, and leaves hidden files out', async () => {
    for (const name of ['data/b.csv', 'data/a.csv', 'data/.hidden', 'data/deep/c.csv']) await writeOld(name, name);
    const digests = await digest('data', ['*.csv', 'a*', 'deep/*']);
    expect(Object.keys(digests['inputBase'] ?? {})).toEqual(['a.csv', 'b.csv', 'deep/c.csv']);
  });

  it('does not read a file again that looks as it did', async () => {
    await writeOld('rows.csv', 'one');
    await digest('rows.csv');
    await database.db
      .update(sourceFiles)
      .set({ digest: sha256('planted') })
      .where(eq(sourceFiles.path, at('rows.csv')));
    expect(await digest('rows.csv')).toEqual({ inputBase: { 'rows.csv': sha256('planted') } });
  });

  it('reads a file again when its size, its time or its inode changed', async () => {
    await writeOld('rows.csv', 'one');
    await digest('rows.csv');
    await writeOld('rows.csv', 'longer');
    expect(await digest('rows.csv')).toEqual({ inputBase: { 'rows.csv': sha256('longer') } });
    await writeOld('rows.csv', 'LONGER', 3_000);
    expect(await digest('rows.csv')).toEqual({ inputBase: { 'rows.csv': sha256('LONGER') } });
    const { atime, mtime } = await stat(at('rows.csv'));
    await writeFile(at('other.csv'), 'larger');
    await utimes(at('other.csv'), atime, mtime);
    await rename(at('other.csv'), at('rows.csv'));
    expect(await digest('rows.csv')).toEqual({ inputBase: { 'rows.csv': sha256('larger') } });
  });

  it('does not remember a file that was written at this very moment', async () => {
    const soon = Date.now() / 1000 + 60;
    await writeFile(at('rows.csv'), 'one');
    await utimes(at('rows.csv'), soon, soon);
    await digest('rows.csv');
    expect(await remembered('rows.csv')).toBeUndefined();
  });

  it('follows symbolic links to the bytes behind them', async () => {
    await writeOld('real.csv', 'one');
    await symlink(at('real.csv'), at('link.csv'));
    expect(await digest('link.csv')).toEqual({ inputBase: { 'link.csv': sha256('one') } });
    expect(await remembered('real.csv')).toBe(sha256('one'));
  });

  it.each<[string, string, string]>([
    ['a file that is not there', 'ghost.csv', 'There is no file or folder'],
    ['a folder without files', 'empty', 'No file in'],
    ['a link that leads to itself', 'loop', 'is a symbolic link that leads to itself'],
    ['a file as if it were a folder', 'file.csv/rows.csv', 'There is no file or folder'],
  ])('refuses %s at the parameter', async (_what, inputBase, sentence) => {
    await mkdir(at('empty'));
    await symlink(at('loop'), at('loop'));
    await writeOld('file.csv', 'x');
    const refused = { node: 'source', path: 'nodes.source.params.inputBase' };
    await expect(digest(inputBase)).rejects.toMatchObject(refused);
    await expect(digest(inputBase)).rejects.toThrow(sentence);
    await expect(checkSources(request(inputBase))).rejects.toMatchObject(refused);
  });

  it('refuses a pattern that leads out of its folder', async () => {
    await writeOld('data/a.csv', 'x');
    await expect(digest('data', ['../*'])).rejects.toThrow('leads out of');
  });

  it.skipIf(process.getuid?.() === 0)('says that a file may not be read', async () => {
    await writeOld('rows.csv', 'x');
    await chmod(at('rows.csv'), 0);
    await expect(digest('rows.csv')).rejects.toMatchObject({ code: 'forbidden' });
    await rm(at('rows.csv'));
  });

  it('remembers the same files for two planners at once without waiting in a circle', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `data/${i}.csv`);
    for (const name of names) await writeOld(name, name);
    const all = await Promise.all(Array.from({ length: 8 }, () => digest('data')));
    for (const digests of all) expect(digests).toEqual(all[0]);
    expect(await remembered('data/7.csv')).toBe(sha256('data/7.csv'));
  });
});
