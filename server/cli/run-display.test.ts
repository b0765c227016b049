import { describe, expect, it } from 'vitest';

import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { renderRun } from './run-display';

function node(id: string, change: Partial<NodeSnapshot> = {}): NodeSnapshot {
  return {
    node: id,
    component: 'StatisticsGen',
    upstream: [],
    state: 'queued',
    decision: 'execute',
    reason: '',
    attempts: [],
    outputs: {},
    ...change,
  };
}

function run(nodes: readonly NodeSnapshot[]): RunSnapshot {
  return {
    runId: 'run_0000000000000000',
    runNumber: 7,
    pipeline: 'taxi',
    pipelineVersion: 1,
    cursor: 1,
    state: 'running',
    queuedAt: '2026-01-01T00:00:00.000Z',
    nodes: Object.fromEntries(nodes.map((item) => [item.node, item])),
  };
}

const size = { columns: 80, rows: 20, now: Date.parse('2026-01-01T00:00:05.000Z') };

describe('renderRun', () => {
  it('shows state, time and progress of each node, in a line each', () => {
    const attempt = { attempt: 1, owner: 'w', startedAt: '2026-01-01T00:00:01.500Z' };
    const lines = renderRun(
      run([
        node('examples', { state: 'complete', durationMs: 1200 }),
        node('statistics', { state: 'running', attempts: [attempt], share: 0.456, progressMessage: '1.2 M rows' }),
        node('schema', { state: 'cached', fromRunNumber: 3 }),
      ]),
      size,
    );
    expect(lines).toEqual([
      'Run 7 of taxi: running, 2 of 3 nodes',
      '✓ examples    complete       1.2 s',
      '▸ statistics  running        3.5 s   45 %  1.2 M rows',
      '↺ schema      reused                       run 3',
    ]);
  });

  it('never has more lines than the terminal, shows what runs and fails first, and counts the rest', () => {
    const many = Array.from({ length: 50 }, (_, i) => node(`n${i}`, { state: i === 40 ? 'running' : 'complete' }));
    const lines = renderRun(run(many), { ...size, rows: 10 });
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines[1]).toContain('n40');
    expect(lines.at(-1)).toBe('… and 43 more');
  });

  it('cuts lines to the width, and lets no text move the cursor', () => {
    const lines = renderRun(
      run([node('a', { state: 'running', progressMessage: `\u001b[2J${'x'.repeat(200)}` })]),
      size,
    );
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines.join('')).not.toContain('\u001b');
  });
});
