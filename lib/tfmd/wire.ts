/**
 * The protobuf wire format (https://protobuf.dev/programming-guides/encoding), as far as the messages of this folder
 * need it. Knows nothing of messages or fields.
 */

import { AppError } from '../errors';

/** How a value is laid out: varint, 64 bit, length-delimited, 32 bit. */
export type WireType = 0 | 1 | 2 | 5;

const encoder = new TextEncoder();
// Without `ignoreBOM` a leading U+FEFF of a label would silently vanish.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Appends wire values to a growing buffer. */
export class WireWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** A non-negative integer up to 2^53 − 1. */
  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A signed integer; a negative one takes ten bytes (two's complement of 64 bits). */
  signedVarint(value: number): void {
    if (value >= 0) {
      this.varint(value);
      return;
    }
    this.bigVarint(BigInt(value));
  }

  /** A signed integer of 64 bits. */
  bigVarint(value: bigint): void {
    this.#reserve(10);
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  /** An IEEE double, little endian. */
  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** An IEEE single, little endian; the value is rounded to it. */
  float(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  /** Length and bytes. */
  bytes(value: Uint8Array): void {
    this.varint(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** Length and UTF-8 bytes. */
  string(value: string): void {
    this.bytes(encoder.encode(value));
  }

  /** Field number and wire type. */
  tag(fieldNumber: number, wireType: WireType): void {
    this.varint(fieldNumber * 8 + wireType);
  }

  /** A copy of everything written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

/** Reads wire values from bytes. Everything malformed is an `artifact-damaged` error. */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  /** The bytes are read in place, never copied or changed. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** True behind the last byte. */
  get atEnd(): boolean {
    return this.#position >= this.#bytes.length;
  }

  /** An unsigned integer. One above 2^53 − 1 is an error: it would lose digits. */
  varint(): number {
    const value = Number(this.#varint64());
    if (!Number.isSafeInteger(value)) throw damaged('holds a count above 2^53');
    return value;
  }

  /** A signed integer of at most 2^53 − 1 in size. */
  signedVarint(): number {
    const value = Number(BigInt.asIntN(64, this.#varint64()));
    if (!Number.isSafeInteger(value)) throw damaged('holds an integer above 2^53');
    return value;
  }

  /** A signed integer of 64 bits. */
  bigVarint(): bigint {
    return BigInt.asIntN(64, this.#varint64());
  }

  /** An IEEE double. */
  double(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** An IEEE single. */
  float(): number {
    return this.#view.getFloat32(this.#advance(4), true);
  }

  /** Length-delimited bytes, as a view. */
  bytes(): Uint8Array {
    const length = this.varint();
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** Length-delimited UTF-8; malformed sequences become U+FFFD. */
  string(): string {
    return decoder.decode(this.bytes());
  }

  /** Field number and wire type of the next field. */
  tag(): { readonly fieldNumber: number; readonly wireType: number } {
    const tag = this.varint();
    return { fieldNumber: Math.floor(tag / 8), wireType: tag % 8 };
  }

  /** Passes over a value nobody asked for. */
  skip(wireType: number): void {
    if (wireType === 0) this.#varint64();
    else if (wireType === 1) this.#advance(8);
    else if (wireType === 2) this.bytes();
    else if (wireType === 5) this.#advance(4);
    else throw damaged(`holds an unknown wire type ${wireType}`);
  }

  #varint64(): bigint {
    let low = 0;
    let scale = 1;
    for (let index = 0; index < 7; index++) {
      const byte = this.#bytes[this.#advance(1)] ?? 0;
      low += (byte & 0x7f) * scale;
      if (byte < 0x80) return BigInt(low);
      scale *= 0x80;
    }
    let value = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#advance(1)] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw damaged('holds an integer of more than ten bytes');
  }

  #advance(count: number): number {
    const start = this.#position;
    if (start + count > this.#bytes.length) throw damaged('ends in the middle of a value');
    this.#position = start + count;
    return start;
  }
}

function damaged(what: string): AppError {
  return new AppError('artifact-damaged', `The protobuf message ${what}. Make the artifact again.`);
}
