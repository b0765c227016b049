/**
 * The files of the shipped samples: three pipelines, and the tables that they read. The data come with the package
 * `vega-datasets` (Bird strikes: the FAA's wildlife strike database; Penguins: the Palmer Archipelago long-term ecological
 * research; Flights: the on-time statistics of the US Department of Transportation) and are made or copied into the data
 * folder at the first start; none is committed.
 */

import { randomBytes } from 'node:crypto';
import { constants, copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import { birdStrikesCsv, penguinsCsv } from './sample-tables';

/** A sample: its pipeline file in the installation, and its table, made from (or a copy of) a file of the package. */
type Sample = {
  readonly pipeline: string;
  readonly table: string;
  readonly source: string;
  /** The table's text; without it the source is copied as it is. */
  readonly make?: (source: Uint8Array) => string;
};

const SAMPLES: readonly Sample[] = [
  { pipeline: 'bird-strikes.json', table: 'bird-strikes.csv', source: 'birdstrikes.csv', make: birdStrikesCsv },
  { pipeline: 'penguins.json', table: 'penguins.csv', source: 'penguins.json', make: penguinsCsv },
  { pipeline: 'flights.json', table: 'flights.parquet', source: 'flights-3m.parquet' },
];

/**
 * Puts the pipeline files and the tables of every sample side by side into `folder`, and returns the pipeline files,
 * absolute, the one that is shown first at the front. What is there with the right size stays as it is; what was cut is
 * made again. `installation` is the checkout. Throws `storage-denied` with the file that could not be made.
 */
export async function prepareSampleFiles(folder: string, installation: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const packageFolder = findDatasets(installation);
  return Promise.all(
    SAMPLES.map(async ({ pipeline, table, source, make }) => {
      const from = path.join(packageFolder, 'data', source);
      await prepareFile(path.join(folder, table), from, make);
      const file = path.join(folder, pipeline);
      await prepareFile(file, path.join(installation, 'public/samples/pipelines', pipeline));
      return file;
    }),
  );
}

function findDatasets(installation: string): string {
  const resolve = createRequire(path.join(installation, 'package.json')).resolve;
  // The package exports its code only; its data lie beside that.
  return path.resolve(path.dirname(resolve('vega-datasets')), '..');
}

/** Makes or copies a file under a temporary name and renames it, so that nobody ever reads half of one. */
async function prepareFile(target: string, source: string, make?: Sample['make']): Promise<void> {
  const unfinished = `${target}.tmp-${randomBytes(4).toString('hex')}`;
  try {
    const text = make?.(await readFile(source));
    const size = text === undefined ? (await stat(source)).size : Buffer.byteLength(text);
    if ((await sizeOf(target)) === size) return;
    // A copy-on-write clone where the file system has them.
    if (text === undefined) await copyFile(source, unfinished, constants.COPYFILE_FICLONE);
    else await writeFile(unfinished, text);
    await rename(unfinished, target);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw new AppError('storage-denied', `The sample could not be prepared: ${target} could not be written.`, {
      nextStep: 'Check that the data folder is writable and has room; the sample is tried again at the next start.',
      cause,
    });
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}
