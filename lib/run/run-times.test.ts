import { describe, expect, it } from 'vitest';

import { emptyRun, type NodeSnapshot, type RunSnapshot } from './fold-run';
import { runTimes, timeTicks } from './run-times';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 9, 0, second)).toISOString();
const node = (id: string, parts: Partial<NodeSnapshot>): NodeSnapshot => ({
  node: id,
  component: 'C',
  upstream: [],
  state: 'queued',
  decision: 'execute',
  reason: '',
  attempts: [],
  outputs: {},
  ...parts,
});
const run = (nodes: readonly NodeSnapshot[], parts: Partial<RunSnapshot> = {}): RunSnapshot => ({
  ...emptyRun('run_0123456789abcdef'),
  state: 'running',
  queuedAt: at(0),
  nodes: Object.fromEntries(nodes.map((one) => [one.node, one])),
  ...parts,
});

describe('runTimes', () => {
  it('orders nodes that were settled in the same moment as they depend on each other', () => {
    const skipped = { state: 'skipped', endedAt: at(4) } as const;
    const nodes = [
      node('c', { ...skipped, upstream: ['a', 'b'] }),
      node('b', { ...skipped, upstream: ['a'] }),
      node('a', skipped),
    ];
    expect(runTimes(run(nodes), 0).nodes.map((one) => one.node)).toEqual(['a', 'b', 'c']);
  });

  it('tells waiting from computing, over retries', () => {
    const attempts = [
      { attempt: 1, owner: 'w', startedAt: at(2), endedAt: at(3) },
      { attempt: 2, owner: 'w', startedAt: at(5), endedAt: at(9) },
    ];
    const [first] = runTimes(run([node('a', { state: 'complete', attempts, endedAt: at(9) })]), 0).nodes;
    expect(first).toEqual({
      node: 'a',
      computeMs: 5_000,
      endMs: 9_000,
      spans: [
        { kind: 'queue', fromMs: 0, toMs: 2_000 },
        { kind: 'compute', fromMs: 2_000, toMs: 3_000 },
        { kind: 'queue', fromMs: 3_000, toMs: 5_000 },
        { kind: 'compute', fromMs: 5_000, toMs: 9_000 },
      ],
    });
  });

  it('lets a running node grow to now and a ready one wait', () => {
    const times = runTimes(
      run([
        node('a', { state: 'running', attempts: [{ attempt: 1, owner: 'w', startedAt: at(1) }] }),
        node('b', {}),
        node('c', { upstream: ['a'] }),
      ]),
      Date.parse(at(10)),
    );
    expect(times.totalMs).toBe(10_000);
    expect(times.nodes.map(({ node: id, spans }) => [id, spans.at(-1)])).toEqual([
      ['b', { kind: 'queue', fromMs: 0, toMs: 10_000 }],
      ['a', { kind: 'compute', fromMs: 1_000, toMs: 10_000 }],
      ['c', undefined],
    ]);
  });

  it('marks where a node was reused', () => {
    const times = runTimes(run([node('a', { state: 'cached', endedAt: at(1) })], { finishedAt: at(2) }), 0);
    expect(times).toMatchObject({ totalMs: 2_000, nodes: [{ spans: [], settledAtMs: 1_000 }] });
  });
});

describe('timeTicks', () => {
  it.each([
    [400, [0, 100, 200, 300, 400]],
    [38_300, [0, 10_000, 20_000, 30_000]],
    [300_000, [0, 60_000, 120_000, 180_000, 240_000, 300_000]],
    [0, [0]],
  ])('marks %s ms at round places', (total, ticks) => {
    expect(timeTicks(total, total === 38_300 ? 4 : 5)).toEqual(ticks);
  });
});
