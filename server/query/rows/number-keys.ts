/** Numbers of a column, read bit by bit, → the order of their rows: numbers, then NaN, then missing ones, either way. */

import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

import { radixOrder } from './radix-order';
import { readPlaces } from './read-places';

const TWO_32 = 2 ** 32;
/** Highest words between which a 64-bit integer is exact as a double. */
const EXACT_HIGH = 2 ** 20;
const NAN_ABOVE = 0x7f800000;

/** Collects the keys of a column chunk by chunk; each chunk has the place first and the key second. */
export class NumberKeys {
  private places = new Uint32Array(1 << 16);
  private low = new Uint32Array(1 << 16);
  private high: Int32Array;
  private count = 0;
  private readonly nans: number[] = [];
  private readonly missing: number[] = [];

  constructor(private readonly kind: 'INT' | 'FLOAT') {
    this.high = new Int32Array(kind === 'INT' ? 1 << 16 : 0);
  }

  /** Takes the rows of a chunk. It must be alive. */
  add(chunk: DuckDBDataChunk): void {
    const { rowCount } = chunk;
    this.makeRoom(this.count + rowCount);
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, 1);
    const validity = duckdb.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8);
    const data = duckdb.vector_get_data(vector, rowCount * (this.kind === 'INT' ? 8 : 4));
    const words = new Int32Array(data.buffer, data.byteOffset, data.byteLength / 4);
    const places = readPlaces(chunk);
    for (let row = 0; row < rowCount; row++) {
      const place = places[row * 2] ?? 0;
      if (validity !== null && ((validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0) this.missing.push(place);
      else if (this.kind === 'INT') this.keep(place, words[row * 2] ?? 0, words[row * 2 + 1] ?? 0);
      else this.keepFloat(place, words[row] ?? 0);
    }
  }

  /** The places in order; equal keys in the order of their places. */
  order(direction: 'asc' | 'desc'): Uint32Array {
    const sorted = radixOrder(this.keyed(direction === 'desc'));
    const order = new Uint32Array(sorted.length + this.nans.length + this.missing.length);
    order.set(sorted);
    order.set(this.nans, sorted.length);
    order.set(this.missing, sorted.length + this.nans.length);
    return order;
  }

  private keep(place: number, low: number, high: number): void {
    this.places[this.count] = place;
    this.low[this.count] = low;
    if (this.kind === 'INT') this.high[this.count] = high;
    this.count++;
  }

  private keepFloat(place: number, bits: number): void {
    if ((bits & 0x7fffffff) > NAN_ABOVE) this.nans.push(place);
    // Both zeros are one number.
    else if (bits << 1 === 0) this.keep(place, 0x80000000, 0);
    else this.keep(place, bits < 0 ? ~bits : bits | 0x80000000, 0);
  }

  private keyed(isDescending: boolean) {
    const { count } = this;
    const places = this.places.slice(0, count);
    const low = this.low.slice(0, count);
    if (this.kind === 'FLOAT') return { places, low: relative(low, isDescending) };
    const high = this.high.subarray(0, count);
    if (foldWords(low, high)) return { places, low: relative(low, isDescending) };
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

/** Distances from the least key, or from the greatest one: small keys need fewer passes. */
function relative(keys: Uint32Array, isDescending: boolean): Uint32Array {
  let least = 0xffffffff;
  let greatest = 0;
  for (const key of keys) {
    if (key < least) least = key;
    if (key > greatest) greatest = key;
  }
  for (let i = 0; i < keys.length; i++) keys[i] = isDescending ? greatest - (keys[i] ?? 0) : (keys[i] ?? 0) - least;
  return keys;
}

/** Where the integers lie within 2³² of each other: makes their distances from the least one of the lower words. */
function foldWords(low: Uint32Array, high: Int32Array): boolean {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < low.length; i++) {
    const upper = high[i] ?? 0;
    if (upper >= EXACT_HIGH || upper < -EXACT_HIGH) return false;
    const value = upper * TWO_32 + (low[i] ?? 0);
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (greatest - least >= TWO_32) return false;
  for (let i = 0; i < low.length; i++) low[i] = (high[i] ?? 0) * TWO_32 + (low[i] ?? 0) - least;
  return true;
}

function grown<T extends Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
