import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { fromStatistics, toStatistics } from '../../lib/artifact/statistics';
import { AppError } from '../../lib/errors';
import { openDuckdb } from '../duckdb/connection';
import { openExamplesSplit } from '../duckdb/examples-source';
import { queryRows } from '../duckdb/query';
import { exportRecords } from '../testing/example-gen-goldens';
import { decodeExample, type PlainFeature } from '../testing/independent-example';
import { artifactFrom, runExecutor, type ExecutorRun, type FinishedRun } from '../testing/run-executor';
import { tempFolder } from '../testing/temp-folder';
import { writeParquet } from '../testing/write-parquet';
import { parquetExampleGen } from './parquet-example-gen';
import { statisticsGen } from './statistics-gen';

type Spec = (typeof parquetExampleGen)['spec'];
type Params = ExecutorRun<Spec>['params'];

/** Puts every row into one split, so that a test sees all of them in order. */
const ONE_SPLIT: Params['outputConfig'] = { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }] } };

/** The files of the input by the queries that make them, or bytes; and what else the parameters say. */
type Given = {
  readonly files: { readonly [name: string]: string | Uint8Array };
  readonly params?: Partial<Params>;
  readonly signal?: AbortSignal;
  readonly onProgress?: NonNullable<ExecutorRun<Spec>['onProgress']>;
};

async function generate({ files, params, ...rest }: Given): Promise<FinishedRun<Spec>> {
  using folder = tempFolder();
  const input = path.join(folder.path, 'input');
  mkdirSync(input);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(input, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'string') await writeParquet(content, { file, tempFolder: folder.path });
    else writeFileSync(file, content);
  }
  return await runExecutor(parquetExampleGen, {
    params: { inputBase: input, outputConfig: ONE_SPLIT, ...params },
    inputs: {},
    baseFolder: input,
    ...rest,
  });
}

async function refusalOf(given: Given): Promise<AppError> {
  try {
    await using run = await generate(given);
    throw new Error(`nothing was refused: ${JSON.stringify(run.facts)}`);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

type Split = { readonly kinds: readonly string[]; readonly rows: readonly Record<string, unknown>[] };

async function readSplit(run: FinishedRun<Spec>, split = 'all'): Promise<Split> {
  await using duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: run.tempFolder });
  const session = { connection: duckdb.connection, signal: new AbortController().signal };
  const source = await openExamplesSplit(session, { folder: run.folders.examples, split });
  const rows = await queryRows(session, `SELECT * FROM ${source.relation}`, z.record(z.string(), z.unknown()));
  return { kinds: source.columns.map(({ kind, isList }) => (isList ? `${kind}[]` : kind)), rows };
}

async function recordsOf(run: FinishedRun<Spec>): Promise<readonly Readonly<Record<string, PlainFeature>>[]> {
  await using duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: run.tempFolder });
  const session = { connection: duckdb.connection, signal: new AbortController().signal };
  const records = await exportRecords(session, { folder: run.folders.examples, tempFolder: run.tempFolder });
  return [...records.values()].flat().map(decodeExample);
}

const ints = (...value: string[]): PlainFeature => ({ int64List: { value } });
const floats = (...value: (number | string)[]): PlainFeature => ({ floatList: { value } });
const texts = (...value: string[]): PlainFeature => ({
  bytesList: { value: value.map((text) => Buffer.from(text).toString('base64')) },
});

