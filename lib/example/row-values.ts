/**
 * The values of one row, one slot per feature, in flat memory: readers fill it, the tf.Example encoder and the Parquet
 * writer take from it, and nobody makes an object per cell.
 */

/** One value per feature, or a list. Which slot is read is decided by the feature's kind. */
export class RowValues {
  /** 1 where the row has a value for the feature. */
  readonly present: Uint8Array;
  /** INT values as two 32-bit halves, low first: an int64 in memory on every machine that Node runs on. */
  readonly intHalves: Int32Array;
  /** FLOAT values as the bits of a float32, so that a NaN's sign survives. */
  readonly floatBits: Uint32Array;
  /** STRING values: `bytes[starts[i]] … bytes[ends[i] - 1]`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** What `starts` and `ends` point into. Valid until the next row. */
  bytes: Uint8Array = new Uint8Array(0);
  /** The values of a list feature, where the row has it; its place in the arrays above is not used then. */
  readonly lists: ListValues[] = [];

  constructor(features: number) {
    this.present = new Uint8Array(features);
    this.intHalves = new Int32Array(features * 2);
    this.floatBits = new Uint32Array(features);
    this.starts = new Int32Array(features);
    this.ends = new Int32Array(features);
  }
}

/** The values of one list feature in one row, laid out as those of a row. */
export class ListValues {
  /** How many there are. */
  length = 0;
  intHalves = new Int32Array(0);
  floatBits = new Uint32Array(0);
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  bytes: Uint8Array = new Uint8Array(0);

  /** Empties the list and makes room for `length` values. */
  reset(length: number): void {
    this.length = length;
    if (length <= this.floatBits.length) return;
    const room = Math.max(length, this.floatBits.length * 2);
    this.intHalves = new Int32Array(room * 2);
    this.floatBits = new Uint32Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }
}
