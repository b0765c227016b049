/** The files that benchmarks measure on, made once and kept in node_modules/.cache: they are derived, never committed. */

import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../../lib/errors';
import { openDuckdb, sqlText, type Duckdb } from '../../duckdb/connection';
import { hasSharedData, sharedPath } from '../../testing/shared-data';

const CACHE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../node_modules/.cache/sluice/bench');
const COPIES = 100;
/** Rows of {@link taxiHundred}. */
export const TAXI_HUNDRED_ROWS = 1_500_200;

/** `taxi.csv` 100 times under one header (1,500,200 rows × 18 columns, 192 MB), as CSV and as Parquet. */
export async function taxiHundred(): Promise<{ readonly csv: string; readonly parquet: string }> {
  if (!hasSharedData)
    throw new AppError('artifact-missing', `The benchmarks need ${sharedPath('data')}, which is missing.`);
  mkdirSync(CACHE, { recursive: true });
  const csv = path.join(CACHE, 'taxi-100.csv');
  const parquet = path.join(CACHE, 'taxi-100.parquet');
  if (!existsSync(csv)) await makeWhole(csv, repeatTaxi);
  if (!existsSync(parquet)) {
    await makeWhole(parquet, async (unfinished) => {
      await using database = await openBenchDuckdb();
      await database.connection.run(
        `copy (select * from read_csv(${sqlText(csv)}, header = true)) to ${sqlText(unfinished)} (format parquet)`,
      );
    });
  }
  return { csv, parquet };
}

/** A folder of Examples in the cache, made when it is not there. */
export async function examplesFolder(name: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  mkdirSync(CACHE, { recursive: true });
  const folder = path.join(CACHE, name);
  if (!existsSync(folder)) await makeWhole(folder, make);
  return folder;
}

async function repeatTaxi(unfinished: string): Promise<void> {
  const source = sharedPath('data', 'taxi', 'taxi.csv');
  const header = readFileSync(source).indexOf('\n') + 1;
  await pipeline(createReadStream(source, { end: header - 1 }), createWriteStream(unfinished));
  for (let copy = 0; copy < COPIES; copy++) {
    await pipeline(createReadStream(source, { start: header }), createWriteStream(unfinished, { flags: 'a' }));
  }
}

/** A file or folder that was interrupted half-way never looks finished. */
async function makeWhole(file: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${file}.tmp`;
  rmSync(unfinished, { recursive: true, force: true });
  await make(unfinished);
  renameSync(unfinished, file);
}

/** DuckDB as the peers' figures were taken: two threads, memory enough not to spill. */
export async function openBenchDuckdb(): Promise<Duckdb> {
  const tempFolder = await mkdtemp(path.join(tmpdir(), 'sluice-bench-'));
  const database = await openDuckdb({ memoryMb: 8192, threads: 2, tempFolder });
  return {
    connection: database.connection,
    connect: database.connect,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      rmSync(tempFolder, { recursive: true, force: true });
    },
  };
}

/** Seconds of the best of `times` calls. */
export async function bestOf(times: number, work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await work();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
