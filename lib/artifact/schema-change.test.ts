import { describe, expect, it } from 'vitest';

import { parseSchemaText } from './data-schema';
import { compareSchemas, diffSchemaTexts } from './schema-change';

const BEFORE = `
feature { name: "a" type: INT presence { min_fraction: 1 } shape { dim { size: 1 } } }
feature { name: "b" type: BYTES domain: "b" }
feature { name: "gone" type: FLOAT }
string_domain { name: "b" value: "x" value: "y" }
`;

function compared(after: string, before = BEFORE) {
  return compareSchemas(parseSchemaText(before), parseSchemaText(after));
}

describe('the difference of two schemas', () => {
  it('is nothing for the same schema in other words', () => {
    expect(compared(BEFORE.replaceAll('name: "a"', "name: 'a' # mine\n"))).toEqual([]);
  });

  it('tells each aspect of a feature before and after', () => {
    const after = BEFORE.replace(
      'presence { min_fraction: 1 }',
      'presence { min_fraction: 0.655 } not_in_environment: "serving"',
    );
    expect(compared(after)).toEqual([
      {
        feature: 'a',
        kind: 'changed',
        differences: [
          { label: 'Presence', before: 'required', after: 'in at least 65.5 %' },
          { label: 'Environments', before: 'all default', after: 'not in serving' },
        ],
        addedValues: [],
        removedValues: [],
      },
    ]);
  });

  it('tells the values that a list gained and lost with the feature that uses it', () => {
    const [change] = compared(BEFORE.replace('value: "y"', 'value: "z" value: "w"'));
    expect(change).toMatchObject({ feature: 'b', addedValues: ['z', 'w'], removedValues: ['y'] });
    expect(change?.differences).toEqual([{ label: 'Domain', before: '2 values', after: '3 values' }]);
  });

  it('tells features that are new and that are gone', () => {
    const after = BEFORE.replace('name: "gone"', 'name: "new"');
    expect(compared(after).map(({ feature, kind }) => [feature, kind])).toEqual([
      ['new', 'added'],
      ['gone', 'removed'],
    ]);
  });

  it('tells what belongs to the dataset, and what it has no words for', () => {
    const after = `${BEFORE.replace('type: FLOAT', 'type: FLOAT unique_constraints { min: 1 }')}
      default_environment: "training" dataset_constraints { min_examples_count: 5 }`;
    expect(compared(after)).toMatchObject([
      {
        feature: undefined,
        differences: [
          { label: 'Default environments', before: 'none', after: 'training' },
          { label: 'Other parts', before: 'none', after: 'dataset_constraints { min_examples_count: 5 }' },
        ],
      },
      {
        feature: 'gone',
        differences: [{ label: 'Other fields', before: 'none', after: 'unique_constraints { min: 1 }' }],
      },
    ]);
  });

  it('shows the texts line by line', () => {
    const after = BEFORE.replace('value: "y"', 'value: "z"').replace('feature { name: "gone" type: FLOAT }', '');
    const lines = diffSchemaTexts(parseSchemaText(BEFORE), parseSchemaText(after));
    expect(lines.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'feature {' },
      { kind: 'removed', text: '  name: "gone"' },
      { kind: 'removed', text: '  type: FLOAT' },
      { kind: 'removed', text: '}' },
      { kind: 'removed', text: '  value: "y"' },
      { kind: 'added', text: '  value: "z"' },
    ]);
  });
});
