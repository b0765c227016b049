import { describe, expect, it } from 'vitest';

import { findSplitProblems, planSplits, type SplitParams } from './split-config';

const inputs = (...names: readonly string[]) => ({ splits: names.map((name) => ({ name, pattern: `${name}/*` })) });
const outputs = (...buckets: readonly (readonly [string, number])[]) => ({
  splitConfig: { splits: buckets.map(([name, hashBuckets]) => ({ name, hashBuckets })) },
});

describe('the splits of a run', () => {
  it('EG-O1 are train 2 and eval 1 for one input split, and the input splits for several', () => {
    expect(planSplits({}).outputs).toEqual([
      { name: 'train', hashBuckets: 2 },
      { name: 'eval', hashBuckets: 1 },
    ]);
    expect(planSplits({ inputConfig: inputs('train', 'eval') }).outputs).toEqual([]);
  });

  it('take every file as one input split by default', () => {
    expect(planSplits({}).inputs).toEqual([{ name: 'single_split', pattern: '*' }]);
  });

  it.each<readonly [name: string, params: SplitParams, names: readonly string[]]>([
    ['by default', {}, ['train', 'eval']],
    ['of one named input split', { inputConfig: inputs('a') }, ['train', 'eval']],
    ['of several input splits', { inputConfig: inputs('a', 'b') }, ['a', 'b']],
    ['of an output config without splits', { outputConfig: {} }, ['single_split']],
    ['of an empty list of output splits', { outputConfig: outputs() }, ['single_split']],
    ['as configured, in order', { outputConfig: outputs(['z', 1], ['a', 5]) }, ['z', 'a']],
  ])('have names %s', (_, params, names) => {
    expect(planSplits(params).names).toEqual(names);
    expect(findSplitProblems(params)).toEqual([]);
  });
});

describe('problems of split parameters', () => {
  it.each<readonly [name: string, params: SplitParams, problem: readonly [path: string, message: string]]>([
    ['no input split', { inputConfig: inputs() }, ['inputConfig.splits', 'at least one input split']],
    [
      'output splits for several input splits',
      { inputConfig: inputs('a', 'b'), outputConfig: outputs(['train', 1]) },
      ['outputConfig.splitConfig.splits', 'exactly one input split, and there are 2'],
    ],
    [
      'a partition feature without output splits',
      { outputConfig: { splitConfig: { splits: [], partitionFeatureName: 'x' } } },
      ['outputConfig.splitConfig.partitionFeatureName', 'name these as well'],
    ],
    ['a name twice', { inputConfig: inputs('a', 'b', 'a') }, ['inputConfig.splits.2.name', 'the same name']],
    [
      'names that differ in capital letters only',
      { outputConfig: outputs(['train', 2], ['Train', 1]) },
      ['outputConfig.splitConfig.splits.1.name', 'the same name'],
    ],
    [
      'a name that is a path',
      { outputConfig: outputs(['../x', 1]) },
      ['outputConfig.splitConfig.splits.0.name', 'letters'],
    ],
    ['a name that begins with a dot', { inputConfig: inputs('.a') }, ['inputConfig.splits.0.name', 'letters']],
    [
      'too many buckets',
      { outputConfig: outputs(['a', 2 ** 31 - 1], ['b', 1]) },
      ['outputConfig.splitConfig.splits', 'more than 2147483647'],
    ],
  ])('are told at their place: %s', (_, params, [path, message]) => {
    const [problem, ...others] = findSplitProblems(params);
    expect(others).toEqual([]);
    expect(problem?.path.join('.')).toBe(path);
    expect(problem?.message).toContain(message);
  });
});
