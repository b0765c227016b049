/** Chance that repeats itself: the same seed gives the same numbers on every machine. */

/** A stream of random numbers. */
export type SeededRandom = {
  /** The next number from 0 to below 1, in steps of 2⁻³². */
  readonly next: () => number;
};

/**
 * Opens a stream: xoshiro128** (Blackman and Vigna, 2018), its state made of seed and stream number by SplitMix32. Streams of
 * one seed do not depend on each other, so that any of them can be opened without having read the others.
 */
export function seededRandom(seed: number, stream = 0): SeededRandom {
  const mix = splitMix32((seed ^ Math.imul(stream + 1, 0x9e3779b1)) | 0);
  mix();
  let a = mix() ^ Math.floor(seed / 2 ** 32);
  let b = mix() ^ stream;
  let c = mix();
  let d = mix() | 1;
  return {
    next: () => {
      const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotate(d, 11);
      return result / 2 ** 32;
    },
  };
}

/** Fills `target` by Glorot's uniform rule: within ±√(6 / (fanIn + fanOut)), in single precision. */
export function fillGlorotUniform(
  target: Float32Array,
  { fanIn, fanOut }: { readonly fanIn: number; readonly fanOut: number },
  random: SeededRandom,
): void {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  for (let index = 0; index < target.length; index++) target[index] = (2 * random.next() - 1) * limit;
}

/** The numbers from 0 to below `count` in an order of chance (Fisher and Yates). */
export function shuffledOrder(count: number, random: SeededRandom): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random.next() * (last + 1));
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

function splitMix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
