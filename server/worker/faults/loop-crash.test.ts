/** A1–A3, F03 for a loop: whatever is killed while a model is found, judged or let through a gate, the result is the same. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { COMPONENTS } from '../../../lib/catalog/index';
import type { RunId } from '../../../lib/ids';
import { PIPELINE_FORMAT, type Pipeline } from '../../../lib/pipeline/pipeline';
import type { Selection } from '../../../lib/pipeline/selection';
import type { RunSnapshot } from '../../../lib/run/fold-run';
import { startRun } from '../../runs/start-run';
import { TEST_COMPONENTS } from '../../testing/components/specs';
import type { Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';

/** `strict` blesses nothing, so that its gate is shut; what `evaluator` blesses is what the next run compares with. */
const loop = (text: string): Pipeline => ({
  format: PIPELINE_FORMAT,
  name: 'loop',
  nodes: {
    baseline: { component: 'Resolver' },
    trainer: { component: 'OwnTrain', params: { text } },
    evaluator: { component: 'OwnJudge', inputs: { model: 'trainer.model', baselineModel: 'baseline.model' } },
    strict: {
      component: 'OwnJudge',
      inputs: { model: 'trainer.model', baselineModel: 'baseline.model' },
      params: { blesses: false },
    },
    pusher: { component: 'OwnPush', inputs: { model: 'trainer.model', modelBlessing: 'strict.blessing' } },
    after: { component: 'NoOp', inputs: { after: 'pusher.token' } },
  },
});

const ALL: Selection = { type: 'all' };
/** One of each state a found model can be left in: named, copied, moved, published. All points of any step: crash.test.ts. */
const POINTS = [
  'worker-after-claim',
  'node-after-stage-write',
  'publish-before-commit',
  'publish-after-commit',
] as const;

/** What must not depend on who died when: states, reasons and the bytes of every output. */
const resultOf = (run: RunSnapshot) =>
  Object.fromEntries(
    Object.values(run.nodes).map(({ node, state, stateReason, outputs }) => [
      node,
      [state, stateReason, Object.values(outputs).flatMap((list) => list.map(({ digest }) => digest))],
    ]),
  );
const modelOf = (run: RunSnapshot | undefined) =>
  run?.nodes['trainer']?.outputs['model']?.map(({ digest }) => digest) ?? [];

describe('a loop in which a process is killed', () => {
  let scenario: Scenario;
  let before: RunSnapshot | undefined;

  const start = async (document: Pipeline, selection: Selection = ALL) => {
    const catalog = { ...COMPONENTS, ...TEST_COMPONENTS };
    const context = { db: scenario.db, catalog, artifactsFolder: scenario.artifactsFolder };
    const pipeline = { document, baseFolder: scenario.folder };
    const { id } = await startRun(
      context,
      { pipeline, values: { params: {}, set: [] }, selection, reuse: true },
      'test',
    );
    return id;
  };

  beforeAll(async () => {
    scenario = await openTestScenario();
    const worker = await scenario.startWorker();
    before = await scenario.waitForRun(await start(loop('first')));
    // With its model there, the first thing that executes in a run, and meets the crash, is the Resolver.
    const trained: RunId[] = [];
    for (const point of POINTS) trained.push(await start(loop(point), { type: 'to', nodes: ['trainer'] }));
    await Promise.all(trained.map(async (id) => scenario.waitForRun(id)));
    await worker.stop();
  });
  afterAll(async () => {
    await scenario[Symbol.asyncDispose]();
  });

  it.each(POINTS)('F03 A2 A3 at %s of its Resolver ends as it would have', async (point) => {
    const runId = await start(loop(point));
    const workers = [await scenario.startWorker({ crashAt: point })];
    if (!point.startsWith('node-')) {
      await workers[0]?.gone;
      workers.push(await scenario.startWorker());
    }
    const run = await scenario.waitForRun(runId);
    await workers.at(-1)?.stop();
    expect(scenario.hasCrashed(point)).toBe(true);
    expect(run.state).toBe('complete');
    expect(resultOf(run)).toEqual({
      trainer: ['cached', undefined, modelOf(run)],
      // What is found is the model of the run before, byte for byte.
      baseline: ['complete', undefined, modelOf(before)],
      evaluator: ['complete', undefined, [expect.any(String)]],
      strict: ['complete', undefined, [expect.any(String)]],
      pusher: ['skipped', 'not-blessed', []],
      after: ['skipped', 'upstream-skipped', []],
    });
    before = run;
  });

  it('A1 between the blessing and the gate: whoever comes next shuts it', async () => {
    const worker = await scenario.startWorker({ concurrency: 1 });
    const runId = await start(loop('last'));
    await scenario.waitForEvent(runId, ({ body }) => body.type === 'node.completed' && body.node === 'strict');
    worker.kill('SIGKILL');
    await worker.gone;
    await scenario.startWorker();
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('complete');
    expect(run.nodes['pusher']).toMatchObject({ state: 'skipped', stateReason: 'not-blessed', attempts: [] });
  });
});
