import { describe, expect, it } from 'vitest';

import { criticalPath } from './critical-path';
import { emptyRun, type NodeSnapshot, type RunSnapshot } from './fold-run';
import { runTimes } from './run-times';

const at = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString();

function node(id: string, [fromMs, toMs]: readonly [number, number], upstream: readonly string[]): NodeSnapshot {
  const ended = { startedAt: at(fromMs), endedAt: at(toMs) };
  return {
    node: id,
    component: 'NoOp',
    upstream,
    state: 'complete',
    decision: 'execute',
    reason: '',
    outputs: {},
    attempts: [{ attempt: 1, owner: 'w', ...ended, outcome: 'complete', durationMs: toMs - fromMs }],
    durationMs: toMs - fromMs,
    ...ended,
  };
}

function runOf(...nodes: readonly NodeSnapshot[]): RunSnapshot {
  return { ...emptyRun('run_x'), queuedAt: at(0), nodes: Object.fromEntries(nodes.map((one) => [one.node, one])) };
}

const pathOf = (run: RunSnapshot) => criticalPath(run, runTimes(run, Date.parse(at(1_000))));

describe('criticalPath', () => {
  const a = node('a', [0, 10], []);
  const b = node('b', [10, 20], ['a']);
  const c = node('c', [10, 50], ['a']);
  const d = node('d', [50, 60], ['b', 'c']);

  it('goes back from the last end to whatever came last', () => {
    expect(pathOf(runOf(a, b, c, d)).nodes).toEqual(['a', 'c', 'd']);
  });

  it('says how long the others could have taken without making anything wait', () => {
    expect([...pathOf(runOf(a, b, c, d)).slackMs]).toEqual([['b', 30]]);
  });

  it('leaves out what was skipped, and is empty while nothing happened', () => {
    const skipped: NodeSnapshot = { ...node('e', [0, 0], ['d']), state: 'skipped', attempts: [], endedAt: at(70) };
    expect(pathOf(runOf(a, c, d, skipped)).nodes).toEqual(['a', 'c', 'd']);
    const { endedAt: _endedAt, ...begun } = a;
    expect(pathOf(runOf({ ...begun, state: 'queued', attempts: [] })).nodes).toEqual([]);
  });

  it('tells the start of an attempt from its computation', () => {
    const attempt = { attempt: 1, owner: 'w', startedAt: at(0), endedAt: at(10), outcome: 'complete' as const };
    const run = runOf({ ...a, attempts: [{ ...attempt, durationMs: 10, usage: { startMs: 4 } }] });
    expect(runTimes(run, Date.parse(at(10))).nodes[0]?.spans).toEqual([
      { kind: 'start', fromMs: 0, toMs: 4 },
      { kind: 'compute', fromMs: 4, toMs: 10 },
    ]);
  });
});
