import { describe, expect, it } from 'vitest';

import { parseSchemaText, writeSchemaText } from './data-schema';
import {
  addFeature,
  EDITABLE_DOMAINS,
  editableDomainOf,
  hasComments,
  knownEnvironments,
  removeFeature,
  replaceFeature,
  setDefaultEnvironments,
  setDomainKind,
  setDomainValues,
  sharersOf,
  valencyKindOf,
  withThreshold,
  withValencyKind,
} from './schema-edit';

const SCHEMA = parseSchemaText(`
feature { name: "a" type: BYTES domain: "shared" distribution_constraints { min_domain_mass: 0.9 } }
feature { name: "b" type: BYTES domain: "shared" }
feature { name: "c" type: BYTES string_domain { value: "x" } }
feature { name: "d" type: INT shape { dim { size: 1 } } not_in_environment: "serving" }
string_domain { name: "shared" value: "x" value: "y" }
default_environment: "training"
`);
const at = (schema: typeof SCHEMA, index: number) => {
  const feature = schema.feature[index];
  if (feature === undefined) throw new Error('the schema has the feature');
  return feature;
};

describe('editing a schema', () => {
  it('removes a shared list with the last feature that names it', () => {
    const without = removeFeature(SCHEMA, 0);
    expect(without.stringDomain).toHaveLength(1);
    expect(removeFeature(without, 0).stringDomain).toEqual([]);
    expect(removeFeature(SCHEMA, 99)).toBe(SCHEMA);
  });

  it('tells who shares a list', () => {
    expect(sharersOf(SCHEMA, 0)).toEqual(['b']);
    expect(sharersOf(SCHEMA, 2)).toEqual([]);
  });

  it('changes the values of a shared list and of an own one, each value once', () => {
    expect(setDomainValues(SCHEMA, 0, ['y', 'z', 'y']).stringDomain[0]?.value).toEqual(['y', 'z']);
    expect(at(setDomainValues(SCHEMA, 2, ['w']), 2).stringDomain?.value).toEqual(['w']);
    expect(setDomainValues(SCHEMA, 3, ['w'])).toBe(SCHEMA);
  });

  it.each(EDITABLE_DOMAINS)('makes the domain one of kind %s, which can be written and read', (kind) => {
    const changed = setDomainKind(SCHEMA, 0, kind);
    expect(editableDomainOf(at(changed, 0))).toBe(kind);
    expect(parseSchemaText(writeSchemaText(changed)).feature).toHaveLength(4);
    if (kind !== 'values') expect(at(changed, 0).distributionConstraints).toBeUndefined();
  });

  it.each(['none', 'count', 'shape', 'nested'] as const)('limits the number of values by %s', (kind) => {
    expect(valencyKindOf(withValencyKind(at(SCHEMA, 0), kind))).toBe(kind);
    expect(valencyKindOf(withValencyKind(at(SCHEMA, 3), kind))).toBe(kind);
  });

  it('sets thresholds one by one, and leaves no empty comparator behind', () => {
    const both = withThreshold(withThreshold(undefined, 'infinityNorm', 0.1), 'jensenShannonDivergence', 0.2);
    expect(both).toMatchObject({ infinityNorm: { threshold: 0.1 }, jensenShannonDivergence: { threshold: 0.2 } });
    const one = withThreshold(both, 'infinityNorm', undefined);
    expect(withThreshold(one, 'jensenShannonDivergence', undefined)).toBeUndefined();
  });

  it('knows environments wherever they are named', () => {
    expect(knownEnvironments(SCHEMA)).toEqual(['training', 'serving']);
    expect(setDefaultEnvironments(SCHEMA, ['a', 'b', 'a']).defaultEnvironment).toEqual(['a', 'b']);
  });

  it('keeps what it does not touch', () => {
    const changed = replaceFeature(SCHEMA, 3, { ...at(SCHEMA, 3), type: 'FLOAT' });
    expect(changed.feature[0]).toBe(SCHEMA.feature[0]);
    expect(replaceFeature(SCHEMA, 3, at(SCHEMA, 3))).toBe(SCHEMA);
    expect(addFeature(SCHEMA, at(SCHEMA, 0)).feature).toHaveLength(5);
  });

  it.each([
    ['# mine\nfeature {}', true],
    ['feature { name: "#1" }', false],
    [`feature { name: 'it\\'s #1' }`, false],
    ['feature {} # why', true],
    ['', false],
  ])('of %j tells comments: %s', (text, expected) => {
    expect(hasComments(text)).toBe(expected);
  });
});
