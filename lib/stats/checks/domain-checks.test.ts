import { describe, expect, it } from 'vitest';

import { parseSchemaText } from '../../artifact/data-schema';
import { FeatureView } from '../statistics-view';
import { type ToyFeature, toyDataset } from '../toy-statistics';
import { type ToyReason, validateToy } from '../toy-validation';
import { checkStringDomain } from './string-domain-check';

/** The reasons; the fix must leave none. */
function found(schemaText: string, feature: ToyFeature): readonly ToyReason[] {
  const { reasons, reasonsAfterwards } = validateToy(schemaText, feature);
  expect(reasonsAfterwards).toEqual([]);
  return reasons;
}

describe('AN-O5 a boolean FLOAT', () => {
  const unexpected = (long: string): readonly ToyReason[] => [
    { type: 'BOOL_TYPE_UNEXPECTED_FLOAT', short: 'Non-boolean values', long },
  ];

  it.each<readonly [string, ToyFeature, readonly ToyReason[]]>([
    ['with a 2', { range: [0, 2] }, unexpected('Floats (such as 2) not in {0, 1}: converting to float_domain.')],
    [
      'with NaN',
      { range: [0, 1], numNan: 3 },
      unexpected('Floats (such as NaN) not in {0, 1}: converting to float_domain.'),
    ],
    [
      'with equal-width buckets between 0 and 1',
      {
        range: [0, 1],
        standard: [
          [0, 0.5, 10],
          [0.5, 0.7, 10],
          [0.7, 0.9, 10],
        ],
      },
      [],
    ],
    [
      'with quantiles between 0 and 1',
      {
        range: [0, 1],
        quantiles: [
          [0, 0.5, 5],
          [0.5, 0.7, 5],
        ],
      },
      unexpected('Float values falling between 0 and 1: converting to float_domain.'),
    ],
    ['with an empty bucket between 0 and 1', { range: [0, 1], quantiles: [[0.5, 0.7, 0]] }, []],
    [
      'with a bucket below 0',
      { range: [0, 1], quantiles: [[-2, -1, 1]] },
      unexpected('Float values < 0 not in {0, 1}: converting to float_domain.'),
    ],
    [
      'with a bucket above 1',
      { range: [0, 1], standard: [[2, 3, 1]] },
      unexpected('Float values > 1 not in {0, 1}: converting to float_domain.'),
    ],
  ])('%s', (_, feature, expected) => {
    expect(found('type: FLOAT bool_domain {}', { type: 'FLOAT', present: 10, ...feature })).toEqual(expected);
  });
});

describe('AN-O6 unique constraints', () => {
  const text = (unique: number): ToyFeature => ({ type: 'STRING', present: 10, unique, rank: [['a', 10]] });

  it.each<readonly [string, string, ToyFeature, string, string, string]>([
    [
      'too many',
      'type: BYTES unique_constraints { min: 1 max: 1 }',
      text(5),
      'FEATURE_TYPE_HIGH_UNIQUE',
      'High number of unique values',
      'Expected no more than 1 unique values but found 5.',
    ],
    [
      'too few',
      'type: BYTES unique_constraints { min: 5 max: 5 }',
      text(1),
      'FEATURE_TYPE_LOW_UNIQUE',
      'Low number of unique values',
      'Expected at least 5 unique values but found only 1.',
    ],
    [
      'not counted',
      'type: INT unique_constraints { min: 1 max: 1 }',
      { present: 10 },
      'FEATURE_TYPE_NO_UNIQUE',
      'No unique values',
      'UniqueConstraints specified for the feature, but unique values were not counted (i.e., feature is not string or categorical).',
    ],
  ])('%s', (_, schema, feature, type, short, long) => {
    expect(found(schema, feature)).toEqual([{ type, short, long }]);
  });
});

