import { describe, expect, it } from 'vitest';

import { describeParamIssues, paramLabel } from './describe-param-issues';
import { COMPONENTS, type ComponentType } from './index';
import type { Json } from './params-form';

function sentences(component: ComponentType, value: { readonly [name: string]: Json }): readonly string[] {
  const schema = COMPONENTS[component].params;
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : describeParamIssues(parsed.error, { schema, value }).map(({ sentence }) => sentence);
}

describe('what is wrong with parameters', () => {
  it.each<readonly [string, ComponentType, { readonly [name: string]: Json }, string]>([
    ['names that are not there', 'Transform', {}, 'Add at least one feature.'],
    ['no names', 'Transform', { features: {} }, 'Add at least one feature.'],
    ['a column', 'Transform', { features: { fare: { op: 'identity', column: '' } } }, 'Choose a column for "fare".'],
    ['a column left out', 'Transform', { features: { fare: { op: 'identity' } } }, 'Choose a column for "fare".'],
    [
      'a number',
      'Transform',
      { features: { fare: { op: 'bucketize', column: 'fare' } } },
      'Enter a whole number for "Buckets" of "fare".',
    ],
    [
      'a list',
      'Transform',
      { features: { fare: { op: 'identity', column: 'fare' } }, splitsConfig: { analyze: [], transform: [] } },
      'Add at least one entry to "Analyze".',
    ],
    [
      'an entry of a list',
      'Transform',
      {
        features: { fare: { op: 'identity', column: 'fare' } },
        splitsConfig: { analyze: ['train', ''], transform: [] },
      },
      'Fill in entry 2 of "Analyze", or remove it.',
    ],
    [
      'one of several forms, misspelt',
      'Transform',
      { features: { fare: { op: 'bucketise', column: 'fare' } } },
      'There is no op "bucketise". Did you mean "bucketize"?',
    ],
    ['a file', 'CsvExampleGen', {}, 'Choose a CSV file, or a folder of them, for inputBase.'],
    [
      'a file that is empty',
      'ParquetExampleGen',
      { inputBase: '' },
      'Choose a Parquet file, or a folder of them, for inputBase.',
    ],
    ['a schema', 'ImportSchemaGen', {}, 'Choose a schema.pbtxt for schemaFile.'],
    [
      'a limit',
      'StatisticsGen',
      { statsOptions: { numTopValues: 0 } },
      'Top values (numTopValues) is 0, but must be at least 1.',
    ],
  ])('is said as what is to be done: %s', (_what, component, value, sentence) => {
    expect(sentences(component, value)).toContain(sentence);
  });

  it('asks for one of several forms by their names', () => {
    const [sentence] = sentences('Transform', { features: { fare: { column: 'fare' } } });
    expect(sentence).toMatch(/^Choose an op for "fare": one of "identity", "label", /);
  });

  it('keeps the exact place beside the words', () => {
    const schema = COMPONENTS.Transform.params;
    const value = { features: { fare: { op: 'bucketize', column: 'fare' } } };
    const parsed = schema.safeParse(value);
    const issues = parsed.success ? [] : describeParamIssues(parsed.error, { schema, value });
    expect(issues.map(({ path, kind }) => [path.join('/'), kind])).toEqual([['features/fare/numBuckets', 'missing']]);
    expect(paramLabel({ schema, value }, ['features', 'fare', 'numBuckets'])).toBe('Buckets');
  });
});
