import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeExample, decodeFeature, type PlainFeature } from '../../server/testing/independent-example';
import type { FeatureKind } from '../artifact/examples';
import { RowValues } from '../example/row-values';
import { ExampleEncoder, type FeatureLayout } from './example-encoder';

type Value = bigint | number | string | undefined;
type Field = FeatureLayout & { readonly value: Value };

function encode(fields: readonly Field[]): Uint8Array {
  return new ExampleEncoder(fields, 'typed-lists').encode(rowOf(fields)).slice();
}

function rowOf(fields: readonly Field[]): RowValues {
  const row = new RowValues(fields.length);
  const texts: Buffer[] = [];
  let at = 0;
  fields.forEach(({ value }, slot) => {
    row.present[slot] = value === undefined ? 0 : 1;
    if (typeof value === 'bigint') {
      row.intHalves[slot * 2] = Number(BigInt.asIntN(32, value));
      row.intHalves[slot * 2 + 1] = Number(BigInt.asIntN(32, value >> 32n));
    } else if (typeof value === 'number') row.floatBits.set(new Uint32Array(new Float32Array([value]).buffer), slot);
    else if (typeof value === 'string') {
      const text = Buffer.from(value);
      row.starts[slot] = at;
      row.ends[slot] = at += text.length;
      texts.push(text);
    }
  });
  row.bytes = Buffer.concat(texts);
  return row;
}

function expectedOf({ kind, value }: Field): PlainFeature {
  switch (kind) {
    case 'NONE':
      return {};
    case 'INT':
      return { int64List: { value: value === undefined ? [] : [String(value)] } };
    case 'FLOAT':
      return { floatList: { value: typeof value === 'number' ? [jsonFloat(Math.fround(value))] : [] } };
    case 'STRING':
      return { bytesList: { value: typeof value === 'string' ? [Buffer.from(value).toString('base64')] : [] } };
  }
}

function jsonFloat(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

const isWellFormed = (text: string) => Buffer.from(text).toString() === text;
const arbitraryText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ minLength: 100, maxLength: 300 }),
);
const arbitraryValue: { readonly [K in FeatureKind]: fc.Arbitrary<Value> } = {
  INT: fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -300n, max: 300n })),
  FLOAT: fc.float({ noNaN: true }).filter((value) => !Object.is(value, -0)),
  STRING: arbitraryText.filter(isWellFormed),
  NONE: fc.constant(undefined),
};
const arbitraryField = fc.constantFrom<FeatureKind>('INT', 'FLOAT', 'STRING', 'NONE').chain((kind) =>
  fc.record({
    name: arbitraryText.filter((text) => isWellFormed(text) && text !== '__proto__'),
    kind: fc.constant(kind),
    value: fc.option(arbitraryValue[kind], { nil: undefined, freq: 4 }),
  }),
);
const arbitraryFields = fc.uniqueArray(arbitraryField, { selector: ({ name }) => name, maxLength: 8 });

describe('the bytes of a tf.Example', () => {
  it('are read back by an independent reader', () => {
    fc.assert(
      fc.property(arbitraryFields, (fields) => {
        expect(decodeExample(encode(fields))).toEqual(
          Object.fromEntries(fields.map((field) => [field.name, expectedOf(field)])),
        );
      }),
    );
  });

  it('do not depend on the order of the features', () => {
    fc.assert(
      fc.property(arbitraryFields, (fields) => {
        expect(encode([...fields].reverse())).toEqual(encode(fields));
      }),
    );
  });

  it('sort names by their bytes, not by UTF-16 units', () => {
    const names = ['b', 'a', 'é', '\uffee', '\u{1f600}', 'aa', ''];
    const bytes = Buffer.from(encode(names.map((name) => ({ name, kind: 'NONE', value: undefined }))));
    const sorted = ['', 'a', 'aa', 'b', 'é', '\uffee', '\u{1f600}'];
    expect(Object.keys(decodeExample(bytes))).toEqual(sorted);
  });

  it('keep the sign of a NaN', () => {
    const row = new RowValues(1);
    row.present[0] = 1;
    row.floatBits[0] = 0xffc0_0000;
    const bytes = new ExampleEncoder([{ name: 'x', kind: 'FLOAT' }], 'typed-lists').encode(row);
    expect(Buffer.from(bytes).toString('hex')).toMatch(/0000c0ff$/);
  });

  it('tell a typed empty list from a Feature without a kind', () => {
    const hex = (kind: FeatureKind) => Buffer.from(encode([{ name: 'x', kind, value: undefined }])).toString('hex');
    expect(hex('STRING')).toBe('0a090a070a017812020a00');
    expect(hex('FLOAT')).toBe('0a090a070a017812021200');
    expect(hex('INT')).toBe('0a090a070a017812021a00');
    expect(hex('NONE')).toBe('0a070a050a01781200');
  });

  it('hold each Feature exactly as it stands alone for a partition feature', () => {
    fc.assert(
      fc.property(arbitraryField, (field) => {
        const alone = new ExampleEncoder([field], 'typed-lists').encodeFeature(0, rowOf([field]));
        expect(decodeFeature(alone)).toEqual(expectedOf(field));
        expect(
          Buffer.from(encode([field]))
            .toString('hex')
            .endsWith(Buffer.from(alone).toString('hex')),
        ).toBe(true);
      }),
    );
  });

  it('leave out the kind of what Python takes for false, where rows are read as dictionaries', () => {
    const falsy: readonly Field[] = [
      { name: 'f', kind: 'FLOAT', value: 0 },
      { name: 'i', kind: 'INT', value: 0n },
      { name: 'm', kind: 'FLOAT', value: -0 },
      { name: 'n', kind: 'INT', value: undefined },
      { name: 's', kind: 'STRING', value: '' },
    ];
    const truthy: readonly Field[] = [
      { name: 'a', kind: 'FLOAT', value: Number.NaN },
      { name: 'b', kind: 'INT', value: 2n ** 32n },
      { name: 'c', kind: 'FLOAT', value: 1e-40 },
      { name: 'd', kind: 'STRING', value: '\0' },
    ];
    const bytes = (fields: readonly Field[]) => new ExampleEncoder(fields, 'kindless-falsy').encode(rowOf(fields));
    expect(decodeExample(bytes(falsy))).toEqual({ f: {}, i: {}, m: {}, n: {}, s: {} });
    expect(decodeExample(bytes(truthy))).toEqual(Object.fromEntries(truthy.map((of) => [of.name, expectedOf(of)])));
    for (const field of falsy) {
      expect(new ExampleEncoder([field], 'kindless-falsy').encodeFeature(0, rowOf([field]))).toHaveLength(0);
    }
  });
});
