import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { AppError } from '../../lib/errors';
import { openDuckdb } from '../duckdb/connection';
import { openExamplesSplit, type SourceColumn } from '../duckdb/examples-source';
import { queryRows } from '../duckdb/query';
import { runExecutor, type ExecutorRun, type FinishedRun } from '../testing/run-executor';
import { tempFolder } from '../testing/temp-folder';
import { csvExampleGen } from './csv-example-gen';

type Spec = (typeof csvExampleGen)['spec'];
type Params = ExecutorRun<Spec>['params'];
type Files = { readonly [name: string]: string | Uint8Array };

/** Puts every row into one split, so that a test sees all of them in order. */
const ONE_SPLIT: Params['outputConfig'] = { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }] } };

function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** The files of the input, and what else the parameters say. Default: the whole folder into one split. */
type Given = { readonly files: Files; readonly params?: Partial<Params>; readonly signal?: AbortSignal };

async function generate({ files, params, signal }: Given): Promise<FinishedRun<Spec>> {
  using folder = tempFolder();
  writeFiles(folder.path, files);
  return await runExecutor(csvExampleGen, {
    params: { inputBase: folder.path, outputConfig: ONE_SPLIT, ...params },
    inputs: {},
    baseFolder: folder.path,
    ...(signal !== undefined && { signal }),
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

type Split = { readonly columns: readonly SourceColumn[]; readonly rows: readonly Record<string, unknown>[] };

async function readSplit(run: FinishedRun<Spec>, split = 'all'): Promise<Split> {
  await using duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: run.tempFolder });
  const session = { connection: duckdb.connection, signal: new AbortController().signal };
  const source = await openExamplesSplit(session, { folder: run.folders.examples, split });
  const rows = await queryRows(session, `SELECT * FROM ${source.relation}`, z.record(z.string(), z.unknown()));
  return { columns: source.columns, rows };
}

describe('the input of CsvExampleGen', () => {
  it('may be a file, named relative to the pipeline file', async () => {
    await using run = await generate({
      files: { 'data/a.csv': 'x\n1\n', 'data/b.csv': 'y\n2\n' },
      params: { inputBase: 'data/b.csv' },
    });
    expect((await readSplit(run)).rows).toEqual([{ y: 2n }]);
  });

  it('is every file of a folder in the order of their names, without hidden files and sub-folders', async () => {
    const files = {
      'b.csv': 'x\n3\n',
      'B.csv': 'x\n1\n',
      'a.csv': 'x\n2\n',
      '.hidden': 'x\n8\n',
      'sub/c.csv': 'x\n9\n',
    };
    await using run = await generate({ files });
    expect((await readSplit(run)).rows).toEqual([{ x: 1n }, { x: 2n }, { x: 3n }]);
    expect(run.facts.outputs.examples.properties['inputFingerprint']).toMatch(
      /^split:single_split,num_files:3,total_bytes:12,xor_checksum:\d+,sum_checksum:\d+$/,
    );
  });

  it('gives a column one type over all files of an input split', async () => {
    await using run = await generate({ files: { a: 'x,y\n1,\n', b: 'x,y\n1.5,7\n', c: 'x,y\n' } });
    const { columns, rows } = await readSplit(run);
    expect(columns.map(({ kind }) => kind)).toEqual(['FLOAT', 'INT']);
    expect(rows).toEqual([
      { x: 1, y: null },
      { x: 1.5, y: 7n },
    ]);
  });

  it('may be several input splits, each with columns of its own', async () => {
    await using run = await generate({
      files: { 'one/a.csv': 'x\n1\n', 'two/a.csv': 'y,z\nq,\n', 'two/b.csv': 'y,z\nr,\n' },
      params: {
        inputConfig: {
          splits: [
            { name: 'train', pattern: 'one/*' },
            { name: 'eval', pattern: 'two/*.csv' },
          ],
        },
        outputConfig: undefined,
      },
    });
    expect(run.facts.outputs.examples.properties).toMatchObject({
      splitNames: ['train', 'eval'],
      rows: { train: 1, eval: 2 },
      rowCount: 3,
      featureCount: 3,
    });
    const { columns, rows } = await readSplit(run, 'eval');
    expect(rows).toEqual([
      { y: 'q', z: null },
      { y: 'r', z: null },
    ]);
    expect(columns.map(({ kind }) => kind)).toEqual(['STRING', 'NONE']);
  });

  it('makes a folder for a split that gets no row', async () => {
    await using run = await generate({ files: { a: 'x\n1\n' }, params: { outputConfig: undefined } });
    expect(run.facts.outputs.examples.properties['rows']).toEqual({ train: 1, eval: 0 });
    expect((await readSplit(run, 'eval')).rows).toEqual([]);
    expect(readdirSync(run.folders.examples).toSorted()).toEqual(['Split-eval', 'Split-train']);
  });

  it.each<readonly [name: string, files: Files, expected: { code: string; message: RegExp; params?: Partial<Params> }]>(
    [
      [
        'is not there',
        {},
        { code: 'not-found', message: /^There is no file or folder .*nowhere\.$/, params: { inputBase: 'nowhere' } },
      ],
      [
        'is an empty folder',
        {},
        { code: 'not-found', message: /^No file in .* matches the pattern \* of "single_split"/ },
      ],
      [
        'has no file for a pattern',
        { a: 'x\n1\n' },
        {
          code: 'not-found',
          message: /^No file in .* matches the pattern \*\.csv of "train"/,
          params: { inputConfig: { splits: [{ name: 'train', pattern: '*.csv' }] } },
        },
      ],
      [
        'is an empty file',
        { 'a.csv': '' },
        { code: 'invalid-input', message: /^a\.csv, line 1: the file is empty\.$/ },
      ],
      [
        'is a header alone',
        { 'a.csv': 'x,y\n' },
        { code: 'invalid-input', message: /^a\.csv has a header, but no rows\.$/ },
      ],
      [
        'is headers alone',
        { a: 'x\n', b: 'x\n\n' },
        { code: 'invalid-input', message: /^The files of "single_split" have a header, but no rows\.$/ },
      ],
      [
        'has different headers',
        { 'a.csv': 'x,y\n1,2\n', 'b.csv': 'x,z\n1,2\n' },
        { code: 'invalid-input', message: /^b\.csv has another header than a\.csv: column 2 has another name\.$/ },
      ],
      [
        'has headers of different length',
        { 'a.csv': 'x,y\n1,2\n', 'b.csv': 'x\n1\n' },
        { code: 'invalid-input', message: /^b\.csv has another header than a\.csv: 2 columns there, 1 here\.$/ },
      ],
      [
        'has a ragged row',
        { 'sub/a.csv': 'x,y\n1,2\n3\n' },
        {
          code: 'invalid-input',
          message: /^sub\/a\.csv, line 3: the row has 1 cell, but the header names 2 columns\.$/,
          params: { inputConfig: { splits: [{ name: 'train', pattern: 'sub/*' }] } },
        },
      ],
      [
        'has a name twice',
        { 'a.csv': 'x,y,x\n1,2,3\n' },
        { code: 'invalid-input', message: /^a\.csv, line 1: columns 1 and 3 have the same name\.$/ },
      ],
      [
        'has a wrong encoding',
        { 'a.csv': Buffer.from('name,n\nAndré,1\n', 'latin1') },
        { code: 'invalid-input', message: /^a\.csv, line 2, column 5: the text is not valid UTF-8\.$/ },
      ],
      [
        'is UTF-16 without a mark',
        { 'a.csv': Buffer.from('x,y\n1,2\n', 'utf16le') },
        { code: 'invalid-input', message: /^a\.csv, line 1: a column name holds a NUL character\.$/ },
      ],
      [
        'has an open quote',
        { 'a.csv': 'x,y\n1,"2\n3,4\n' },
        { code: 'invalid-input', message: /^a\.csv, line 2: a quoted cell begins here and never ends\.$/ },
      ],
    ],
  )('is refused with a sentence when it %s', async (_, files, { code, message, params }) => {
    const error = await refusalOf({ files, ...(params !== undefined && { params }) });
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.nextStep).toMatch(/\.$/);
  });

  it('may hold a sparse line of 2 GB: it is refused at the limit, without reading or keeping more', async () => {
    using folder = tempFolder();
    const file = path.join(folder.path, 'huge.csv');
    writeFileSync(file, 'x,y\n1,2\n');
    truncateSync(file, 2 * 1024 ** 3);
    const before = process.memoryUsage.rss();
    const run = runExecutor(csvExampleGen, { params: { inputBase: file }, inputs: {} });
    await expect(run).rejects.toThrow(
      'huge.csv, line 3: the record is longer than the limit of 16 MiB (16777216 bytes).',
    );
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(200);
  });

  it('may have longer records when the limit is raised', async () => {
    const long = 'é'.repeat(20_000);
    const files = { a: `x\n${long}\n` };
    expect((await refusalOf({ files, params: { maxLineBytes: 39_999 } })).message).toContain('39999 bytes');
    await using run = await generate({ files, params: { maxLineBytes: 40_000 } });
    expect((await readSplit(run)).rows).toEqual([{ x: long }]);
  });
});

