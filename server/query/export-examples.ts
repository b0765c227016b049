/** Exports Examples into a folder of the query process' own, so that no request can name a place to write to. */

import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

import { exportTfrecord } from '../duckdb/export-tfrecord';
import type { DuckdbSession } from '../duckdb/query';
import { findArtifactFolder } from './artifact-files';

/** The artifact store, and the folder below which exports are written. Both absolute. */
export type ExportPlaces = { readonly store: string; readonly tempFolder: string };

/** Writes every split as TFRecord. The folder stays until whoever asked has moved it, or this process starts again. */
export async function exportExamples(
  session: DuckdbSession,
  folder: string,
  { store, tempFolder }: ExportPlaces,
): Promise<{ readonly folder: string; readonly files: string[] }> {
  const source = await findArtifactFolder(store, folder);
  const targetFolder = await mkdtemp(path.join(tempFolder, 'export.tmp-'));
  try {
    const splits = await exportTfrecord(session, { folder: source, targetFolder });
    const files = splits.map(({ file }) => path.relative(targetFolder, file).split(path.sep).join('/'));
    return { folder: targetFolder, files };
  } catch (error) {
    await rm(targetFolder, { recursive: true, force: true });
    throw error;
  }
}
