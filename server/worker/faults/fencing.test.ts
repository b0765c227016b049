/** A2, A5, F04, F05: one publication per node, whoever believes to own it. */

import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';

import { openDatabase } from '../../db/client';
import { newId } from '../../db/new-id';
import { nodeRuns } from '../../db/schema/index';
import { claimNodeRuns, type Claim } from '../../runs/lifecycle/claim';
import { completeNode, type NewExecution } from '../../runs/lifecycle/complete-node';
import { endAttempt } from '../../runs/lifecycle/end-attempt';
import { heartbeat } from '../../runs/lifecycle/heartbeat';
import { recordNotes } from '../../runs/lifecycle/record-notes';
import type { Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';
import { waitFor } from '../../testing/wait-for';

const process_ = (marker: string) => ({ pid: 1, startedTicks: 'never', host: 'elsewhere', marker });
const error = { code: 'component-failed', message: 'It failed.', retryable: false } as const;

async function claimOne(scenario: Pick<Scenario, 'db'>, workerId: string): Promise<readonly Claim[]> {
  return claimNodeRuns(scenario.db, { workerId, leaseMs: 60_000, processes: [process_(workerId)] });
}

const execution = (component = 'NoOp'): NewExecution => ({
  id: newId('exec'),
  pipelineId: newId('pipe'),
  component,
  cacheKey: 'key',
  key: { component, version: 1, params: {}, inputs: {}, sources: {} },
  inputs: {},
  artifacts: [],
  notes: [],
});

describe('fencing', () => {
  it('F04 A2 200 concurrent claims of one node by 4 workers give one computation', async () => {
    await using scenario = await openTestScenario();
    const runId = await scenario.startRun({
      a: { component: 'NoOp' },
      b: { component: 'NoOp', inputs: { after: 'a.token' } },
    });
    const clients = [1, 2, 3, 4].map((i) =>
      openDatabase({ url: scenario.url, applicationName: `sluice-worker-${i}`, maxConnections: 5 }),
    );
    try {
      const claims = await Promise.all(
        Array.from({ length: 200 }, (_, i) => {
          const client = clients[i % clients.length] ?? scenario;
          return claimOne(client, `work_${i % clients.length}`);
        }),
      );
      const won = claims.flat();
      expect(won).toHaveLength(1);
      expect(claims.filter((claim) => claim.length === 0)).toHaveLength(199);

      const [claim] = won;
      if (claim === undefined) throw new Error('nobody won');
      const completions = await Promise.all(
        Array.from({ length: 200 }, (_, i) => {
          const db = clients[i % clients.length]?.db ?? scenario.db;
          const step = { execution: execution(), place: () => Promise.resolve(), next: undefined };
          return db.transaction((tx) => completeNode(tx, claim, step));
        }),
      );
      expect(completions.filter((outcome) => outcome !== undefined)).toHaveLength(1);
      const [successor] = await scenario.db.select().from(nodeRuns).where(eq(nodeRuns.nodeId, 'b'));
      expect(successor?.waitingOn).toBe(0);
      expect((await scenario.events(runId)).filter((event) => event.body.type === 'node.completed')).toHaveLength(1);
      await scenario.startWorker();
      await scenario.waitForRun(runId);
    } finally {
      await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
    }
  });

  it('F04 four real workers share a run, and every node is published once', async () => {
    await using scenario = await openTestScenario();
    await Promise.all([1, 2, 3, 4].map(() => scenario.startWorker({ concurrency: 1 })));
    const nodes = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `n${i}`,
        { component: 'NoOp', params: { journal: scenario.file(`n${i}`) } },
      ]),
    );
    const run = await scenario.waitForRun(await scenario.startRun(nodes));
    expect(run.state).toBe('complete');
    for (const node of Object.keys(nodes)) {
      expect(scenario.journal(node).filter((line) => line.startsWith('start'))).toHaveLength(1);
    }
  });

  it('A5 a stale owner can neither publish nor fail nor log nor keep its lease', async () => {
    await using scenario = await openTestScenario();
    const runId = await scenario.startRun({ a: { component: 'NoOp' } });
    const [stale] = await claimOne(scenario, 'work_stale');
    if (stale === undefined) throw new Error('nothing was claimed');
    await endAttempt(scenario.db, stale, { outcome: 'lost', error: { ...error, code: 'lost' }, random: 0 });
    const [fresh] = await claimOne(scenario, 'work_fresh');
    if (fresh === undefined) throw new Error('nothing was claimed again');
    const before = (await scenario.events(runId)).length;

    const step = { execution: execution(), place: () => Promise.reject(new Error('moved')), next: undefined };
    expect(await scenario.db.transaction((tx) => completeNode(tx, stale, step))).toBeUndefined();
    const failed = await endAttempt(scenario.db, stale, { outcome: 'failed', error, random: 0 });
    expect(failed.result).toBe('fenced');
    const note = { type: 'node.logged', node: 'a', attempt: 1, level: 'info', message: 'late' } as const;
    expect(await recordNotes(scenario.db, stale, [note])).toBe(false);
    const { stops } = await heartbeat(scenario.db, { id: 'work_stale', leaseMs: 1_000 }, [stale]);
    expect(stops.map((stop) => stop.reason)).toEqual(['fenced']);
    expect((await scenario.events(runId)).length).toBe(before);

    await endAttempt(scenario.db, fresh, { outcome: 'failed', error, random: 0 });
  });

  it.each([{ late: 'after the winner has finished' }, { late: 'while the second attempt still runs' }])(
    'F05 A5 a worker stopped past its lease and resumed $late is refused',
    async ({ late }) => {
      await using scenario = await openTestScenario();
      const sleeper = await scenario.startWorker();
      const gate = { gate: scenario.file('gate'), journal: scenario.file('journal'), ignoreSignal: true };
      const runId = await scenario.startRun({ a: { component: 'Gate', params: gate } });
      await scenario.waitForAttempt(runId, 'a', 1);
      sleeper.kill('SIGSTOP');
      const winner = await scenario.startWorker();
      await scenario.waitForAttempt(runId, 'a', 2);
      if (late.startsWith('while')) sleeper.kill('SIGCONT');
      scenario.openGate('gate');
      const run = await scenario.waitForRun(runId);
      if (late.startsWith('after')) sleeper.kill('SIGCONT');
      expect(run.nodes['a']?.attempts.map((attempt) => attempt.outcome)).toEqual(['lost', 'complete']);
      expect(scenario.journal('journal').filter((line) => line.startsWith('overlap'))).toEqual([]);
      const events = (await scenario.events(runId)).length;

      // The resumed worker is alive and well: it does the next run alone.
      await winner.stop();
      const next = await scenario.waitForRun(await scenario.startRun({ b: { component: 'NoOp' } }));
      expect(next.state).toBe('complete');
      expect((await scenario.events(runId)).length).toBe(events);
    },
  );

  it('F05 a worker stopped in the middle of its publication holds nobody up and publishes nothing late', async () => {
    await using scenario = await openTestScenario();
    const crashAt = 'publish-before-commit:SIGSTOP';
    const sleeper = await scenario.startWorker({ crashAt, idleInTransactionMs: 500 });
    const runId = await scenario.startRun({ a: { component: 'NoOp', params: { text: 'a' } } });
    await waitFor('the worker to stand still', () => scenario.hasCrashed(crashAt));
    await scenario.startWorker();
    const run = await scenario.waitForRun(runId);
    sleeper.kill('SIGCONT');
    expect(run.nodes['a']?.attempts.map((attempt) => attempt.outcome)).toEqual(['lost', 'complete']);
    const events = await scenario.events(runId);
    expect(events.filter((event) => event.body.type === 'node.completed')).toHaveLength(1);
  });

  it('A2 removes a folder that no row knows, and leaves strangers alone', async () => {
    await using scenario = await openTestScenario();
    const orphan = path.join(scenario.artifactsFolder, 'Token', newId('art'));
    mkdirSync(orphan, { recursive: true });
    mkdirSync(path.join(scenario.artifactsFolder, `.tmp-${newId('run')}-1-a`, 'out'), { recursive: true });
    await scenario.startWorker();
    const run = await scenario.waitForRun(await scenario.startRun({ a: { component: 'NoOp', params: { text: 'a' } } }));
    expect(run.state).toBe('complete');
  });
});
