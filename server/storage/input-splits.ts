/** The files of each input split of an ExampleGen, and TFX's fingerprint of them. */

import type { InputSplit } from '../../lib/example/split-config';
import { AppError } from '../../lib/errors';
import { findSourceFiles, type SourceFile } from './source-files';

/** An input split and its files, at least one. */
export type FoundInput = { readonly split: InputSplit; readonly files: readonly SourceFile[] };

/** Finds the files of every input split below `base`. Throws `not-found` where one has none. */
export async function findInputs(base: string, splits: readonly InputSplit[]): Promise<readonly FoundInput[]> {
  return Promise.all(
    splits.map(async (split) => {
      const files = await findSourceFiles(base, split.pattern);
      if (files.length === 0) {
        throw new AppError('not-found', `No file in ${base} matches the pattern ${split.pattern} of "${split.name}".`, {
          nextStep: 'Check inputBase and the pattern; hidden files and files in sub-folders are not matched by "*".',
        });
      }
      return { split, files };
    }),
  );
}

/** TFX's lines, one for each input split: how many files, how large, and their times of change combined. */
export function inputFingerprint(inputs: readonly FoundInput[]): string {
  return inputs.map(fingerprintOf).join('\n');
}

function fingerprintOf({ split, files }: FoundInput): string {
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const xor = files.reduce((sum, { modifiedAtS }) => sum ^ BigInt(modifiedAtS), 0n);
  const sum = files.reduce((all, { modifiedAtS }) => all + modifiedAtS, 0);
  return `split:${split.name},num_files:${files.length},total_bytes:${total},xor_checksum:${xor},sum_checksum:${sum}`;
}

/** What is thrown when a source is not what it was when it was first looked at. */
export function sourceChanged(what: string): AppError {
  return new AppError('conflict', `${what} changed while it was read.`, {
    nextStep: 'Run again when nothing writes to the file.',
    retryable: true,
  });
}

/** The files of an input split in a few words: the name of the only one, or how many there are. */
export function nameInput({ split, files }: FoundInput): string {
  const [first] = files;
  return files.length === 1 && first !== undefined ? first.name : `${files.length} files of ${split.name}`;
}
