/**
 * A seeded generator, so that the same inputs give the same bytes on every machine: Doty-Humphrey's sfc32 (PractRand), whose
 * whole state is four numbers that a checkpoint can keep.
 */

/** The whole state of a {@link Random}: four whole numbers of 32 bits. */
export type RandomState = readonly [number, number, number, number];

/** Steps after seeding, so that similar seeds part. */
const WARM_UP = 15;
const TWO_TO_32 = 4_294_967_296;
const TWO_TO_21 = 2_097_152;
const TWO_TO_53 = 9_007_199_254_740_992;

/** See the module. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  private constructor([a, b, c, counter]: RandomState) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.counter = counter;
  }

  /** A generator for a seed; whole numbers up to 2^53 give generators of their own. */
  static of(seed: number): Random {
    const random = new Random([0, seed >>> 0, Math.floor(seed / TWO_TO_32) >>> 0, 1]);
    for (let step = 0; step < WARM_UP; step++) random.uint32();
    return random;
  }

  /** Goes on where another stopped. */
  static at(state: RandomState): Random {
    return new Random(state);
  }

  /** The state from which {@link Random.at} goes on. */
  state(): RandomState {
    return [this.a >>> 0, this.b >>> 0, this.c >>> 0, this.counter >>> 0];
  }

  /** A whole number from 0 to 2^32 − 1. */
  uint32(): number {
    const result = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + result) | 0;
    return result >>> 0;
  }

  /** A number from 0 (inclusive) to 1 (exclusive), of 53 bits. */
  number(): number {
    const high = this.uint32();
    return (high * TWO_TO_21 + (this.uint32() >>> 11)) / TWO_TO_53;
  }

  /** A whole number from 0 to below `end`, each equally likely. `end` is at most 2^32. */
  below(end: number): number {
    const limit = TWO_TO_32 - (TWO_TO_32 % end);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % end;
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle(values: Int32Array | Uint32Array): void {
    for (let index = values.length - 1; index > 0; index--) {
      const other = this.below(index + 1);
      const value = values[index] ?? 0;
      values[index] = values[other] ?? 0;
      values[other] = value;
    }
  }
}