describe('a row read as a dictionary', () => {
  it.each<readonly [name: string, sql: string, feature: PlainFeature]>([
    ['EG-O10 int', '10::BIGINT', ints('10')],
    ['EG-O10 float', '5.0::DOUBLE', floats(5)],
    ['EG-O10 str', "'abc'", texts('abc')],
    ['EG-O10 int_list', '[1, 2]::BIGINT[]', ints('1', '2')],
    ['EG-O10 float_list', '[3.0]::DOUBLE[]', floats(3)],
    ['EG-O10 str_list', "['ab', 'cd']", texts('ab', 'cd')],
    ['EG-O10 none', 'NULL::BIGINT', {}],
    ['EG-O10 empty_list', '[]::BIGINT[]', {}],
    ['a small int', '-7::TINYINT', ints('-7')],
    ['an unsigned int', '4294967295::UINTEGER', ints('4294967295')],
    ['the smallest int', '(-9223372036854775808)::BIGINT', ints('-9223372036854775808')],
    ['true', 'true', ints('1')],
    ['a float', "'1.5'::FLOAT", floats(1.5)],
    ['a double that float32 rounds', '0.1::DOUBLE', floats(Math.fround(0.1))],
    ['a double beyond float32', '1e300::DOUBLE', floats('Infinity')],
    ['a double below float32', '-1e300::DOUBLE', floats('-Infinity')],
    ['not a number', "'NaN'::DOUBLE", floats('NaN')],
    ['bytes that are not UTF-8', "'\\xFF\\x00'::BLOB", { bytesList: { value: ['/wA='] } }],
    ['JSON', "'{}'::JSON", texts('{}')],
    ['a long text', "repeat('x', 5000)", texts('x'.repeat(5000))],
    ['0, which is falsy', '0::BIGINT', {}],
    ['0.0, which is falsy', '0::DOUBLE', {}],
    ['-0.0, which is falsy', "'-0'::DOUBLE", {}],
    ['false, which is falsy', 'false', {}],
    ['an empty text, which is falsy', "''", {}],
    ['empty bytes, which are falsy', "''::BLOB", {}],
    ['a null list', 'NULL::VARCHAR[]', {}],
    ['a list of zeros, which is not falsy', '[0, 0]::BIGINT[]', ints('0', '0')],
    ['a list of an empty text, which is not falsy', "['']", texts('')],
    ['a list of booleans', '[true, false]', ints('1', '0')],
    ['a list of doubles beyond float32', "[1e300, 'NaN', 0]::DOUBLE[]", floats('Infinity', 'NaN', 0)],
    ['a list of bytes', "['\\xFF'::BLOB]", { bytesList: { value: ['/w=='] } }],
    ['a long list', 'range(1000)::BIGINT[]', ints(...Array.from({ length: 1000 }, (_, at) => String(at)))],
  ])('has for %s what TFX has', async (_, sql, feature) => {
    await using run = await generate({ files: { a: `SELECT 1 AS id, ${sql} AS x` } });
    expect(await recordsOf(run)).toEqual([{ id: ints('1'), x: feature }]);
  });
});

