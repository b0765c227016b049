/** Numbers of a column, read bit by bit, → the order of their rows: numbers, then NaN, then missing ones, either way. */

import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

import { radixOrder, type Keyed } from './radix-order';
import { readPlaces } from './read-places';

const TWO_32 = 2 ** 32;
/** Integers below it are exact as doubles. */
const EXACT_BELOW = 2 ** 53;
const NAN_ABOVE = 0x7f800000;
/** Rows that there is room for at first. */
const LEAST_ROOM = 1 << 16;

/**
 * Collects the keys of a column chunk by chunk. A chunk has the key first and the place second; without a place the rows
 * come one after the other.
 */
export class NumberKeys {
  private places: Uint32Array;
  private low: Uint32Array;
  private high: Int32Array;
  private count = 0;
  private taken = 0;
  private least = Infinity;
  private greatest = -Infinity;
  private readonly nans: number[] = [];
  private readonly missing: number[] = [];

  /** `expected` is how many rows will come, where that is known: room is made for them at once. */
  constructor(
    private readonly kind: 'INT' | 'FLOAT',
    expected = LEAST_ROOM,
  ) {
    const room = Math.max(LEAST_ROOM, expected);
    this.places = new Uint32Array(room);
    this.low = new Uint32Array(room);
    this.high = new Int32Array(kind === 'INT' ? room : 0);
  }

  /** Takes the rows of a chunk. It must be alive. */
  add(chunk: DuckDBDataChunk): void {
    const { rowCount } = chunk;
    this.makeRoom(this.count + rowCount);
    const first = this.taken;
    this.taken += rowCount;
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, 0);
    const validity = duckdb.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8);
    const data = duckdb.vector_get_data(vector, rowCount * (this.kind === 'INT' ? 8 : 4));
    const words = new Int32Array(data.buffer, data.byteOffset, data.byteLength / 4);
    const places = chunk.columnCount > 1 ? readPlaces(chunk, 1) : undefined;
    if (this.kind === 'INT' && validity === null && places === undefined) {
      this.keepAll(first, words);
      return;
    }
    for (let row = 0; row < rowCount; row++) {
      const place = places === undefined ? first + row : (places[row * 2] ?? 0);
      if (validity !== null && ((validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0) this.missing.push(place);
      else if (this.kind === 'INT') this.keep(place, words[row * 2] ?? 0, words[row * 2 + 1] ?? 0);
      else this.keepFloat(place, words[row] ?? 0);
    }
  }

  /** The places in order; equal keys in the order of their places. Called once: what was collected is used up. */
  order(direction: 'asc' | 'desc'): Uint32Array {
    const sorted = radixOrder(this.keyed(direction === 'desc'));
    const order = new Uint32Array(sorted.length + this.nans.length + this.missing.length);
    order.set(sorted);
    order.set(this.nans, sorted.length);
    order.set(this.missing, sorted.length + this.nans.length);
    return order;
  }

  private keep(place: number, low: number, high: number): void {
    const { count } = this;
    this.places[count] = place;
    this.low[count] = low;
    if (this.kind === 'INT') this.high[count] = high;
    const value = high * TWO_32 + (low >>> 0);
    if (value < this.least) this.least = value;
    if (value > this.greatest) this.greatest = value;
    this.count = count + 1;
  }

  /** Whole numbers of rows that follow one another, none of them missing: the usual chunk, and millions of rows of it. */
  private keepAll(first: number, words: Int32Array): void {
    const { places, low, high, count } = this;
    const rows = words.length / 2;
    let { least, greatest } = this;
    for (let row = 0; row < rows; row++) {
      const below = words[row * 2] ?? 0;
      const above = words[row * 2 + 1] ?? 0;
      places[count + row] = first + row;
      low[count + row] = below;
      high[count + row] = above;
      const value = above * TWO_32 + (below >>> 0);
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    this.least = least;
    this.greatest = greatest;
    this.count = count + rows;
  }

  private keepFloat(place: number, bits: number): void {
    if ((bits & 0x7fffffff) > NAN_ABOVE) this.nans.push(place);
    // Both zeros are one number.
    else if (bits << 1 === 0) this.keep(place, 0x80000000, 0);
    else this.keep(place, bits < 0 ? ~bits : bits | 0x80000000, 0);
  }

  private keyed(isDescending: boolean): Keyed {
    const { count, least, greatest } = this;
    const places = this.places.subarray(0, count);
    const low = this.low.subarray(0, count);
    const high = this.high.subarray(0, count);
    if (greatest - least < TWO_32 && Math.max(greatest, -least) < EXACT_BELOW) {
      // Distances from the least number, or from the greatest one: small keys need fewer passes.
      const base = isDescending ? greatest : least;
      for (let i = 0; i < count; i++) {
        const value = (high.length > 0 ? (high[i] ?? 0) * TWO_32 : 0) + (low[i] ?? 0);
        low[i] = isDescending ? base - value : value - base;
      }
      return { places, low, greatest: Math.max(0, greatest - least) };
    }
    const upper = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const word = (high[i] ?? 0) ^ 0x80000000;
      upper[i] = isDescending ? ~word : word;
      if (isDescending) low[i] = ~(low[i] ?? 0);
    }
    return { places, low, high: upper };
  }

  private makeRoom(needed: number): void {
    if (needed <= this.places.length) return;
    const size = Math.max(needed, this.places.length * 2);
    this.places = grown(this.places, new Uint32Array(size));
    this.low = grown(this.low, new Uint32Array(size));
    if (this.kind === 'INT') this.high = grown(this.high, new Int32Array(size));
  }
}

function grown<T extends Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
