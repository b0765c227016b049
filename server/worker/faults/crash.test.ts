/** A1, A4, F01–F03: whatever is killed, the run ends as if nothing had happened. */

import { describe, expect, it } from 'vitest';

import type { PipelineNode } from '../../../lib/pipeline/pipeline';
import type { RunSnapshot } from '../../../lib/run/fold-run';
import type { Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';

const noOp = (...after: string[]): PipelineNode => ({ component: 'NoOp', inputs: { after }, params: { text: 'x' } });

/** a → b, c → d, where b and c wait for a gate. */
function diamond(scenario: Scenario): Record<string, PipelineNode> {
  const gate = (journal: string): PipelineNode => ({
    component: 'Gate',
    inputs: { after: 'a.token' },
    params: { gate: scenario.file('gate'), journal: scenario.file(journal) },
  });
  return { a: noOp(), b: gate('b'), c: gate('c'), d: noOp('b.token', 'c.token') };
}

const outcomes = (run: RunSnapshot, node: string) => run.nodes[node]?.attempts.map((attempt) => attempt.outcome);
const allComplete = (run: RunSnapshot) => Object.values(run.nodes).every((node) => node.state === 'complete');
const noOverlap = (scenario: Scenario, ...journals: string[]) =>
  journals.every((name) => !scenario.journal(name).some((line) => line.startsWith('overlap')));

describe('a killed process', () => {
  it('F01 A1 A4 a killed worker: the next one goes on within 5 s, the attempt is lost and nothing is computed twice', async () => {
    await using scenario = await openTestScenario();
    const worker = await scenario.startWorker();
    const runId = await scenario.startRun(diamond(scenario));
    await Promise.all([scenario.waitForAttempt(runId, 'b', 1), scenario.waitForAttempt(runId, 'c', 1)]);
    worker.kill('SIGKILL');
    await worker.gone;
    const killedAt = performance.now();
    await scenario.startWorker();
    await Promise.all([scenario.waitForAttempt(runId, 'b', 2), scenario.waitForAttempt(runId, 'c', 2)]);
    expect(performance.now() - killedAt).toBeLessThan(5_000);
    scenario.openGate('gate');
    const run = await scenario.waitForRun(runId);
    expect(allComplete(run)).toBe(true);
    expect(outcomes(run, 'a')).toEqual(['complete']);
    expect(outcomes(run, 'b')).toEqual(['lost', 'complete']);
    expect(outcomes(run, 'c')).toEqual(['lost', 'complete']);
    expect(noOverlap(scenario, 'b', 'c')).toBe(true);
  });

  it('F01 a killed node process: another attempt within 2 s, and no retry is consumed', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const runId = await scenario.startRun(diamond(scenario));
    const pid = await scenario.waitForAttempt(runId, 'b', 1);
    process.kill(pid, 'SIGKILL');
    const killedAt = performance.now();
    await scenario.waitForAttempt(runId, 'b', 2);
    expect(performance.now() - killedAt).toBeLessThan(2_000);
    scenario.openGate('gate');
    const run = await scenario.waitForRun(runId);
    expect(allComplete(run)).toBe(true);
    expect(outcomes(run, 'b')).toEqual(['lost', 'complete']);
    expect(outcomes(run, 'c')).toEqual(['complete']);
  });

  it('A8 gives up after more than three losses, with a way on', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const runId = await scenario.startRun({
      a: { component: 'Suicide', params: { counter: scenario.file('counter'), times: 99 } },
    });
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('failed');
    expect(outcomes(run, 'a')).toEqual(['lost', 'lost', 'lost', 'lost']);
    expect(run.nodes['a']?.stateReason).toBe('lost');
    expect(run.nodes['a']?.error?.nextStep).toBeDefined();
  });

  it('F02 a worker killed with three steps running: their processes end before the steps run again', async () => {
    await using scenario = await openTestScenario();
    const worker = await scenario.startWorker({ concurrency: 3 });
    const gate = (name: string): PipelineNode => ({
      component: 'Gate',
      params: { gate: scenario.file('gate'), journal: scenario.file(name), ignoreSignal: true },
    });
    const runId = await scenario.startRun({ a: gate('a'), b: gate('b'), c: gate('c') });
    await Promise.all(['a', 'b', 'c'].map((node) => scenario.waitForAttempt(runId, node, 1)));
    worker.kill('SIGKILL');
    await worker.gone;
    await scenario.startWorker({ concurrency: 3 });
    await Promise.all(['a', 'b', 'c'].map((node) => scenario.waitForAttempt(runId, node, 2)));
    scenario.openGate('gate');
    const run = await scenario.waitForRun(runId);
    expect(allComplete(run)).toBe(true);
    expect(noOverlap(scenario, 'a', 'b', 'c')).toBe(true);
  });

  it.each([
    'node-before-execute',
    'node-after-stage-write',
    'worker-after-claim',
    'worker-before-hand-over',
    'publish-before-move',
    'publish-before-commit',
    'publish-after-commit',
  ])('F03 A2 A3 a crash at %s changes nothing of the result', async (point) => {
    await using scenario = await openTestScenario();
    const worker = await scenario.startWorker({ crashAt: point });
    const journal = { journal: scenario.file('b') };
    const runId = await scenario.startRun({
      a: noOp(),
      b: { ...noOp('a.token'), params: { text: 'b', ...journal } },
      c: noOp('b.token'),
    });
    if (!point.startsWith('node-')) {
      await worker.gone;
      await scenario.startWorker();
    }
    const run = await scenario.waitForRun(runId);
    expect(allComplete(run)).toBe(true);
    const published = (await scenario.events(runId)).filter((event) => event.body.type === 'node.completed');
    expect(published).toHaveLength(3);
    expect(scenario.journal('b').filter((line) => line.startsWith('start'))).toHaveLength(1);
  });

  it('A4 a step that blocks its process for many leases is never declared dead', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker({ times: { leaseMs: 800, heartbeatMs: 200, sweepMs: 200 } });
    const runId = await scenario.startRun({
      a: { component: 'BusyLoop', params: { engine: 'javascript', forMs: 4_000 } },
    });
    const run = await scenario.waitForRun(runId);
    expect(outcomes(run, 'a')).toEqual(['complete']);
  });
});