describe('the rows of ParquetExampleGen', () => {
  const FALSY = `SELECT * FROM (VALUES (0, 0.0::DOUBLE, false, '', []::BIGINT[]), (NULL, NULL, NULL, NULL, NULL),
    (2, 2.5, true, 'b', [0])) t(i, f, b, s, l)`;

  it('keep zeros as values; texts and lists without content are missing', async () => {
    await using run = await generate({ files: { a: FALSY } });
    expect(await readSplit(run)).toEqual({
      kinds: ['INT', 'FLOAT', 'INT', 'STRING', 'INT[]'],
      rows: [
        { i: 0n, f: 0, b: 0n, s: null, l: null },
        { i: null, f: null, b: null, s: null, l: null },
        { i: 2n, f: 2.5, b: 1n, s: 'b', l: [0n] },
      ],
    });
  });

  it('lose zeros as in TFX where these are to be missing, with the same records', async () => {
    await using kept = await generate({ files: { a: FALSY } });
    await using lost = await generate({ files: { a: FALSY }, params: { zeros: 'missing' } });
    const nothing = { i: null, f: null, b: null, s: null, l: null };
    expect((await readSplit(lost)).rows).toEqual([nothing, nothing, { i: 2n, f: 2.5, b: 1n, s: 'b', l: [0n] }]);
    expect(await recordsOf(lost)).toEqual(await recordsOf(kept));
  });

  it('stand in the order of the files and their rows, over chunks and threads', async () => {
    const select = (from: number) =>
      `SELECT x, CASE WHEN x % 3 = 0 THEN NULL ELSE range(x % 5)::VARCHAR[] END AS l FROM range(${from}, ${from + 150_000}) t(x)`;
    await using run = await generate({ files: { b: select(150_000), a: select(0) } });
    const { rows } = await readSplit(run);
    const lists = [[], ['0'], ['0', '1'], ['0', '1', '2'], ['0', '1', '2', '3']].map((list) =>
      list.length === 0 ? null : list,
    );
    expect(rows).toHaveLength(300_000);
    expect(rows.findIndex(({ x }, at) => x !== BigInt(at))).toBe(-1);
    const wrong = rows.findIndex(
      ({ l }, at) => JSON.stringify(l) !== JSON.stringify(at % 3 === 0 ? null : lists[at % 5]),
    );
    expect(wrong).toBe(-1);
  });

  it('take columns by name from files in another order, of another width, and files without rows', async () => {
    await using run = await generate({
      files: {
        a: "SELECT 1::INTEGER AS x, 'p' AS y",
        b: "SELECT 'q' AS y, 2::BIGINT AS x",
        c: "SELECT 1 AS x, '' AS y LIMIT 0",
      },
    });
    expect((await readSplit(run)).rows).toEqual([
      { x: 1n, y: 'p' },
      { x: 2n, y: 'q' },
    ]);
  });

  it('have dates and timestamps as whole seconds where that is asked for', async () => {
    const sql = `SELECT TIMESTAMP '2001-01-01 00:01:00.9' AS a, DATE '1970-01-02' AS b, TIMESTAMP '1969-12-31 23:59:59.5' AS c,
      TIMESTAMPTZ '2001-01-01 00:00:00+00' AS d, TIMESTAMP_NS '2001-01-01 00:00:00.5' AS e, [DATE '1970-01-01'] AS f`;
    await using run = await generate({ files: { a: sql }, params: { timestamps: 'epoch-seconds' } });
    const rows = [{ a: 978307260n, b: 86400n, c: -1n, d: 978307200n, e: 978307200n, f: [0n] }];
    expect(await readSplit(run)).toEqual({ kinds: ['INT', 'INT', 'INT', 'INT', 'INT', 'INT[]'], rows });
  });

  it('may be several input splits, each with columns of its own', async () => {
    await using run = await generate({
      files: { 'one/a': 'SELECT 1 AS x', 'k=3/b': "SELECT 'q' AS y UNION ALL SELECT 'r'" },
      params: {
        inputConfig: {
          splits: [
            { name: 'train', pattern: 'one/*' },
            { name: 'eval', pattern: 'k=3/*' },
          ],
        },
        outputConfig: undefined,
      },
    });
    expect(run.facts.outputs.examples.properties).toMatchObject({ rows: { train: 1, eval: 2 }, featureCount: 2 });
    expect((await readSplit(run, 'eval')).rows).toEqual([{ y: 'q' }, { y: 'r' }]);
  });

  it('stay together by the value of a partition feature', async () => {
    const splits = [
      { name: 'train', hashBuckets: 2 },
      { name: 'eval', hashBuckets: 1 },
    ];
    await using run = await generate({
      files: { a: "SELECT 'group ' || (x % 40) AS g, x FROM range(2000) t(x)" },
      params: { outputConfig: { splitConfig: { splits, partitionFeatureName: 'g' } } },
    });
    const groups = async (split: string) => new Set((await readSplit(run, split)).rows.map(({ g }) => g));
    const [train, evaluation] = [await groups('train'), await groups('eval')];
    expect(train.size + evaluation.size).toBe(40);
    expect(evaluation.size).toBeGreaterThan(0);
  });
});

