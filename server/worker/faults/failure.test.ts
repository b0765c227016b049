/** A7–A9, F08, F10, F11, F14: failures stay where they happened, are retried as told, and time has its limits. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { PipelineNode } from '../../../lib/pipeline/pipeline';
import type { RunSnapshot } from '../../../lib/run/fold-run';
import { retryRun } from '../../runs/retry-run';
import { findProcesses, type Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';
import { waitFor } from '../../testing/wait-for';

const noOp = (...after: string[]): PipelineNode => ({ component: 'NoOp', inputs: { after } });
const outcomes = (run: RunSnapshot, node: string) => run.nodes[node]?.attempts.map((attempt) => attempt.outcome);
const states = (run: RunSnapshot) =>
  Object.fromEntries(Object.values(run.nodes).map((node) => [node.node, node.state]));

const failUntil = (scenario: Scenario, name: string, params: PipelineNode['params']): PipelineNode => ({
  component: 'FailUntil',
  params: { counter: scenario.file(`counter-${name}`), failures: 99, ...params },
});

describe('failures', () => {
  it('F10 A8 retries with doubling pauses, never a permanent error, and n + 1 times in all', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const execution = { retries: 3, retryDelayMs: 200, retryMaxDelayMs: 400 };
    const runId = await scenario.startRun({
      heals: { ...failUntil(scenario, 'heals', { failures: 2 }), execution },
      permanent: { ...failUntil(scenario, 'permanent', { code: 'invalid-input' }), execution },
      exhausted: { ...failUntil(scenario, 'exhausted', {}), execution },
    });
    const run = await scenario.waitForRun(runId);
    expect(outcomes(run, 'heals')).toEqual(['failed', 'failed', 'complete']);
    expect(outcomes(run, 'permanent')).toEqual(['failed']);
    expect(outcomes(run, 'exhausted')).toEqual(['failed', 'failed', 'failed', 'failed']);
    const attempts = run.nodes['exhausted']?.attempts ?? [];
    for (const [i, base] of [200, 400, 400].entries()) {
      const pause = attempts[i]?.retryInMs ?? 0;
      expect(pause).toBeGreaterThanOrEqual(base * 0.8);
      expect(pause).toBeLessThanOrEqual(base * 1.2);
      const waited = Date.parse(attempts[i + 1]?.startedAt ?? '') - Date.parse(attempts[i]?.endedAt ?? '');
      expect(waited).toBeGreaterThanOrEqual(pause - 1);
    }
    expect(run.nodes['permanent']?.error?.message).toBe('Failure 1 of 99.');
  });

  it('F14 A9 an unrelated branch ends well, descendants are skipped, and a retry runs only what failed', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const branch = Object.fromEntries(
      [1, 2, 3, 4, 5].map((i) => [`x${i}`, { ...noOp(...(i === 1 ? [] : [`x${i - 1}.token`])) }]),
    );
    const runId = await scenario.startRun({
      a: { ...noOp(), params: { journal: scenario.file('a') } },
      b: { ...failUntil(scenario, 'b', { failures: 1 }), inputs: { after: 'a.token' } },
      c: noOp('a.token'),
      d: noOp('b.token', 'c.token'),
      ...branch,
    });
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('failed');
    expect(states(run)).toEqual({
      ...{ a: 'complete', b: 'failed', c: 'complete', d: 'skipped' },
      ...{ x1: 'complete', x2: 'complete', x3: 'complete', x4: 'complete', x5: 'complete' },
    });
    expect(run.nodes['d']).toMatchObject({ stateReason: 'upstream-failed', because: 'b' });

    expect(await retryRun(scenario.db, runId)).toEqual(['b', 'd']);
    const again = await scenario.waitForRun(runId);
    expect(again.state).toBe('complete');
    expect(outcomes(again, 'a')).toEqual(['complete']);
    expect(outcomes(again, 'b')).toEqual(['failed', 'complete']);
    expect(scenario.journal('a').filter((line) => line.startsWith('start'))).toHaveLength(1);
    const finished = (await scenario.events(runId)).filter((event) => event.body.type === 'run.finished');
    expect(finished.map(({ body }) => body.type === 'run.finished' && body.state)).toEqual(['failed', 'complete']);
    await expect(retryRun(scenario.db, runId)).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each([false, true])(
    'F11 A7 an attempt over its limit dies with everything it started (moved out of its group: %s)',
    async (detached) => {
      await using scenario = await openTestScenario();
      await scenario.startWorker({ concurrency: 1 });
      const before = await waitFor('a warm process', () => {
        const found = findProcesses(scenario.folder);
        return found.length === 2 && found;
      });
      const runId = await scenario.startRun({
        a: {
          component: 'Forker',
          params: { detached },
          execution: { timeoutMs: 1_500, retries: 1, retryDelayMs: 10 },
        },
      });
      await waitFor('its processes', () => findProcesses(scenario.folder).length === before.length + 2);
      const first = findProcesses(scenario.folder).filter((pid) => !before.includes(pid));
      await scenario.waitForAttempt(runId, 'a', 2);
      expect(findProcesses(scenario.folder).filter((pid) => first.includes(pid))).toEqual([]);
      const run = await scenario.waitForRun(runId);
      expect(outcomes(run, 'a')).toEqual(['timed-out', 'timed-out']);
      expect(run.nodes['a']).toMatchObject({ state: 'failed', stateReason: 'timed-out' });
      expect(run.nodes['a']?.error?.message).toContain('1.5 s');
    },
  );

  it('F11 A7 a run over its limit ends: what runs is killed, what waits never starts', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const runId = await scenario.startRun(
      {
        a: {
          component: 'Gate',
          params: { gate: scenario.file('gate'), ignoreSignal: true },
          execution: { retries: 5 },
        },
        b: noOp('a.token'),
        c: { ...failUntil(scenario, 'c', {}), execution: { retries: 9, retryDelayMs: 60_000 } },
      },
      { timeoutMs: 1_200 },
    );
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('failed');
    expect(states(run)).toEqual({ a: 'failed', b: 'skipped', c: 'failed' });
    expect(run.nodes['a']?.stateReason).toBe('run-timed-out');
    expect(run.nodes['c']?.stateReason).toBe('run-timed-out');
    expect(run.nodes['a']?.attempts).toHaveLength(1);
  });

  it('leaves no process behind that a finished step started', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker({ concurrency: 1 });
    const runId = await scenario.startRun({
      a: { component: 'Forker', params: { hang: false } },
      b: noOp('a.token'),
    });
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('complete');
    await waitFor('the processes of the step to be gone', () => findProcesses(scenario.folder).length === 2);
  });

  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  it.skipIf(!canMount)('F08 a full disk: a sentence without a path, nothing half-written, and a way on', async () => {
    await using scenario = await openTestScenario();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', scenario.artifactsFolder]);
    try {
      writeFileSync(path.join(scenario.artifactsFolder, 'ballast'), Buffer.alloc(4_000_000));
      await scenario.startWorker();
      const runId = await scenario.startRun({
        a: {
          component: 'FillDisk',
          params: { sizeMb: 3 },
          execution: { retries: 50, retryDelayMs: 100, retryMaxDelayMs: 100 },
        },
      });
      const failed = await scenario.waitForEvent(runId, (event) => event.body.type === 'node.attempt-ended');
      expect(failed.body).toMatchObject({ outcome: 'failed', error: { code: 'storage-full' } });
      const message = failed.body.type === 'node.attempt-ended' ? failed.body.error?.message : '';
      expect(message).not.toContain('/');
      execFileSync('rm', [path.join(scenario.artifactsFolder, 'ballast')]);
      const run = await scenario.waitForRun(runId);
      expect(run.state).toBe('complete');
      // The folder of the last attempt is removed after the run has ended; a disk that refuses it then would keep it.
      await waitFor(
        'the store is tidy',
        () => !readdirSync(scenario.artifactsFolder).some((name) => name.includes('.tmp')),
      );

      execFileSync('mount', ['-o', 'remount,ro', scenario.artifactsFolder]);
      const denied = await scenario.waitForRun(
        await scenario.startRun({ a: { component: 'FillDisk', params: { sizeMb: 1 } } }),
      );
      execFileSync('mount', ['-o', 'remount,rw', scenario.artifactsFolder]);
      expect(denied.state).toBe('failed');
      expect(denied.nodes['a']?.error).toMatchObject({ code: 'storage-denied' });
      expect(denied.nodes['a']?.error?.message).not.toContain('/');
      expect(await retryRun(scenario.db, denied.runId as Parameters<typeof retryRun>[1])).toEqual(['a']);
      expect((await scenario.waitForRun(denied.runId as Parameters<typeof retryRun>[1])).state).toBe('complete');
      await scenario.close();
    } finally {
      execFileSync('umount', ['-l', scenario.artifactsFolder]);
      mkdirSync(scenario.artifactsFolder, { recursive: true });
    }
  });
});
