/**
 * Reads the rows of a DuckDB chunk into flat slots, bit by bit as they lie in its vectors: no JavaScript value per cell,
 * and a NaN keeps its sign.
 */

import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

import type { FeatureKind } from '../../lib/artifact/examples';
import { ListValues, RowValues } from '../../lib/example/row-values';
import type { ColumnLayout } from './column-layout';

/** Bytes of DuckDB's string header: length, then up to 12 bytes of text, or 4 of them and a pointer. */
const STRING_BYTES = 16;
const INLINE_BYTES = 12;
/** Bytes of a list's offset and length. */
const ENTRY_BYTES = 16;

type Values = {
  readonly kind: FeatureKind;
  /** Missing where no row of the chunk is null. */
  readonly validity: Uint8Array | null;
  readonly words: Int32Array;
};

/** `items` holds the values of all lists of the chunk, where the column has lists. */
type Column = Values & { readonly items?: Values };

/** Text that grows as it must. */
type TextRoom = { bytes: Uint8Array };

/** The rows of one layout, chunk by chunk. {@link row} is used again for each of them. */
export class RowReader {
  readonly row: RowValues;
  private columns: readonly Column[] = [];
  private readonly text: TextRoom = { bytes: new Uint8Array(1024) };

  /** `layouts` in the order of the chunk's columns; the columns must have the types that go with them. */
  constructor(private readonly layouts: readonly ColumnLayout[]) {
    this.row = new RowValues(layouts.length);
    for (const [slot, { isList }] of layouts.entries()) if (isList === true) this.row.lists[slot] = new ListValues();
  }

  /** Turns to a chunk. It must stay alive while its rows are read. */
  open(chunk: DuckDBDataChunk): void {
    const { rowCount } = chunk;
    this.columns = this.layouts.map(({ kind, isList = false }, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
      if (!isList) return valuesOf(vector, kind, rowCount);
      const data = duckdb.vector_get_data(vector, rowCount * ENTRY_BYTES);
      return {
        kind,
        validity: duckdb.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8),
        words: new Int32Array(data.buffer, data.byteOffset, (rowCount * ENTRY_BYTES) / 4),
        items: valuesOf(duckdb.list_vector_get_child(vector), kind, duckdb.list_vector_get_size(vector)),
      };
    });
  }

  /** The first column whose list, in the row just read, has a value that is null; such a value has no place in a feature. */
  findNullInList(at: number): number | undefined {
    for (let slot = 0; slot < this.columns.length; slot++) {
      const column = this.columns[slot];
      const validity = column?.items?.validity;
      if (column === undefined || validity === null || validity === undefined || this.row.present[slot] === 0) continue;
      const { offset, length } = entryOf(column.words, at);
      for (let item = offset; item < offset + length; item++) if (isNullAt(validity, item)) return slot;
    }
    return undefined;
  }

  /** Fills {@link row} with one row of the chunk. */
  read(at: number): void {
    const { row } = this;
    let end = 0;
    for (let slot = 0; slot < this.columns.length; slot++) {
      const column = this.columns[slot];
      if (column === undefined) continue;
      const { kind, validity, words } = column;
      row.present[slot] = isNullAt(validity, at) || kind === 'NONE' ? 0 : 1;
      if (row.present[slot] === 0) continue;
      if (column.items !== undefined) {
        const list = row.lists[slot];
        if (list !== undefined) fillList(list, column.items, entryOf(words, at));
        continue;
      }
      if (kind === 'INT') {
        row.intHalves[slot * 2] = words[at * 2] ?? 0;
        row.intHalves[slot * 2 + 1] = words[at * 2 + 1] ?? 0;
      } else if (kind === 'FLOAT') row.floatBits[slot] = words[at] ?? 0;
      else {
        row.starts[slot] = end;
        end = appendText(this.text, { words, at }, end);
        row.ends[slot] = end;
      }
    }
    row.bytes = this.text.bytes;
  }
}

function valuesOf(vector: duckdb.Vector, kind: FeatureKind, count: number): Values {
  const bytes = count * (kind === 'INT' ? 8 : kind === 'FLOAT' ? 4 : STRING_BYTES);
  const data = duckdb.vector_get_data(vector, bytes);
  return {
    kind,
    validity: duckdb.vector_get_validity(vector, Math.ceil(count / 64) * 8),
    words: new Int32Array(data.buffer, data.byteOffset, bytes / 4),
  };
}

function isNullAt(validity: Uint8Array | null, at: number): boolean {
  return validity !== null && ((validity[at >> 3] ?? 0) & (1 << (at & 7))) === 0;
}

/** The place of a row's list among the values of its chunk. No chunk has as many values as 32 bits can count. */
function entryOf(words: Int32Array, at: number): { readonly offset: number; readonly length: number } {
  return { offset: words[at * 4] ?? 0, length: words[at * 4 + 2] ?? 0 };
}

function fillList(list: ListValues, { kind, words }: Values, entry: ReturnType<typeof entryOf>): void {
  const { offset, length } = entry;
  list.reset(length);
  if (kind === 'INT') list.intHalves.set(words.subarray(offset * 2, (offset + length) * 2));
  else if (kind === 'FLOAT') list.floatBits.set(words.subarray(offset, offset + length));
  else {
    let end = 0;
    for (let index = 0; index < length; index++) {
      list.starts[index] = end;
      end = appendText(list, { words, at: offset + index }, end);
      list.ends[index] = end;
    }
  }
}

/** Appends one of DuckDB's strings at `end`; returns the new end. */
function appendText(
  room: TextRoom,
  { words, at }: { readonly words: Int32Array; readonly at: number },
  end: number,
): number {
  const offset = words.byteOffset + at * STRING_BYTES;
  const length = words[(at * STRING_BYTES) / 4] ?? 0;
  // The bindings read what a pointer inside this memory points at; a typed array's buffer is never shared here.
  const memory = words.buffer as ArrayBuffer;
  const bytes =
    length <= INLINE_BYTES
      ? new Uint8Array(memory, offset + 4, length)
      : duckdb.get_data_from_pointer(memory, offset + 8, length);
  if (end + length > room.bytes.length) {
    const grown = new Uint8Array(Math.max(end + length, room.bytes.length * 2));
    grown.set(room.bytes.subarray(0, end));
    room.bytes = grown;
  }
  room.bytes.set(bytes, end);
  return end + length;
}