it('StatisticsGen reads lists, zeros and what is missing', async () => {
  await using run = await generate({
    files: { a: "SELECT x % 2 AS n, range(x % 4)::DOUBLE[] AS l, ['a', ''] AS s FROM range(8) t(x)" },
  });
  const examples = artifactFrom('Examples', run.folders.examples, run.facts.outputs.examples.properties);
  await using described = await runExecutor(statisticsGen, { params: {}, inputs: { examples } });
  const bytes = readFileSync(path.join(described.folders.statistics, 'Split-all', 'FeatureStats.pb'));
  const statistics = toStatistics(bytes);
  expect(fromStatistics(statistics)).toHaveLength(bytes.length);
  const features = statistics.datasets[0]?.features ?? [];
  const common = features.map(({ numStats, stringStats }) => (numStats ?? stringStats)?.commonStats);
  expect(common).toMatchObject([
    { numNonMissing: 8, minNumValues: 1, maxNumValues: 1 },
    { numNonMissing: 6, numMissing: 2, minNumValues: 1, maxNumValues: 3, totNumValues: 12 },
    { numNonMissing: 8, minNumValues: 2, maxNumValues: 2, totNumValues: 16 },
  ]);
  expect(features[0]?.numStats?.numZeros).toBe(4);
});

describe('ParquetExampleGen refuses', () => {
  it.each<readonly [name: string, sql: string, message: string]>([
    ['a timestamp', "TIMESTAMP '2001-01-01 00:00:00'", 'timestamps'],
    ['a date', "DATE '2001-01-01'", 'dates'],
    ['a time of day', "TIME '01:02:03'", 'times of day'],
    ['a decimal', '1.5::DECIMAL(9, 2)', 'decimals'],
    ['a struct', "{'a': 1}", 'structs'],
    ['a map', "MAP {'a': 1}", 'maps'],
    ['a list of lists', '[[1]]', 'lists of lists'],
    ['a list of structs', "[{'a': 1}]", 'lists of structs'],
    ['a UUID', "'00000000-0000-0000-0000-000000000001'::UUID", 'values of the type UUID'],
  ])('%s, with the name of the column', async (_, sql, what) => {
    const error = await refusalOf({ files: { 'a.parquet': `SELECT 1 AS ok, ${sql} AS "odd one"` } });
    expect(error.code).toBe('unsupported');
    expect(error.message).toBe(`The column "odd one" of a.parquet holds ${what}, which a feature cannot hold.`);
    expect(error.nextStep).toMatch(/leave (it|the column) out of the file\.$/);
  });

  const whole = "SELECT x, 'text ' || x AS y FROM range(50000) t(x)";
  async function bytesOf(sql: string): Promise<Buffer> {
    using folder = tempFolder();
    const file = path.join(folder.path, 'a.parquet');
    await writeParquet(sql, { file, tempFolder: folder.path });
    return readFileSync(file);
  }

  it.each<readonly [name: string, damage: (bytes: Buffer) => Buffer, message: string | RegExp]>([
    ['an empty file', () => Buffer.alloc(0), 'a.parquet is empty.'],
    ['a CSV file', () => Buffer.from('x,y\n1,2\n'), 'a.parquet is not a Parquet file.'],
    ['a short beginning', () => Buffer.from('PAR1'), /^a\.parquet is cut off/],
    ['a file cut off', (bytes) => bytes.subarray(0, bytes.length / 2), /^a\.parquet is cut off/],
    ['an encrypted file', (bytes) => Buffer.concat([bytes.subarray(0, -4), Buffer.from('PARE')]), /encrypted Parquet/],
    [
      'a damaged description',
      (bytes) => bytes.fill(0xff, bytes.length - 200, bytes.length - 8),
      /^a\.parquet is damaged/,
    ],
    ['damaged rows', (bytes) => bytes.fill(0x07, 100, bytes.length / 2), /^a\.parquet is damaged/],
  ])('%s', async (_, damage, message) => {
    const error = await refusalOf({ files: { 'a.parquet': damage(Buffer.from(await bytesOf(whole))) } });
    expect(error.code).toBe('invalid-input');
    expect(error.message).toMatch(message);
    expect(error.nextStep).toBeDefined();
  });

  it.each<readonly [name: string, given: Given, message: string]>([
    ['no row', { files: { a: 'SELECT 1 AS x LIMIT 0' } }, 'a has columns, but no rows.'],
    [
      'no row in any file',
      { files: { a: 'SELECT 1 AS x LIMIT 0', b: 'SELECT 1 AS x LIMIT 0' } },
      'The files of "single_split" have columns, but no rows.',
    ],
    [
      'a column that a later file lacks',
      { files: { a: 'SELECT 1 AS x, 2 AS y', b: 'SELECT 1 AS x' } },
      'b has other columns than a: "y" is missing.',
    ],
    [
      'a column that the first file lacks',
      { files: { a: 'SELECT 1 AS x', b: 'SELECT 1 AS x, 2 AS y' } },
      'b has other columns than a: "y" is not there.',
    ],
    [
      'a column of another type',
      { files: { a: 'SELECT 1 AS x', b: "SELECT ['1'] AS x" } },
      'b has other columns than a: "x" is INT there and lists of STRING here.',
    ],
    [
      'a null inside a list',
      { files: { a: 'SELECT [1] AS l UNION ALL SELECT [1, NULL]' } },
      'The column "l" of a has a list with a null inside, in row 2.',
    ],
    [
      'an integer beyond 64 bits',
      { files: { a: 'SELECT 18446744073709551615::UBIGINT AS big' } },
      'a holds an unsigned integer in the column "big" beyond the 64 bits of INT.',
    ],
    [
      'EG-O12 a partition feature without a value in some rows',
      {
        files: { a: 'SELECT x FROM range(3) t(x)' },
        params: {
          outputConfig: { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }], partitionFeatureName: 'x' } },
        },
      },
      'The partition feature "x" does not contain any value in some rows: it is missing, 0 or an empty text there.',
    ],
  ])('%s', async (_, given, message) => {
    const error = await refusalOf(given);
    expect([error.code, error.message]).toEqual(['invalid-input', message]);
  });

  it('a path that is not there', async () => {
    const error = await refusalOf({ files: {}, params: { inputBase: 'nowhere' } });
    expect(error).toMatchObject({ code: 'not-found', message: expect.stringMatching(/nowhere\.$/) });
  });
});

