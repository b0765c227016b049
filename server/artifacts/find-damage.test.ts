import { createHash } from 'node:crypto';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { tempFolder } from '../testing/temp-folder';
import { findDamage, type PublishedFiles } from './find-damage';

describe('damage of an artifact', () => {
  const temp = tempFolder();
  afterAll(() => {
    temp[Symbol.dispose]();
  });
  const publishedAtMs = Date.now();
  let folder: string;
  let artifacts = 0;
  let published: PublishedFiles;

  beforeEach(async () => {
    artifacts += 1;
    folder = path.join(temp.path, `artifact-${artifacts}`);
    const files = [];
    for (const name of ['Split-train/data', 'Split-eval/data']) {
      await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
      files.push(await write(name, `rows of ${name}`, publishedAtMs - 1_000));
    }
    published = { folder, files, publishedAtMs };
  });

  async function write(name: string, content: string, atMs: number) {
    await writeFile(path.join(folder, name), content);
    await utimes(path.join(folder, name), atMs / 1000, atMs / 1000);
    return { path: name, sizeBytes: content.length, digest: createHash('sha256').update(content).digest('hex') };
  }

  it('is none while the files are as they were published', async () => {
    expect(await findDamage(published)).toBeUndefined();
  });

  it('is that a file or the folder is missing', async () => {
    await rm(path.join(folder, 'Split-eval/data'));
    expect(await findDamage(published)).toBe('missing');
    await rm(folder, { recursive: true });
    expect(await findDamage(published)).toBe('missing');
    expect(await findDamage({ ...published, files: [] })).toBe('missing');
  });

  it('is that a file has another size', async () => {
    await write('Split-eval/data', 'shorter', publishedAtMs - 1_000);
    expect(await findDamage(published)).toBe('changed');
  });

  it('is that a file of the same size was touched and has other bytes', async () => {
    await write('Split-eval/data', 'rows of Split-eval/DATA', publishedAtMs + 60_000);
    expect(await findDamage(published)).toBe('changed');
  });

  it('is none where a file was only touched', async () => {
    await write('Split-eval/data', 'rows of Split-eval/data', publishedAtMs + 60_000);
    expect(await findDamage(published)).toBeUndefined();
  });
});
