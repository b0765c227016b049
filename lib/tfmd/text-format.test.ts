import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../errors';
import {
  type MessageValue,
  bigInt64,
  bool,
  bytes,
  createMessage,
  defineMessage,
  double,
  embedded,
  enumeration,
  float,
  int64,
  optional,
  plain,
  repeated,
  string,
  uint64,
} from './message';
import { parseText } from './text-parser';
import { writeText } from './text-writer';

const INNER = defineMessage('Inner', { label: optional(1, string), minCount: optional(2, int64) });
const OUTER = defineMessage(
  'Outer',
  {
    name: optional(1, string),
    whole: optional(2, uint64),
    big: optional(3, bigInt64),
    real: optional(4, double),
    single: optional(5, float),
    flag: optional(6, bool),
    raw: optional(7, bytes),
    kind: optional(8, enumeration(['FIRST', 'SECOND'])),
    innerOne: optional(9, embedded(INNER)),
    many: repeated(10, embedded(INNER)),
    texts: repeated(11, string),
    numbers: repeated(12, int64),
    bare: plain(13, uint64),
    one: optional(14, string),
    other: optional(15, string),
  },
  [['one', 'other']],
);

const arbitrary = fc.record(
  {
    name: fc.string({ unit: 'grapheme' }),
    whole: fc.maxSafeNat(),
    big: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    real: fc.double(),
    single: fc.float(),
    flag: fc.boolean(),
    raw: fc.uint8Array(),
    kind: fc.constantFrom('FIRST' as const, 'SECOND' as const),
    innerOne: fc.record(
      { label: fc.string({ unit: 'binary-ascii' }), minCount: fc.maxSafeInteger() },
      { requiredKeys: [] },
    ),
    many: fc.array(fc.record({ label: fc.string() }, { requiredKeys: [] })),
    texts: fc.array(fc.string({ unit: 'grapheme' })),
    numbers: fc.array(fc.maxSafeInteger()),
    bare: fc.maxSafeNat(),
    one: fc.string(),
  },
  { requiredKeys: ['many', 'texts', 'numbers', 'bare'] },
);