it('reads a file whose name looks like a pattern, and its neighbours not', async () => {
  using folder = tempFolder();
  const file = path.join(folder.path, 'a.parquet');
  await writeParquet('SELECT 1 AS x', { file, tempFolder: folder.path });
  const odd = path.join(folder.path, "it's [a]*.parquet");
  copyFileSync(file, odd);
  await using run = await runExecutor(parquetExampleGen, {
    params: { inputBase: odd, outputConfig: ONE_SPLIT },
    inputs: {},
  });
  expect((await readSplit(run)).rows).toEqual([{ x: 1n }]);
});

describe('a run of ParquetExampleGen', () => {
  const MANY = "SELECT x, 'text ' || x AS y FROM range(400000) t(x)";

  it('tells how far it is, up to the end, and what it read', async () => {
    await using run = await generate({ files: { a: MANY } });
    const shares = run.progress.map(({ share }) => share ?? 0);
    expect(shares.length).toBeGreaterThan(50);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(run.log.map(({ message }) => message)).toEqual([
      'a: 400,000 rows, 2 columns (1 INT, 1 STRING)',
      'Split all: 400,000 rows',
    ]);
  });

  it.each([0.1, 0.8])('stops soon after it is canceled at %d of its way', async (share) => {
    const controller = new AbortController();
    let after = 0;
    const error = await refusalOf({
      files: { a: MANY },
      signal: controller.signal,
      onProgress: (step) => {
        if (controller.signal.aborted) after++;
        else if ((step.share ?? 0) >= share) controller.abort();
      },
    });
    expect(error.code).toBe('canceled');
    expect(after).toBeLessThan(3);
  });
});
