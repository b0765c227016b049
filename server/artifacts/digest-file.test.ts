import { createHash, randomBytes } from 'node:crypto';
import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { tempFolder } from '../testing/temp-folder';
import { digestFile } from './digest-file';

describe('the digest of a file', () => {
  it.each([0, 1, 1_048_575, 1_048_576, 1_048_577, 3_000_000])('of %i bytes is its SHA-256', async (size) => {
    using temp = tempFolder();
    const file = path.join(temp.path, 'file');
    const bytes = randomBytes(size);
    await writeFile(file, bytes);
    expect(await digestFile(file)).toMatchObject({
      sizeBytes: size,
      digest: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('is refused while somebody goes on writing the file', async () => {
    using temp = tempFolder();
    const file = path.join(temp.path, 'file');
    await writeFile(file, randomBytes(4_000_000));
    let isDone = false;
    const writing = (async () => {
      while (!isDone) await appendFile(file, 'more');
    })();
    await expect(digestFile(file)).rejects.toMatchObject({ code: 'busy', retryable: true });
    isDone = true;
    await writing;
  });
});
