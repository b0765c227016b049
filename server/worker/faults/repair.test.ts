/** A14, A15, F07: contradictions are mended with an event that says so, and a lost database is waited for. */

import { chmodSync } from 'node:fs';
import path from 'node:path';

import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';

import { openDatabase } from '../../db/client';
import { migrateDatabase, migrationsFolder } from '../../db/migrate';
import { throughLosses } from '../../db/through-losses';
import { dataFolderAt } from '../../launcher/data-folder';
import { ensurePostgres } from '../../postgres/ensure-postgres';
import type { PipelineNode } from '../../../lib/pipeline/pipeline';
import type { RunId } from '../../../lib/ids';
import { openScenario, type Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';
import { tempFolder } from '../../testing/temp-folder';
import { waitFor } from '../../testing/wait-for';

const noOp = (...after: string[]): PipelineNode => ({ component: 'NoOp', inputs: { after } });

async function repairs(scenario: Scenario, runId: RunId): Promise<readonly string[]> {
  const events = await scenario.events(runId);
  return events.flatMap(({ body }) => (body.type === 'run.repaired' ? [body.what] : []));
}

describe('zombie rows', () => {
  it('A14 running without an owner: offered again', async () => {
    await using scenario = await openTestScenario();
    const runId = await scenario.startRun({ a: noOp(), b: noOp('a.token') });
    await scenario.db.execute(
      sql`update node_runs set state = 'running', attempt = 1, lease_token = 1 where run_id = ${runId} and node_id = 'a'`,
    );
    await scenario.startWorker();
    expect((await scenario.waitForRun(runId)).state).toBe('complete');
    expect(await repairs(scenario, runId)).toEqual([expect.stringContaining('without an owner')]);
  });

  it('A14 queued behind something that is already there: claimable again', async () => {
    await using scenario = await openTestScenario();
    const runId = await scenario.startRun({ a: noOp(), b: noOp('a.token') });
    await scenario.db.execute(sql`update node_runs set waiting_on = 3 where run_id = ${runId} and node_id = 'a'`);
    await scenario.startWorker();
    expect((await scenario.waitForRun(runId)).state).toBe('complete');
    expect(await repairs(scenario, runId)).toEqual([expect.stringContaining('a waited on 3 nodes')]);
  });

  it('A14 a run without an open node: ended', async () => {
    await using scenario = await openTestScenario();
    const runId = await scenario.startRun({ a: noOp() });
    await scenario.db.execute(sql`update node_runs set state = 'skipped' where run_id = ${runId}`);
    await scenario.startWorker();
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('complete');
    expect(await repairs(scenario, runId)).toHaveLength(1);
  });

  it('A14 queued behind a failure that was not passed on: skipped', async () => {
    await using scenario = await openTestScenario();
    const runId = await scenario.startRun({ a: noOp(), b: noOp('a.token'), c: noOp('b.token') });
    await scenario.db.execute(sql`update node_runs set state = 'failed' where run_id = ${runId} and node_id = 'a'`);
    await scenario.startWorker();
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('failed');
    expect(run.nodes['c']).toMatchObject({ state: 'skipped', stateReason: 'upstream-failed', because: 'a' });
  });

  it('A14 a lease whose answer got lost: its own worker offers it again', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker({ times: { leaseMs: 60_000 } });
    const { rows } = await scenario.db.execute<{ id: string }>(sql`select id from workers`);
    const runId = await scenario.startRun({
      a: { component: 'Gate', params: { gate: scenario.file('gate') } },
      b: noOp('a.token'),
    });
    await scenario.waitForAttempt(runId, 'a', 1);
    await scenario.db.execute(sql`
      update node_runs set state = 'running', waiting_on = 0, attempt = 1, lease_token = 1, lease_owner = ${rows[0]?.id},
        lease_expires_at = clock_timestamp() + interval '1 minute'
      where run_id = ${runId} and node_id = 'b'`);
    await waitFor('the repair', async () => (await repairs(scenario, runId)).length > 0);
    scenario.openGate('gate');
    await scenario.waitForRun(runId);
  });
});

describe('scale', () => {
  it('A15 a fan-out of 300 nodes and 60 runs at once all end right', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const nodes: Record<string, PipelineNode> = { root: noOp() };
    for (let i = 0; i < 300; i++) nodes[`n${i}`] = noOp('root.token');
    const wide = await scenario.startRun(nodes);
    const small = await Promise.all(
      Array.from({ length: 60 }, () => scenario.startRun({ a: noOp(), b: noOp('a.token') })),
    );
    for (const runId of [wide, ...small]) {
      expect((await scenario.waitForRun(runId, undefined, 55_000)).state).toBe('complete');
    }
  });
});

describe('a lost database', () => {
  it('F07 killed while a step runs: the step publishes late, and nobody is declared dead', async () => {
    using folder = tempFolder();
    chmodSync(folder.path, 0o755);
    const postgres = await ensurePostgres(dataFolderAt(folder.path));
    try {
      await migrateDatabase(postgres.url, migrationsFolder(path.resolve(import.meta.dirname, '../../..')));
      const client = openDatabase({ url: postgres.url, applicationName: 'sluice-test' });
      await using scenario = await openScenario({ ...client, url: postgres.url });
      const worker = await scenario.startWorker();
      const runId = await scenario.startRun({
        a: { component: 'Gate', params: { gate: scenario.file('gate'), journal: scenario.file('a') } },
        b: noOp('a.token'),
      });
      await scenario.waitForAttempt(runId, 'a', 1);
      const pid = postgres.pid();
      if (pid === null) throw new Error('no postmaster');
      process.kill(pid, 'SIGKILL');
      // The step ends while the database is away.
      scenario.openGate('gate');
      await waitFor('the end of the step', () => scenario.journal('a').some((line) => line.startsWith('end')));
      const patience = AbortSignal.timeout(30_000);
      const run = await throughLosses(() => scenario.waitForRun(runId), patience);
      expect(run.state).toBe('complete');
      expect(run.nodes['a']?.attempts.map((attempt) => attempt.outcome)).toEqual(['complete']);
      expect(worker.child.exitCode).toBeNull();
    } finally {
      await postgres.stop();
    }
  });
});
