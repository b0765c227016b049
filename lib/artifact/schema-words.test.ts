import { describe, expect, it } from 'vitest';

import { EMPTY_SCHEMA, parseFeatureText, parseSchemaText } from './data-schema';
import { closeShare, featureWords, otherFieldsText, type FeatureAspect } from './schema-words';

const said = (text: string) => featureWords(parseFeatureText(text), EMPTY_SCHEMA);

describe('words of a feature', () => {
  it.each<readonly [aspect: FeatureAspect, text: string, words: string]>([
    ['type', 'type: BYTES', 'BYTES'],
    ['type', 'type: BYTES string_domain { value: "a" }', 'STRING'],
    ['type', '', 'no type'],
    ['presence', '', 'not checked'],
    ['presence', 'presence {}', 'optional'],
    ['presence', 'presence { min_fraction: 1 min_count: 1 }', 'required'],
    ['presence', 'presence { min_fraction: 0.655 min_count: 1 }', 'in at least 65.5 %, at least 1 example'],
    ['presence', 'presence { min_fraction: 0.9999 }', 'in at least 99.99 %'],
    ['presence', 'group_presence { required: true }', 'required in its group'],
    ['valency', '', 'not checked'],
    ['valency', 'shape { dim { size: 1 } }', 'always 1'],
    ['valency', 'shape {}', 'one value'],
    ['valency', 'shape { dim { size: 28 } dim { size: 28 } }', 'shape 28 × 28'],
    ['valency', 'value_count { min: 1 max: 1 }', 'exactly 1'],
    ['valency', 'value_count { min: 1 }', '1 or more'],
    ['valency', 'value_count { max: 3 }', 'at most 3'],
    ['valency', 'value_count {}', 'any number'],
    ['valency', 'value_counts { value_count { min: 2 max: 2 } value_count { min: 1 } }', 'exactly 2, each 1 or more'],
    ['domain', '', 'any'],
    ['domain', 'int_domain { min: 0 max: 23 }', '0 to 23'],
    ['domain', 'int_domain { is_categorical: true }', 'whole numbers, categorical'],
    ['domain', 'float_domain { min: 0.1 disallow_nan: true }', '0.1 or more, no NaN'],
    ['domain', 'float_domain { disallow_inf: true }', 'no infinity'],
    ['domain', 'bool_domain {}', 'true or false'],
    ['domain', 'bool_domain { true_value: "yes" false_value: "no" }', '“yes” or “no”'],
    [
      'domain',
      'string_domain { value: "a" } distribution_constraints { min_domain_mass: 0.9 }',
      '1 value, for at least 90 %',
    ],
    ['domain', 'domain: "gone"', '“gone”, which the schema lacks'],
    ['domain', 'natural_language_domain {}', 'natural language'],
    ['environments', '', 'all default'],
    ['environments', 'not_in_environment: "serving" in_environment: "test"', 'not in serving; also in test'],
    ['drift', 'drift_comparator { infinity_norm { threshold: 0.01 } }', 'L∞ ≤ 0.01'],
    [
      'skew',
      'skew_comparator { jensen_shannon_divergence { threshold: 0.05 source { type: QUANTILES } } }',
      'JSD ≤ 0.05 by quantiles',
    ],
    ['stage', '', 'in use'],
    ['stage', 'lifecycle_stage: DEBUG_ONLY', 'debug only'],
    ['stage', 'deprecated: true', 'deprecated'],
  ])('%s of `%s` is “%s”', (aspect, text, words) => {
    expect(said(text)[aspect]).toBe(words);
  });

  it('counts the values of the shared list that a feature names', () => {
    const schema = parseSchemaText(
      'feature { name: "f" type: BYTES domain: "d" } string_domain { name: "d" value: "a" value: "b" }',
    );
    expect(schema.feature.map((feature) => featureWords(feature, schema).domain)).toEqual(['2 values']);
  });

  it('leaves as text what it has no words for', () => {
    expect(otherFieldsText(parseFeatureText('type: INT unique_constraints { min: 1 max: 2 }'))).toBe(
      'unique_constraints { min: 1 max: 2 }',
    );
    expect(otherFieldsText(parseFeatureText('name: "a" type: INT presence {}'))).toBe('');
  });

  it.each([
    [0.9951, '99.51 %'],
    [0.999999, '99.9999 %'],
    [1, '100 %'],
    [0, '0 %'],
    [0.655, '65.5 %'],
  ])('tells the share %d as %s', (share, text) => {
    expect(closeShare(share)).toBe(text);
  });
});
