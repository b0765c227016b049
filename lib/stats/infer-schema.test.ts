import { describe, expect, it } from 'vitest';

import { parseSchemaText } from '../artifact/data-schema';
import { AppError } from '../errors';
import { boolDomainCandidate, isIntDomainCandidate } from './checks/domain-candidates';
import { inferSchema } from './infer-schema';
import { FeatureView } from './statistics-view';
import { type ToyFeature, toyDataset, toyStatistics } from './toy-statistics';

const NO_SHAPE = { inferFeatureShape: false };
const ONE = { values: [1, 1] } as const;

function labels(type: 'STRING' | 'INT' | 'FLOAT', ...names: readonly string[]): ToyFeature {
  return { type, present: names.length, ...ONE, rank: names.map((name) => [name, 1] as const) };
}

function viewOf(feature: ToyFeature): FeatureView {
  const [statistics] = toyDataset(10, { f: feature }).features;
  if (statistics === undefined) throw new Error('the builder makes one feature');
  return new FeatureView(statistics, { byWeight: false, numExamples: 10 });
}

describe('a feature is inferred from its counts', () => {
  it.each<readonly [string, ToyFeature, string]>([
    [
      'IN-O1 sometimes missing, 1 to 5 values',
      { missing: 3, present: 10, values: [1, 5] },
      'presence { min_count: 1 } value_count { min: 1 }',
    ],
    ['IN-O1 sometimes without values', { missing: 3, present: 10, values: [0, 5] }, 'presence { min_count: 1 }'],
    [
      'IN-O1 one value where present',
      { missing: 3, present: 10, values: [1, 1] },
      'presence { min_count: 1 } value_count { min: 1 max: 1 }',
    ],
    [
      'IN-O1 always five values',
      { missing: 0, present: 1, values: [5, 5] },
      'presence { min_count: 1 min_fraction: 1 } value_count { min: 5 max: 5 }',
    ],
    ['IN-O1 never present', { missing: 100, present: 0 }, 'presence { min_count: 0 }'],
    [
      'IN-O7 always present, 1 to 10 values',
      { present: 10, values: [1, 10] },
      'presence { min_count: 1 min_fraction: 1 } value_count { min: 1 }',
    ],
    [
      'IN-O7 always present, 3 to 10 values',
      { present: 10, values: [3, 10] },
      'presence { min_count: 1 min_fraction: 1 } value_count { min: 1 }',
    ],
  ])('%s', (_, feature, expected) => {
    expect(inferSchema(toyStatistics(10, { f: feature }), NO_SHAPE)).toEqual(
      parseSchemaText(`feature { name: "f" type: INT ${expected} }`),
    );
  });

  it('IN-O4 as a shape where every example has the same number of values', () => {
    const statistics = toyStatistics(7, {
      feature1: { missing: 0, present: 7, values: [1, 1] },
      feature2: { missing: 2, present: 5, values: [1, 1] },
      feature3: { missing: 0, present: 7, values: [0, 1] },
    });
    expect(inferSchema(statistics)).toEqual(
      parseSchemaText(`
        feature { name: "feature1" type: INT shape { dim { size: 1 } } presence { min_fraction: 1 min_count: 1 } }
        feature { name: "feature2" type: INT value_count { min: 1 max: 1 } presence { min_count: 1 } }
        feature { name: "feature3" type: INT presence { min_fraction: 1 min_count: 1 } }`),
    );
  });
});

describe('a string domain', () => {
  const rank = [
    ['b', 1],
    ['a', 2],
  ] as const;

  it('IN-O2 holds the labels of the rank histogram in order', () => {
    const feature1: ToyFeature = { type: 'STRING', missing: 3, present: 3, values: [1, 1], unique: 2, rank };
    expect(inferSchema(toyStatistics(6, { feature1 }))).toEqual(
      parseSchemaText(`
        feature {
          name: "feature1" type: BYTES value_count { min: 1 max: 1 } presence { min_count: 1 } domain: "feature1"
        }
        string_domain { name: "feature1" value: "a" value: "b" }`),
    );
  });

  it('IN-O2 is not made of a count of unique values alone', () => {
    const feature1: ToyFeature = { type: 'STRING', present: 7, values: [1, 1], unique: 3, rank: [] };
    expect(inferSchema(toyStatistics(7, { feature1 }), NO_SHAPE)).toEqual(
      parseSchemaText(`
        feature {
          name: "feature1" type: BYTES value_count { min: 1 max: 1 } presence { min_fraction: 1 min_count: 1 }
        }`),
    );
  });

  it('IN-O3 is not made of more labels than allowed', () => {
    const feature1: ToyFeature = { type: 'STRING', missing: 3, present: 3, values: [1, 1], rank };
    expect(inferSchema(toyStatistics(6, { feature1 }), { maxStringDomainSize: 1 })).toEqual(
      parseSchemaText(
        'feature { name: "feature1" type: BYTES value_count { min: 1 max: 1 } presence { min_count: 1 } }',
      ),
    );
  });

  it('is not made of values that are not UTF-8', () => {
    const schema = inferSchema(toyStatistics(3, { f: { type: 'STRING', present: 3, ...ONE, rank, invalidUtf8: 1 } }));
    expect(schema.stringDomain).toEqual([]);
    expect(schema.feature[0]?.domain).toBeUndefined();
  });

  it('is named after the path, quoted where that is odd', () => {
    const schema = inferSchema(toyStatistics(3, { 'a.b': { type: 'STRING', present: 3, ...ONE, rank } }));
    expect(schema.feature[0]).toMatchObject({ name: 'a.b', domain: "'a.b'" });
    expect(schema.stringDomain.map(({ name }) => name)).toEqual(["'a.b'"]);
  });
});

