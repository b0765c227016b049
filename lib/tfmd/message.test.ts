import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../errors';
import {
  bigInt64,
  bool,
  bytes,
  createMessage,
  decodeMessage,
  defineMessage,
  double,
  embedded,
  encodeMessage,
  enumeration,
  float,
  int64,
  optional,
  plain,
  repeated,
  sparseEnumeration,
  string,
  uint64,
} from './message';

const INNER = defineMessage('Inner', { label: plain(2, string), count: plain(1, uint64) });
const OUTER = defineMessage('Outer', {
  whole: plain(1, uint64),
  signed: plain(2, int64),
  real: plain(3, double),
  single: plain(4, float),
  text: plain(5, string),
  raw: plain(6, bytes),
  kind: plain(7, enumeration(['A', 'B'])),
  maybe: optional(8, double),
  inner: optional(9, embedded(INNER)),
  many: repeated(20, embedded(INNER)),
  texts: repeated(500, string),
});

const arbitraryInner = fc.record({ label: fc.string({ unit: 'binary' }), count: fc.maxSafeNat() });
const arbitraryOuter = fc.record(
  {
    whole: fc.maxSafeNat(),
    signed: fc.maxSafeInteger(),
    real: fc.double(),
    single: fc.float(),
    text: fc.string({ unit: 'binary' }),
    raw: fc.uint8Array(),
    kind: fc.constantFrom('A' as const, 'B' as const),
    maybe: fc.double(),
    inner: arbitraryInner,
    many: fc.array(arbitraryInner),
    texts: fc.array(fc.string({ unit: 'binary' })),
  },
  { requiredKeys: ['whole', 'signed', 'real', 'single', 'text', 'raw', 'kind', 'many', 'texts'] },
);

describe('a message', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(arbitraryOuter, (value) => {
        expect(decodeMessage(OUTER, encodeMessage(OUTER, value))).toEqual(value);
      }),
    );
  });

  it('takes no bytes for zero values and keeps an optional zero', () => {
    expect(encodeMessage(OUTER, createMessage(OUTER, {}))).toHaveLength(0);
    const withZero = encodeMessage(OUTER, createMessage(OUTER, { maybe: 0 }));
    expect(decodeMessage(OUTER, withZero).maybe).toBe(0);
    expect(decodeMessage(OUTER, new Uint8Array(0)).maybe).toBeUndefined();
  });

  it('is written in the order of field numbers', () => {
    const encoded = encodeMessage(INNER, { label: 'x', count: 1 });
    expect([...encoded]).toEqual([0x08, 1, 0x12, 1, 0x78]);
  });

  it('passes over fields it does not know', () => {
    const encoded = encodeMessage(OUTER, createMessage(OUTER, { real: 2, text: 'x', inner: { label: 'y', count: 3 } }));
    const EMPTY = defineMessage('Empty', { text: plain(5, string) });
    expect(decodeMessage(EMPTY, encoded)).toEqual({ text: 'x' });
  });

  it('keeps a leading byte order mark of a text', () => {
    const encoded = encodeMessage(INNER, { label: '\uFEFFx', count: 0 });
    expect(decodeMessage(INNER, encoded).label).toBe('\uFEFFx');
  });

  it('refuses bytes that are cut anywhere inside a value', () => {
    const encoded = encodeMessage(OUTER, createMessage(OUTER, { inner: { label: 'a label', count: 300 } }));
    for (let length = 1; length < encoded.length; length++) {
      const cut = encoded.subarray(0, length);
      expect(() => decodeMessage(OUTER, cut)).toThrow(AppError);
    }
  });

  it('refuses counts that a number cannot hold, over-long integers and unknown wire types', () => {
    expect(() => decodeMessage(OUTER, Uint8Array.of(0x08, ...Array<number>(9).fill(0xff), 1))).toThrow('above 2^53');
    expect(() => decodeMessage(OUTER, Uint8Array.of(0x08, ...Array<number>(11).fill(0xff)))).toThrow('ten bytes');
    expect(() => decodeMessage(OUTER, Uint8Array.of(0x0f))).toThrow('wire type 7');
  });

  it('holds at most one member of a oneof, the last one read', () => {
    const CHOICE = defineMessage('Choice', { a: optional(1, uint64), b: optional(2, string) }, [['a', 'b']]);
    expect(decodeMessage(CHOICE, Uint8Array.of(0x08, 5, 0x12, 1, 0x78))).toEqual({ b: 'x' });
    expect(decodeMessage(CHOICE, Uint8Array.of(0x12, 1, 0x78, 0x08, 5))).toEqual({ a: 5 });
  });

  it('keeps false, all 64 bits of a bigint, and enum values with gaps between their numbers', () => {
    const GAPS = defineMessage('Gaps', {
      flag: optional(1, bool),
      big: repeated(2, bigInt64),
      stage: optional(3, sparseEnumeration({ NONE: 0, LATE: 9 }, 'NONE')),
    });
    const value = { flag: false, big: [-(2n ** 63n), 2n ** 63n - 1n, -1n, 0n], stage: 'LATE' } as const;
    const encoded = encodeMessage(GAPS, value);
    expect(decodeMessage(GAPS, encoded)).toEqual(value);
    expect([...encoded].slice(-2)).toEqual([0x18, 9]);
    expect(() => decodeMessage(GAPS, Uint8Array.of(0x18, 4))).toThrow('enum value 4');
  });

  it('reads a list of numbers in packed form', () => {
    const LIST = defineMessage('List', { many: repeated(1, uint64), reals: repeated(2, double) });
    expect(decodeMessage(LIST, Uint8Array.of(0x0a, 3, 1, 0xac, 2, 0x08, 7)).many).toEqual([1, 300, 7]);
    expect(decodeMessage(LIST, Uint8Array.of(0x12, 8, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)).reals).toEqual([1]);
  });
});
