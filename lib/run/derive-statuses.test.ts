import { describe, expect, it } from 'vitest';

import type { Pipeline } from '../pipeline/pipeline';
import { problem } from '../pipeline/problem';
import { deriveStatuses, type NodePlan } from './derive-statuses';
import { emptyRun, type NodeSnapshot, type RunSnapshot } from './fold-run';

const document: Pipeline = {
  format: 'sluice.pipeline/1',
  name: 'Penguins',
  nodes: { rows: { component: 'CsvExampleGen' }, figures: { component: 'StatisticsGen' } },
};

const NONE = { document, problems: [], plan: undefined, run: undefined };

function ranAs(state: RunSnapshot['state'], node: Partial<NodeSnapshot>): RunSnapshot {
  const figures: NodeSnapshot = {
    node: 'figures',
    component: 'StatisticsGen',
    upstream: ['rows'],
    state: 'queued',
    decision: 'execute',
    reason: 'New.',
    attempts: [],
    outputs: {},
    ...node,
  };
  return { ...emptyRun('run_1'), state, nodes: { figures } };
}

const planned = (decision: NodePlan['decision'], reason: string): readonly NodePlan[] => [
  { node: 'figures', decision, reason },
];

describe('deriveStatuses', () => {
  it('calls a node that never ran a draft', () => {
    expect(deriveStatuses(NONE).get('figures')).toEqual({
      mark: 'draft',
      words: 'Not run yet',
      headline: 'StatisticsGen',
    });
  });

  it('counts missing inputs, and other problems under their own word', () => {
    const missing = problem('missing-input', 'The input "examples" is not wired.', { node: 'figures' });
    const other = problem('invalid-parameter', 'numTopValues is 0.', { node: 'figures' });
    expect(deriveStatuses({ ...NONE, problems: [missing] }).get('figures')?.words).toBe('1 input missing');
    expect(deriveStatuses({ ...NONE, problems: [missing, other] }).get('figures')?.words).toBe('2 problems');
    expect(deriveStatuses({ ...NONE, problems: [missing] }).get('rows')?.mark).toBe('draft');
  });

  it('shows what a live run says, whatever the plan of the next one is', () => {
    const run = ranAs('running', { state: 'running', share: 0.5 });
    const status = deriveStatuses({ ...NONE, plan: planned('execute', 'Changed.'), run }).get('figures');
    expect(status).toMatchObject({ mark: 'running', share: 0.5, words: 'Running 50 %' });
  });

  it('calls a complete node stale once the plan would execute it again, with the reason', () => {
    const run = ranAs('complete', { state: 'complete' });
    const status = deriveStatuses({ ...NONE, plan: planned('execute', 'numTopValues 20 → 5.'), run }).get('figures');
    expect(status).toMatchObject({ mark: 'stale', headline: 'numTopValues 20 → 5.' });
    expect(deriveStatuses({ ...NONE, plan: planned('reuse', 'Nothing changed.'), run }).get('figures')).toMatchObject({
      mark: 'complete',
      hint: 'Nothing changed.',
    });
  });

  it('lets a failure win over problems of the document', () => {
    const run = ranAs('failed', {
      state: 'failed',
      error: { code: 'component-failed', message: 'Row 3.', retryable: false },
    });
    const problems = [problem('missing-input', 'Not wired.', { node: 'figures' })];
    expect(deriveStatuses({ ...NONE, problems, run }).get('figures')).toMatchObject({
      mark: 'failed',
      headline: 'Row 3.',
    });
  });

  it('says nothing of a run that left the node out', () => {
    const run = ranAs('complete', { state: 'skipped', stateReason: 'not-selected' });
    expect(deriveStatuses({ ...NONE, run }).get('figures')?.mark).toBe('draft');
  });

  it('keeps the object of a node whose status did not change', () => {
    const before = deriveStatuses(NONE);
    const after = deriveStatuses({ ...NONE, run: ranAs('running', { state: 'running' }) }, before);
    expect(after.get('rows')).toBe(before.get('rows'));
    expect(after.get('figures')).not.toBe(before.get('figures'));
  });
});
