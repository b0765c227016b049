import { describe, expect, it } from 'vitest';

import { parseSchemaText, schemaFeature } from '../artifact/data-schema';
import { AppError } from '../errors';
import { type ToyFeature, toyStatistics } from './toy-statistics';
import { type ToyReason, validateToy } from './toy-validation';
import { updateSchema } from './update-schema';
import { validateStatistics } from './validate-statistics';

/** The reasons; the fix must leave none. */
function found(schemaText: string, feature: ToyFeature): readonly ToyReason[] {
  const { reasons, reasonsAfterwards } = validateToy(schemaText, feature);
  expect(reasonsAfterwards).toEqual([]);
  return reasons;
}

it('AN-O1 tells unknown values with their share, and nothing of ignored features', () => {
  const schema = parseSchemaText(`
    feature { name: "annotated_enum" type: BYTES domain: "d" }
    feature { name: "ignored" type: BYTES presence { min_count: 1 } lifecycle_stage: DEPRECATED }
    string_domain { name: "d" value: "A" value: "B" value: "C" }`);
  const annotated: ToyFeature = {
    type: 'STRING',
    missing: 3,
    present: 4,
    values: [1, 1],
    average: 1,
    rank: [['D', 2]],
  };
  const text = 'Examples contain values missing from the schema: D (~50%). ';
  expect(validateStatistics(toyStatistics(7, { annotated_enum: annotated }), schema)).toEqual({
    baseline: schema,
    anomalyNameFormat: 'SERIALIZED_PATH',
    driftSkewInfo: [],
    anomalyInfo: [
      {
        key: 'annotated_enum',
        value: {
          path: { step: ['annotated_enum'] },
          severity: 'ERROR',
          shortDescription: 'Unexpected string values',
          description: text,
          diffRegions: [],
          reason: [
            {
              type: 'ENUM_TYPE_UNEXPECTED_STRING_VALUES',
              shortDescription: 'Unexpected string values',
              description: text,
            },
          ],
        },
      },
    ],
  });
});

describe('AN-O2 a new column', () => {
  const schema = parseSchemaText('feature { name: "annotated_enum" type: INT }');
  const present: ToyFeature = { present: 10, values: [1, 1] };
  const statistics = toyStatistics(10, { new_feature: present, annotated_enum: present });

  it('is an error', () => {
    expect(validateStatistics(statistics, schema).anomalyInfo).toMatchObject([
      {
        key: 'new_feature',
        value: {
          severity: 'ERROR',
          shortDescription: 'New column',
          description: 'New column (column in data but not in schema)',
        },
      },
    ]);
  });

  it('is a warning where that is asked for', () => {
    const severityOverrides = { SCHEMA_NEW_COLUMN: 'WARNING' } as const;
    const { anomalyInfo } = validateStatistics(statistics, schema, { severityOverrides });
    expect(anomalyInfo.map(({ key, value }) => [key, value?.severity])).toEqual([['new_feature', 'WARNING']]);
  });
});

it('AN-O3 a required column without statistics is missing, and its fix deprecates it', () => {
  const schema = parseSchemaText(
    'feature { name: "feature" type: INT value_count { min: 1 max: 1 } presence { min_count: 1 } }',
  );
  const statistics = toyStatistics(1000, {});
  expect(validateStatistics(statistics, schema).anomalyInfo).toMatchObject([
    {
      key: 'feature',
      value: {
        shortDescription: 'Column dropped',
        description: 'Column is completely missing',
        reason: [{ type: 'SCHEMA_MISSING_COLUMN' }],
      },
    },
  ]);
  expect(updateSchema(schema, statistics).feature[0]?.lifecycleStage).toBe('DEPRECATED');
});

it('AN-O4 more values than allowed are told, also of a categorical integer', () => {
  const schema = 'type: INT value_count { min: 1 max: 1 } int_domain { is_categorical: true }';
  expect(found(schema, { missing: 3, present: 4, values: [1, 2], rank: [['3', 4]] })).toEqual([
    {
      type: 'FEATURE_TYPE_HIGH_NUMBER_VALUES',
      short: 'Superfluous values',
      long: 'Some examples have more values than expected.',
    },
  ]);
});

it('AN-O9 a shape that the data do not have is told and dropped', () => {
  const schema = 'type: INT shape { dim { size: 1 } } presence { min_fraction: 1 min_count: 1 }';
  const feature: ToyFeature = { present: 10, values: [1, 2] };
  expect(found(schema, feature)).toMatchObject([{ type: 'INVALID_FEATURE_SHAPE', short: 'Feature shape dropped' }]);
  expect(validateToy(schema, feature).fixed).toEqual(
    schemaFeature({ name: 'f', type: 'INT', presence: { minFraction: 1, minCount: 1 } }),
  );
});

