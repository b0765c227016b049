import { describe, expect, it } from 'vitest';

import { differenceOf, differenceWords } from './difference';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

const before: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'Trips',
  nodes: { rows: { component: 'CsvExampleGen' }, figures: { component: 'StatisticsGen' } },
  layout: { rows: { x: 0, y: 0 } },
};

describe('differenceOf', () => {
  it('finds nothing between documents that say the same', () => {
    const same = structuredClone(before);
    expect(differenceWords(differenceOf(before, same))).toBeUndefined();
  });

  it('names nodes that came, went, changed and moved, and what else changed', () => {
    const after: Pipeline = {
      ...before,
      name: 'Rides',
      nodes: {
        rows: { component: 'CsvExampleGen', params: { inputBase: 'x' } },
        schema: { component: 'SchemaGen' },
      },
      layout: { rows: { x: 16, y: 0 } },
    };
    const difference = differenceOf(before, after);
    expect(difference).toEqual({
      added: ['schema'],
      removed: ['figures'],
      changed: ['rows'],
      moved: ['rows'],
      others: ['name'],
    });
    expect(differenceWords(difference)).toBe(
      "adds schema, removes figures, changes rows, moves rows, changes the pipeline's name",
    );
  });

  it('names four of many', () => {
    const nodes = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, { component: 'X' }]));
    expect(differenceWords(differenceOf({ ...before, nodes: {} }, { ...before, nodes }))).toBe(
      'adds a, b, c, d and 2 more',
    );
  });
});
