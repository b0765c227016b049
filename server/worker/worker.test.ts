import { describe, expect, it } from 'vitest';

import { openTestScenario } from '../testing/test-scenario';

describe('a worker', () => {
  it('runs a diamond to its end', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const runId = await scenario.startRun({
      a: { component: 'NoOp', params: { text: 'a' } },
      b: { component: 'NoOp', inputs: { after: 'a.token' } },
      c: { component: 'NoOp', inputs: { after: ['a.token'] }, params: { text: 'c' } },
      d: { component: 'NoOp', inputs: { after: ['b.token', 'c.token'] } },
    });
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('complete');
    expect(Object.values(run.nodes).map((node) => node.state)).toEqual([
      'complete',
      'complete',
      'complete',
      'complete',
    ]);
  });
});
