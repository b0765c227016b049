/** Gates and outputs that stay empty, through real workers: what is skipped, what the plan knows of it, what a retry does. */

import { rm } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { COMPONENTS } from '../../lib/catalog/index';
import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from '../../lib/pipeline/pipeline';
import { zRunId } from '../../lib/ids';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { TEST_COMPONENTS } from '../testing/components/specs';
import type { Scenario, ScenarioWorker } from '../testing/scenario';
import { openTestScenario } from '../testing/test-scenario';
import { planRun, type RunRequest } from './plan-run';
import { retryRun } from './retry-run';
import type { RunContext } from './run-context';
import { startRun } from './start-run';

const states = (run: RunSnapshot) =>
  Object.fromEntries(
    Object.values(run.nodes).map(({ node, state, stateReason }) => [
      node,
      stateReason === undefined ? state : `${state} ${stateReason}`,
    ]),
  );

describe('a gate', () => {
  let scenario: Scenario;
  let context: RunContext;
  let worker: ScenarioWorker;
  let names = 0;

  beforeAll(async () => {
    scenario = await openTestScenario();
    worker = await scenario.startWorker();
    const catalog = { ...COMPONENTS, ...TEST_COMPONENTS };
    context = { db: scenario.db, catalog, artifactsFolder: scenario.artifactsFolder };
  });
  afterAll(async () => {
    await scenario[Symbol.asyncDispose]();
  });

  const pipelineOf = (nodes: Record<string, PipelineNode>): Pipeline => {
    const document: Pipeline = { format: PIPELINE_FORMAT, name: `gates ${names}`, nodes };
    names += 1;
    return document;
  };
  const requestOf = (document: Pipeline): RunRequest => ({
    pipeline: { document, baseFolder: scenario.folder },
    values: { params: {}, set: [] },
    selection: { type: 'all' },
    reuse: true,
  });
  const planOf = async (document: Pipeline) =>
    Object.fromEntries((await planRun(context, requestOf(document))).plan.nodes.map((node) => [node.node, node]));
  const run = async (document: Pipeline) => {
    const { id } = await startRun(context, requestOf(document), 'test');
    return scenario.waitForRun(id);
  };
  /** train → judge → push → after, where the gate of push hangs on the blessing. */
  const loop = (blesses: boolean): Record<string, PipelineNode> => ({
    // Bytes of their own, so that no pipeline reuses what another one made.
    train: { component: 'OwnTrain', params: { text: `model ${names}` } },
    judge: { component: 'OwnJudge', inputs: { model: 'train.model' }, params: { blesses } },
    push: { component: 'OwnPush', inputs: { model: 'train.model', modelBlessing: 'judge.blessing' } },
    after: { component: 'NoOp', inputs: { after: 'push.token' } },
  });

  it('that is shut skips its node and what follows, writes nothing, and the run is complete', async () => {
    const document = pipelineOf(loop(false));
    const first = await planOf(document);
    expect(first['push']).toMatchObject({
      decision: 'execute',
      reason:
        'push runs if judge blesses the model, because train makes new model (no run of this pipeline has finished it yet).',
    });
    const ran = await run(document);
    expect(ran.state).toBe('complete');
    expect(states(ran)).toEqual({
      train: 'complete',
      judge: 'complete',
      push: 'skipped not-blessed',
      after: 'skipped upstream-skipped',
    });
    expect(ran.nodes['push']).toMatchObject({ because: 'judge', attempts: [], outputs: {} });
  });

  it('that is known to be shut is foreseen by the plan, and stays so however often it runs', async () => {
    const document = pipelineOf(loop(false));
    const first = await run(document);
    for (let again = 0; again < 2; again++) {
      const plan = await planOf(document);
      expect(plan['push']).toMatchObject({
        decision: 'skip',
        reason: `push is skipped because judge did not bless the model in run ${first.runNumber}.`,
      });
      expect(plan['after']).toMatchObject({ decision: 'skip', reason: 'after is skipped because push is.' });
      expect(states(await run(document))).toEqual({
        train: 'cached',
        judge: 'cached',
        push: 'skipped not-blessed',
        after: 'skipped upstream-skipped',
      });
    }
  });

  it('that opens lets its node run, and what it made is reused', async () => {
    const shut = pipelineOf(loop(false));
    await run(shut);
    const judge = { ...shut.nodes['judge'], component: 'OwnJudge', params: { blesses: true } };
    const open: Pipeline = { ...shut, nodes: { ...shut.nodes, judge } };
    expect(states(await run(open))).toEqual({
      train: 'cached',
      judge: 'complete',
      push: 'complete',
      after: 'complete',
    });
    expect(Object.values(states(await run(open)))).toEqual(Array<string>(4).fill('cached'));
    expect((await planOf(shut))['push']?.decision).toBe('skip');
  });

  it('is asked again when what it hangs on had to be made again', async () => {
    const document = pipelineOf(loop(false));
    const first = await run(document);
    await worker.stop();
    const { id } = await startRun(context, requestOf(document), 'test');
    // Planned with the blessing in place; it is gone when its turn comes.
    const { uri = '' } = first.nodes['judge']?.outputs['blessing']?.[0] ?? {};
    await rm(path.join(scenario.artifactsFolder, uri), { recursive: true });
    worker = await scenario.startWorker();
    const ran = await scenario.waitForRun(id);
    expect(ran.state).toBe('complete');
    expect(states(ran)).toMatchObject({
      judge: 'complete',
      push: 'skipped not-blessed',
      after: 'skipped upstream-skipped',
    });
  });

  it('keeps its node skipped when the rest of the run is retried', async () => {
    const counter = scenario.file('counter-retry');
    const document = pipelineOf({
      ...loop(false),
      bad: { component: 'FailUntil', params: { counter, failures: 1 } },
      both: { component: 'NoOp', inputs: { after: ['bad.token', 'after.token'] } },
      later: { component: 'NoOp', inputs: { after: 'bad.token' } },
    });
    const failed = await run(document);
    expect(failed.state).toBe('failed');
    expect(await retryRun(context.db, zRunId.parse(failed.runId))).toEqual(['bad', 'later']);
    const ran = await scenario.waitForRun(zRunId.parse(failed.runId));
    expect(ran.state).toBe('complete');
    expect(states(ran)).toEqual({
      train: 'complete',
      judge: 'complete',
      push: 'skipped not-blessed',
      after: 'skipped upstream-skipped',
      bad: 'complete',
      both: 'skipped upstream-skipped',
      later: 'complete',
    });
    await expect(retryRun(context.db, zRunId.parse(failed.runId))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('that nothing feeds is open', async () => {
    const { train, push } = loop(false);
    const document = pipelineOf({
      train: train ?? { component: 'OwnTrain' },
      push: { component: push?.component ?? '', inputs: { model: 'train.model' } },
    });
    expect(states(await run(document))).toEqual({ train: 'complete', push: 'complete' });
  });

  describe('an output that stays empty', () => {
    const maybe = (gives: boolean, key: string): Record<string, PipelineNode> => ({
      first: { component: 'NoOp', params: { text: key } },
      maybe: { component: 'OwnMaybe', inputs: { after: 'first.token' }, params: { gives } },
      need: { component: 'OwnNeed', inputs: { token: 'maybe.token' } },
      may: { component: 'OwnNeed', inputs: { token: 'first.token', other: 'maybe.token' } },
      next: { component: 'NoOp', inputs: { after: 'need.token' } },
    });

    it('is complete, skips who needs it, and lets run who may do without', async () => {
      const document = pipelineOf(maybe(false, 'empty'));
      expect((await planOf(document))['need']?.reason).toMatch(/^need runs if maybe has token to give, because maybe /);
      const ran = await run(document);
      expect(states(ran)).toEqual({
        first: 'complete',
        maybe: 'complete',
        need: 'skipped empty-input',
        may: 'complete',
        next: 'skipped upstream-skipped',
      });
      expect(ran.state).toBe('complete');
      expect(ran.nodes['maybe']?.outputs).toEqual({});
      const plan = await planOf(document);
      expect(plan['need']).toMatchObject({
        decision: 'skip',
        reason: `need is skipped because maybe has no token to give in run ${ran.runNumber}.`,
      });
      expect(states(await run(document))).toEqual({
        first: 'cached',
        maybe: 'cached',
        need: 'skipped empty-input',
        may: 'cached',
        next: 'skipped upstream-skipped',
      });
    });

    it('runs everybody when it is given after all', async () => {
      const ran = await run(pipelineOf(maybe(true, 'full')));
      expect(new Set(Object.values(states(ran)))).toEqual(new Set(['complete']));
    });
  });
});
