/** Writes a split of `Examples` from values in a test, lists and bytes included, as an importer would. */

import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { splitFolder } from '../../lib/artifact/artifact';
import { EXAMPLES_META_KEY, examplesFileName, type ExamplesMeta, type FeatureKind } from '../../lib/artifact/examples';
import { sqlName, sqlText, type Duckdb } from '../duckdb/connection';

/** A value: a number, a text, or bytes. */
export type TestValue = number | string | Uint8Array;

/** A feature and its rows. A null is what `nullMeans` says. */
export type TestColumn = {
  readonly name: string;
  readonly kind: FeatureKind;
  readonly rows: readonly (TestValue | readonly TestValue[] | null)[];
  /** Default `missing`. */
  readonly nullMeans?: 'missing' | 'empty-list';
  /** True to hold a list in each row. Default: true when a row is a list. */
  readonly isList?: boolean;
};

const TYPES = { INT: 'BIGINT', FLOAT: 'FLOAT', STRING: 'VARCHAR', NONE: 'VARCHAR' } as const;

/** Writes one shard of a split below `folder`. */
export async function writeExamples(
  duckdb: Duckdb,
  columns: readonly TestColumn[],
  place: { readonly folder: string; readonly split: string; readonly shard?: number; readonly shards?: number },
): Promise<void> {
  const folder = path.join(place.folder, splitFolder(place.split));
  await mkdir(folder, { recursive: true });
  const meta: ExamplesMeta = {
    version: 1,
    record: 'typed-lists',
    columns: columns.map(({ name, kind, nullMeans = 'missing' }) => ({ name, column: name, kind, nullMeans })),
  };
  const lists = columns.map((column) => `${listOf(column)} AS ${sqlName(column.name)}`);
  const unnested = columns.map(({ name }) => `unnest(${sqlName(name)}) AS ${sqlName(name)}`);
  const file = path.join(folder, examplesFileName(place.shard ?? 0, place.shards ?? 1));
  await duckdb.connection.run(
    `COPY (SELECT ${unnested.join(', ')} FROM (SELECT ${lists.join(', ')})) TO ${sqlText(file)}
      (FORMAT parquet, KV_METADATA {${sqlText(EXAMPLES_META_KEY)}: ${sqlText(JSON.stringify(meta))}})`,
  );
}

function listOf({ kind, rows, isList }: TestColumn): string {
  const isBinary = rows.flat().some((value) => value instanceof Uint8Array);
  const scalar = isBinary ? 'BLOB' : TYPES[kind];
  const type = (isList ?? rows.some(Array.isArray)) ? `${scalar}[]` : scalar;
  const items = rows.map((row) => (Array.isArray(row) ? `[${row.map(literal).join(', ')}]` : literal(row)));
  return `[${items.join(', ')}]::${type}[]`;
}

function literal(value: TestValue | readonly TestValue[] | null): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `unhex(${sqlText(Buffer.from(value).toString('hex'))})`;
  if (typeof value === 'number') return `'${value}'::DOUBLE`;
  return sqlText(String(value));
}
