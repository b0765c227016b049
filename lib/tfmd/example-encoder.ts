/**
 * The deterministic bytes of a tf.Example: `Example { features = 1 { feature = 1: map<string, Feature> } }`, features in
 * byte order of their names, values packed, exactly as TFX serialises the record that decides a row's split. What a
 * feature without a value is depends on the form of the record; one of kind `NONE` is a Feature without a kind.
 */

import { assert } from '../assert';
import type { FeatureKind, RecordForm } from '../artifact/examples';
import type { ListValues, RowValues } from '../example/row-values';
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
/** Room for everything in a map entry but its key and its values. */
const ENTRY_HEAD_BYTES = 64;

type Template = {
  readonly slot: number;
  readonly kind: FeatureKind;
  readonly isList: boolean;
  readonly key: Uint8Array;
  /** The whole map entry where the row has no value. */
  readonly empty: Piece;
  /** The map entry up to the value, by the size of the value in bytes: one for FLOAT, ten for INT, none for STRING. */
  readonly heads: readonly Piece[];
};

/** Bytes that are copied four at a time, which halves the cost of the whole encoder. */
type Piece = { readonly words: Int32Array; readonly length: number };

/** A feature by name and kind; its slot in {@link RowValues} is its place in the list given to {@link ExampleEncoder}. */
export type FeatureLayout = {
  readonly name: string;
  readonly kind: FeatureKind;
  /** True where rows hold lists of values. Default false. */
  readonly isList?: boolean;
};

/** Encodes rows of one layout. What it returns is valid until its next call. */
export class ExampleEncoder {
  private readonly templates: readonly Template[];
  private buffer = new Uint8Array(4096);
  private view = new DataView(this.buffer.buffer);

