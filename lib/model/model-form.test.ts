import { describe, expect, it } from 'vitest';

import type { TransformGraph, TransformStep } from '../transform/transform-graph';
import { modelForm } from './model-form';

const step = (of: Partial<TransformStep> & Pick<TransformStep, 'name' | 'column' | 'op'>): TransformStep => ({
  from: 'raw',
  inputKind: 'FLOAT',
  kind: 'FLOAT',
  ...of,
});
const graph = (...steps: readonly TransformStep[]): TransformGraph => ({
  format: 'sluice.transform/1',
  steps: [...steps],
});
const reads = (...features: readonly string[]) => ({
  deep: features.map((feature) => ({ feature, width: 1 })),
  wide: [],
});

describe('the form of a model', () => {
  it('asks for a column once, also where a feature is computed from another one', () => {
    const fields = modelForm(
      graph(
        step({ name: 'log', column: 'fare', op: { type: 'log1p' } }),
        step({ name: 'scaled', column: 'log', from: 'feature', op: { type: 'z-score', mean: 2, variance: 1 } }),
        step({ name: 'fare_z', column: 'fare', op: { type: 'z-score', mean: 12.3456, variance: 4 } }),
        step({ name: 'unused', column: 'miles', op: { type: 'identity' } }),
        step({ name: 'tip', column: 'tip', op: { type: 'label' } }),
      ),
      reads('scaled', 'fare_z'),
      new Map(),
    );
    expect(fields).toEqual([
      {
        column: 'fare',
        kind: 'FLOAT',
        isList: false,
        range: { low: 12.3456 - 4, high: 12.3456 + 4 },
        start: 12.3,
      },
    ]);
  });

  it.each([
    ['the smallest and the largest', { type: 'min-max', min: -5, max: 15, outputMin: 0, outputMax: 1 }, [-5, 15], 5],
    ['boundaries and a bucket more at each end', { type: 'buckets', boundaries: [10, 20, 30] }, [0, 40], 20],
    ['the places of a one-hot vector', { type: 'one-hot', depth: 24 }, [0, 23], 0],
  ] as const)('takes its range from %s', (_, op, [low, high], start) => {
    const fitted = op.type === 'buckets' ? { ...op, boundaries: [...op.boundaries] } : op;
    const made = graph(step({ name: 'x', column: 'x', inputKind: 'INT', op: fitted }));
    expect(modelForm(made, reads('x'), new Map())[0]).toMatchObject({ range: { low, high }, start });
  });

  it('offers the tokens of a vocabulary, and begins with the first', () => {
    const made = graph(
      step({
        name: 'place',
        column: 'zone',
        inputKind: 'STRING',
        isList: true,
        op: { type: 'vocabulary', file: 'zones', size: 2, numOovBuckets: 0, defaultValue: -1 },
      }),
    );
    const [field] = modelForm(made, reads('place'), new Map([['zones', ['north', 'south']]]));
    expect(field).toEqual({
      column: 'zone',
      kind: 'STRING',
      isList: true,
      tokens: ['north', 'south'],
      start: ['north'],
    });
  });

  it('knows no range where a column never varied, and no start where nothing was learned', () => {
    const made = graph(
      step({ name: 'x', column: 'x', op: { type: 'z-score', mean: 3, variance: 0 } }),
      step({ name: 'y', column: 'y', op: { type: 'identity' } }),
      step({ name: 'z', column: 'z', op: { type: 'z-score', mean: Number.NaN, variance: Number.NaN } }),
    );
    const fields = modelForm(made, reads('x', 'y', 'z'), new Map());
    expect(fields.map(({ range, start }) => [range, start])).toEqual([
      [undefined, 3],
      [undefined, null],
      [undefined, null],
    ]);
  });
});
