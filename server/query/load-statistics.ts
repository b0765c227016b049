/**
 * Statistics files as they were read last: a page that scrolls, sorts and expands asks for the same ones again and again.
 * An artifact never changes, so that only room ends their stay.
 */

import { readFile, stat } from 'node:fs/promises';

import {
  STATISTICS_FILE,
  toStatistics,
  type DatasetStatistics,
  type StatisticsList,
} from '../../lib/artifact/statistics';
import { AppError } from '../../lib/errors';
import { findSplitFile, type SplitAddress } from './artifact-files';
import type { DatasetAddress } from './statistics-request';

/** Largest statistics file that is opened, in bytes: thousands of features take a few MB. */
const MAX_FILE_BYTES = 256_000_000;
/** Bytes of the files that are kept; what was decoded takes several times as much memory. */
const KEPT_BYTES = 48_000_000;
/** Name of the slice that holds every example. */
const ALL_EXAMPLES = 'All Examples';

type Kept = { readonly sizeBytes: number; readonly statistics: Promise<StatisticsList> };

/** A function that loads the statistics of a split. Throws `artifact-damaged` where the file is not what TFDV's would be. */
export type LoadStatistics = (address: SplitAddress) => Promise<StatisticsList>;

/** Loads statistics from a store and remembers the newest. */
export function statisticsLoader(store: string): LoadStatistics {
  const kept = new Map<string, Kept>();
  return async (address) => {
    const file = await findSplitFile(store, address, STATISTICS_FILE);
    const found = kept.get(file);
    if (found !== undefined) {
      // The order of the map is the order of the last use.
      kept.delete(file);
      kept.set(file, found);
      return found.statistics;
    }
    const sizeBytes = (await stat(file)).size;
    if (sizeBytes > MAX_FILE_BYTES)
      throw new AppError(
        'unsupported',
        `The statistics of split ${address.split} are larger than ${MAX_FILE_BYTES} bytes.`,
      );
    // Two questions may have come this far at once.
    const entry = kept.get(file) ?? { sizeBytes, statistics: read(file, address) };
    kept.set(file, entry);
    makeRoom(kept);
    return entry.statistics.catch((error: unknown) => {
      kept.delete(file);
      throw error;
    });
  };
}

function makeRoom(kept: Map<string, Kept>): void {
  let bytes = [...kept.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for (const [file, { sizeBytes }] of kept) {
    if (bytes <= KEPT_BYTES) return;
    kept.delete(file);
    bytes -= sizeBytes;
  }
}

async function read(file: string, address: SplitAddress): Promise<StatisticsList> {
  const bytes = await readFile(file);
  try {
    return toStatistics(bytes);
  } catch (cause) {
    throw new AppError('artifact-damaged', `The statistics of split ${address.split} cannot be read.`, {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}

/** The dataset of an address among the slices of its file. Throws `not-found` where there is no such slice. */
export function requireSlice({ datasets }: StatisticsList, { split, slice }: DatasetAddress): DatasetStatistics {
  const found =
    slice === undefined
      ? (datasets.find(({ name }) => name === ALL_EXAMPLES) ?? datasets[0])
      : datasets.find(({ name }) => name === slice);
  if (found !== undefined) return found;
  throw new AppError(
    'not-found',
    slice === undefined
      ? `The statistics of split ${split} hold no dataset.`
      : `The statistics of split ${split} hold no slice of that name.`,
  );
}
