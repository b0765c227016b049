/** A store with Examples of every kind of feature, and the engine that reads their rows. */

import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { EXAMPLES_META_KEY, type ExamplesMeta } from '../../lib/artifact/examples';
import { zRowQuery, type RowQuery } from '../../lib/artifact/row-query';
import { openDuckdb, sqlText, type Duckdb } from '../duckdb/connection';
import { RowEngine } from '../query/rows/row-engine';
import type { RowsAnswerOf, RowsRequest, RowsRequestOf } from '../query/rows/rows-message';
import { tempFolder } from './temp-folder';
import { writeExamples, type TestColumn } from './write-examples';

/** 2⁵³ + 1, which no double is. */
export const BEYOND = '9007199254740993';
const LATIN = new TextEncoder().encode('Zürich');
const BROKEN = Uint8Array.of(0xff, 0x61);

/** `mixed`, split `train`: six rows. */
export const MIXED: readonly TestColumn[] = [
  { name: 'id', kind: 'INT', rows: [0, 1, 2, 3, 4, 5] },
  { name: 'n', kind: 'INT', rows: [5, null, -3, 0, 5, 40] },
  { name: 'blank', kind: 'INT', nullMeans: 'empty-list', rows: [5, null, -3, null, 5, 40] },
  { name: 'f', kind: 'FLOAT', rows: [0.1, Number.NaN, null, -0.5, Number.POSITIVE_INFINITY, 0.1] },
  { name: 's', kind: 'STRING', rows: ['Apple', 'apple pie', null, "O'Hare", 'Ärger', '%'] },
  { name: 'tags', kind: 'STRING', rows: [['a', 'b'], [], null, ['B'], ['c', 'a'], ['x']] },
  { name: 'more', kind: 'INT', nullMeans: 'empty-list', isList: true, rows: [[1, 2], [], null, [2], [7, 9], [10]] },
  { name: 'bytes', kind: 'STRING', rows: [LATIN, BROKEN, null, LATIN, LATIN, LATIN] },
  { name: 'none', kind: 'NONE', rows: [null, null, null, null, null, null] },
  { name: 'we"ird', kind: 'STRING', rows: ['x', 'x', 'x', 'x', 'x', 'y'] },
];

const BIG = 300;
/** The same numbers on every run. */
export const scrambled = (index: number, modulus: number) => (index * 7_919 + 13) % modulus;

/** `big`: splits and their shards, each of as many rows. */
export const BIG_SPLITS = [
  ['train', 3],
  ['eval', 2],
] as const;

/** The rows of a shard of `big`. */
export function bigColumns(split: string, shard: number): readonly TestColumn[] {
  const indexes = Array.from({ length: BIG }, (_, index) => index + shard * BIG + (split === 'eval' ? 10_000 : 0));
  return [
    { name: 'id', kind: 'INT', rows: indexes },
    { name: 'small', kind: 'INT', rows: indexes.map((i) => (i % 11 === 0 ? null : scrambled(i, 17) - 8)) },
    { name: 'wide', kind: 'INT', rows: indexes.map((i) => (scrambled(i, 101) - 50) * 2 ** 33) },
    {
      name: 'share',
      kind: 'FLOAT',
      rows: indexes.map((i) => (i % 13 === 0 ? Number.NaN : i % 7 === 0 ? null : scrambled(i, 23) / 4 - 3)),
    },
    { name: 'word', kind: 'STRING', rows: indexes.map((i) => (i % 5 === 0 ? null : `w${scrambled(i, 9)}`)) },
    { name: 'list', kind: 'INT', rows: indexes.map((i) => (i % 6 === 0 ? null : [scrambled(i, 4), i % 3])) },
  ];
}

/** A store and its engine. */
export type RowsWorld = AsyncDisposable & {
  readonly engine: RowEngine;
  /** Writes Examples of the test's own below the store. */
  readonly write: (columns: readonly TestColumn[], folder: string, split?: string) => Promise<void>;
  readonly ask: <T extends RowsRequest['type']>(request: RowsRequestOf<T>) => Promise<RowsAnswerOf<T>>;
  /** The feature `id` of all rows that match, page by page. */
  readonly ids: (given: Partial<RowQuery>, options?: IdsOptions) => Promise<readonly unknown[]>;
  readonly storePath: string;
};

/** Default: split `train` of `mixed`. */
export type IdsOptions = { readonly folder?: string; readonly splits?: string[] };

/** A whole query. */
export const rowQuery = (given: Partial<RowQuery>) => zRowQuery.omit({ splits: true }).parse(given);

/** Makes it. Dispose it. */
export async function openRowsWorld(): Promise<RowsWorld> {
  const home = tempFolder();
  const engine = new RowEngine({
    store: home.path,
    memoryMb: 200,
    threads: 2,
    tempFolder: path.join(home.path, 'tmp'),
  });
  await using database = await openDuckdb({ memoryMb: 500, threads: 1, tempFolder: home.path });
  const mixed = path.join(home.path, 'mixed');
  await writeExamples(database, MIXED, { folder: mixed, split: 'train' });
  await writeExamples(
    database,
    [
      { name: 'id', kind: 'INT', rows: [100, 101] },
      { name: 'n', kind: 'FLOAT', rows: [4.5, 6.5] },
      { name: 's', kind: 'STRING', rows: ['late', 'apple'] },
    ],
    { folder: mixed, split: 'eval' },
  );
  await writeFar(database, home.path);
  const big = path.join(home.path, 'big');
  for (const [split, shards] of BIG_SPLITS) {
    for (let shard = 0; shard < shards; shard++)
      await writeExamples(database, bigColumns(split, shard), { folder: big, split, shard, shards });
  }
  const never = new AbortController().signal;
  // The engine answers each request with the answer of its type; TypeScript cannot follow the lookup.
  const ask: RowsWorld['ask'] = async <T extends RowsRequest['type']>(request: RowsRequestOf<T>) =>
    (await engine.answer(request, never)) as RowsAnswerOf<T>;
  return {
    engine,
    storePath: home.path,
    ask,
    async write(columns, folder, split = 'train') {
      await using writing = await openDuckdb({ memoryMb: 500, threads: 1, tempFolder: home.path });
      await writeExamples(writing, columns, { folder: path.join(home.path, folder), split });
    },
    async ids(given, { folder = 'mixed', splits = ['train'] } = {}) {
      const query = rowQuery(given);
      const all: unknown[] = [];
      for (let offset = 0; ; offset += 200) {
        const page = await ask<'rows-page'>({
          type: 'rows-page',
          folder,
          splits,
          query,
          offset,
          limit: 200,
          columns: ['id'],
        });
        all.push(...page.rows.map(({ cells }) => cells[0]));
        if (page.isLast) return all;
      }
    },
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      home[Symbol.dispose]();
    },
  };
}

/** Whole numbers that no test value can hold. */
async function writeFar(database: Duckdb, store: string): Promise<void> {
  const folder = path.join(store, 'far/Split-train');
  mkdirSync(folder, { recursive: true });
  const meta: ExamplesMeta = {
    version: 1,
    record: 'typed-lists',
    columns: [{ name: 'id', column: 'id', kind: 'INT', nullMeans: 'missing' }],
  };
  await database.connection.run(
    `copy (select unnest([${BEYOND}, 9007199254740994, -9223372036854775808, 9007199254740992]::bigint[]) as id)
     to ${sqlText(path.join(folder, 'data-00000-of-00001.parquet'))}
     (format parquet, kv_metadata {${sqlText(EXAMPLES_META_KEY)}: ${sqlText(JSON.stringify(meta))}})`,
  );
}
