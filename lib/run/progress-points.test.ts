import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { zRunId } from '../ids';
import { emptyRun, foldRun } from './fold-run';
import { addPoints, thinPoints, type ProgressPoint } from './progress-points';
import type { RunEventBody } from './run-event';

const at = (step: number, evalLoss?: number): ProgressPoint => ({
  step,
  epoch: 1,
  values: { loss: 1 / step, ...(evalLoss !== undefined && { evalLoss }) },
});
const steps = (points: readonly ProgressPoint[] | undefined) => points?.map(({ step }) => step);

describe('the curve of a running node', () => {
  it('grows with the events of its run, and begins anew where an attempt went on from a checkpoint', () => {
    const runId = zRunId.parse('run_0123456789abcdef');
    const progressed = (attempt: number, points: ProgressPoint[]): RunEventBody => ({
      type: 'node.progressed',
      node: 'a',
      attempt,
      points,
    });
    const bodies: RunEventBody[] = [
      {
        type: 'run.queued',
        runNumber: 1,
        pipeline: 'p',
        pipelineVersion: 1,
        nodes: { a: { component: 'Trainer', decision: 'execute', reason: 'It is new.', upstream: [] } },
      },
      { type: 'node.started', node: 'a', attempt: 1, owner: 'w' },
      progressed(1, [at(1), at(2)]),
      progressed(1, [at(3), at(4)]),
      { type: 'node.attempt-ended', node: 'a', attempt: 1, outcome: 'lost', durationMs: 1, retryInMs: 0 },
      { type: 'node.started', node: 'a', attempt: 2, owner: 'w' },
      progressed(2, [at(3)]),
    ];
    const events = bodies.map((body, index) => ({
      runId,
      seq: index + 1,
      at: new Date(1_700_000_000_000).toISOString(),
      body,
    }));
    const whole = foldRun(emptyRun(runId), events);
    expect(steps(whole.nodes['a']?.points)).toEqual([1, 2, 3]);
    // Read in parts it is the same.
    const parts = events.reduce((run, event) => foldRun(run, [event]), emptyRun(runId));
    expect(parts).toEqual(whole);
  });

  it('stays short, in order, with its first and last point and what was measured on the eval rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 20, max: 300 }), (many, every) => {
        const points = Array.from({ length: many }, (_, index) =>
          at(index + 1, (index + 1) % every === 0 ? 0.5 : undefined),
        );
        const kept = thinPoints(points);
        expect(kept.length).toBeLessThanOrEqual(240);
        expect(steps(kept)).toEqual(steps(kept)?.toSorted((a, b) => a - b));
        expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
        expect(kept.filter(({ values }) => 'evalLoss' in values)).toHaveLength(Math.floor(many / every));
      }),
    );
  });

  it('takes nothing away where nothing is added', () => {
    expect(addPoints([at(1), at(2)], [])).toEqual([at(1), at(2)]);
    expect(addPoints(undefined, [])).toEqual([]);
  });
});