describe('AN-O10 a broken definition', () => {
  const float: ToyFeature = { type: 'FLOAT', present: 10, range: [0.5, 0.5] };
  const invalid = 'INVALID_SCHEMA_SPECIFICATION';

  it.each<readonly [string, string, ToyFeature, readonly ToyReason[]]>([
    [
      'no_type',
      '',
      {},
      [
        {
          type: 'FEATURE_MISSING_TYPE',
          short: 'unspecified type: determine the type and set it, rather than deprecating.',
          long: '',
        },
      ],
    ],
    [
      'invalid_value_count',
      'type: INT value_count { min: -1 }',
      {},
      [{ type: invalid, short: 'ValueCount.min should not be negative', long: '' }],
    ],
    [
      'invalid_presence',
      'type: INT presence { min_fraction: 1.5 }',
      {},
      [{ type: invalid, short: 'min_fraction should not greater than 1', long: '' }],
    ],
    [
      'nl_float',
      'type: FLOAT natural_language_domain {}',
      float,
      [
        {
          type: 'DOMAIN_INVALID_FOR_TYPE',
          short: 'The domain does not match the type',
          long: 'The domain "natural_language_domain" does not match the type: FLOAT',
        },
      ],
    ],
    [
      'distribution_constraints_bool',
      'type: INT bool_domain {} distribution_constraints { min_domain_mass: 0.5 }',
      { range: [0, 1] },
      [{ type: invalid, short: 'distribution constraints not supported for bool domains.', long: '' }],
    ],
    [
      'int_domain_bytes',
      'type: BYTES int_domain {}',
      float,
      [
        {
          type: 'UNEXPECTED_DATA_TYPE',
          short: 'Unexpected data type',
          long: 'Expected data of type: BYTES but got FLOAT',
        },
      ],
    ],
    [
      'a negative share',
      'type: INT presence { min_fraction: -0.5 }',
      {},
      [{ type: invalid, short: 'min_fraction should not be negative: clear is equal to zero', long: '' }],
    ],
    [
      'a dimension of 0',
      'type: INT shape { dim { size: 0 } }',
      {},
      [{ type: invalid, short: 'Shape.dim.size must be a positive integer', long: '' }],
    ],
    [
      'an unknown domain',
      'type: BYTES domain: "gone"',
      { type: 'STRING', rank: [['a', 1]] },
      [{ type: 'INVALID_DOMAIN_SPECIFICATION', short: 'missing domain: ', long: '' }],
    ],
  ])('%s', (_, schema, feature, expected) => {
    expect(found(schema, { present: 10, missing: 0, ...feature })).toEqual(expected);
  });

  it('has its type inferred from its list of texts', () => {
    const schema = 'string_domain { value: "a" }';
    const feature: ToyFeature = { type: 'STRING', present: 10, rank: [['a', 10]] };
    expect(found(schema, feature)).toEqual([
      {
        type: 'FEATURE_MISSING_TYPE',
        short: 'unspecified type: inferring the type to be BYTES, given the domain specified.',
        long: '',
      },
    ]);
    expect(validateToy(schema, feature).fixed).toMatchObject({ type: 'BYTES' });
  });
});

it('a feature that no example has is told as such', () => {
  expect(found('type: INT presence { min_count: 1 }', { missing: 10 })).toEqual([
    { type: 'FEATURE_TYPE_NOT_PRESENT', short: 'Column dropped', long: 'The feature was not present in any examples.' },
  ]);
  expect(found('type: INT', { missing: 10 })).toEqual([]);
});

describe('EV-O1 environments', () => {
  const schema = parseSchemaText(`
    default_environment: "TRAINING" default_environment: "SERVING"
    feature { name: "label" type: INT not_in_environment: "SERVING" presence { min_count: 1 } }
    feature { name: "feature" type: INT presence { min_count: 1 } }`);
  const statistics = toyStatistics(10, { feature: { present: 10, values: [1, 1] } });
  const typesIn = (environment: string | undefined) =>
    validateStatistics(statistics, schema, { environment }).anomalyInfo.map(({ key, value }) => [
      key,
      value?.reason[0]?.type,
    ]);

  it('expect a label where it belongs', () => {
    expect(typesIn('TRAINING')).toEqual([['label', 'SCHEMA_MISSING_COLUMN']]);
    expect(typesIn(undefined)).toEqual([['label', 'SCHEMA_MISSING_COLUMN']]);
  });

  it('do not expect it elsewhere', () => {
    expect(typesIn('SERVING')).toEqual([]);
  });

  it('must be known to the schema', () => {
    expect(() => typesIn('INVALID')).toThrow(AppError);
    expect(() => typesIn('INVALID')).toThrow('not found in the schema');
  });
});

it('EV-O2 without examples nothing is compared', () => {
  const schema = parseSchemaText('feature { name: "f" type: INT presence { min_count: 1 } }');
  const anomalies = validateStatistics(toyStatistics(0, {}), schema);
  expect(anomalies).toEqual({ baseline: schema, dataMissing: true, anomalyInfo: [], driftSkewInfo: [] });
});
