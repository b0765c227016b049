import { describe, expect, it } from 'vitest';

import { type DataSchema, parseSchemaText } from '../artifact/data-schema';
import { type ToyFeature, toyStatistics } from './toy-statistics';
import { type UpdateOptions, updateSchema } from './update-schema';
import { validateStatistics } from './validate-statistics';

/** Of the feature `f` alone. */
function updated(schema: string, feature: ToyFeature | undefined, options: UpdateOptions = {}): DataSchema {
  const statistics = toyStatistics(
    10,
    feature === undefined ? { other: { present: 10, values: [1, 1] } } : { f: feature },
  );
  return updateSchema(parseSchemaText(schema), statistics, options);
}

it('UP-O1 appends unknown values, after which nothing is wrong', () => {
  const schema = parseSchemaText(`
    feature { name: "f" type: BYTES domain: "d" value_count { min: 1 max: 1 } presence { min_count: 1 } }
    string_domain { name: "d" value: "A" value: "B" value: "C" }`);
  const statistics = toyStatistics(10, {
    f: { type: 'STRING', missing: 3, present: 7, values: [1, 1], rank: [['D', 1]] },
  });
  const [anomaly] = validateStatistics(statistics, schema).anomalyInfo;
  expect(anomaly?.value).toMatchObject({
    shortDescription: 'Unexpected string values',
    description: 'Examples contain values missing from the schema: D (?). ',
    reason: [{ type: 'ENUM_TYPE_UNEXPECTED_STRING_VALUES' }],
  });
  const fixed = updateSchema(schema, statistics);
  expect(fixed.stringDomain[0]?.value).toEqual(['A', 'B', 'C', 'D']);
  expect(validateStatistics(statistics, fixed).anomalyInfo).toEqual([]);
});

describe('UP-O2 environments', () => {
  const known = (rest = '') => `feature {
    name: "f" type: INT value_count { min: 1 max: 1 } presence { min_count: 1 min_fraction: 1 } in_environment: "env1" ${rest}
  }`;
  const present: ToyFeature = { present: 10, values: [1, 1], range: [0, 5] };
  const absent: ToyFeature = { missing: 10, present: 0 };

  it.each<
    readonly [string, { readonly schema: string; readonly feature?: ToyFeature; readonly environment: string }, string]
  >([
    [
      'a new feature is added, in no environment',
      { schema: '', feature: present, environment: 'env1' },
      known().replace('in_environment: "env1"', ''),
    ],
    ['one missing outside its environment is left', { schema: known(), environment: 'env2' }, known()],
    [
      'one missing in its environment is deprecated',
      { schema: known(), environment: 'env1' },
      known('lifecycle_stage: DEPRECATED'),
    ],
    [
      'one present outside its environment joins it',
      { schema: known(), feature: present, environment: 'env2' },
      known('in_environment: "env2"'),
    ],
    ['one present in its environment is left', { schema: known(), feature: present, environment: 'env1' }, known()],
    [
      'one never present in its environment is deprecated',
      { schema: known(), feature: absent, environment: 'env1' },
      known('lifecycle_stage: DEPRECATED'),
    ],
    [
      'one never present outside its environment is left',
      { schema: known(), feature: absent, environment: 'env2' },
      known(),
    ],
  ])('%s', (_, { schema, feature, environment }, expected) => {
    const paths = new Set(['f']);
    expect(updated(schema, feature, { environment, paths })).toEqual(parseSchemaText(expected));
  });
});

describe('UP-O3 presence', () => {
  it.each<
    readonly [
      string,
      { readonly presence: string; readonly counts: ToyFeature; readonly examples: number },
      string,
      readonly (string | undefined)[],
    ]
  >([
    [
      'is left where it is met',
      { presence: 'min_count: 1 min_fraction: 0.5', counts: { missing: 4, present: 6 }, examples: 10 },
      'min_count: 1 min_fraction: 0.5',
      [],
    ],
    [
      'is lowered to the count',
      { presence: 'min_count: 7', counts: { missing: 4, present: 6 }, examples: 10 },
      'min_count: 6',
      ['The feature was present in fewer examples than expected: minimum count = 7, actual = 6'],
    ],
    [
      'is lowered where rounding hides a missing example',
      { presence: 'min_fraction: 1', counts: { missing: 1, present: 1e15 }, examples: 1e15 },
      'min_fraction: 0.9999',
      ['The feature was expected everywhere, but was missing in 1 examples.'],
    ],
  ])('%s', (_, { presence, counts, examples }, expected, texts) => {
    const schema = parseSchemaText(`feature { name: "f" type: INT presence { ${presence} } }`);
    const statistics = toyStatistics(examples, { f: { ...counts, values: [1, 1] } });
    const found = validateStatistics(statistics, schema).anomalyInfo.flatMap(({ value }) => value?.reason ?? []);
    expect(found.map(({ description }) => description)).toEqual(texts);
    expect(updateSchema(schema, statistics)).toEqual(
      parseSchemaText(`feature { name: "f" type: INT presence { ${expected} } }`),
    );
  });
});