it.each<readonly [string, readonly (readonly [string, number])[], boolean]>([
  [
    'none',
    [
      ['a', 8],
      ['b', 2],
    ],
    true,
  ],
  [
    'a tenth',
    [
      ['a', 9],
      ['c', 1],
    ],
    true,
  ],
  [
    'a little more than a fifth',
    [
      ['a', 8],
      ['c', 2.001],
    ],
    false,
  ],
])('AN-O7 a tolerance of a fifth of the values off the domain: %s', (_, rank, isValid) => {
  const [statistics] = toyDataset(10, { f: { type: 'STRING', present: 10, total: 10, values: [1, 1], rank } }).features;
  if (statistics === undefined) throw new Error('the builder makes one feature');
  const view = new FeatureView(statistics, { byWeight: false, numExamples: 10 });
  const domain = { value: ['a', 'b'] };
  const { domain: after, reasons } = checkStringDomain(domain, view, { minDomainMass: 0.8 });
  expect(reasons).toHaveLength(isValid ? 0 : 1);
  expect(after?.value).toEqual(isValid ? ['a', 'b'] : ['a', 'b', 'c']);
});

describe('AN-O8 an int domain', () => {
  const text = (...labels: readonly string[]): ToyFeature => ({
    type: 'STRING',
    rank: labels.map((label) => [label, 1] as const),
  });

  it.each<readonly [string, string, ToyFeature, readonly string[], string]>([
    [
      'below its least',
      'type: INT int_domain { min: 0 }',
      { range: [-13, 14] },
      ['INT_TYPE_SMALL_INT'],
      'int_domain { min: -13 }',
    ],
    [
      'beyond both ends',
      'type: INT int_domain { min: 7 max: 10 }',
      { range: [2, 27] },
      ['INT_TYPE_SMALL_INT', 'INT_TYPE_BIG_INT'],
      'int_domain { min: 2 max: 27 }',
    ],
    ['with a word', 'type: BYTES int_domain { min: 0 }', text('hello', '17'), ['INT_TYPE_NOT_INT_STRING'], ''],
    [
      'with text within it',
      'type: BYTES int_domain { min: 14 max: 17 }',
      text('14', '17'),
      [],
      'int_domain { min: 14 max: 17 }',
    ],
    [
      'with categorical integers beyond it',
      'type: INT int_domain { max: 4 is_categorical: true }',
      { rank: [['5', 1]] },
      ['INT_TYPE_BIG_INT'],
      'int_domain { max: 5 is_categorical: true }',
    ],
    [
      'with integers beyond 64 bits',
      'type: INT int_domain { max: 4 }',
      { range: [0, 1e19] },
      ['DOMAIN_INVALID_FOR_TYPE'],
      '',
    ],
    [
      'without bounds, with integers beyond 64 bits',
      'type: INT int_domain {}',
      { range: [0, 1e19] },
      [],
      'int_domain {}',
    ],
  ])('%s', (_, schema, given, types, domain) => {
    const feature: ToyFeature = { present: 10, ...given };
    expect(found(schema, feature).map(({ type }) => type)).toEqual(types);
    const [type = ''] = schema.split(' int_domain');
    expect(validateToy(schema, feature).fixed).toEqual(
      parseSchemaText(`feature { name: "f" ${type} ${domain} }`).feature[0],
    );
  });

  it('names what is no integer', () => {
    expect(found('type: BYTES int_domain {}', { present: 10, ...text('17', 'hello') })).toEqual([
      {
        type: 'INT_TYPE_NOT_INT_STRING',
        short: 'Invalid values',
        long: 'String values that were not ints were found, such as "hello".',
      },
    ]);
  });
});

it('a domain that the statistics name is proposed', () => {
  expect(found('type: BYTES', { type: 'STRING', present: 10, domainInfo: 'natural_language_domain {}' })).toEqual([
    {
      type: 'SEMANTIC_DOMAIN_UPDATE',
      short: 'Updated semantic domain',
      long: 'Updated semantic domain for feature: f',
    },
  ]);
});

it('odd characters of unknown values are escaped, and values are told in order', () => {
  const rank = [
    ['ß', 5],
    ['z"\n', 3],
    ['a', 2],
  ] as const;
  const [reason] = found('type: BYTES string_domain { value: "a" }', { type: 'STRING', present: 10, total: 10, rank });
  expect(reason?.long).toBe(String.raw`Examples contain values missing from the schema: z\"\n (~30%), ß (~50%). `);
});
