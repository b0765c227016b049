/**
 * Reads the rows of a DuckDB chunk into flat slots, bit by bit as they lie in its vectors: no JavaScript value per cell,
 * and a NaN keeps its sign.
 */

import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

import type { FeatureKind } from '../../lib/artifact/examples';
import { RowValues } from '../../lib/example/row-values';

/** Bytes of DuckDB's string header: length, then up to 12 bytes of text, or 4 of them and a pointer. */
const STRING_BYTES = 16;
const INLINE_BYTES = 12;

type Column = {
  readonly kind: FeatureKind;
  /** Missing where no row of the chunk is null. */
  readonly validity: Uint8Array | null;
  readonly words: Int32Array;
};

/** The rows of one layout, chunk by chunk. {@link row} is used again for each of them. */
export class RowReader {
  readonly row: RowValues;
  private columns: readonly Column[] = [];
  private text = new Uint8Array(1024);

  /** `kinds` in the order of the chunk's columns; the columns must have the types that go with them. */
  constructor(private readonly kinds: readonly FeatureKind[]) {
    this.row = new RowValues(kinds.length);
  }

  /** Turns to a chunk. It must stay alive while its rows are read. */
  open(chunk: DuckDBDataChunk): void {
    const { rowCount } = chunk;
    this.columns = this.kinds.map((kind, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
      const bytes = rowCount * (kind === 'INT' ? 8 : kind === 'FLOAT' ? 4 : STRING_BYTES);
      const data = duckdb.vector_get_data(vector, bytes);
      return {
        kind,
        validity: duckdb.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8),
        words: new Int32Array(data.buffer, data.byteOffset, bytes / 4),
      };
    });
  }

  /** Fills {@link row} with one row of the chunk. */
  read(at: number): void {
    const { row } = this;
    let end = 0;
    for (let slot = 0; slot < this.columns.length; slot++) {
      const column = this.columns[slot];
      if (column === undefined) continue;
      const { kind, validity, words } = column;
      const isNull = validity !== null && ((validity[at >> 3] ?? 0) & (1 << (at & 7))) === 0;
      row.present[slot] = isNull || kind === 'NONE' ? 0 : 1;
      if (row.present[slot] === 0) continue;
      if (kind === 'INT') {
        row.intHalves[slot * 2] = words[at * 2] ?? 0;
        row.intHalves[slot * 2 + 1] = words[at * 2 + 1] ?? 0;
      } else if (kind === 'FLOAT') row.floatBits[slot] = words[at] ?? 0;
      else {
        row.starts[slot] = end;
        end = this.appendText(words, at, end);
        row.ends[slot] = end;
      }
    }
    row.bytes = this.text;
  }

  private appendText(words: Int32Array, at: number, end: number): number {
    const offset = words.byteOffset + at * STRING_BYTES;
    const length = words[(at * STRING_BYTES) / 4] ?? 0;
    // The bindings read what a pointer inside this memory points at; a typed array's buffer is never shared here.
    const memory = words.buffer as ArrayBuffer;
    const bytes =
      length <= INLINE_BYTES
        ? new Uint8Array(memory, offset + 4, length)
        : duckdb.get_data_from_pointer(memory, offset + 8, length);
    if (end + length > this.text.length) {
      const grown = new Uint8Array(Math.max(end + length, this.text.length * 2));
      grown.set(this.text.subarray(0, end));
      this.text = grown;
    }
    this.text.set(bytes, end);
    return end + length;
  }
}