describe('the examples of CsvExampleGen', () => {
  it('hold 1,500 columns', async () => {
    const names = Array.from({ length: 1500 }, (_, index) => `c${index}`);
    const line = names.map((_, index) => (index % 3 === 0 ? index : index % 3 === 1 ? `${index}.5` : `t${index}`));
    const files = { a: `${names.join(',')}\n${line.join(',')}\n${','.repeat(1499)}\n` };
    await using run = await generate({ files });
    const { columns, rows } = await readSplit(run);
    expect(columns.map(({ name }) => name)).toEqual(names);
    expect(rows[0]).toMatchObject({ c0: 0n, c1: 1.5, c2: 't2', c1497: 1497n, c1498: 1498.5, c1499: 't1499' });
    expect(Object.values(rows[1] ?? {}).every((value) => value === null)).toBe(true);
  });

  it('hold NaN and infinite values as float32', async () => {
    await using run = await generate({ files: { a: 'x\nnan\n-nan\ninf\n-Infinity\n1e39\n12.34\n' } });
    expect((await readSplit(run)).rows.map(({ x }) => x)).toEqual([
      Number.NaN,
      Number.NaN,
      Infinity,
      -Infinity,
      Infinity,
      Math.fround(12.34),
    ]);
  });

  it.each([
    ['missing', 'missing'],
    ['empty-list', 'empty-list'],
  ] as const)('say what a blank cell is: %s', async (emptyCells, nullMeans) => {
    await using run = await generate({ files: { a: 'i,f,s,n\n1,,x,\n,1.5,,\n' }, params: { emptyCells } });
    const { columns, rows } = await readSplit(run);
    expect(columns.map(({ kind, nullMeans: means }) => [kind, means])).toEqual([
      ['INT', nullMeans],
      ['FLOAT', nullMeans],
      ['STRING', nullMeans],
      ['NONE', 'missing'],
    ]);
    expect(rows).toEqual([
      { i: 1n, f: null, s: 'x', n: null },
      { i: null, f: 1.5, s: null, n: null },
    ]);
  });

  it('name features as the header does, whatever SQL would say of the names', async () => {
    const names = [
      'A',
      'a',
      '',
      'select',
      'with "quotes" and, comma',
      "it's; DROP TABLE x",
      '名前',
      'n'.repeat(5000),
      'column0',
      'x y',
    ];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    await using run = await generate({ files: { a: `${header}\n${names.map((_, index) => index).join(',')}\n` } });
    const { columns, rows } = await readSplit(run);
    expect(columns.map(({ name }) => name)).toEqual(names);
    expect(columns.slice(0, 3).map(({ column }) => column)).toEqual(['A', 'a_2', 'column_3']);
    expect(columns.map(({ column }) => rows[0]?.[column])).toEqual(names.map((_, index) => BigInt(index)));
  });

  it('hold text with NUL characters, quotes and line ends as it is', async () => {
    await using run = await generate({ files: { a: 'x\n"a\0b"\n"say ""hi""\r\nthere"\n x \n' } });
    expect((await readSplit(run)).rows.map(({ x }) => x)).toEqual(['a\0b', 'say "hi"\r\nthere', ' x ']);
  });
});

