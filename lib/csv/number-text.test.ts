import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CELL_KIND, cellKind, writeFloat32, writeInt64, type Cell } from './number-text';

function cellOf(text: string): Cell {
  // Neighbours that would change the outcome if they were read.
  const bytes = new TextEncoder().encode(`7${text}7`);
  return { bytes, start: 1, end: bytes.length - 1 };
}

function kindOf(text: string): string {
  const { bytes, start, end } = cellOf(text);
  const kind = cellKind(bytes, start, end);
  return Object.keys(CELL_KIND).find((name) => CELL_KIND[name as keyof typeof CELL_KIND] === kind) ?? '';
}

function intOf(text: string): bigint {
  const halves = new Int32Array(2);
  expect(writeInt64(cellOf(text), halves, 0)).toBe(true);
  return new BigInt64Array(halves.buffer)[0] ?? 0n;
}

function float32BitsOf(text: string): number {
  const bits = new Uint32Array(1);
  expect(writeFloat32(cellOf(text), bits, 0)).toBe(true);
  return bits[0] ?? 0;
}

function floatOf(text: string): number {
  return new Float32Array(new Uint32Array([float32BitsOf(text)]).buffer)[0] ?? 0;
}

/** What Python 3.13 says of `int(cell)`, then `float(cell)`, of bytes. */
const PYTHON: { readonly [kind: string]: readonly string[] } = {
  EMPTY: [''],
  INT: [
    '0',
    '7',
    '-1',
    '+1',
    '007',
    '-0',
    ' 12',
    '12 ',
    '\t12\v\f',
    '12\r',
    '1_000',
    '1_2_3',
    '-1_0',
    '999999999999999999',
    '9223372036854775807',
    '-9223372036854775808',
    '+9223372036854775807',
    '0009223372036854775807',
    '0000000000000000000000000000000000000001',
    '9_223_372_036_854_775_807',
  ],
  FLOAT: [
    '1.5',
    '-1.5',
    '+.5',
    '.5',
    '5.',
    '-5.',
    '1e5',
    '1E5',
    '1e+5',
    '1e-5',
    '1.e5',
    '.1e1',
    '1_0.2_5e1_0',
    ' 1.5 ',
    'nan',
    'NaN',
    '+nan',
    '-NAN',
    'inf',
    '-Inf',
    '+INF',
    'infinity',
    '-Infinity',
    ' iNfInItY ',
    '1e400',
    '1e-400',
    '9223372036854775808.0',
    '0.1000000000000000055511151231257827',
    '1e0000000000001',
  ],
  STRING: [
    'abc',
    'true',
    'false',
    ' ',
    '\t',
    '-',
    '+',
    '.',
    '-.',
    'e5',
    '1e',
    '1e+',
    '.e5',
    '--1',
    '+-1',
    '- 1',
    '1 2',
    '1.2.3',
    '_1',
    '1_',
    '1__0',
    '1_.5',
    '1._5',
    '1_e5',
    '1e_5',
    '1e5_',
    '-_1',
    '0x10',
    '0b1',
    '1,5',
    'nan1',
    'in',
    'infinit',
    'infinityy',
    'nan(1)',
    '1f',
    '1L',
    '1j',
    '١٢',
    '１２',
    '\u00a01',
    '1\0',
    '\0',
    '\u001c1',
    'na\0',
    '9223372036854775808',
    '-9223372036854775809',
    '+9223372036854775808',
    '10000000000000000000',
    '9'.repeat(400),
  ],
};

describe('the kind of a cell', () => {
  it.each(
    Object.entries(PYTHON).flatMap(([kind, texts]) => texts.map((text) => [JSON.stringify(text), kind, text] as const)),
  )('%s is %s, as in Python', (_, kind, text) => {
    expect(kindOf(text)).toBe(kind);
    expect(writeInt64(cellOf(text), new Int32Array(2), 0)).toBe(kind === 'INT');
    expect(writeFloat32(cellOf(text), new Uint32Array(1), 0)).toBe(kind === 'INT' || kind === 'FLOAT');
  });
});

describe('the value of a cell', () => {
  it('equals that of every int64, however it is written', () => {
    const int64 = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
    );
    fc.assert(
      fc.property(int64, fc.boolean(), fc.nat({ max: 30 }), (value, isPadded, zeros) => {
        const digits = (value < 0n ? -value : value).toString();
        const text = `${value < 0n ? '-' : isPadded ? '+' : ''}${isPadded ? '0'.repeat(zeros) : ''}${digits}`;
        expect(kindOf(text)).toBe('INT');
        expect(intOf(text)).toBe(value);
        expect(intOf(` ${text} `)).toBe(value);
        expect(floatOf(text)).toBe(Math.fround(Number(value)) + 0);
      }),
    );
    expect(intOf('1_000_000')).toBe(1_000_000n);
    expect(intOf('-9223372036854775808')).toBe(-(2n ** 63n));
  });

  it('is the double rounded to float32', () => {
    const digits = fc.string({ unit: fc.constantFrom('0', '1', '4', '5', '9'), maxLength: 20 });
    const exponent = fc.option(fc.integer({ min: -330, max: 330 }), { nil: undefined, freq: 3 });
    fc.assert(
      fc.property(
        fc.tuple(fc.constantFrom('', '-', '+'), digits, digits, exponent),
        ([sign, whole, fraction, power]) => {
          fc.pre(whole + fraction !== '');
          const text = `${sign}${whole}.${fraction}${power === undefined ? '' : `e${power}`}`;
          expect(kindOf(text)).toBe('FLOAT');
          expect(floatOf(text)).toBe(Math.fround(Number(text)));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is rounded twice where that differs from rounding once', () => {
    // Halfway between two floats, but for a digit that the double already loses.
    expect(floatOf('1.00000005960464480')).toBe(1);
    expect(floatOf('1.000000178813934326171875')).toBe(Math.fround(1.000000178813934326171875));
  });

  it.each([
    ['nan', 0x7fc0_0000],
    ['+NaN', 0x7fc0_0000],
    ['-nan', 0xffc0_0000],
    ['inf', 0x7f80_0000],
    ['-INFINITY', 0xff80_0000],
    ['1e39', 0x7f80_0000],
    ['1e400', 0x7f80_0000],
    ['-0', 0x8000_0000],
    ['-0.0', 0x8000_0000],
    ['1e-46', 0],
    ['1_0.5', 0x4128_0000],
    [' 0.1 ', 0x3dcc_cccd],
  ])('of %s has the bits of TFX', (text, bits) => {
    expect(float32BitsOf(text)).toBe(bits);
  });
});
