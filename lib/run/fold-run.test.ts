import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { zRunId } from '../ids';
import { emptyRun, foldRun } from './fold-run';
import { zRunEventBody, type RunEvent, type RunEventBody } from './run-event';

const runId = zRunId.parse('run_0123456789abcdef');
const error = { code: 'component-failed', message: 'It failed.', retryable: false } as const;
const queued: RunEventBody = {
  type: 'run.queued',
  runNumber: 7,
  pipeline: 'taxi',
  pipelineVersion: 1,
  nodes: {
    a: { component: 'NoOp', decision: 'execute', reason: 'It is new.', upstream: [] },
    b: { component: 'NoOp', decision: 'reuse', reason: 'Nothing changed.', upstream: ['a'] },
  },
};

const node = fc.constantFrom('a', 'b', 'unknown');
const attempt = fc.integer({ min: 1, max: 3 });
/** Any event in any order: the fold must not depend on the engine being right. */
const bodies: fc.Arbitrary<RunEventBody> = fc.oneof(
  fc.constant(queued),
  fc.constant<RunEventBody>({ type: 'run.started' }),
  fc.record({ type: fc.constant('node.started' as const), node, attempt, owner: fc.constant('w') }),
  fc.record({
    type: fc.constant('node.progressed' as const),
    node,
    attempt,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    type: fc.constant('node.attempt-ended' as const),
    node,
    attempt,
    outcome: fc.constantFrom('failed' as const, 'lost' as const),
    durationMs: fc.nat(),
    retryInMs: fc.nat(),
  }),
  fc.record({ type: fc.constant('node.completed' as const), node, outputs: fc.constant({}), durationMs: fc.nat() }),
  fc.record({ type: fc.constant('node.failed' as const), node, error: fc.constant(error) }),
  fc.record({ type: fc.constant('node.skipped' as const), node, reason: fc.constant('upstream-failed' as const) }),
  fc.record({ type: fc.constant('node.canceled' as const), node, reason: fc.constant('canceled-by-user' as const) }),
  fc.record({ type: fc.constant('run.cancel-requested' as const), by: fc.constant('me') }),
  fc.record({ type: fc.constant('run.retried' as const), nodes: fc.array(node, { maxLength: 2 }) }),
  fc.record({
    type: fc.constant('run.finished' as const),
    state: fc.constantFrom('complete' as const, 'failed' as const),
  }),
);

const at = (seq: number): string => new Date(1_700_000_000_000 + seq * 1_000).toISOString();
const logs = fc
  .array(bodies, { maxLength: 25 })
  .map((list) => [queued, ...list].map((body, i): RunEvent => ({ runId, seq: i + 1, at: at(i), body })));

const fold = (...bodyList: readonly RunEventBody[]) =>
  foldRun(
    emptyRun(runId),
    [queued, ...bodyList].map((body, i) => ({ runId, seq: i + 1, at: at(i), body: zRunEventBody.parse(body) })),
  );

describe('foldRun', () => {
  it('gives the same for a prefix and then the rest as for all at once', () => {
    fc.assert(
      fc.property(logs, fc.nat({ max: 26 }), (log, cut) => {
        const parts = foldRun(foldRun(emptyRun(runId), log.slice(0, cut)), log.slice(cut));
        expect(parts).toEqual(foldRun(emptyRun(runId), log));
      }),
    );
  });

  it('ignores what it has seen', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const once = foldRun(emptyRun(runId), log);
        expect(foldRun(once, log)).toBe(once);
      }),
    );
  });

  it('puts a node back in the queue when another attempt follows', () => {
    const run = fold(
      { type: 'run.started' },
      { type: 'node.started', node: 'a', attempt: 1, owner: 'w' },
      { type: 'node.attempt-ended', node: 'a', attempt: 1, outcome: 'lost', durationMs: 5, retryInMs: 0 },
    );
    expect(run.nodes['a']).toMatchObject({ state: 'queued', attempts: [{ attempt: 1, outcome: 'lost' }] });
  });

  it('forgets how a node ended when the run is retried, but not its attempts', () => {
    const run = fold(
      { type: 'node.started', node: 'a', attempt: 1, owner: 'w' },
      { type: 'node.failed', node: 'a', error },
      { type: 'run.finished', state: 'failed' },
      { type: 'run.retried', nodes: ['a'] },
    );
    expect(run.state).toBe('queued');
    expect(run.nodes['a']?.error).toBeUndefined();
    expect(run.nodes['a']).toMatchObject({ state: 'queued', attempts: [{ attempt: 1 }] });
  });
});
