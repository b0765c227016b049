/**
 * The order of rows by a feature with few different values: rows are grouped by value, the groups come sorted, and one
 * counting pass puts the places of each group in order.
 */

import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** Bytes of a list's offset and length. */
const ENTRY_BYTES = 16;

/** Collects groups in their order; each chunk has one column, the list of a group's places. */
export class GroupedOrder {
  private readonly groupOf: Uint32Array;
  private readonly sizes: number[] = [];

  /** `rows`: one more than the greatest place. */
  constructor(rows: number) {
    this.groupOf = new Uint32Array(rows);
  }

  /** Takes the groups of a chunk. It must be alive. */
  add(chunk: DuckDBDataChunk): void {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, 0);
    const data = duckdb.vector_get_data(vector, chunk.rowCount * ENTRY_BYTES);
    const entries = new Uint32Array(data.buffer, data.byteOffset, chunk.rowCount * 4);
    const items = duckdb.vector_get_data(duckdb.list_vector_get_child(vector), duckdb.list_vector_get_size(vector) * 8);
    const places = new Uint32Array(items.buffer, items.byteOffset, items.byteLength / 4);
    for (let row = 0; row < chunk.rowCount; row++) {
      const first = entries[row * 4] ?? 0;
      const length = entries[row * 4 + 2] ?? 0;
      this.sizes.push(length);
      for (let item = first; item < first + length; item++) this.groupOf[places[item * 2] ?? 0] = this.sizes.length;
    }
  }

  /** The places, group after group, ascending in each. */
  order(): Uint32Array {
    // Group 0 is what does not match.
    const next = new Uint32Array(this.sizes.length + 1);
    let start = 0;
    for (const [index, size] of this.sizes.entries()) {
      next[index + 1] = start;
      start += size;
    }
    const order = new Uint32Array(start);
    for (let place = 0; place < this.groupOf.length; place++) {
      const group = this.groupOf[place] ?? 0;
      if (group === 0) continue;
      const at = next[group] ?? 0;
      next[group] = at + 1;
      order[at] = place;
    }
    return order;
  }
}
