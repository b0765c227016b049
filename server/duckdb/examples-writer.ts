/**
 * Writes `Examples`: rows in order into one Parquet file or more per split. Rows are staged in a DuckDB table; a full
 * table is copied to a shard on a second connection while the next one fills, so memory stays flat whatever the size.
 */

import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';

import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';

import { splitFolder } from '../../lib/artifact/artifact';
import { EXAMPLES_META_KEY, examplesFileName, type ExamplesMeta } from '../../lib/artifact/examples';
import { assert } from '../../lib/assert';
import type { ListValues, RowValues } from '../../lib/example/row-values';
import { ColumnChunk } from './column-chunk';
import { duckdbTypeOf, type ColumnLayout } from './column-layout';
import { sqlName, sqlText, type Duckdb } from './connection';
import { toStorageError } from './storage-error';

/**
 * Staged bytes after which a shard is written. A constant, not a share of the machine's memory: the same rows give the
 * same files everywhere.
 */
const SHARD_BYTES = 67_108_864;

/** Rows that an appender holds are outside DuckDB's memory limit: they are moved into the table after this many bytes. */
const FLUSH_BYTES = 4_194_304;

/** Where and how a split is written. */
export type SplitTarget = {
  /** The artifact's folder. */
  readonly folder: string;
  readonly split: string;
  readonly meta: ExamplesMeta;
  /** How the columns of `meta` lie. Default: one value a row, text as UTF-8. */
  readonly layouts?: readonly ColumnLayout[];
  /** Default {@link SHARD_BYTES}. */
  readonly shardBytes?: number;
};

let tables = 0;

type Staging = { readonly table: string; readonly appender: DuckDBAppender };

/** Writes one split: {@link add} rows, {@link settle} now and then, {@link finish} once. Dispose it in any case. */
export class SplitWriter implements AsyncDisposable {
  /** Rows added so far. */
  rows = 0;
  private readonly chunk: ColumnChunk;
  private readonly textColumns: readonly number[];
  private readonly listColumns: readonly number[];
  private readonly folder: string;
  private readonly shardBytes: number;
  private stagedBytes = 0;
  private flushedBytes = 0;
  private copying: Promise<void> = Promise.resolve();
  private shards = 0;

  private constructor(
    private readonly connections: { readonly staging: DuckDBConnection; readonly copying: DuckDBConnection },
    private readonly target: SplitTarget,
    private open: Staging,
  ) {
    const layouts = layoutsOf(target);
    this.chunk = new ColumnChunk(layouts);
    this.textColumns = layouts.flatMap(({ kind, isList }, index) =>
      kind === 'STRING' && isList !== true ? [index] : [],
    );
    this.listColumns = layouts.flatMap(({ isList }, index) => (isList === true ? [index] : []));
    this.folder = path.join(target.folder, splitFolder(target.split));
    this.shardBytes = target.shardBytes ?? SHARD_BYTES;
  }

  /** Makes the split's folder and the first table. */
  static async create(duckdb: Duckdb, target: SplitTarget): Promise<SplitWriter> {
    const connections = { staging: duckdb.connection, copying: await duckdb.connect() };
    const writer = new SplitWriter(connections, target, await openStaging(connections.staging, target));
    await mkdir(writer.folder, { recursive: true });
    return writer;
  }

  /** Adds a row; its values are copied. */
  add(row: RowValues): void {
    this.rows++;
    let bytes = row.present.length * 8;
    for (const column of this.textColumns) {
      if (row.present[column] === 1) bytes += (row.ends[column] ?? 0) - (row.starts[column] ?? 0);
    }
    for (const column of this.listColumns) {
      if (row.present[column] === 1) bytes += listBytes(row.lists[column]);
    }
    this.stagedBytes += bytes;
    if (!this.chunk.add(row)) return;
    this.chunk.appendTo(this.open.appender);
    if (this.stagedBytes - this.flushedBytes < FLUSH_BYTES) return;
    this.open.appender.flushSync();
    this.flushedBytes = this.stagedBytes;
  }

  /** Starts a shard when enough is staged, and waits for the one before. Call it every few megabytes of input. */
  async settle(): Promise<void> {
    if (this.stagedBytes < this.shardBytes) return;
    await this.writeShard();
    this.open = await openStaging(this.connections.staging, this.target);
  }

  /** Writes what is left, and gives the shards their final names: at least one, so that readers find the columns. */
  async finish(): Promise<void> {
    if (this.shards === 0 || this.stagedBytes > 0) await this.writeShard();
    await this.copying;
    for (let shard = 0; shard < this.shards; shard++) {
      const name = examplesFileName(shard, this.shards);
      await rename(this.shardPath(shard), path.join(this.folder, name));
    }
  }

  /** Interrupts a copy that still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.connections.copying.interrupt();
    await this.copying.catch(() => undefined);
  }

  private async writeShard(): Promise<void> {
    const { table, appender } = this.open;
    try {
      this.chunk.appendTo(appender);
      appender.closeSync();
      await this.copying;
    } catch (error) {
      throw toStorageError(error, `writing the split "${this.target.split}"`);
    }
    const shard = this.shards++;
    this.stagedBytes = 0;
    this.flushedBytes = 0;
    this.copying = this.copyShard(table, shard);
    // Its failure is met at the next `settle` or `finish`, not as an unhandled rejection before.
    this.copying.catch(() => undefined);
  }

  private async copyShard(table: string, shard: number): Promise<void> {
    const meta = `{${sqlText(EXAMPLES_META_KEY)}: ${sqlText(JSON.stringify(this.target.meta))}}`;
    try {
      await this.connections.copying.run(
        `COPY ${table} TO ${sqlText(this.shardPath(shard))} (FORMAT parquet, COMPRESSION snappy, KV_METADATA ${meta})`,
      );
      await this.connections.copying.run(`DROP TABLE ${table}`);
    } catch (error) {
      throw toStorageError(error, `writing the split "${this.target.split}"`);
    }
  }

  private shardPath(shard: number): string {
    return path.join(this.folder, `shard-${shard}.parquet`);
  }
}

function layoutsOf({ meta, layouts = meta.columns }: SplitTarget): readonly ColumnLayout[] {
  assert(layouts.length === meta.columns.length, 'every feature has a layout');
  return layouts;
}

/** About what a list takes while it is staged: a word for each number, and every text. */
function listBytes(list: ListValues | undefined): number {
  if (list === undefined) return 0;
  let bytes = list.length * 8;
  for (let index = 0; index < list.length; index++) bytes += (list.ends[index] ?? 0) - (list.starts[index] ?? 0);
  return bytes;
}

async function openStaging(connection: DuckDBConnection, target: SplitTarget): Promise<Staging> {
  const table = `staging_${tables++}`;
  const layouts = layoutsOf(target);
  const columns = target.meta.columns.flatMap(({ column }, index) => {
    const layout = layouts[index];
    return layout === undefined ? [] : `${sqlName(column)} ${duckdbTypeOf(layout).toString()}`;
  });
  await connection.run(`CREATE TABLE ${table} (${columns.join(', ')})`);
  return { table, appender: await connection.createAppender(table) };
}