describe('domains of numbers', () => {
  it.each<readonly [string, ToyFeature, string]>([
    ['UP-O4 a float above 1', { range: [0, 2] }, 'min: 0 max: 2'],
    ['UP-O4 a NaN among booleans', { range: [0, 1], numNan: 3 }, 'min: 0 max: 1'],
    [
      'UP-O4 quantiles between 0 and 1',
      {
        range: [0, 1],
        quantiles: [
          [0, 0.4, 200],
          [0.4, 0.7, 10],
          [0.7, 1, 10],
        ],
      },
      'min: 0 max: 1',
    ],
  ])('%s make a float_domain', (_, given, domain) => {
    const feature: ToyFeature = { type: 'FLOAT', present: 10, values: [1, 1], ...given };
    expect(updated('feature { name: "f" type: FLOAT bool_domain {} }', feature)).toEqual(
      parseSchemaText(`feature { name: "f" type: FLOAT float_domain { ${domain} } }`),
    );
  });

  it.each<readonly [string, string, ToyFeature, string]>([
    [
      'UP-O5 NaN',
      'type: FLOAT float_domain { disallow_nan: true }',
      { type: 'FLOAT', numNan: 5 },
      'disallow_nan: false',
    ],
    [
      'UP-O5 NaN as text',
      'type: BYTES float_domain { disallow_nan: true }',
      { type: 'STRING', rank: ['1.5', '2.5', '-1.5', 'NaN', '0.5'].map((label) => [label, 1] as const) },
      'disallow_nan: false',
    ],
    [
      'UP-O5 an infinity',
      'type: FLOAT float_domain { disallow_inf: true }',
      { type: 'FLOAT', range: [-Infinity, 1] },
      'disallow_inf: false',
    ],
  ])('%s is allowed once it was met', (_, schema, given, domain) => {
    const fixed = updated(`feature { name: "f" ${schema} }`, { present: 10, values: [1, 1], ...given });
    const [before = ''] = schema.split(' float_domain');
    expect(fixed).toEqual(parseSchemaText(`feature { name: "f" ${before} float_domain { ${domain} } }`));
  });
});

it('takes a shared list that cannot hold the values from every feature that uses it', () => {
  const schema = parseSchemaText(`
    feature { name: "f" type: BYTES domain: "d" }
    feature { name: "g" type: BYTES domain: "d" }
    feature { name: "h" type: BYTES domain: "e" }
    string_domain { name: "d" value: "A" }
    string_domain { name: "e" value: "B" }`);
  const statistics = toyStatistics(10, { f: { type: 'STRING', present: 10, values: [1, 1], invalidUtf8: 1 } });
  expect(validateStatistics(statistics, schema).anomalyInfo[0]?.value?.reason).toEqual([
    {
      type: 'ENUM_TYPE_INVALID_UTF8',
      shortDescription: 'Invalid UTF8 strings',
      description: 'Found strings that were not valid UTF8 strings.',
    },
  ]);
  expect(updateSchema(schema, statistics)).toEqual(
    parseSchemaText(`
      feature { name: "f" type: BYTES }
      feature { name: "g" type: BYTES }
      feature { name: "h" type: BYTES domain: "e" }
      string_domain { name: "e" value: "B" }`),
  );
});

it('changes only the features it is asked for', () => {
  const present: ToyFeature = { present: 10, values: [1, 1] };
  const schema = parseSchemaText('feature { name: "gone" type: INT presence { min_count: 1 } }');
  const fixed = updateSchema(schema, toyStatistics(10, { a: present, b: present }), { paths: new Set(['b']) });
  expect(fixed.feature.map(({ name, lifecycleStage }) => [name, lifecycleStage])).toEqual([
    ['gone', undefined],
    ['b', undefined],
  ]);
});
