import { describe, expect, it } from 'vitest';

import type { AnomalyReason, AnomalyType } from '../artifact/anomalies';
import { parseSchemaText } from '../artifact/data-schema';
import type { RowCondition } from '../artifact/row-query';
import { ANOMALY_TYPES } from '../tfmd/anomaly-messages';
import { offendingRows } from './anomaly-rows';
import { explainAnomaly } from './explain-anomaly';
import { DatasetView } from './statistics-view';
import { type ToyFeature, toyDataset } from './toy-statistics';
import { validateStatistics } from './validate-statistics';

const EXAMPLES = 1_000;

type Expected = {
  readonly measured: string;
  readonly limit: string;
  readonly over?: string;
  readonly rows: RowCondition | undefined;
};

/** Text values of a feature that every example has. */
const texts = (rank: NonNullable<ToyFeature['rank']>, given: ToyFeature = {}): ToyFeature => ({
  type: 'STRING',
  present: EXAMPLES,
  values: [1, 1],
  total: rank.reduce((sum, [, count]) => sum + count, 0),
  rank,
  ...given,
});
const numbers = (type: 'INT' | 'FLOAT', range: readonly [number, number], given: ToyFeature = {}): ToyFeature => ({
  type,
  present: EXAMPLES,
  values: [1, 1],
  total: EXAMPLES,
  range,
  ...given,
});
const column = 'f';

