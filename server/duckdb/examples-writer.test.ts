import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ExamplesMeta, FeatureKind } from '../../lib/artifact/examples';
import { parquetColumnNames } from '../../lib/example/parquet-columns';
import { ListValues, RowValues } from '../../lib/example/row-values';
import { tempFolder } from '../testing/temp-folder';
import type { ColumnLayout } from './column-layout';
import { openDuckdb } from './connection';
import { SplitWriter } from './examples-writer';
import { openExamplesSplit } from './examples-source';
import { RowReader } from './row-reader';

/** One cell as bits: int64, float32 bits, text or nothing. */
type Cell = bigint | number | string | null;
type Table = { readonly kinds: readonly FeatureKind[]; readonly rows: readonly (readonly Cell[])[] };

function metaOf(kinds: readonly FeatureKind[]): ExamplesMeta {
  const names = kinds.map((_, index) => `f${index}`);
  const columns = parquetColumnNames(names);
  return {
    version: 1,
    record: 'typed-lists',
    columns: kinds.map((kind, index) => ({
      name: names[index] ?? '',
      column: columns[index] ?? '',
      kind,
      nullMeans: 'missing',
    })),
  };
}

function fill(row: RowValues, cells: readonly Cell[]): void {
  const texts = cells.map((cell) => Buffer.from(typeof cell === 'string' ? cell : ''));
  let at = 0;
  cells.forEach((cell, slot) => {
    row.present[slot] = cell === null ? 0 : 1;
    row.starts[slot] = at;
    row.ends[slot] = at += texts[slot]?.length ?? 0;
    if (typeof cell === 'number') row.floatBits[slot] = cell;
    if (typeof cell !== 'bigint') return;
    row.intHalves[slot * 2] = Number(BigInt.asIntN(32, cell));
    row.intHalves[slot * 2 + 1] = Number(cell >> 32n);
  });
  row.bytes = Buffer.concat(texts);
}

function cellOf(row: RowValues, slot: number, kind: FeatureKind): Cell {
  if (row.present[slot] === 0) return null;
  if (kind === 'FLOAT') return row.floatBits[slot] ?? 0;
  if (kind === 'STRING') return Buffer.from(row.bytes.subarray(row.starts[slot], row.ends[slot])).toString();
  return (BigInt(row.intHalves[slot * 2 + 1] ?? 0) << 32n) | BigInt((row.intHalves[slot * 2] ?? 0) >>> 0);
}

type Written = {
  readonly rows: readonly (readonly Cell[])[];
  readonly files: readonly string[];
  readonly digest: string;
};

async function writeAndRead({ kinds, rows }: Table, shardBytes?: number): Promise<Written> {
  using folder = tempFolder();
  await using duckdb = await openDuckdb({ memoryMb: 256, threads: 2, tempFolder: folder.path });
  const target = {
    folder: folder.path,
    split: 'train',
    meta: metaOf(kinds),
    ...(shardBytes !== undefined && { shardBytes }),
  };
  await using writer = await SplitWriter.create(duckdb, target);
  const row = new RowValues(kinds.length);
  for (const cells of rows) {
    fill(row, cells);
    writer.add(row);
    await writer.settle();
  }
  await writer.finish();
  expect(writer.rows).toBe(rows.length);

  const session = { connection: duckdb.connection, signal: new AbortController().signal };
  const source = await openExamplesSplit(session, { folder: folder.path, split: 'train' });
  expect(source.numRows).toBe(rows.length);
  const reader = new RowReader(kinds.map((kind) => ({ kind })));
  const found: Cell[][] = [];
  for await (const chunk of await duckdb.connection.stream(`SELECT * FROM ${source.relation}`)) {
    reader.open(chunk);
    for (let at = 0; at < chunk.rowCount; at++) {
      reader.read(at);
      found.push(kinds.map((kind, slot) => cellOf(reader.row, slot, kind)));
    }
  }
  const files = (await readdir(path.join(folder.path, 'Split-train'))).toSorted();
  const digest = createHash('sha256');
  for (const file of files) digest.update(await readFile(path.join(folder.path, 'Split-train', file)));
  return {
    rows: found,
    files,
    digest: digest.digest('hex'),
  };
}

const cells: { readonly [K in FeatureKind]: fc.Arbitrary<Cell> } = {
  INT: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  FLOAT: fc.oneof(
    fc.constantFrom(0x7fc0_0000, 0xffc0_0000, 0x7f80_0000, 0xff80_0000, 0x8000_0000, 1),
    fc.nat(0x7f80_0000),
  ),
  STRING: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom('', '\0', 'x\0y', '\uFEFF', 'twelve bytes', 'thirteen bytes'),
  ),
  NONE: fc.constant(null),
};