describe('the text format', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(parseText(OUTER, writeText(OUTER, value))).toEqual(value);
      }),
    );
  });

  it.each<readonly [string, string, Partial<MessageValue<typeof OUTER>>]>([
    ['comments and blank lines', '# top\nname: "a" # end\n\n# last', { name: 'a' }],
    [
      'angle brackets, and braces with a colon',
      'inner_one < label: "a" > many: { min_count: 1 }',
      {
        innerOne: { label: 'a' },
        many: [{ minCount: 1 }],
      },
    ],
    [
      'lists, of values and of messages',
      'numbers: [1, 2] numbers: 3 texts: [] many [{ label: "a" }, <>]',
      {
        numbers: [1, 2, 3],
        many: [{ label: 'a' }, {}],
      },
    ],
    ['commas and semicolons between fields', 'name: "a"; whole: 1, flag: true;', { name: 'a', whole: 1, flag: true }],
    ['single quotes and neighbouring strings', String.raw`name: 'it"s' " " "two"`, { name: 'it"s two' }],
    [
      'escapes of every form',
      String.raw`name: "\t\n\"\\\101\x41A\U0001F600\?" raw: "\377\x00"`,
      {
        name: '\t\n"\\AAA😀?',
        raw: Uint8Array.of(255, 0),
      },
    ],
    ['UTF-8 in octal escapes', String.raw`name: "\303\266"`, { name: 'ö' }],
    ['enums by name and by number', 'kind: SECOND', { kind: 'SECOND' }],
    ['an enum by number', 'kind: 1', { kind: 'SECOND' }],
    [
      'hexadecimal, octal and negative integers',
      'whole: 0x1F numbers: [017, - 4, -0x10, 0]',
      {
        whole: 31,
        numbers: [15, -4, -16, 0],
      },
    ],
    ['the ends of 64 bits', 'big: -9223372036854775808', { big: -(2n ** 63n) }],
    ['floats in every form', 'real: -inf single: 1.5f', { real: -Infinity, single: 1.5 }],
    ['a float with exponent', 'real: .5e-3', { real: 0.0005 }],
    ['not a number', 'real: nan', { real: Number.NaN }],
    ['booleans in every form', 'flag: t', { flag: true }],
    ['a boolean as 0', 'flag: 0', { flag: false }],
    ['an empty text', ' \n', {}],
  ])('reads %s', (_, text, expected) => {
    expect(parseText(OUTER, text)).toEqual(createMessage(OUTER, expected));
  });

  it.each([
    ['an unknown field', 'name: "a"\n  inner_one { color: 1 }', 'line 2, column 15: Inner has no field "color".'],
    ['a field named as in code', 'innerOne {}', 'line 1, column 1: Outer has no field "innerOne".'],
    ['a field that stands twice', 'whole: 1 whole: 1', 'column 10: the field "whole" stands twice.'],
    ['two members of a oneof', 'one: ""\nother: ""', 'line 2, column 1: "other" and "one" exclude each other'],
    ['a missing brace', 'inner_one {', 'line 1, column 12: the text ends inside Inner: a closing brace'],
    ['a brace too many', 'name: "a" }', 'column 11: the name of a field of Outer is expected here.'],
    ['braces of two kinds', 'inner_one { >', 'column 13'],
    ['a missing colon', 'name "a"', 'column 6: a colon is expected behind "name".'],
    ['a string that is not closed', 'name: "a\nb"', 'column 7: a string is not closed before the end of its line.'],
    ['an unknown escape', String.raw`name: "\q"`, 'column 8: the text format has no such escape.'],
    ['a surrogate as an escape', String.raw`name: "\ud800"`, 'column 8: an escape names no Unicode character.'],
    ['bytes that are not UTF-8', String.raw`name: "\377"`, 'the text of "name" is not UTF-8.'],
    ['a number for a text', 'name: 3', 'column 7: "name" needs a text in quotes.'],
    ['a text for a number', 'real: "3"', 'column 7: "real" needs a number.'],
    ['a fraction for an integer', 'numbers: 1.5', 'column 10: "numbers" needs a whole number up to 2^53.'],
    ['a negative count', 'whole: -1', 'column 8: "whole" needs a whole number from 0 to 2^53.'],
    ['more than 53 bits for a count', 'whole: 9007199254740992', '"whole" needs a whole number from 0 to 2^53.'],
    ['more than 64 bits', 'big: 9223372036854775808', '"big" needs a whole number of 64 bits.'],
    ['an unknown enum name', 'kind: THIRD', '"kind" needs one of FIRST, SECOND.'],
    ['an unknown enum number', 'kind: 2', '"kind" needs one of FIRST, SECOND.'],
    ['a word for a boolean', 'flag: yes', '"flag" needs true or false.'],
    ['a list for a single field', 'name: ["a"]', '"name" takes one value, not a list.'],
    ['an extension', '[a.b]: 1', 'extensions and expanded Any messages are not supported.'],
    ['a strange character', 'name: %', 'column 7: a character stands here that the text format does not have.'],
  ])('refuses %s, with its place', (_, text, message) => {
    const read = () => parseText(OUTER, text, 'schema.pbtxt');
    expect(read).toThrow(AppError);
    expect(read).toThrow(message);
    expect(read).toThrow('schema.pbtxt, line ');
  });

  it('says the place of a mistake for programs too', () => {
    expect(() => parseText(OUTER, '\n  no: 1', 'schema.pbtxt')).toThrow(
      expect.objectContaining({ code: 'invalid-input', path: 'schema.pbtxt:2:3' }),
    );
  });

  it('refuses messages that lie too deep in each other', () => {
    const DEEP = defineMessage('Deep', { flag: optional(1, bool) });
    const NESTED = { ...DEEP, fields: { ...DEEP.fields, deep: optional(2, embedded(DEEP)) } };
    NESTED.fields.deep = optional(2, embedded(NESTED));
    expect(() => parseText(NESTED, 'deep {'.repeat(100_000))).toThrow('more than 100 deep');
  });

  it('writes fields by number, numbers as short as they can be, text readable', () => {
    const value = createMessage(OUTER, {
      single: Math.fround(0.1),
      real: 1,
      name: "it's 日本\u0001",
      innerOne: {},
      many: [{ minCount: 0 }],
      raw: Uint8Array.of(0x61, 0xff),
    });
    expect(writeText(OUTER, value)).toBe(
      [
        String.raw`name: "it\'s 日本\001"`,
        'real: 1.0',
        'single: 0.1',
        String.raw`raw: "a\377"`,
        'inner_one {',
        '}',
        'many {',
        '  min_count: 0',
        '}',
        '',
      ].join('\n'),
    );
  });
});
