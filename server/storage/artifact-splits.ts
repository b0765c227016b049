/** The splits of an artifact: those it names, else those whose folders lie in it. */

import { readdir } from 'node:fs/promises';

import * as z from 'zod';

import { splitFolder } from '../../lib/artifact/artifact';
import { AppError } from '../../lib/errors';

const zSplitNames = z.array(z.string());

/** What an artifact says of its splits. */
type SplitArtifact = { readonly folder: string; readonly properties: { readonly [name: string]: unknown } };

/** Which splits to take, and where to say that one to leave out does not exist. */
type SplitChoice = {
  readonly excludeSplits: readonly string[];
  /** The artifact's content, for messages: `statistics`. */
  readonly what: string;
  readonly warn: (message: string) => void;
};

/** The splits in their order, without those left out. Throws `invalid-input` where none is left. */
export async function chosenSplits(artifact: SplitArtifact, choice: SplitChoice): Promise<readonly string[]> {
  const { excludeSplits, what, warn } = choice;
  const named = zSplitNames.safeParse(artifact.properties['splitNames']);
  const all = named.success ? named.data : await splitFolders(artifact.folder);
  for (const split of excludeSplits) if (!all.includes(split)) warn(`There is no split "${split}" to leave out.`);
  const splits = all.filter((split) => !excludeSplits.includes(split));
  if (all.length === 0)
    throw new AppError('invalid-input', `The ${what} have no split.`, {
      nextStep: `Run the step that made the ${what} again.`,
    });
  if (splits.length === 0)
    throw new AppError('invalid-input', `excludeSplits leaves out every split: ${all.join(', ')}.`, {
      nextStep: 'Keep at least one split.',
      path: 'excludeSplits',
    });
  return splits;
}

async function splitFolders(folder: string): Promise<readonly string[]> {
  const prefix = splitFolder('');
  const names = await readdir(folder);
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}
