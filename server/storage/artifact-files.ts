/** Reads the small files of artifacts: statistics and schemas. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { splitFolder } from '../../lib/artifact/artifact';
import { type DataSchema, SCHEMA_FILE, parseSchemaText } from '../../lib/artifact/data-schema';
import { STATISTICS_FILE, type StatisticsList, toStatistics } from '../../lib/artifact/statistics';
import { AppError } from '../../lib/errors';

/** The statistics of one split. Throws `artifact-missing` where the file is gone, `artifact-damaged` where it is none. */
export async function readStatistics(folder: string, split: string): Promise<StatisticsList> {
  return toStatistics(await read(path.join(folder, splitFolder(split), STATISTICS_FILE)));
}

/** The schema of a `Schema` artifact. Throws `artifact-missing` where the file is gone, `invalid-input` where it is none. */
export async function readSchema(folder: string): Promise<DataSchema> {
  return parseSchemaText(new TextDecoder().decode(await read(path.join(folder, SCHEMA_FILE))));
}

async function read(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => {
    throw new AppError('artifact-missing', `The file ${file} cannot be read.`, {
      nextStep: 'Run the step that made the artifact again.',
      cause: error,
    });
  });
}
