/** A6, F09: after a cancel nothing starts, and nothing of what ran is left. */

import { describe, expect, it } from 'vitest';

import type { PipelineNode } from '../../../lib/pipeline/pipeline';
import { cancelRun } from '../../runs/cancel-run';
import { retryRun } from '../../runs/retry-run';
import { findProcesses, type Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';
import { waitFor } from '../../testing/wait-for';
import { DEFAULT_TIMES } from '../worker-settings';

const after = (component: string, params: PipelineNode['params'], ...inputs: string[]): PipelineNode => ({
  component,
  inputs: { after: inputs },
  ...(params !== undefined && { params }),
});

/** Cancels and waits for the end; returns the run and how long it took. */
async function cancelAndWait(scenario: Scenario, runId: Parameters<typeof cancelRun>[1]) {
  const from = performance.now();
  await cancelRun(scenario.db, runId, 'a test');
  const run = await scenario.waitForRun(runId);
  return { run, tookMs: performance.now() - from };
}

describe('cancel', () => {
  it('F09 A6 a queued run ends at once, without a worker', async () => {
    await using scenario = await openTestScenario();
    const runId = await scenario.startRun({ a: after('NoOp', {}), b: after('NoOp', {}, 'a.token') });
    const { run } = await cancelAndWait(scenario, runId);
    expect(run.state).toBe('canceled');
    expect(Object.values(run.nodes).map((node) => node.state)).toEqual(['canceled', 'canceled']);
  });

  it('F09 A6 a node in back-off never starts again', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const runId = await scenario.startRun({
      a: {
        component: 'FailUntil',
        params: { counter: scenario.file('counter'), failures: 9 },
        execution: { retries: 5, retryDelayMs: 60_000 },
      },
    });
    await scenario.waitForEvent(runId, (event) => event.body.type === 'node.attempt-ended');
    const { run } = await cancelAndWait(scenario, runId);
    expect(run.state).toBe('canceled');
    expect(run.nodes['a']?.attempts).toHaveLength(1);
  });

  it('F09 A6 a running node stops, what waits for it never starts, and the run can go on later', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const runId = await scenario.startRun({
      a: after('NoOp', {}),
      b: after('Gate', { gate: scenario.file('gate') }, 'a.token'),
      c: after('NoOp', {}, 'b.token'),
    });
    await scenario.waitForEvent(runId, (event) => event.body.type === 'node.logged');
    const { run, tookMs } = await cancelAndWait(scenario, runId);
    expect(tookMs).toBeLessThan(5_000);
    expect(run.state).toBe('canceled');
    expect(run.nodes['a']?.state).toBe('complete');
    expect(run.nodes['b']?.attempts.at(-1)?.outcome).toBe('canceled');
    expect(run.nodes['c']?.attempts).toEqual([]);

    scenario.openGate('gate');
    expect(await retryRun(scenario.db, runId)).toEqual(['b', 'c']);
    const again = await scenario.waitForRun(runId);
    expect(again.state).toBe('complete');
    expect(again.nodes['a']?.attempts).toHaveLength(1);
  });

  it.each(['javascript', 'wasm', 'duckdb'])('F09 A6 a busy loop of %s is gone within 5 s', async (engine) => {
    await using scenario = await openTestScenario();
    await scenario.startWorker({ times: { graceMs: DEFAULT_TIMES.graceMs } });
    const runId = await scenario.startRun({ a: { component: 'BusyLoop', params: { engine } } });
    await scenario.waitForEvent(runId, (event) => event.body.type === 'node.logged');
    const pid = await scenario.waitForAttempt(runId, 'a', 1);
    const { run, tookMs } = await cancelAndWait(scenario, runId);
    expect(run.state).toBe('canceled');
    expect(tookMs).toBeLessThan(5_000);
    expect(findProcesses(scenario.folder)).not.toContain(pid);
  });

  it('F09 A6 a step that ignores the signal is killed after the grace, with the processes it started', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker({ concurrency: 1 });
    const before = await waitFor('a warm process', () => {
      const found = findProcesses(scenario.folder);
      return found.length === 2 && found;
    });
    const runId = await scenario.startRun({ a: { component: 'Forker', params: { detached: true } } });
    await waitFor('its processes', () => findProcesses(scenario.folder).length === before.length + 2);
    const started = findProcesses(scenario.folder).filter((pid) => !before.includes(pid));
    const { run } = await cancelAndWait(scenario, runId);
    expect(run.state).toBe('canceled');
    expect(findProcesses(scenario.folder).filter((pid) => started.includes(pid))).toEqual([]);
  });

  it('F09 A6 a node that is publishing is either published whole or not at all', async () => {
    await using scenario = await openTestScenario();
    const worker = await scenario.startWorker({ crashAt: 'publish-before-commit:SIGSTOP' });
    const runId = await scenario.startRun({ a: after('NoOp', { text: 'a' }), b: after('NoOp', {}, 'a.token') });
    await waitFor('the worker to stand still', () => scenario.hasCrashed('publish-before-commit:SIGSTOP'));
    // The publish holds the run's lock: the cancel waits for its outcome.
    const canceling = cancelRun(scenario.db, runId, 'a test');
    worker.kill('SIGCONT');
    await canceling;
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('canceled');
    expect(run.nodes['a']?.state).toBe('complete');
    expect(run.nodes['b']?.state).toBe('canceled');
  });
});