describe('domain candidates', () => {
  it.each<readonly [string, ToyFeature, boolean]>([
    ['IN-O5 true and false', labels('STRING', 'true', 'false'), true],
    ['IN-O5 two words for true', labels('STRING', 'true', '1'), false],
    ['IN-O5 false alone', labels('STRING', 'false'), true],
    ['IN-O5 integers from 0 to 1', { type: 'INT', range: [0, 1] }, true],
    ['nothing but zeros', { type: 'INT', range: [0, 0] }, false],
    ['integers from -1 to 1', { type: 'INT', range: [-1, 1] }, false],
    ['floats from 0 to 1', { type: 'FLOAT', range: [0, 1] }, false],
    ['no text at all', labels('STRING'), false],
    ['a third word', labels('STRING', 'true', 'false', '1'), false],
    ['the empty text alone', labels('STRING', ''), true],
  ])('of booleans: %s', (_, feature, expected) => {
    expect(boolDomainCandidate(viewOf(feature)) !== undefined).toBe(expected);
  });

  it.each<readonly [string, ToyFeature, boolean]>([
    ['IN-O6 integers as text', labels('STRING', '1', '4'), true],
    ['IN-O6 integers', { type: 'INT', range: [13, 14] }, false],
    ['IN-O6 a word', labels('STRING', 'false'), false],
    ['IN-O6 floats', { type: 'FLOAT', range: [0, 1] }, false],
    ['an empty text among integers', labels('STRING', '1', ''), false],
    ['an integer beyond 64 bits', labels('STRING', '9223372036854775808'), false],
    ['signs and spaces', labels('STRING', ' -3', '+4 '), true],
  ])('of integers: %s', (_, feature, expected) => {
    expect(isIntDomainCandidate(viewOf(feature))).toBe(expected);
  });

  it('IN-O8 come first from the statistics, where they name one', () => {
    const text = (domainInfo: string): ToyFeature => ({ type: 'STRING', present: 6, ...ONE, domainInfo });
    const statistics = toyStatistics(6, {
      nl_feature: text('natural_language_domain {}'),
      another_feature: text('This is invalid!'),
      two_things: text('natural_language_domain {} type: BYTES'),
    });
    const always = 'type: BYTES value_count { min: 1 max: 1 } presence { min_count: 1 min_fraction: 1 }';
    expect(inferSchema(statistics, NO_SHAPE)).toEqual(
      parseSchemaText(`
        feature { name: "nl_feature" natural_language_domain {} ${always} }
        feature { name: "another_feature" ${always} }
        feature { name: "two_things" ${always} }`),
    );
  });
});

describe('several datasets', () => {
  const dataset = (name: string, max: number) => toyDataset(2, { feature1: { present: 2, values: [1, max] } }, name);

  it('IN-O9 are described by the slice of all examples', () => {
    const datasets = [dataset('feature1_testvalue', 1), dataset('All Examples', 2)];
    expect(inferSchema({ datasets })).toEqual(
      parseSchemaText(
        'feature { name: "feature1" type: INT value_count { min: 1 } presence { min_fraction: 1 min_count: 1 } }',
      ),
    );
  });

  it('IN-O9 without that slice are refused', () => {
    const infer = () => inferSchema({ datasets: [dataset('', 1), dataset('', 1)] });
    expect(infer).toThrow(AppError);
    expect(infer).toThrow('statistics proto with one dataset');
  });
});

it('a struct is refused, not passed over', () => {
  expect(() => inferSchema(toyStatistics(1, { s: { type: 'STRUCT', present: 1 } }))).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
});
