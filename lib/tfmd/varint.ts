/**
 * Varints written straight into a buffer at a place the caller keeps: what the tf.Example encoder does tens of millions
 * of times. Whoever writes whole messages takes the `WireWriter`.
 */

/** How many bytes a varint of a non-negative integer below 2^53 takes. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

/** Writes a non-negative integer below 2^53 as a varint at `at`; returns the offset behind it. */
export function writeVarint(target: Uint8Array, at: number, value: number): number {
  let rest = value;
  let to = at;
  while (rest >= 0x80) {
    target[to++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  target[to++] = rest;
  return to;
}

/** How many bytes an int64 given as two halves takes: 10 where it is negative, as protobuf's `int64` has it. */
export function int64Size(low: number, high: number): number {
  if (high < 0) return 10;
  if (high === 0) {
    const bits = 32 - Math.clz32(low);
    return bits === 0 ? 1 : Math.ceil(bits / 7);
  }
  return Math.ceil((64 - Math.clz32(high)) / 7);
}

/** Writes an int64 given as two halves as a varint at `at`; returns the offset behind it. */
export function writeInt64Varint(target: Uint8Array, at: number, halves: { low: number; high: number }): number {
  let { low, high } = halves;
  let to = at;
  while (high !== 0 || low >>> 0 >= 0x80) {
    target[to++] = (low & 0x7f) | 0x80;
    low = (low >>> 7) | (high << 25);
    high >>>= 7;
  }
  target[to++] = low & 0x7f;
  return to;
}
