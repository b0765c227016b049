/** Sorts places by unsigned keys without comparing them: some bits at a time, from the lowest. Stable. */

/** More at a time would need fewer passes, and each of them would miss the processor's cache. */
const MAX_DIGIT_BITS = 12;
const WORD_BITS = 32;
/** Keys below it are counted each: the counters stay in the processor's cache. */
const FEW_KEYS = 1 << 16;

/** Keys of 32 bits, or of 64 where `high` is given, beside the places they belong to. */
export type Keyed = {
  readonly places: Uint32Array;
  readonly low: Uint32Array;
  readonly high?: Uint32Array;
  /** Bound of `low`, where it is known to be small. */
  readonly greatest?: number;
};

/** The places in the ascending order of their keys. The arrays given may be used as scratch. */
export function radixOrder({ places, low, high, greatest = 0xffffffff }: Keyed): Uint32Array {
  if (high === undefined) return sortByWord(places, low, greatest);
  // The lower word first: the pass over the higher one keeps its order where the higher ones are equal.
  const byLow = sortByWord(indexes(places.length), low, greatest);
  const highByLow = new Uint32Array(byLow.length);
  for (let i = 0; i < byLow.length; i++) highByLow[i] = high[byLow[i] ?? 0] ?? 0;
  const order = sortByWord(byLow, highByLow, 0xffffffff);
  for (let i = 0; i < order.length; i++) order[i] = places[order[i] ?? 0] ?? 0;
  return order;
}

type Words = { readonly places: Uint32Array; readonly keys: Uint32Array };

function sortByWord(places: Uint32Array, keys: Uint32Array, greatest: number): Uint32Array {
  if (greatest < FEW_KEYS) return countingOrder(places, keys, greatest);
  const bits = WORD_BITS - Math.clz32(greatest);
  const digitBits = Math.ceil(bits / Math.ceil(bits / MAX_DIGIT_BITS));
  let from: Words = { places, keys };
  let to: Words = { places: new Uint32Array(places.length), keys: new Uint32Array(places.length) };
  for (let shift = 0; shift < bits; shift += digitBits) {
    const digit = { shift, mask: (1 << digitBits) - 1 };
    const next = bucketStarts(from.keys, digit);
    // All keys have the same digit here: nothing would move.
    if (next === undefined) continue;
    if (shift + digitBits < bits) scatter(from, to, { ...digit, next });
    else scatterPlaces(from, to.places, { ...digit, next });
    [from, to] = [to, from];
  }
  return from.places;
}

/** One pass where the keys themselves can be counted. */
function countingOrder(places: Uint32Array, keys: Uint32Array, greatest: number): Uint32Array {
  const next = new Uint32Array(greatest + 2);
  for (let i = 0; i < keys.length; i++) {
    const after = (keys[i] ?? 0) + 1;
    next[after] = (next[after] ?? 0) + 1;
  }
  for (let key = 1; key < next.length; key++) next[key] = (next[key] ?? 0) + (next[key - 1] ?? 0);
  const order = new Uint32Array(places.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    const at = next[key] ?? 0;
    next[key] = at + 1;
    order[at] = places[i] ?? 0;
  }
  return order;
}

type Digit = { readonly shift: number; readonly mask: number };

function bucketStarts(keys: Uint32Array, { shift, mask }: Digit): Uint32Array | undefined {
  const counts = new Uint32Array(mask + 1);
  for (let i = 0; i < keys.length; i++) {
    const digit = ((keys[i] ?? 0) >>> shift) & mask;
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  let start = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket] ?? 0;
    if (count === keys.length) return undefined;
    counts[bucket] = start;
    start += count;
  }
  return counts;
}

type Move = Digit & { readonly next: Uint32Array };

function scatter({ keys, places }: Words, to: Words, { shift, mask, next }: Move): void {
  const { keys: toKeys, places: toPlaces } = to;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    const digit = (key >>> shift) & mask;
    const at = next[digit] ?? 0;
    next[digit] = at + 1;
    toKeys[at] = key;
    toPlaces[at] = places[i] ?? 0;
  }
}

/** The last pass: nobody asks for the keys after it. */
function scatterPlaces({ keys, places }: Words, toPlaces: Uint32Array, { shift, mask, next }: Move): void {
  for (let i = 0; i < keys.length; i++) {
    const digit = ((keys[i] ?? 0) >>> shift) & mask;
    const at = next[digit] ?? 0;
    next[digit] = at + 1;
    toPlaces[at] = places[i] ?? 0;
  }
}

function indexes(length: number): Uint32Array {
  const all = new Uint32Array(length);
  for (let i = 0; i < length; i++) all[i] = i;
  return all;
}
