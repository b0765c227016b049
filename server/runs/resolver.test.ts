/** Resolver through real workers: which model it finds, that an unchanged pipeline is reused whole, and that the plan knows. */

import { rm } from 'node:fs/promises';
import path from 'node:path';

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { COMPONENTS } from '../../lib/catalog/index';
import { zRunId } from '../../lib/ids';
import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { TEST_COMPONENTS } from '../testing/components/specs';
import type { Scenario } from '../testing/scenario';
import { openTestScenario } from '../testing/test-scenario';
import { planRun, type RunRequest } from './plan-run';
import type { RunContext } from './run-context';
import { startRun } from './start-run';

type Step = { readonly text: string; readonly blesses?: boolean };

describe('a Resolver', () => {
  let scenario: Scenario;
  let context: RunContext;

  beforeAll(async () => {
    scenario = await openTestScenario();
    await scenario.startWorker();
    const catalog = { ...COMPONENTS, ...TEST_COMPONENTS };
    context = { db: scenario.db, catalog, artifactsFolder: scenario.artifactsFolder };
  });
  afterAll(async () => {
    await scenario[Symbol.asyncDispose]();
  });

  const loop = (name: string, { text, blesses = true }: Step): Pipeline => ({
    format: PIPELINE_FORMAT,
    name,
    nodes: {
      baseline: { component: 'Resolver' },
      trainer: { component: 'OwnTrain', params: { text: `${name} ${text}` } },
      evaluator: {
        component: 'OwnJudge',
        inputs: { model: 'trainer.model', baselineModel: 'baseline.model' },
        params: { blesses },
      },
      pusher: { component: 'OwnPush', inputs: { model: 'trainer.model', modelBlessing: 'evaluator.blessing' } },
    },
  });

  /** Runs, holds what happened to what was planned, and returns what came of it. */
  async function run(name: string, step: Step): Promise<RunSnapshot> {
    const request: RunRequest = {
      pipeline: { document: loop(name, step), baseFolder: scenario.folder },
      values: { params: {}, set: [] },
      selection: { type: 'all' },
      reuse: true,
    };
    const { plan } = await planRun(context, request);
    const { id } = await startRun(context, request, 'test');
    const ran = await scenario.waitForRun(id);
    expect(ran.state).toBe('complete');
    for (const { node, decision, conditional } of plan.nodes) {
      const state = ran.nodes[node]?.state;
      if (decision === 'reuse') expect([node, state]).toEqual([node, 'cached']);
      else if (decision === 'skip' || !conditional)
        expect([node, state]).toEqual([node, decision === 'skip' ? 'skipped' : 'complete']);
    }
    expect((await scenario.events(id)).filter(({ body }) => body.type === 'node.replanned')).toEqual([]);
    return ran;
  }
  const statesOf = (ran: RunSnapshot) => new Set(Object.values(ran.nodes).map(({ state }) => state));
  const modelOf = (ran: RunSnapshot, node: string): ArtifactRef | undefined => ran.nodes[node]?.outputs['model']?.[0];

  /** The artifacts that a node took in a run, by port. */
  async function takenBy(ran: RunSnapshot, node: string): Promise<Record<string, string>> {
    const { rows } = await context.db.execute<{ port: string; artifact_id: string }>(sql`
      select i.port, i.artifact_id from execution_inputs i join executions e on e.id = i.execution_id
      where e.run_id = ${zRunId.parse(ran.runId)} and e.node_id = ${node}`);
    return Object.fromEntries(rows.map(({ port, artifact_id }) => [port, artifact_id]));
  }

  it('is complete without output while nothing was blessed, and its consumer runs without it', async () => {
    const ran = await run('first', { text: 'one' });
    expect(ran.nodes['baseline']).toMatchObject({ state: 'complete', outputs: {}, upstream: ['trainer'] });
    expect(await takenBy(ran, 'evaluator')).toEqual({ model: modelOf(ran, 'trainer')?.id });
    expect(statesOf(await run('first', { text: 'one' }))).toEqual(new Set(['cached']));
    expect(statesOf(await run('first', { text: 'one' }))).toEqual(new Set(['cached']));
  });

  it('finds the model before, as the lineage shows, and an unchanged run after that is reused whole', async () => {
    const first = await run('second', { text: 'one' });
    const second = await run('second', { text: 'two' });
    const [old, found] = [modelOf(first, 'trainer'), modelOf(second, 'baseline')];
    expect(found).toMatchObject({ digest: old?.digest, properties: { resolvedFrom: old?.id } });
    expect(await takenBy(second, 'baseline')).toEqual({ model: old?.id });
    expect(await takenBy(second, 'evaluator')).toMatchObject({ baselineModel: found?.id });
    expect(statesOf(await run('second', { text: 'two' }))).toEqual(new Set(['cached']));
    expect(statesOf(await run('second', { text: 'two' }))).toEqual(new Set(['cached']));

    // Back to the first model: now the second one is what it is compared with.
    const back = await run('second', { text: 'one' });
    expect(back.nodes['trainer']?.state).toBe('cached');
    expect(modelOf(back, 'baseline')?.digest).toBe(modelOf(second, 'trainer')?.digest);
    expect(statesOf(await run('second', { text: 'one' }))).toEqual(new Set(['cached']));
  });

  it('passes over what was not blessed, and what is no longer on disk', async () => {
    const first = await run('third', { text: 'one' });
    const second = await run('third', { text: 'two' });
    const refused = await run('third', { text: 'three', blesses: false });
    expect(refused.nodes['pusher']).toMatchObject({ state: 'skipped', stateReason: 'not-blessed' });
    expect(modelOf(refused, 'baseline')?.digest).toBe(modelOf(second, 'trainer')?.digest);
    const fourth = await run('third', { text: 'four', blesses: false });
    expect(modelOf(fourth, 'baseline')?.digest).toBe(modelOf(second, 'trainer')?.digest);

    await rm(path.join(scenario.artifactsFolder, modelOf(second, 'trainer')?.uri ?? ''), { recursive: true });
    const fifth = await run('third', { text: 'five', blesses: false });
    expect(modelOf(fifth, 'baseline')?.digest).toBe(modelOf(first, 'trainer')?.digest);
    await context.db.execute(sql`
      update artifacts set state = 'missing' where id = ${modelOf(second, 'trainer')?.id ?? ''}`);
  });

  it('sees the models of its own pipeline only, with those that it reused from another one', async () => {
    await run('fourth', { text: 'one' });
    const other = loop('fourth', { text: 'one' });
    const request = (document: Pipeline): RunRequest => ({
      pipeline: { document: { ...document, name: 'copy' }, baseFolder: scenario.folder },
      values: { params: {}, set: [] },
      selection: { type: 'all' },
      reuse: true,
    });
    const fresh = loop('fourth', { text: 'of the copy' });
    const alone = await scenario.waitForRun((await startRun(context, request(fresh), 'test')).id);
    expect(alone.nodes['baseline']).toMatchObject({ outputs: {} });
    const same = await scenario.waitForRun((await startRun(context, request(other), 'test')).id);
    expect(same.nodes['trainer']?.state).toBe('cached');
    expect(modelOf(same, 'baseline')?.digest).toBe(modelOf(alone, 'trainer')?.digest);
    const next = await scenario.waitForRun(
      (await startRun(context, request(loop('fourth', { text: 'next' })), 'test')).id,
    );
    // The model that the copy reused is older than its own one: the newest model counts, not the newest blessing.
    expect(modelOf(next, 'baseline')?.digest).toBe(modelOf(alone, 'trainer')?.digest);
  });
});