const CASES: readonly (readonly [
  type: AnomalyType,
  schema: string,
  data: ToyFeature | undefined,
  expected: Expected,
])[] = [
  [
    'SCHEMA_NEW_COLUMN',
    '',
    numbers('INT', [0, 1]),
    { measured: 'INT', limit: 'no such feature', over: '1,000 examples', rows: { column, op: 'present' } },
  ],
  [
    'SCHEMA_MISSING_COLUMN',
    'type: INT presence { min_fraction: 1 }',
    undefined,
    { measured: 'no column', limit: 'required', over: '1,000 examples', rows: undefined },
  ],
  [
    'FEATURE_TYPE_NOT_PRESENT',
    'type: INT presence { min_count: 1 }',
    { missing: EXAMPLES },
    { measured: '0 %', limit: '1 example', over: '1 example too few', rows: undefined },
  ],
  [
    'FEATURE_TYPE_LOW_NUMBER_PRESENT',
    'type: INT presence { min_count: 900 }',
    numbers('INT', [0, 1], { present: 850, missing: 150 }),
    { measured: '850', limit: '900', over: '50 examples too few', rows: { column, op: 'missing' } },
  ],
  [
    'FEATURE_TYPE_LOW_FRACTION_PRESENT',
    'type: INT presence { min_fraction: 1 }',
    numbers('INT', [0, 1], { present: 655, missing: 345 }),
    { measured: '65.5 %', limit: '100 %', over: '345 examples too few', rows: { column, op: 'missing' } },
  ],
  [
    'FEATURE_TYPE_LOW_NUMBER_VALUES',
    'type: INT value_count { min: 2 }',
    numbers('INT', [0, 1], { values: [1, 5] }),
    { measured: 'down to 1', limit: 'at least 2', rows: { column, op: 'valueCount', max: 1 } },
  ],
  [
    'FEATURE_TYPE_HIGH_NUMBER_VALUES',
    'type: INT value_count { max: 2 }',
    numbers('INT', [0, 1], { values: [1, 5] }),
    { measured: 'up to 5', limit: 'at most 2', rows: { column, op: 'valueCount', min: 3 } },
  ],
  [
    'VALUE_NESTEDNESS_MISMATCH',
    'type: INT value_counts { value_count {} value_count {} }',
    numbers('INT', [0, 1]),
    { measured: '1 level', limit: '2 levels', rows: undefined },
  ],
  [
    'INVALID_FEATURE_SHAPE',
    'type: INT shape { dim { size: 1 } }',
    numbers('INT', [0, 1], { present: 900, missing: 100 }),
    { measured: '90 %', limit: '100 %', over: 'missing in 100 examples', rows: { column, op: 'missing' } },
  ],
  [
    'INVALID_FEATURE_SHAPE',
    'type: INT shape { dim { size: 2 } }',
    numbers('INT', [0, 1], { values: [1, 3] }),
    { measured: '1 to 3', limit: '2', rows: { column, op: 'valueCount', min: 3 } },
  ],
  [
    'UNEXPECTED_DATA_TYPE',
    'type: INT',
    numbers('FLOAT', [0, 1]),
    { measured: 'FLOAT', limit: 'INT', over: '1,000 examples', rows: { column, op: 'present' } },
  ],
  [
    'FEATURE_MISSING_TYPE',
    '',
    undefined,
    { measured: 'unspecified type', limit: 'a valid definition', rows: undefined },
  ],
  [
    'INVALID_SCHEMA_SPECIFICATION',
    'type: INT presence { min_fraction: 2 }',
    numbers('INT', [0, 1]),
    { measured: 'min_fraction should not greater than 1', limit: 'a valid definition', rows: undefined },
  ],
  [
    'INVALID_DOMAIN_SPECIFICATION',
    'type: BYTES domain: "gone"',
    texts([['a', 5]]),
    { measured: 'missing domain', limit: 'a valid definition', rows: undefined },
  ],
  [
    'DOMAIN_INVALID_FOR_TYPE',
    'type: FLOAT natural_language_domain {}',
    numbers('FLOAT', [0, 1]),
    { measured: 'FLOAT', limit: 'natural language', rows: undefined },
  ],
  [
    'ENUM_TYPE_UNEXPECTED_STRING_VALUES',
    'type: BYTES string_domain { value: "a" value: "c" }',
    texts([
      ['a', 3_274],
      ['b', 16],
    ]),
    { measured: '99.51 %', limit: '100 %', over: '16 values', rows: { column, op: 'in', values: ['b'] } },
  ],
  [
    'ENUM_TYPE_UNEXPECTED_STRING_VALUES',
    'type: BYTES string_domain { value: "a" }',
    texts([
      ['a', 5],
      ['b', 3],
      ['c', 2],
    ]),
    { measured: '50 %', limit: '100 %', over: '5 values', rows: { column, op: 'notIn', values: ['a'] } },
  ],
  [
    'ENUM_TYPE_INVALID_UTF8',
    'type: BYTES string_domain { value: "a" }',
    texts([['a', 990]], { invalidUtf8: 10, total: 1_000 }),
    { measured: '10 values', limit: 'none', over: '10 values', rows: undefined },
  ],
  [
    'BOOL_TYPE_SMALL_INT',
    'type: INT bool_domain {}',
    numbers('INT', [-3, 1]),
    { measured: '−3 to 1', limit: '0 or 1', rows: { column, op: 'between', max: 0, maxExcluded: true } },
  ],
  [
    'BOOL_TYPE_BIG_INT',
    'type: INT bool_domain {}',
    numbers('INT', [0, 7]),
    { measured: '0 to 7', limit: '0 or 1', rows: { column, op: 'between', min: 2 } },
  ],
  [
    'BOOL_TYPE_UNEXPECTED_FLOAT',
    'type: FLOAT bool_domain {}',
    numbers('FLOAT', [0, 0.5]),
    { measured: '0 to 0.5', limit: '0 or 1', rows: { column, op: 'notIn', values: [0, 1] } },
  ],
  [
    'BOOL_TYPE_UNEXPECTED_STRING',
    'type: BYTES bool_domain { true_value: "y" false_value: "n" }',
    texts([
      ['y', 990],
      ['perhaps', 10],
    ]),
    {
      measured: '1 other value',
      limit: '“y” or “n”',
      over: '10 values',
      rows: { column, op: 'in', values: ['perhaps'] },
    },
  ],
  [
    'INT_TYPE_SMALL_INT',
    'type: INT int_domain { min: 5 }',
    numbers('INT', [-2, 9]),
    { measured: '−2', limit: '5', over: '7', rows: { column, op: 'between', max: 5, maxExcluded: true } },
  ],
  [
    'INT_TYPE_BIG_INT',
    'type: INT int_domain { max: 23 }',
    numbers('INT', [0, 24]),
    { measured: '24', limit: '23', over: '1', rows: { column, op: 'between', min: 24 } },
  ],
  [
    'INT_TYPE_BIG_INT',
    'type: BYTES int_domain { max: 23 }',
    texts([
      ['1', 9],
      ['99', 1],
    ]),
    { measured: '99', limit: '23', over: '76', rows: { column, op: 'in', values: ['99'] } },
  ],
  [
    'INT_TYPE_NOT_INT_STRING',
    'type: BYTES int_domain {}',
    texts([
      ['1', 9],
      ['one', 1],
    ]),
    { measured: '1 other value', limit: 'whole numbers', over: '1 value', rows: { column, op: 'in', values: ['one'] } },
  ],
  [
    'FLOAT_TYPE_SMALL_FLOAT',
    'type: FLOAT float_domain { min: 0 }',
    numbers('FLOAT', [-0.5, 1]),
    { measured: '−0.5', limit: '0', over: '0.5', rows: { column, op: 'between', max: 0, maxExcluded: true } },
  ],
  [
    'FLOAT_TYPE_BIG_FLOAT',
    'type: FLOAT float_domain { max: 1 }',
    numbers('FLOAT', [0, 1.5]),
    { measured: '1.5', limit: '1', over: '0.5', rows: { column, op: 'between', min: 1 + 2 ** -23 } },
  ],
  [
    'FLOAT_TYPE_HAS_NAN',
    'type: FLOAT float_domain { disallow_nan: true }',
    numbers('FLOAT', [0, 1], { numNan: 4 }),
    { measured: '4 values', limit: 'no NaN', rows: { column, op: 'notANumber' } },
  ],
  [
    'FLOAT_TYPE_HAS_INF',
    'type: FLOAT float_domain { disallow_inf: true }',
    numbers('FLOAT', [0, Infinity]),
    { measured: '0 to ∞', limit: 'no infinity', rows: { column, op: 'between', min: 3.402_823_6e38 } },
  ],
  [
    'FLOAT_TYPE_STRING_NOT_FLOAT',
    'type: BYTES float_domain {}',
    texts([
      ['1.5', 9],
      ['x', 1],
    ]),
    { measured: '1 other value', limit: 'numbers', over: '1 value', rows: { column, op: 'in', values: ['x'] } },
  ],
  [
    'SEMANTIC_DOMAIN_UPDATE',
    'type: BYTES',
    texts([['a', 9]], { domainInfo: 'natural_language_domain {}' }),
    { measured: 'natural_language_domain {}', limit: 'a domain that fits', rows: undefined },
  ],
  [
    'FEATURE_TYPE_LOW_UNIQUE',
    'type: BYTES unique_constraints { min: 5 max: 9 }',
    texts([['a', 9]]),
    { measured: '1', limit: '5', over: '4', rows: undefined },
  ],
  [
    'FEATURE_TYPE_HIGH_UNIQUE',
    'type: BYTES unique_constraints { min: 1 max: 2 }',
    texts([['a', 9]], { unique: 7 }),
    { measured: '7', limit: '2', over: '5', rows: undefined },
  ],
  [
    'FEATURE_TYPE_NO_UNIQUE',
    'type: INT unique_constraints { min: 1 max: 2 }',
    numbers('INT', [0, 1]),
    { measured: 'not counted', limit: '2', rows: undefined },
  ],
];