  constructor(
    features: readonly FeatureLayout[],
    private readonly record: RecordForm,
  ) {
    this.templates = features
      .map(({ name, kind, isList = false }, slot) => {
        const key = new TextEncoder().encode(name);
        return templateOf({ slot, kind, isList, key }, record === 'typed-lists' ? kind : 'NONE');
      })
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

  /**
   * The bytes of the `Feature` in one slot alone: what decides a row's split where a partition feature is named. None
   * where it has no kind.
   */
  encodeFeature(slot: number, row: RowValues): Uint8Array {
    const template = this.templates.find((candidate) => candidate.slot === slot);
    assert(template !== undefined, 'the slot is one of the layout');
    const end = this.entry(template, row, HEAD_BYTES);
    const key = afterVarint(this.buffer, HEAD_BYTES + 1) + 1;
    const feature = afterVarint(this.buffer, key) + template.key.length + 1;
    return this.buffer.subarray(afterVarint(this.buffer, feature), end);
  }

  private entry(template: Template, row: RowValues, at: number): number {
    const { slot, kind } = template;
    if (row.present[slot] === 0 || kind === 'NONE') return this.copy(template.empty, at);
    if (template.isList) return this.listEntry(template, row.lists[slot], at);
    if (this.record === 'kindless-falsy' && isFalsy(kind, slot, row)) return this.copy(template.empty, at);
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
    this.makeRoom(at + key.length + end - start + ENTRY_HEAD_BYTES);
    const to = writeHead(this.buffer, at, { key, field: KIND_FIELD.STRING, valueBytes: end - start });
    return copyText(this.buffer, to, { bytes: row.bytes, start, end });
  }

  private listEntry({ kind, key, empty }: Template, list: ListValues | undefined, at: number): number {
    if (list === undefined || list.length === 0 || kind === 'NONE') return this.copy(empty, at);
    const valueBytes = listBytes(kind, list);
    this.makeRoom(at + key.length + valueBytes + ENTRY_HEAD_BYTES);
    const { buffer, view } = this;
    const head = { key, field: KIND_FIELD[kind], valueBytes };
    if (kind === 'STRING') {
      let to = writeListHead(buffer, at, { ...head, listBytes: valueBytes });
      for (let index = 0; index < list.length; index++) {
        const start = list.starts[index] ?? 0;
        const end = list.ends[index] ?? 0;
        buffer[to++] = VALUE;
        to = copyText(buffer, writeVarint(buffer, to, end - start), { bytes: list.bytes, start, end });
      }
      return to;
    }
    let to = writeHead(buffer, at, head);
    for (let index = 0; index < list.length; index++) {
      if (kind === 'FLOAT') {
        view.setUint32(to, list.floatBits[index] ?? 0, true);
        to += 4;
      } else {
        const low = list.intHalves[index * 2] ?? 0;
        to = writeInt64Varint(buffer, to, { low, high: list.intHalves[index * 2 + 1] ?? 0 });
      }
    }
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

/** What Python takes for false, of the values that a feature may have. A NaN is none of them, a negative zero is. */
function isFalsy(kind: FeatureKind, slot: number, row: RowValues): boolean {
  if (kind === 'INT') return row.intHalves[slot * 2] === 0 && row.intHalves[slot * 2 + 1] === 0;
  if (kind === 'FLOAT') return ((row.floatBits[slot] ?? 0) & 0x7fff_ffff) === 0;
  return row.starts[slot] === row.ends[slot];
}

/** Bytes of the values of a list: packed numbers, or texts each with its tag and length. */
function listBytes(kind: FeatureKind, list: ListValues): number {
  if (kind === 'FLOAT') return list.length * 4;
  let bytes = 0;
  for (let index = 0; index < list.length; index++) {
    if (kind === 'INT') bytes += int64Size(list.intHalves[index * 2] ?? 0, list.intHalves[index * 2 + 1] ?? 0);
    else bytes += fieldBytes((list.ends[index] ?? 0) - (list.starts[index] ?? 0));
  }
  return bytes;
}

type Head = { readonly key: Uint8Array; readonly field: number; readonly valueBytes: number };

/** Bytes of a length-delimited field with its tag and length. */
function fieldBytes(valueBytes: number): number {
  return 1 + varintSize(valueBytes) + valueBytes;
}

/** Writes a map entry up to the value of its one packed or repeated field; returns the offset where the value goes. */
function writeHead(target: Uint8Array, start: number, head: Head): number {
  const at = writeListHead(target, start, { ...head, listBytes: fieldBytes(head.valueBytes) });
  target[at] = VALUE;
  return writeVarint(target, at + 1, head.valueBytes);
}

/** Writes a map entry up to the content of its typed list. */
function writeListHead(
  target: Uint8Array,
  start: number,
  { key, field, listBytes: bytes }: Head & { readonly listBytes: number },
): number {
  const feature = fieldBytes(bytes);
  let at = writeKey(target, start, { key, entryBytes: fieldBytes(key.length) + fieldBytes(feature) });
  target[at++] = FEATURE;
  at = writeVarint(target, at, feature);
  target[at++] = lengthDelimited(field);
  return writeVarint(target, at, bytes);
}

type Text = { readonly bytes: Uint8Array; readonly start: number; readonly end: number };

function copyText(target: Uint8Array, start: number, text: Text): number {
  const { bytes } = text;
  if (text.end - text.start > 64) {
    target.set(bytes.subarray(text.start, text.end), start);
    return start + text.end - text.start;
  }
  let to = start;
  for (let from = text.start; from < text.end; from++) target[to++] = bytes[from] ?? 0;
  return to;
}

function afterVarint(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] ?? 0) >= 0x80) at++;
  return at + 1;
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

function templateOf(feature: Pick<Template, 'slot' | 'kind' | 'isList' | 'key'>, blank: FeatureKind): Template {
  const { kind, key } = feature;
  const scratch = new Uint8Array(key.length + 64);
  const head = (field: number, valueBytes: number) =>
    pieceOf(scratch.slice(0, writeHead(scratch, 0, { key, field, valueBytes })));
  const heads =
    kind === 'INT'
      ? Array.from({ length: 10 }, (_, index) => head(KIND_FIELD.INT, index + 1))
      : kind === 'FLOAT'
        ? [head(KIND_FIELD.FLOAT, 4)]
        : [];
  const list = blank === 'NONE' ? [] : [lengthDelimited(KIND_FIELD[blank]), 0];
  let at = writeKey(scratch, 0, { key, entryBytes: fieldBytes(key.length) + fieldBytes(list.length) });
  for (const byte of [FEATURE, list.length, ...list]) scratch[at++] = byte;
  return { ...feature, heads, empty: pieceOf(scratch.slice(0, at)) };
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
