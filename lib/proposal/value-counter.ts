/**
 * Counts the different values of a column in one pass and little room: exactly while there are few, by HyperLogLog
 * (Flajolet, Fusy, Gandouet and Meunier 2007) beyond. Values are told apart by 32 bits of their bytes.
 */

import { MAX_SHOWN_CHARACTERS } from './table-profile';

/** Different values that are counted one by one. */
export const EXACT_LIMIT = 256;
/** Registers: 2^10, a standard error of 1.04/√1024 = 3.3 %. */
const REGISTER_BITS = 10;
const REGISTERS = 1 << REGISTER_BITS;

type Counted = { readonly text: string; count: number };

/** See the module. */
export class ValueCounter {
  private readonly few = new Map<number, Counted>();
  private registers: Uint8Array | undefined;

  /** Takes a value: `bytes[start] … bytes[end - 1]`. */
  add(bytes: Uint8Array, start: number, end: number): void {
    const hash = hashBytes(bytes, start, end);
    const known = this.few.get(hash);
    if (known !== undefined) {
      known.count++;
      return;
    }
    if (this.registers !== undefined) {
      note(this.registers, hash);
      return;
    }
    this.few.set(hash, { text: shownText(bytes, start, end), count: 1 });
    if (this.few.size <= EXACT_LIMIT) return;
    this.registers = new Uint8Array(REGISTERS);
    for (const each of this.few.keys()) note(this.registers, each);
  }

  /** False once there are more than {@link EXACT_LIMIT} different values. */
  get isExact(): boolean {
    return this.registers === undefined;
  }

  /** How many different values there are. */
  get distinct(): number {
    return this.registers === undefined ? this.few.size : estimate(this.registers);
  }

  /** The most frequent values with their counts where all are counted; else the first ones that came. */
  shown(limit: number): { readonly text: string; readonly count?: number }[] {
    const all = [...this.few.values()];
    if (!this.isExact) return all.slice(0, limit).map(({ text }) => ({ text }));
    return all
      .sort((a, b) => b.count - a.count)
      .slice(0, limit)
      .map(({ text, count }) => ({ text, count }));
  }
}

/** A value as it is shown: cut after {@link MAX_SHOWN_CHARACTERS} characters. */
export function shownText(bytes: Uint8Array, start: number, end: number): string {
  // Four bytes make a character at most; half a one at the cut is not shown.
  const cut = Math.min(end, start + MAX_SHOWN_CHARACTERS * 4 + 4);
  return shorten(new TextDecoder().decode(bytes.subarray(start, cut)));
}

/** Text cut after {@link MAX_SHOWN_CHARACTERS} characters, with an ellipsis. */
export function shorten(text: string): string {
  const characters = Array.from(text.slice(0, MAX_SHOWN_CHARACTERS * 2 + 2));
  if (characters.length <= MAX_SHOWN_CHARACTERS) return text;
  return `${characters.slice(0, MAX_SHOWN_CHARACTERS - 1).join('')}…`;
}

/** FNV-1a, then MurmurHash3's finalizer, so that every bit depends on every byte. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function note(registers: Uint8Array, hash: number): void {
  const index = hash & (REGISTERS - 1);
  const rank = Math.clz32(hash >>> REGISTER_BITS) - REGISTER_BITS + 1;
  if (rank > (registers[index] ?? 0)) registers[index] = rank;
}

function estimate(registers: Uint8Array): number {
  let sum = 0;
  let empty = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) empty++;
  }
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
  const small = raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw;
  // Near 2^32 different values share a hash: the correction of the paper.
  const large = small > 2 ** 32 / 30 ? -(2 ** 32) * Math.log(1 - small / 2 ** 32) : small;
  return Math.round(large);
}
