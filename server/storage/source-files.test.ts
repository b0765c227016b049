import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { tempFolder } from '../testing/temp-folder';
import { readChunks } from './read-chunks';
import { findSourceFiles } from './source-files';

function folderWith(...names: readonly string[]): Disposable & { readonly path: string } {
  const folder = tempFolder();
  for (const name of names) {
    mkdirSync(path.dirname(path.join(folder.path, name)), { recursive: true });
    writeFileSync(path.join(folder.path, name), name);
  }
  return folder;
}

describe('source files', () => {
  it.each<readonly [pattern: string, names: readonly string[]]>([
    ['*', ['A.csv', 'B.txt', 'a.csv']],
    ['*.csv', ['A.csv', 'a.csv']],
    ['sub/*', ['sub/1.csv', 'sub/2.csv']],
    ['*/*.csv', ['other/3.csv', 'sub/1.csv', 'sub/2.csv']],
    ['sub', []],
    ['none/*', []],
  ])('of %s are found in code-unit order, inside one folder, without hidden ones', async (pattern, names) => {
    using folder = folderWith(
      'a.csv',
      'A.csv',
      'B.txt',
      '.hidden',
      'sub/1.csv',
      'sub/2.csv',
      'other/3.csv',
      '.h/4.csv',
    );
    expect((await findSourceFiles(folder.path, pattern)).map(({ name }) => name)).toEqual(names);
  });

  it('are the file itself where the base is one, with its size and second of change', async () => {
    using folder = folderWith('a.csv');
    const file = path.join(folder.path, 'a.csv');
    utimesSync(file, 1_700_000_000.9, 1_700_000_000.9);
    expect(await findSourceFiles(file, '*')).toEqual([
      { path: file, name: 'a.csv', sizeBytes: 5, modifiedAtS: 1_700_000_000 },
    ]);
  });

  it.each(['../*', '/etc/*', 'a/../../b'])('are never looked for outside the base: %s', async (pattern) => {
    using folder = folderWith('a.csv');
    await expect(findSourceFiles(folder.path, pattern)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('that are not there are told in words', async () => {
    using folder = tempFolder();
    const missing = path.join(folder.path, 'missing.csv');
    const told = { code: 'not-found', message: `There is no file or folder ${missing}.` };
    await expect(findSourceFiles(missing, '*')).rejects.toMatchObject(told);
    await expect(readChunks(missing, new AbortController().signal).next()).rejects.toMatchObject(told);
  });

  it('that are links to nowhere are not files', async () => {
    using folder = folderWith('a.csv');
    symlinkSync(path.join(folder.path, 'nowhere'), path.join(folder.path, 'b.csv'));
    expect((await findSourceFiles(folder.path, '*')).map(({ name }) => name)).toEqual(['a.csv']);
  });

  it('are neither folders nor devices', async () => {
    await expect(findSourceFiles('/dev/null', '*')).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
