/** The figures of a statistics file, bounded in size before it is read and in features before they travel. */

import { readFile, stat } from 'node:fs/promises';

import { toDatasetFigures } from '../../lib/artifact/feature-figures';
import { STATISTICS_FILE, toStatistics, type StatisticsList } from '../../lib/artifact/statistics';
import { AppError } from '../../lib/errors';
import { findSplitFile, type SplitAddress } from './artifact-files';
import type { StatisticsAnswer } from './query-message';

/** Largest statistics file that is opened, in bytes: thousands of features take a few MB. */
const MAX_FILE_BYTES = 256_000_000;
/** Most features of a dataset in one answer. */
const MAX_FEATURES = 2_000;

/** Reads the figures of a split. Throws `artifact-damaged` where the file is not what TFDV's would be. */
export async function readStatistics(store: string, address: SplitAddress): Promise<StatisticsAnswer> {
  const file = await findSplitFile(store, address, STATISTICS_FILE);
  if ((await stat(file)).size > MAX_FILE_BYTES)
    throw new AppError(
      'unsupported',
      `The statistics of split ${address.split} are larger than ${MAX_FILE_BYTES} bytes.`,
    );
  const { datasets } = decode(await readFile(file), address);
  return {
    datasets: datasets.map((dataset) => {
      const figures = toDatasetFigures(dataset);
      return { name: dataset.name, ...figures, features: figures.features.slice(0, MAX_FEATURES) };
    }),
    truncated: datasets.some(({ features }) => features.length > MAX_FEATURES),
  };
}

function decode(bytes: Uint8Array, address: SplitAddress): StatisticsList {
  try {
    return toStatistics(bytes);
  } catch (cause) {
    throw new AppError('artifact-damaged', `The statistics of split ${address.split} cannot be read.`, {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}