/** Validates the feature `f` and returns what was found of that type, with what explains it. */
function found(type: AnomalyType, schemaText: string, data: ToyFeature | undefined) {
  const dataset = toyDataset(EXAMPLES, data === undefined ? {} : { f: data });
  const isKnown = type !== 'SCHEMA_NEW_COLUMN';
  const schema = parseSchemaText(isKnown ? `feature { name: "f" ${schemaText} }` : '');
  const anomalies = validateStatistics({ datasets: [dataset] }, schema);
  const raised = anomalies.anomalyInfo.flatMap(({ value }) => value?.reason ?? []).find((each) => each.type === type);
  const { shortDescription = 'unspecified type', description = '' } = raised ?? {};
  const reason: AnomalyReason = { type, shortDescription, description };
  const [view] = new DatasetView(dataset).features;
  return { isRaised: raised !== undefined, reason, context: { schema, view, name: 'f', numExamples: EXAMPLES } };
}

describe('explaining an anomaly', () => {
  it.each(CASES)('%s of `%s` is measured and held against its limit', (type, schemaText, data, expected) => {
    const { isRaised, reason, context } = found(type, schemaText, data);
    expect(isRaised || type === 'FEATURE_MISSING_TYPE').toBe(true);
    const { finding, rule, measured, limit, over } = explainAnomaly(reason, context);
    expect(finding).not.toBe('');
    expect(rule.text).not.toBe('');
    expect({ measured: measured.text, limit: limit.text, ...(over !== undefined && { over: over.text }) }).toEqual({
      measured: expected.measured,
      limit: expected.limit,
      ...(expected.over !== undefined && { over: expected.over }),
    });
    expect(offendingRows(reason, context)).toEqual(expected.rows === undefined ? undefined : [expected.rows]);
  });

  it('says which level of nested lists is wrong', () => {
    const context = {
      ...found(
        'FEATURE_TYPE_HIGH_NUMBER_VALUES',
        'type: INT value_count { max: 2 }',
        numbers('INT', [0, 1], { values: [1, 5] }),
      ).context,
    };
    const reason: AnomalyReason = { type: 'FEATURE_TYPE_HIGH_NUMBER_VALUES', shortDescription: '', description: '' };
    expect(explainAnomaly(reason, context).measured).toEqual({ text: 'up to 5' });
  });

  it('explains that a column stands in data outside of its environment', () => {
    const schema = parseSchemaText(
      'feature { name: "f" type: INT not_in_environment: "serving" } default_environment: "serving"',
    );
    const dataset = toyDataset(EXAMPLES, { f: numbers('INT', [0, 1]) });
    const [anomaly] = validateStatistics({ datasets: [dataset] }, schema, { environment: 'serving' }).anomalyInfo;
    const [view] = new DatasetView(dataset).features;
    const context = { schema, view, name: 'f', numExamples: EXAMPLES, environment: 'serving' };
    const { shortDescription = '' } = anomaly?.value?.reason[0] ?? {};
    expect(shortDescription).toBe('Column missing in environment');
    const reason: AnomalyReason = { type: 'SCHEMA_NEW_COLUMN', shortDescription, description: '' };
    expect(explainAnomaly(reason, context)).toMatchObject({
      finding: expect.stringContaining('serving') as string,
      rule: { detail: 'not in serving' },
    });
  });

  it('takes the figures of a distance from the anomalies', () => {
    const { context } = found('FEATURE_TYPE_NO_UNIQUE', 'type: INT', numbers('INT', [0, 1]));
    const driftSkewInfo = [
      {
        path: { step: ['f'] },
        driftMeasurements: [{ type: 'L_INFTY' as const, value: 0.036, threshold: 0.03 }],
        skewMeasurements: [],
      },
    ];
    const reason: AnomalyReason = {
      type: 'COMPARATOR_L_INFTY_HIGH',
      shortDescription: 'High Linfty distance',
      description: '',
    };
    expect(explainAnomaly(reason, { ...context, driftSkewInfo })).toMatchObject({
      measured: { text: '0.036' },
      limit: { text: '0.03' },
    });
  });

  it.each(ANOMALY_TYPES)('has words for %s, whoever raised it', (type) => {
    const { context } = found('FEATURE_TYPE_NO_UNIQUE', 'type: INT', numbers('INT', [0, 1]));
    const explained = explainAnomaly({ type, shortDescription: 'In short', description: 'At length' }, context);
    for (const text of [explained.finding, explained.rule.text, explained.measured.text, explained.limit.text]) {
      expect(text).not.toBe('');
    }
  });
});
