/** The lists of one column, gathered row by row for a DuckDB vector: offsets and lengths, and all values behind each other. */

import duckdb from '@duckdb/node-bindings';

import type { FeatureKind } from '../../lib/artifact/examples';
import type { ListValues } from '../../lib/example/row-values';

/** 32-bit words of a list's offset and length. */
const ENTRY_WORDS = 4;

/** The lists of up to one chunk of rows. */
export class ListChunk {
  private readonly entries: Int32Array<ArrayBuffer>;
  private values = 0;
  private words = new Int32Array(1024);
  private ends = new Int32Array(0);
  private text = new Uint8Array(0);

  constructor(
    private readonly kind: FeatureKind,
    capacity: number,
  ) {
    this.entries = new Int32Array(capacity * ENTRY_WORDS);
  }

  /** Puts a list into a row. Rows left out are to be null. */
  set(row: number, list: ListValues): void {
    this.entries[row * ENTRY_WORDS] = this.values;
    this.entries[row * ENTRY_WORDS + 2] = list.length;
    const { kind } = this;
    if (kind === 'FLOAT') this.addWords(list.floatBits.subarray(0, list.length));
    else if (kind === 'INT') this.addWords(list.intHalves.subarray(0, list.length * 2));
    else this.addTexts(list);
    this.values += list.length;
  }

  /** Writes the lists of the first `rows` rows into a vector, and forgets them. */
  writeTo(vector: duckdb.Vector, rows: number): void {
    duckdb.list_vector_reserve(vector, this.values);
    duckdb.list_vector_set_size(vector, this.values);
    const child = duckdb.list_vector_get_child(vector);
    if (this.kind === 'FLOAT' || this.kind === 'INT') {
      const bytes = this.values * (this.kind === 'INT' ? 8 : 4);
      if (bytes > 0) duckdb.copy_data_to_vector(child, 0, this.words.buffer, 0, bytes);
    } else {
      for (let index = 0; index < this.values; index++) {
        const text = this.text.subarray(index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
        duckdb.vector_assign_string_element_len(child, index, text);
      }
    }
    duckdb.copy_data_to_vector(vector, 0, this.entries.buffer, 0, rows * ENTRY_WORDS * 4);
    this.entries.fill(0);
    this.values = 0;
  }

  private addWords(words: Int32Array | Uint32Array): void {
    const at = this.values * (this.kind === 'INT' ? 2 : 1);
    if (at + words.length > this.words.length) {
      const grown = new Int32Array(Math.max(at + words.length, this.words.length * 2));
      grown.set(this.words);
      this.words = grown;
    }
    this.words.set(words, at);
  }

  private addTexts(list: ListValues): void {
    const { values } = this;
    if (values + list.length > this.ends.length) {
      const grown = new Int32Array(Math.max(values + list.length, this.ends.length * 2));
      grown.set(this.ends);
      this.ends = grown;
    }
    let end = values === 0 ? 0 : (this.ends[values - 1] ?? 0);
    for (let index = 0; index < list.length; index++) {
      const text = list.bytes.subarray(list.starts[index], list.ends[index]);
      if (end + text.length > this.text.length) {
        const grown = new Uint8Array(Math.max(end + text.length, this.text.length * 2));
        grown.set(this.text.subarray(0, end));
        this.text = grown;
      }
      this.text.set(text, end);
      this.ends[values + index] = end += text.length;
    }
  }
}
