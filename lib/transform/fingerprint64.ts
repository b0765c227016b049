/**
 * FarmHash's Fingerprint64, by which TensorFlow numbers texts (`hash_strings`, out-of-vocabulary buckets). The algorithm is
 * that of Google's FarmHash, whose fingerprints are fixed for ever (https://github.com/google/farmhash).
 */

const MASK = 0xffff_ffff_ffff_ffffn;
const K0 = 0xc3a5_c85c_97cb_3127n;
const K1 = 0xb492_b66f_be98_f273n;
const K2 = 0x9ae1_6a3b_2f90_404fn;
const LONG_SEED = 81n;
const BLOCK = 64;

const encoder = new TextEncoder();

/** The fingerprint of UTF-8 text or bytes, from 0 to 2⁶⁴ − 1. */
export function fingerprint64(input: string | Uint8Array): bigint {
  const bytes = typeof input === 'string' ? encoder.encode(input) : input;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length <= 16) return upTo16(view);
  if (bytes.length <= 32) return upTo32(view);
  return bytes.length <= BLOCK ? upTo64(view) : longer(view);
}

/** The fingerprint modulo a number of buckets, from 0 to `buckets` − 1. */
export function hashBucket(text: string, buckets: number): number {
  return Number(fingerprint64(text) % BigInt(buckets));
}

const word = (view: DataView, at: number) => view.getBigUint64(at, true);
const times = (a: bigint, b: bigint) => (a * b) & MASK;
const plus = (...parts: readonly bigint[]) => parts.reduce((sum, part) => sum + part, 0n) & MASK;
const turn = (value: bigint, by: bigint) => ((value >> by) | (value << (64n - by))) & MASK;
const fold = (value: bigint) => value ^ (value >> 47n);

function mix([u, v]: readonly [bigint, bigint], factor: bigint): bigint {
  const a = fold(times(u ^ v, factor));
  return times(fold(times(v ^ a, factor)), factor);
}

function upTo16(view: DataView): bigint {
  const length = view.byteLength;
  const size = BigInt(length);
  const factor = plus(K2, size * 2n);
  if (length >= 8) {
    const a = plus(word(view, 0), K2);
    const b = word(view, length - 8);
    return mix([plus(times(turn(b, 37n), factor), a), times(plus(turn(a, 25n), b), factor)], factor);
  }
  if (length >= 4) {
    const first = BigInt(view.getUint32(0, true));
    const last = BigInt(view.getUint32(length - 4, true));
    return mix([plus(size, first << 3n), last], factor);
  }
  if (length === 0) return K2;
  const y = BigInt(view.getUint8(0)) + (BigInt(view.getUint8(length >> 1)) << 8n);
  const z = size + (BigInt(view.getUint8(length - 1)) << 2n);
  return times(fold(times(y, K2) ^ times(z, K0)), K2);
}

function upTo32(view: DataView): bigint {
  const length = view.byteLength;
  const factor = plus(K2, BigInt(length) * 2n);
  const a = times(word(view, 0), K1);
  const b = word(view, 8);
  const c = times(word(view, length - 8), factor);
  const d = times(word(view, length - 16), K2);
  return mix([plus(turn(plus(a, b), 43n), turn(c, 30n), d), plus(a, turn(plus(b, K2), 18n), c)], factor);
}

function upTo64(view: DataView): bigint {
  const length = view.byteLength;
  const factor = plus(K2, BigInt(length) * 2n);
  const a = times(word(view, 0), K2);
  const b = word(view, 8);
  const c = times(word(view, length - 8), factor);
  const d = times(word(view, length - 16), K2);
  const y = plus(turn(plus(a, b), 43n), turn(c, 30n), d);
  const z = mix([y, plus(a, turn(plus(b, K2), 18n), c)], factor);
  const e = times(word(view, 16), factor);
  const f = word(view, 24);
  const g = times(plus(y, word(view, length - 32)), factor);
  const h = times(plus(z, word(view, length - 24)), factor);
  return mix([plus(turn(plus(e, f), 43n), turn(g, 30n), h), plus(e, turn(plus(f, a), 18n), g)], factor);
}

/** 56 bytes of state, stirred block by block. */
class State {
  x: bigint;
  y: bigint;
  z: bigint;
  v: readonly [bigint, bigint] = [0n, 0n];
  w: readonly [bigint, bigint] = [0n, 0n];

  constructor(first: bigint) {
    this.x = plus(times(LONG_SEED, K2), first);
    this.y = plus(times(LONG_SEED, K1), 113n);
    this.z = times(fold(plus(times(this.y, K2), 113n)), K2);
  }

  /** One block. `factor`, `own` and `other` differ between the blocks on the way and the last one. */
  stir(view: DataView, at: number, { factor, weight }: { readonly factor: bigint; readonly weight: bigint }): void {
    const x = times(turn(plus(this.x, this.y, this.v[0], word(view, at + 8)), 37n), factor);
    const y = times(turn(plus(this.y, this.v[1], word(view, at + 48)), 42n), factor);
    this.x = x ^ times(this.w[1], weight);
    this.y = plus(y, times(this.v[0], weight), word(view, at + 40));
    this.z = times(turn(plus(this.z, this.w[0]), 33n), factor);
    this.v = weak(view, at, [times(this.v[1], factor), plus(this.x, this.w[0])]);
    this.w = weak(view, at + 32, [plus(this.z, this.w[1]), plus(this.y, word(view, at + 16))]);
    [this.z, this.x] = [this.x, this.z];
  }
}

function weak(view: DataView, at: number, [a, b]: readonly [bigint, bigint]): readonly [bigint, bigint] {
  const first = plus(a, word(view, at));
  const turned = turn(plus(b, first, word(view, at + 24)), 21n);
  const sum = plus(first, word(view, at + 8), word(view, at + 16));
  return [plus(sum, word(view, at + 24)), plus(turned, turn(sum, 44n), first)];
}

function longer(view: DataView): bigint {
  const length = view.byteLength;
  const state = new State(word(view, 0));
  const end = Math.floor((length - 1) / BLOCK) * BLOCK;
  for (let at = 0; at < end; at += BLOCK) state.stir(view, at, { factor: K1, weight: 1n });
  const factor = plus(K1, (state.z & 0xffn) << 1n);
  state.w = [plus(state.w[0], BigInt((length - 1) & (BLOCK - 1))), state.w[1]];
  state.v = [plus(state.v[0], state.w[0]), state.v[1]];
  state.w = [plus(state.w[0], state.v[0]), state.w[1]];
  state.stir(view, length - BLOCK, { factor, weight: 9n });
  const { x, y, z, v, w } = state;
  return mix([plus(mix([v[0], w[0]], factor), times(fold(y), K0), z), plus(mix([v[1], w[1]], factor), x)], factor);
}