describe('rows written as Examples', () => {
  it('come back bit by bit', { timeout: 60_000 }, async () => {
    const kind = fc.constantFrom<FeatureKind>('INT', 'FLOAT', 'STRING', 'NONE');
    const table = fc.array(kind, { minLength: 1, maxLength: 6 }).chain((kinds) =>
      fc.record({
        kinds: fc.constant(kinds),
        rows: fc.array(fc.tuple(...kinds.map((of) => fc.option(cells[of], { nil: null, freq: 3 }))), { maxLength: 40 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async (written) => {
        const read = await writeAndRead(written);
        expect(read.rows).toEqual(written.rows);
      }),
      { numRuns: 25 },
    );
  });

  const long: Table = {
    kinds: ['INT', 'STRING', 'FLOAT'],
    rows: Array.from({ length: 10_000 }, (_, index) => [
      index % 7 === 0 ? null : BigInt(index),
      index % 5000 === 4999 ? null : `row ${index}`,
      index % 3 === 0 ? null : index,
    ]),
  };

  it('keep their order over chunks and shards, with shards counted as TFX counts them', async () => {
    const read = await writeAndRead(long, 100_000);
    expect(read.rows).toEqual(long.rows);
    expect(read.files).toEqual([0, 1, 2, 3].map((shard) => `data-0000${shard}-of-00004.parquet`));
  });

  it('give the same files every time', async () => {
    const first = await writeAndRead(long, 100_000);
    const second = await writeAndRead(long, 100_000);
    expect(second.digest).toBe(first.digest);
  });

  it('may be none: one file with the columns is there', async () => {
    const read = await writeAndRead({ kinds: ['INT', 'NONE'], rows: [] });
    expect(read.rows).toEqual([]);
    expect(read.files).toEqual(['data-00000-of-00001.parquet']);
  });
});

describe('lists and bytes written as Examples', () => {
  const layouts: readonly ColumnLayout[] = [
    { kind: 'INT', isList: true },
    { kind: 'FLOAT', isList: true },
    { kind: 'STRING', isList: true },
    { kind: 'STRING', isList: true, isBinary: true },
    { kind: 'STRING', isBinary: true },
  ];
  const text = (length: number, at: number) => `${at}`.padEnd(length, '.');

  /** Row `at` has lists of `at % 7` values, or none at all where it is a multiple of 5. */
  function fillLists(row: RowValues, at: number): void {
    const length = at % 7;
    const bytes = Buffer.from(text(20, at));
    for (const [slot, { kind, isList }] of layouts.entries()) {
      row.present[slot] = at % 5 === 0 ? 0 : 1;
      if (isList !== true) continue;
      const list = new ListValues();
      list.reset(length);
      for (let index = 0; index < length; index++) {
        list.intHalves.set([at, -index], index * 2);
        list.floatBits[index] = at * 8 + index;
        list.starts[index] = index;
        list.ends[index] = kind === 'STRING' ? 3 * index : index;
      }
      list.bytes = bytes;
      row.lists[slot] = list;
    }
    row.bytes = bytes;
    row.starts[4] = 0;
    row.ends[4] = at % 20;
  }

  /** The values of a row as text, from whatever filled it. */
  function valuesOf(row: RowValues): readonly unknown[] {
    return layouts.map(({ kind, isList }, slot) => {
      if (row.present[slot] === 0) return null;
      if (isList !== true) return Buffer.from(row.bytes.subarray(row.starts[slot], row.ends[slot])).toString();
      const list = row.lists[slot] ?? new ListValues();
      return Array.from({ length: list.length }, (_, index) => {
        if (kind === 'INT') return [list.intHalves[index * 2], list.intHalves[index * 2 + 1]];
        if (kind === 'FLOAT') return list.floatBits[index];
        return Buffer.from(list.bytes.subarray(list.starts[index], list.ends[index])).toString();
      });
    });
  }

  it('come back over chunks and shards', async () => {
    using folder = tempFolder();
    await using duckdb = await openDuckdb({ memoryMb: 256, threads: 2, tempFolder: folder.path });
    const meta = metaOf(layouts.map(({ kind }) => kind));
    await using writer = await SplitWriter.create(duckdb, {
      folder: folder.path,
      split: 'train',
      meta,
      layouts,
      shardBytes: 300_000,
    });
    const row = new RowValues(layouts.length);
    const written: unknown[] = [];
    for (let at = 0; at < 10_000; at++) {
      fillLists(row, at);
      written.push(valuesOf(row));
      writer.add(row);
      await writer.settle();
    }
    await writer.finish();
    expect((await readdir(path.join(folder.path, 'Split-train'))).length).toBeGreaterThan(2);

    const session = { connection: duckdb.connection, signal: new AbortController().signal };
    const source = await openExamplesSplit(session, { folder: folder.path, split: 'train' });
    expect(source.columns.map(({ isList, isBinary }) => [isList, isBinary])).toEqual([
      [true, false],
      [true, false],
      [true, false],
      [true, true],
      [false, true],
    ]);
    const reader = new RowReader(source.columns);
    const found: unknown[] = [];
    for await (const chunk of await duckdb.connection.stream(`SELECT * FROM ${source.relation}`)) {
      reader.open(chunk);
      for (let at = 0; at < chunk.rowCount; at++) {
        reader.read(at);
        found.push(valuesOf(reader.row));
      }
    }
    expect(found).toEqual(written);
  });
});
