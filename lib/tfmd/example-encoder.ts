/**
 * The deterministic bytes of a tf.Example: `Example { features = 1 { feature = 1: map<string, Feature> } }`, features in
 * byte order of their names, values packed, exactly as TFX serialises the record that decides a row's split. A feature
 * without a value is a typed empty list; one of kind `NONE` is a Feature without a kind.
 */

import { assert } from '../assert';
import type { FeatureKind } from '../artifact/examples';
import type { RowValues } from '../example/row-values';
import { int64Size, varintSize, writeInt64Varint, writeVarint } from './varint';

/** Field numbers of `Feature`'s oneof. */
const KIND_FIELD = { STRING: 1, FLOAT: 2, INT: 3 } as const;
const VALUE = lengthDelimited(1);
const ENTRY = lengthDelimited(1);
const FEATURES = lengthDelimited(1);
const KEY = lengthDelimited(1);
const FEATURE = lengthDelimited(2);
/** Room for the tag and length of `features`, which are known last and written in front of it. */
const HEAD_BYTES = 11;

type Template = {
  readonly slot: number;
  readonly kind: FeatureKind;
  readonly key: Uint8Array;
  /** The whole map entry where the row has no value. */
  readonly empty: Piece;
  /** The map entry up to the value, by the size of the value in bytes: one for FLOAT, ten for INT, none for STRING. */
  readonly heads: readonly Piece[];
};

/** Bytes that are copied four at a time, which halves the cost of the whole encoder. */
type Piece = { readonly words: Int32Array; readonly length: number };

/** A feature by name and kind; its slot in {@link RowValues} is its place in the list given to {@link ExampleEncoder}. */
export type FeatureLayout = { readonly name: string; readonly kind: FeatureKind };

/** Encodes rows of one layout. What it returns is valid until its next call. */
export class ExampleEncoder {
  private readonly templates: readonly Template[];
  private buffer = new Uint8Array(4096);
  private view = new DataView(this.buffer.buffer);

  constructor(features: readonly FeatureLayout[]) {
    this.templates = features
      .map(({ name, kind }, slot) => templateOf({ slot, kind, key: new TextEncoder().encode(name) }))
      .sort((a, b) => compareBytes(a.key, b.key));
  }

  /** The bytes of the whole tf.Example. */
  encode(row: RowValues): Uint8Array {
    let at = HEAD_BYTES;
    for (const template of this.templates) at = this.entry(template, row, at);
    const size = at - HEAD_BYTES;
    const start = HEAD_BYTES - varintSize(size) - 1;
    this.buffer[start] = FEATURES;
    writeVarint(this.buffer, start + 1, size);
    return this.buffer.subarray(start, at);
  }

  /** The bytes of the `Feature` in one slot alone: what decides a row's split where a partition feature is named. */
  encodeFeature(slot: number, row: RowValues): Uint8Array {
    const template = this.templates.find((candidate) => candidate.slot === slot);
    assert(template !== undefined, 'the slot is one of the layout');
    const end = this.entry(template, row, HEAD_BYTES);
    return this.buffer.subarray(end - featureSize(template.kind, slot, row), end);
  }

  private entry(template: Template, row: RowValues, at: number): number {
    const { slot, kind } = template;
    if (row.present[slot] === 0 || kind === 'NONE') return this.copy(template.empty, at);
    if (kind === 'FLOAT') {
      const bits = row.floatBits[slot] ?? 0;
      const to = this.copy(template.heads[0] ?? NOTHING, at);
      this.view.setUint32(to, bits, true);
      return to + 4;
    }
    if (kind === 'INT') {
      const low = row.intHalves[slot * 2] ?? 0;
      const high = row.intHalves[slot * 2 + 1] ?? 0;
      const to = this.copy(template.heads[int64Size(low, high) - 1] ?? NOTHING, at);
      return writeInt64Varint(this.buffer, to, { low, high });
    }
    return this.textEntry(template, row, at);
  }

  private textEntry({ slot, key }: Template, row: RowValues, at: number): number {
    const start = row.starts[slot] ?? 0;
    const end = row.ends[slot] ?? 0;
    const sizes = entrySizes(key.length, end - start);
    this.makeRoom(at + sizes.entry + HEAD_BYTES);
    const { buffer } = this;
    let to = writeHead(buffer, at, { key, field: KIND_FIELD.STRING, valueBytes: end - start });
    const { bytes } = row;
    if (end - start > 64) {
      buffer.set(bytes.subarray(start, end), to);
      return to + end - start;
    }
    for (let from = start; from < end; from++) buffer[to++] = bytes[from] ?? 0;
    return to;
  }

