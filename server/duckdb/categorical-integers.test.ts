import { afterAll, beforeAll, expect, it } from 'vitest';
import type * as z from 'zod';

import { parseSchemaText } from '../../lib/artifact/data-schema';
import type { FeatureStatistics } from '../../lib/artifact/statistics';
import { zStatsOptions } from '../../lib/catalog/statistics-gen/spec';
import { categoricalFeatures } from '../../lib/stats/categorical-features';
import { tempFolder } from '../testing/temp-folder';
import { type TestColumn, writeExamples } from '../testing/write-examples';
import { type Duckdb, openDuckdb } from './connection';
import { describeSplit } from './describe-split';
import { openExamplesSplit } from './examples-source';

const temp = tempFolder();
let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: temp.path });
});
afterAll(async () => {
  await duckdb[Symbol.asyncDispose]();
  temp[Symbol.dispose]();
});

async function describeWith(
  schemaText: string,
  rows: TestColumn['rows'],
  options: z.input<typeof zStatsOptions>,
): Promise<FeatureStatistics | undefined> {
  const split = `case-${schemaText.length}-${rows.length}`;
  await writeExamples(duckdb, [{ name: 'f', kind: 'INT', rows }], { folder: temp.path, split });
  const session = { connection: duckdb.connection, signal: new AbortController().signal };
  const dataset = await describeSplit(session, {
    source: await openExamplesSplit(session, { folder: temp.path, split }),
    options: zStatsOptions.parse(options),
    categorical: categoricalFeatures(parseSchemaText(schemaText)),
  });
  return dataset.features[0];
}

const CATEGORICAL = 'feature { name: "f" type: INT int_domain { is_categorical: true } }';

it('ST-O8 a categorical integer keeps its type and has statistics of texts', async () => {
  const rows = [[1, 5, 10], [0], [1, 1, 1, 5, 15], [-1], null, null];
  const options = { numValuesHistogramBuckets: 3, numHistogramBuckets: 3, numQuantilesHistogramBuckets: 4 };
  const feature = await describeWith(CATEGORICAL, rows, options);
  expect(feature?.type).toBe('INT');
  expect(feature?.numStats).toBeUndefined();
  expect(feature?.stringStats?.avgLength).toBeCloseTo(1.3, 6);
  expect(feature?.stringStats?.commonStats).toMatchObject({
    numNonMissing: 4,
    numMissing: 2,
    minNumValues: 1,
    maxNumValues: 5,
    avgNumValues: 2.5,
    totNumValues: 10,
  });
  const buckets = feature?.stringStats?.commonStats?.numValuesHistogram?.buckets ?? [];
  expect(buckets.map(({ lowValue, highValue, sampleCount }) => [lowValue, highValue, sampleCount])).toEqual([
    [1, 1, 2],
    [1, 3, 1],
    [3, 5, 1],
  ]);
});

it('TK-O2 values of a categorical integer are ranked as texts, of equal counts the larger text first', async () => {
  const rows = [[12, 23, 34, 12], [45, 23], [12, 12, 34, 45], null, null];
  const feature = await describeWith(CATEGORICAL, rows, { numTopValues: 2, numRankHistogramBuckets: 3 });
  expect(feature?.type).toBe('INT');
  expect(feature?.stringStats?.unique).toBe(4);
  expect(feature?.stringStats?.topValues).toEqual([
    { value: '12', frequency: 4 },
    { value: '45', frequency: 2 },
  ]);
  expect(
    feature?.stringStats?.rankHistogram?.buckets.map(({ lowRank, label, sampleCount }) => [
      lowRank,
      label,
      sampleCount,
    ]),
  ).toEqual([
    [0, '12', 4],
    [1, '45', 2],
    [2, '34', 2],
  ]);
});

it.each([
  ['a boolean', 'feature { name: "f" type: INT bool_domain {} }', true],
  ['an amount', 'feature { name: "f" type: INT int_domain { min: 0 } }', false],
  ['of another type in the schema', 'feature { name: "f" type: BYTES int_domain { is_categorical: true } }', false],
  ['not in the schema', 'feature { name: "g" type: INT int_domain { is_categorical: true } }', false],
])('an integer that is %s has the statistics of its kind', async (_, schema, isText) => {
  const feature = await describeWith(schema, [1, 0, 1], {});
  expect(feature?.stringStats !== undefined).toBe(isText);
  expect(feature?.numStats !== undefined).toBe(!isText);
});

it('a categorical FLOAT is refused', () => {
  const schema = parseSchemaText('feature { name: "f" type: FLOAT float_domain { is_categorical: true } }');
  expect(() => categoricalFeatures(schema)).toThrow(expect.objectContaining({ code: 'unsupported' }));
});
