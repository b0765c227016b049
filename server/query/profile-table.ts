/** What is known of an uploaded table before a pipeline reads it. Which reader takes it is told by its first bytes. */

import { open, realpath } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import type { TableProfile } from '../../lib/proposal/table-profile';
import type { DuckdbSession } from '../duckdb/query';
import { findSourceFiles, type SourceFile } from '../storage/source-files';
import { profileCsv } from './profile-csv';
import { profileParquet } from './profile-parquet';

const PARQUET_MAGICS = ['PAR1', 'PARE'];

/**
 * Profiles the files of a finished upload: `folder` is its name below `root`. Throws `forbidden` outside of it,
 * `not-found` where nothing is, and the sentence that an ExampleGen would end with where the part that was read is wrong.
 */
export async function profileTable(
  session: DuckdbSession,
  { root, folder }: { readonly root: string; readonly folder: string },
): Promise<TableProfile> {
  const files = await findFiles(root, folder);
  const [first] = files;
  if (first === undefined) throw gone(folder);
  if (!PARQUET_MAGICS.includes(await readMagic(first))) return profileCsv(files, { signal: session.signal });
  return profileParquet(session, files);
}

async function findFiles(root: string, folder: string): Promise<readonly SourceFile[]> {
  const home = await realpath(root);
  const found = await realpath(path.resolve(home, folder)).catch(() => {
    throw gone(folder);
  });
  if (path.dirname(found) !== home) throw new AppError('forbidden', 'Only uploads can be profiled.');
  return findSourceFiles(found, '*');
}

function gone(folder: string): AppError {
  return new AppError('not-found', `The upload ${folder} is not there any more.`, {
    nextStep: 'Choose the file again.',
  });
}

async function readMagic({ path: place }: SourceFile): Promise<string> {
  const handle = await open(place);
  try {
    const bytes = Buffer.alloc(4);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