  /** Copies a piece, and keeps room for the largest number behind it; up to three bytes there are overwritten. */
  private copy({ words, length }: Piece, at: number): number {
    this.makeRoom(at + length + 16);
    const { view } = this;
    for (let index = 0; index < words.length; index++) view.setInt32(at + index * 4, words[index] ?? 0, true);
    return at + length;
  }

  private makeRoom(needed: number): void {
    if (needed <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    grown.set(this.buffer);
    this.buffer = grown;
    this.view = new DataView(grown.buffer);
  }
}

const NOTHING: Piece = { words: new Int32Array(0), length: 0 };

function pieceOf(bytes: Uint8Array): Piece {
  const words = new Int32Array(Math.ceil(bytes.length / 4));
  const view = new DataView(words.buffer);
  bytes.forEach((byte, at) => view.setUint8(at, byte));
  return { words: words.map((_, index) => view.getInt32(index * 4, true)), length: bytes.length };
}

/** Bytes of the message `Feature` itself, which ends its map entry. */
function featureSize(kind: FeatureKind, slot: number, row: RowValues): number {
  if (kind === 'NONE') return 0;
  if (row.present[slot] === 0) return 2;
  if (kind === 'FLOAT') return entrySizes(0, 4).feature;
  if (kind === 'STRING') return entrySizes(0, (row.ends[slot] ?? 0) - (row.starts[slot] ?? 0)).feature;
  return entrySizes(0, int64Size(row.intHalves[slot * 2] ?? 0, row.intHalves[slot * 2 + 1] ?? 0)).feature;
}

type Head = { readonly key: Uint8Array; readonly field: number; readonly valueBytes: number };

/** Sizes of the nested messages around one packed or repeated field of `valueBytes` bytes. */
function entrySizes(keyBytes: number, valueBytes: number): { list: number; feature: number; entry: number } {
  const list = 1 + varintSize(valueBytes) + valueBytes;
  const feature = 1 + varintSize(list) + list;
  const entry = 1 + varintSize(keyBytes) + keyBytes + 1 + varintSize(feature) + feature;
  return { list, feature, entry };
}

/** Writes a map entry up to its value; returns the offset where the value goes. */
function writeHead(target: Uint8Array, start: number, { key, field, valueBytes }: Head): number {
  const sizes = entrySizes(key.length, valueBytes);
  let at = writeKey(target, start, { key, entryBytes: sizes.entry });
  target[at++] = FEATURE;
  at = writeVarint(target, at, sizes.feature);
  target[at++] = lengthDelimited(field);
  at = writeVarint(target, at, sizes.list);
  target[at++] = VALUE;
  return writeVarint(target, at, valueBytes);
}

function writeKey(
  target: Uint8Array,
  start: number,
  { key, entryBytes }: { key: Uint8Array; entryBytes: number },
): number {
  target[start] = ENTRY;
  let at = writeVarint(target, start + 1, entryBytes);
  target[at++] = KEY;
  at = writeVarint(target, at, key.length);
  target.set(key, at);
  return at + key.length;
}

function templateOf({ slot, kind, key }: Pick<Template, 'slot' | 'kind' | 'key'>): Template {
  const scratch = new Uint8Array(key.length + 64);
  const head = (field: number, valueBytes: number) =>
    pieceOf(scratch.slice(0, writeHead(scratch, 0, { key, field, valueBytes })));
  const heads =
    kind === 'INT'
      ? Array.from({ length: 10 }, (_, index) => head(KIND_FIELD.INT, index + 1))
      : kind === 'FLOAT'
        ? [head(KIND_FIELD.FLOAT, 4)]
        : [];
  const feature = kind === 'NONE' ? [] : [lengthDelimited(KIND_FIELD[kind]), 0];
  let at = writeKey(scratch, 0, { key, entryBytes: 1 + varintSize(key.length) + key.length + 2 + feature.length });
  for (const byte of [FEATURE, feature.length, ...feature]) scratch[at++] = byte;
  return { slot, kind, key, heads, empty: pieceOf(scratch.slice(0, at)) };
}

/** The tag of a length-delimited field whose number is below 16. */
function lengthDelimited(field: number): number {
  return (field << 3) | 2;
}

/** Byte order: how protobuf sorts map keys when it serialises deterministically. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
