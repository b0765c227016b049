/**
 * `Examples` as TFX has them: gzip TFRecord files of tf.Example. The bytes of each record are those that were hashed
 * when its split was chosen, made again from the stored rows.
 */

import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { splitFolder } from '../../lib/artifact/artifact';
import { AppError } from '../../lib/errors';
import { ExampleEncoder } from '../../lib/tfmd/example-encoder';
import { TfrecordBlock } from '../../lib/tfmd/tfrecord';
import { sqlName } from './connection';
import { openExamplesSplit, type ExamplesSource } from './examples-source';
import { running, type DuckdbSession } from './query';
import { RowReader } from './row-reader';
import { toStorageError } from './storage-error';

const BLOCK_BYTES = 1_048_576;
const SPLIT_PREFIX = splitFolder('');

/** The one file of a split, named as TFX names it. */
const TFRECORD_FILE = 'data_tfrecord-00000-of-00001.gz';

/** What is exported where. */
export type TfrecordExport = {
  /** Folder of the `Examples` artifact. */
  readonly folder: string;
  /** Gets `Split-<name>/data_tfrecord-00000-of-00001.gz`; files of that name are replaced once they are whole. */
  readonly targetFolder: string;
};

/** What was written of one split. */
export type ExportedSplit = { readonly split: string; readonly file: string; readonly records: number };

/**
 * Writes every split of an `Examples` artifact as gzip TFRecord, rows in their order, in constant memory. Aborting the
 * session's signal stops it; no half-written file stays.
 */
export async function exportTfrecord(
  session: DuckdbSession,
  { folder, targetFolder }: TfrecordExport,
): Promise<readonly ExportedSplit[]> {
  const names = await readdir(folder);
  const splits = names.filter((name) => name.startsWith(SPLIT_PREFIX)).map((name) => name.slice(SPLIT_PREFIX.length));
  if (splits.length === 0) {
    throw new AppError('artifact-damaged', `There are no splits in ${folder}.`, {
      nextStep: 'Run the step that made the examples again.',
    });
  }
  const exported: ExportedSplit[] = [];
  for (const split of splits.toSorted()) {
    const source = await openExamplesSplit(session, { folder, split });
    const file = path.join(targetFolder, splitFolder(split), TFRECORD_FILE);
    exported.push({ split, file, records: await writeSplit(session, source, file) });
  }
  return exported;
}

async function writeSplit(session: DuckdbSession, source: ExamplesSource, file: string): Promise<number> {
  const part = `${file}.part`;
  const count = { records: 0 };
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const blocks = Readable.from(recordBlocks(session, source, count), {
      objectMode: false,
      highWaterMark: BLOCK_BYTES,
    });
    await running(session, ({ signal }) => pipeline(blocks, createGzip(), createWriteStream(part), { signal }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw toStorageError(error, `writing ${file}`);
  }
  return count.records;
}

async function* recordBlocks(
  { connection }: DuckdbSession,
  { relation, record, columns }: ExamplesSource,
  count: { records: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new ExampleEncoder(columns, record);
  const reader = new RowReader(columns);
  const block = new TfrecordBlock(BLOCK_BYTES);
  const result = await connection.stream(
    `SELECT ${columns.map(({ column }) => sqlName(column)).join(', ')} FROM ${relation}`,
  );
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    reader.open(chunk);
    for (let row = 0; row < chunk.rowCount; row++) {
      reader.read(row);
      block.add(encoder.encode(reader.row));
      count.records++;
      if (block.isFull) yield block.take();
    }
  }
  if (!block.isEmpty) yield block.take();
}
