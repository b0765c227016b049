/**
 * Rows gathered column by column and handed to DuckDB a chunk at a time. It uses the bindings below `@duckdb/node-api`,
 * whose vectors take one JavaScript value at a time, because ExampleGen moves tens of millions of them.
 */

import { DuckDBDataChunk, type DuckDBAppender } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

import type { FeatureKind } from '../../lib/artifact/examples';
import type { RowValues } from '../../lib/example/row-values';
import { duckdbTypeOf, type ColumnLayout } from './column-layout';
import { ListChunk } from './list-chunk';

const VALUE_BYTES: { readonly [K in FeatureKind]: number } = { INT: 8, FLOAT: 4, STRING: 0, NONE: 0 };

type Column = {
  readonly kind: FeatureKind;
  readonly lists: ListChunk | undefined;
  readonly vector: duckdb.Vector;
  /** Staged numbers; DuckDB's vectors are written by copies only. */
  readonly words: Int32Array<ArrayBuffer>;
  readonly validity: Uint8Array<ArrayBuffer>;
  hasNulls: boolean;
};

/** A chunk of rows of one layout, used again and again. */
export class ColumnChunk {
  private readonly chunk: DuckDBDataChunk;
  private readonly columns: readonly Column[];
  private readonly capacity = duckdb.vector_size();
  private rows = 0;

  constructor(layouts: readonly ColumnLayout[]) {
    this.chunk = DuckDBDataChunk.create(layouts.map(duckdbTypeOf));
    this.columns = layouts.map(({ kind, isList = false }, index) => ({
      kind,
      lists: isList ? new ListChunk(kind, this.capacity) : undefined,
      vector: duckdb.data_chunk_get_vector(this.chunk.chunk, index),
      words: new Int32Array(isList ? 0 : (this.capacity * VALUE_BYTES[kind]) / 4),
      validity: new Uint8Array(this.capacity / 8).fill(0xff),
      hasNulls: false,
    }));
  }

  /** Adds a row; true when the chunk is full and must be handed over. */
  add(row: RowValues): boolean {
    const at = this.rows++;
    const { columns } = this;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index];
      if (column === undefined) continue;
      if (row.present[index] === 0 || column.kind === 'NONE') {
        column.validity[at >> 3] = (column.validity[at >> 3] ?? 0) & ~(1 << (at & 7));
        column.hasNulls = true;
      } else if (column.lists !== undefined) {
        const list = row.lists[index];
        if (list !== undefined) column.lists.set(at, list);
      } else if (column.kind === 'INT') {
        column.words[at * 2] = row.intHalves[index * 2] ?? 0;
        column.words[at * 2 + 1] = row.intHalves[index * 2 + 1] ?? 0;
      } else if (column.kind === 'FLOAT') column.words[at] = row.floatBits[index] ?? 0;
      else {
        const text = row.bytes.subarray(row.starts[index], row.ends[index]);
        duckdb.vector_assign_string_element_len(column.vector, at, text);
      }
    }
    return this.rows === this.capacity;
  }

  /** Hands the rows to an appender and empties the chunk. */
  appendTo(appender: DuckDBAppender): void {
    if (this.rows === 0) return;
    for (const { vector, kind, lists, words, validity, hasNulls } of this.columns) {
      const bytes = this.rows * VALUE_BYTES[kind];
      if (lists !== undefined) lists.writeTo(vector, this.rows);
      else if (bytes > 0) duckdb.copy_data_to_vector(vector, 0, words.buffer, 0, bytes);
      if (!hasNulls) continue;
      duckdb.vector_ensure_validity_writable(vector);
      duckdb.copy_data_to_vector_validity(vector, 0, validity.buffer, 0, Math.ceil(this.rows / 64) * 8);
    }
    this.chunk.rowCount = this.rows;
    appender.appendDataChunk(this.chunk);
    this.chunk.reset();
    this.rows = 0;
    for (const column of this.columns) {
      if (!column.hasNulls) continue;
      column.validity.fill(0xff);
      column.hasNulls = false;
    }
  }
}
