/** The table of statistics, a page at a time: no feature is left out, a page ends where its answer would grow too long. */

import type { DatasetStatistics } from '../../lib/artifact/statistics';
import type { FeatureDetail, StatisticsPage, StatisticsRow } from '../../lib/artifact/statistics-table';
import { AppError } from '../../lib/errors';
import { toFeatureDetail } from '../../lib/stats/feature-detail';
import { joinFeatures, toStatisticsRow, type FeatureSides } from '../../lib/stats/statistics-row';
import { requireSlice, type LoadStatistics } from './load-statistics';
import type { DatasetAddress, StatisticsFeatureRequest, StatisticsTableRequest } from './statistics-request';

/** Bytes of rows in one page: below the bound of an answer by more than one long row. */
const PAGE_BYTES = 1_800_000;
/** The first page is short, so that the first rows are there at once. */
const FIRST_PAGE_BYTES = 200_000;

/** Reads a page. Throws `not-found` where a slice is not there. */
export async function readStatisticsTable(
  load: LoadStatistics,
  { datasets: addresses, offset, limit = Infinity, withQuantiles = false }: StatisticsTableRequest,
): Promise<StatisticsPage> {
  const { datasets, features } = await loadFeatures(load, addresses);
  const keys = [...features.keys()];
  const rowsFrom = (from: number, room: number) => {
    const rows: StatisticsRow[] = [];
    let bytes = 0;
    const end = Math.min(keys.length, from + limit);
    for (let at = from; at < end && bytes < room; at++) {
      const made = rowOf(features, keys[at] ?? '');
      const { row, bytes: long } = withQuantiles ? made.full : made.lean;
      bytes += long;
      rows.push(row);
    }
    return rows;
  };
  const begin = offset === 'rest' ? rowsFrom(0, FIRST_PAGE_BYTES).length : offset;
  const rows = rowsFrom(begin, begin === 0 ? FIRST_PAGE_BYTES : PAGE_BYTES);
  const next = begin + rows.length;
  return { datasets, total: keys.length, rows, ...(next < keys.length && { next }) };
}

/** Reads one feature in full. Throws `not-found` where no dataset has it. */
export async function readStatisticsFeature(
  load: LoadStatistics,
  { datasets: addresses, key }: StatisticsFeatureRequest,
): Promise<FeatureDetail> {
  const { features } = await loadFeatures(load, addresses);
  const sides = features.get(key);
  if (sides === undefined) throw new AppError('not-found', 'These statistics have no such feature.');
  return toFeatureDetail(rowOf(features, key).full.row, sides);
}

/** Features are brought together once for a table: every further page and every detail uses them again. */
type Features = ReadonlyMap<string, FeatureSides>;
const joined = new WeakMap<
  DatasetStatistics,
  { readonly others: readonly DatasetStatistics[]; readonly features: Features }
>();

async function loadFeatures(load: LoadStatistics, addresses: readonly DatasetAddress[]) {
  const found = await Promise.all(
    addresses.map(async (address) => {
      const statistics = await load(address);
      const dataset = requireSlice(statistics, address);
      const slices = statistics.datasets.length > 1 ? statistics.datasets.map(({ name }) => name) : [];
      return { dataset, slices };
    }),
  );
  const [first, ...others] = found.map(({ dataset }) => dataset);
  return {
    datasets: found.map(({ dataset, slices }) => ({ slice: dataset.name, examples: dataset.numExamples, slices })),
    features: first === undefined ? new Map<string, FeatureSides>() : joinOnce(first, others),
  };
}

function joinOnce(first: DatasetStatistics, others: readonly DatasetStatistics[]): Features {
  const last = joined.get(first);
  if (last?.others.length === others.length && last.others.every((other, at) => other === others[at]))
    return last.features;
  const features = joinFeatures([first, ...others]);
  joined.set(first, { others, features });
  return features;
}

type MadeRow = { readonly row: StatisticsRow; readonly bytes: number };

/** Rows stay as long as the statistics they were made of: making them is most of the work of a page. */
const made = new WeakMap<FeatureSides, { readonly full: MadeRow; readonly lean: MadeRow }>();

function rowOf(features: Features, key: string) {
  const sides = features.get(key) ?? [];
  const known = made.get(sides);
  if (known !== undefined) return known;
  const row = toStatisticsRow(key, sides);
  const { quantiles: _dropped, ...lean } = row;
  const entry = { full: measured(row), lean: measured(lean) };
  made.set(sides, entry);
  return entry;
}

function measured(row: StatisticsRow): MadeRow {
  return { row, bytes: Buffer.byteLength(JSON.stringify(row)) };
}
