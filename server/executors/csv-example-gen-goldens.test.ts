/** CsvExampleGen and the export to TFRecord against what TFX 1.21 wrote from the same files. */

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { openDuckdb } from '../duckdb/connection';
import { queryRows } from '../duckdb/query';
import {
  exportRecords,
  hashOfHashes,
  loadExampleGenGolden,
  outputConfigOf,
  type ExampleGenGolden,
} from '../testing/example-gen-goldens';
import { runExecutor, type ExecutorRun, type FinishedRun } from '../testing/run-executor';
import { hasSharedData, sharedPath } from '../testing/shared-data';
import { csvExampleGen } from './csv-example-gen';

type Spec = (typeof csvExampleGen)['spec'];
type Params = ExecutorRun<Spec>['params'];

const PENGUINS = sharedPath('data', 'penguins', 'penguins.csv');
const TAXI = sharedPath('data', 'taxi', 'taxi.csv');
const PENGUINS_ROW_ID = sharedPath('goldens', 'inputs', 'penguins-row-id.csv');
const TAXI_ROW_ID = sharedPath('goldens', 'inputs', 'taxi-2000-row-id.csv');

type Written = {
  readonly records: ReadonlyMap<string, readonly Buffer[]>;
  readonly rowIds: ReadonlyMap<string, string>;
};

/** The TFRecords of each split, and the ids of its rows in the order of its Parquet files. */
async function readBack(run: FinishedRun<Spec>, golden: ExampleGenGolden): Promise<Written> {
  await using duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: run.tempFolder });
  const session = { connection: duckdb.connection, signal: new AbortController().signal };
  const folder = run.folders.examples;
  const records = await exportRecords(session, { folder, tempFolder: run.tempFolder });
  const rowIds = new Map<string, string>();
  for (const split of golden.splits_in_order_of_row === undefined ? [] : records.keys()) {
    const rows = await queryRows(
      session,
      `SELECT row_id FROM '${folder}/Split-${split}/*.parquet'`,
      z.object({ row_id: z.bigint() }),
    );
    rowIds.set(split, rows.map(({ row_id: id }) => id).join());
  }
  return { records, rowIds };
}

describe.skipIf(!hasSharedData)('CsvExampleGen does as TFX', () => {
  it.each<readonly [golden: string, params: Params]>([
    ['penguins-default', { inputBase: PENGUINS }],
    ['penguins-row-id', { inputBase: PENGUINS_ROW_ID }],
    ['penguins-row-id-4-1-5', { inputBase: PENGUINS_ROW_ID }],
    ['penguins-row-id-by-species', { inputBase: PENGUINS_ROW_ID }],
    ['taxi-default', { inputBase: TAXI }],
    ['taxi-2000-row-id', { inputBase: TAXI_ROW_ID }],
    ['taxi-2000-by-company', { inputBase: TAXI_ROW_ID, emptyCells: 'empty-list' }],
    ['taxi-2000-by-payment_type', { inputBase: TAXI_ROW_ID }],
    [
      'two-input-splits',
      {
        inputBase: sharedPath('goldens', 'inputs'),
        inputConfig: {
          splits: [
            { name: 'one', pattern: 'penguins-row-id.csv' },
            { name: 'two', pattern: 'taxi-2000-row-*.csv' },
          ],
        },
      },
    ],
  ])('in %s', async (name, params) => {
    const golden = await loadExampleGenGolden(name);
    await using run = await runExecutor(csvExampleGen, {
      params: { ...params, outputConfig: outputConfigOf(golden) },
      inputs: {},
    });
    expect(run.facts.outputs.examples.properties['rows']).toEqual(golden.rows);

    const { records, rowIds } = await readBack(run, golden);
    const hashes = Object.fromEntries([...records].map(([split, of]) => [split, hashOfHashes(of)]));
    if (golden.sha256_of_each_split !== undefined) expect(hashes).toEqual(golden.sha256_of_each_split);

    const splits = (golden.splits_in_order_of_row ?? '').split('').map((letter) => golden.letters?.[letter] ?? '');
    for (const [split, ids] of rowIds) {
      expect(ids).toBe(splits.flatMap((of, row) => (of === split ? [row] : [])).join());
    }
    for (const { row, split, serialized_hex: hex } of golden.first_records ?? []) {
      const place = splits.slice(0, row).filter((of) => of === split).length;
      expect(records.get(split)?.[place]?.toString('hex')).toBe(hex);
    }
  });

  it('with its own split config by default', async () => {
    const golden = await loadExampleGenGolden('penguins-default');
    await using run = await runExecutor(csvExampleGen, { params: { inputBase: PENGUINS }, inputs: {} });
    expect(run.facts.outputs.examples.properties).toMatchObject({
      splitNames: ['train', 'eval'],
      rows: golden.rows,
      rowCount: 334,
      featureCount: 5,
      payloadFormat: 'FORMAT_TF_EXAMPLE',
      span: 0,
    });
  });

  it.each([
    ['taxi-2000-by-fare', 'Only bytes_list and int64_list features'],
    ['taxi-2000-by-nothing', 'does not exist'],
  ])('EG-O12 when it refuses %s', async (name, message) => {
    const golden = await loadExampleGenGolden(name);
    expect(golden.error?.message.replaceAll('`', '')).toContain(message);
    const params = { inputBase: TAXI_ROW_ID, outputConfig: outputConfigOf(golden) };
    await expect(runExecutor(csvExampleGen, { params, inputs: {} })).rejects.toThrow(message);
  });

  it('EG-O12 when a blank cell of the partition feature is no mistake', async () => {
    const golden = await loadExampleGenGolden('taxi-2000-by-company');
    const params: Params = { inputBase: TAXI_ROW_ID, outputConfig: outputConfigOf(golden), emptyCells: 'missing' };
    await using run = await runExecutor(csvExampleGen, { params, inputs: {} });
    expect(run.facts.outputs.examples.properties['rows']).toEqual(golden.rows);
  });
});
