import { describe, expect, it } from 'vitest';

import { TOY_CATALOG } from '../../server/testing/toy-catalog';
import { blockingProblems } from './blocking-problems';
import { graphOf } from './graph';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';
import { selectNodes, type Selection } from './selection';
import { validatePipeline } from './validate';

const PIPELINE: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'two branches',
  parameters: { k: { type: 'integer', default: 'ten' }, seed: { type: 'integer', default: 1 } },
  nodes: {
    rows: { component: 'ToyMake', params: { seed: { $param: 'seed' } } },
    good: { component: 'ToyPass', inputs: { rows: 'rows.rows' } },
    wide: { component: 'ToyPass', inputs: { rows: 'rows.rows' }, params: { topK: { $param: 'k' } } },
    bad: { component: 'ToyPass', inputs: { rows: 'rows.rows' }, params: { topK: 0 } },
    after: { component: 'ToyDescribe', inputs: { rows: 'bad.rows' } },
    strange: { component: 'NoSuchThing' },
    left: { component: 'ToyPass', inputs: { rows: 'right.rows' } },
    right: { component: 'ToyPass', inputs: { rows: 'left.rows' } },
  },
};

function codesFor(selection: Selection): readonly string[] {
  const graph = graphOf(PIPELINE);
  const selected = selectNodes(graph, selection);
  if (!selected.ok) throw new Error(selected.error.message);
  const problems = validatePipeline(PIPELINE, TOY_CATALOG, { at: 'launch' });
  return blockingProblems({ pipeline: PIPELINE, graph, selected: selected.value, problems }).map(
    ({ code, node }) => `${node ?? 'pipeline'}: ${code}`,
  );
}

describe('what keeps a part of a pipeline from running', () => {
  it('is nothing while the part and what it needs are right', () => {
    expect(codesFor({ type: 'to', nodes: ['good'] })).toEqual([]);
    expect(codesFor({ type: 'only', nodes: ['good'] })).toEqual([]);
  });

  it('is a broken node that is selected, needed, or taken as it is', () => {
    expect(codesFor({ type: 'to', nodes: ['bad'] })).toEqual(['bad: invalid-parameter']);
    expect(codesFor({ type: 'to', nodes: ['after', 'good'] })).toEqual(['bad: invalid-parameter']);
    expect(codesFor({ type: 'only', nodes: ['after'] })).toEqual(['bad: invalid-parameter']);
  });

  it('is a default of the wrong kind for those that use it alone', () => {
    expect(codesFor({ type: 'to', nodes: ['wide'] })).toContain('pipeline: invalid-pipeline-parameter');
    expect(codesFor({ type: 'to', nodes: ['rows'] })).toEqual([]);
  });

  it('is a circle for those that are part of it alone', () => {
    expect(codesFor({ type: 'to', nodes: ['left'] })).toEqual(['left: cycle']);
    expect(codesFor({ type: 'only', nodes: ['right'] })).toEqual(['left: cycle']);
  });

  it('is every error when everything is to run', () => {
    expect(codesFor({ type: 'all' })).toEqual(
      expect.arrayContaining(['bad: invalid-parameter', 'strange: unknown-component', 'left: cycle']),
    );
  });
});
