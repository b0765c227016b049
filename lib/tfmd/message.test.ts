import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../errors';
import {
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
});