describe('a run of CsvExampleGen', () => {
  it('says in its log what it read and where the rows went, and no cell of them', async () => {
    await using run = await generate({ files: { 'a.csv': 'id,text,blank\n1,secret,\n2,secret,\n' } });
    expect(run.log.map(({ message }) => message)).toEqual([
      'a.csv: 2 rows, 3 columns (1 INT, 1 STRING, 1 blank in every row)',
      'Split all: 2 rows',
    ]);
  });

  it('tells how far it is, up to the end', async () => {
    await using run = await generate({ files: { a: `x\n${'1\n'.repeat(600_000)}` } });
    const shares = run.progress.map(({ share }) => share ?? 0);
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(run.progress.at(-1)).toEqual({ share: 1, message: '600,000 rows' });
  });

  it.each([0.2, 0.8])('stops soon after it is canceled at %d of its way', async (share) => {
    using folder = tempFolder();
    writeFiles(folder.path, { a: `x,y\n${'1,some text\n'.repeat(600_000)}` });
    const controller = new AbortController();
    let canceledAt = 0;
    const context = { params: { inputBase: folder.path }, inputs: {}, signal: controller.signal };
    const run = runExecutor(csvExampleGen, {
      ...context,
      onProgress: ({ share: reached }) => {
        if (canceledAt > 0 || (reached ?? 0) < share) return;
        canceledAt = performance.now();
        controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'canceled' });
    expect(performance.now() - canceledAt).toBeLessThan(1000);
  });
});
