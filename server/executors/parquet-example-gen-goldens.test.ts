/** ParquetExampleGen and the export to TFRecord against what TFX 1.21 wrote from the same file. */

import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { SplitRule } from '../../lib/example/split-rule';
import { openDuckdb } from '../duckdb/connection';
import { queryRows } from '../duckdb/query';
import { exportRecords, hashOfHashes, loadExampleGenGolden, outputConfigOf } from '../testing/example-gen-goldens';
import { runExecutor } from '../testing/run-executor';
import { hasSharedData, sharedPath } from '../testing/shared-data';
import { parquetExampleGen } from './parquet-example-gen';

const TAXI = sharedPath('data', 'taxi', 'taxi.parquet');

describe.skipIf(!hasSharedData)('ParquetExampleGen does as TFX', () => {
  it.each(['value', 'missing'] as const)('in taxi-parquet, where zeros are: %s', async (zeros) => {
    const golden = await loadExampleGenGolden('taxi-parquet');
    await using run = await runExecutor(parquetExampleGen, {
      params: { inputBase: TAXI, outputConfig: outputConfigOf(golden), zeros },
      inputs: {},
    });
    expect(run.facts.outputs.examples.properties).toMatchObject({
      splitNames: ['train', 'eval'],
      rows: golden.rows,
      rowCount: 10_000,
      featureCount: 18,
      payloadFormat: 'FORMAT_TF_EXAMPLE',
    });

    await using duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: run.tempFolder });
    const session = { connection: duckdb.connection, signal: new AbortController().signal };
    const folder = run.folders.examples;
    const records = await exportRecords(session, { folder, tempFolder: run.tempFolder });
    const hashes = Object.fromEntries([...records].map(([split, of]) => [split, hashOfHashes(of)]));
    expect(hashes).toEqual(golden.sha256_of_each_split);

    const splits = outputConfigOf(golden).splitConfig?.splits ?? [];
    const rule = new SplitRule(splits);
    const hex = new Map([...records].map(([split, of]) => [split, new Set(of.map((each) => each.toString('hex')))]));
    expect(golden.some_records?.length).toBeGreaterThan(0);
    for (const { serialized_hex: record, sha256, bucket } of golden.some_records ?? []) {
      expect(createHash('sha256').update(Buffer.from(record, 'hex')).digest('hex')).toBe(sha256);
      expect(rule.bucketOf(Buffer.from(sha256, 'hex').toString('latin1'))).toBe(bucket);
      expect(hex.get(splits[rule.splitOf(bucket)]?.name ?? '')).toContain(record);
    }

    const [counted] = await queryRows(
      session,
      `SELECT count(*) FILTER (tips = 0) AS zeros, count(*) FILTER (tips IS NULL) AS missing FROM '${folder}/*/*.parquet'`,
      z.object({ zeros: z.bigint(), missing: z.bigint() }),
    );
    const [source] = await queryRows(
      session,
      `SELECT count(*) FILTER (tips = 0) AS zeros FROM '${TAXI}'`,
      z.object({ zeros: z.bigint() }),
    );
    const found = source?.zeros ?? 0n;
    expect(found).toBeGreaterThan(0n);
    expect(counted).toEqual(zeros === 'value' ? { zeros: found, missing: 0n } : { zeros: 0n, missing: found });
  });

  it('with its own split config by default', async () => {
    const golden = await loadExampleGenGolden('taxi-parquet');
    await using run = await runExecutor(parquetExampleGen, { params: { inputBase: TAXI }, inputs: {} });
    expect(run.facts.outputs.examples.properties['rows']).toEqual(golden.rows);
  });
});
