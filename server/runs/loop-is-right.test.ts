/** Plans of loops against what real workers do, through seeded changes of parameters, blessings, artifacts and selections. */

import { rm } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { COMPONENTS } from '../../lib/catalog/index';
import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import type { Selection } from '../../lib/pipeline/selection';
import { Random } from '../../lib/random';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { TEST_COMPONENTS } from '../testing/components/specs';
import type { Scenario } from '../testing/scenario';
import { openTestScenario } from '../testing/test-scenario';
import { markArtifact } from './lifecycle/reuse-node';
import { planRun, type RunRequest } from './plan-run';
import type { RunContext } from './run-context';
import { startRun } from './start-run';

const NODES = ['baseline', 'trainer', 'evaluator', 'strict', 'pusher', 'maybe', 'need', 'after'] as const;
const RUNS = 14;

/** What changes between runs. */
type Settings = { readonly text: number; readonly blesses: boolean; readonly strict: boolean; readonly gives: boolean };

const loop = ({ text, blesses, strict, gives }: Settings, name: string): Pipeline => {
  const judged = { model: 'trainer.model', baselineModel: 'baseline.model' };
  return {
    format: PIPELINE_FORMAT,
    name,
    nodes: {
      baseline: { component: 'Resolver' },
      trainer: { component: 'OwnTrain', params: { text: `${name} ${text}` } },
      evaluator: { component: 'OwnJudge', inputs: judged, params: { blesses } },
      strict: { component: 'OwnJudge', inputs: judged, params: { blesses: strict } },
      pusher: { component: 'OwnPush', inputs: { model: 'trainer.model', modelBlessing: 'strict.blessing' } },
      maybe: { component: 'OwnMaybe', inputs: { after: 'pusher.token' }, params: { gives } },
      need: { component: 'OwnNeed', inputs: { token: 'maybe.token' } },
      after: { component: 'NoOp', inputs: { after: ['pusher.token', 'need.token'] } },
    },
  };
};

describe('the plan of a loop', () => {
  let scenario: Scenario;
  let context: RunContext;
  const removed: string[] = [];

  beforeAll(async () => {
    scenario = await openTestScenario();
    await scenario.startWorker();
    const catalog = { ...COMPONENTS, ...TEST_COMPONENTS };
    context = { db: scenario.db, catalog, artifactsFolder: scenario.artifactsFolder };
  });
  afterAll(async () => {
    // Not every plan looks at what was removed; the invariants would miss it.
    for (const id of removed) await markArtifact(context.db, id, 'missing');
    await scenario[Symbol.asyncDispose]();
  });

  const requestOf = (document: Pipeline, selection: Selection): RunRequest => ({
    pipeline: { document, baseFolder: scenario.folder },
    values: { params: {}, set: [] },
    selection,
    reuse: true,
  });

  /** Runs, and holds what happened to what was planned; undefined where the run is refused. */
  async function runAsPlanned(document: Pipeline, selection: Selection): Promise<RunSnapshot | undefined> {
    const request = requestOf(document, selection);
    const { plan } = await planRun(context, request);
    if (plan.nodes.some(({ decision }) => decision === 'blocked')) return undefined;
    const { id } = await startRun(context, request, 'test');
    const run = await scenario.waitForRun(id);
    expect(run.state).toBe('complete');
    expect((await scenario.events(id)).filter(({ body }) => body.type === 'node.replanned')).toEqual([]);
    const open = new Set<string>();
    for (const { node, decision, reason, upstream } of plan.nodes) {
      const state = run.nodes[node]?.state;
      const mayBeSkipped = reason.startsWith(`${node} runs if`) || upstream.some((id) => open.has(id));
      if (mayBeSkipped) open.add(node);
      const expected = { reuse: ['cached'], skip: ['skipped'], blocked: [], execute: ['complete'] }[decision];
      const allowed = decision === 'execute' && mayBeSkipped ? [...expected, 'skipped'] : expected;
      expect(allowed, `${node}: ${reason}`).toContain(state);
    }
    return run;
  }

  it.each([1, 2])('is what happens, whatever changes in between (seed %i)', async (seed) => {
    const random = Random.of(seed);
    const dice = (sides: number) => random.below(sides);
    let settings: Settings = { text: 0, blesses: true, strict: true, gives: true };
    let ran = 0;
    for (let i = 0; i < RUNS; i++) {
      const name = `loop ${seed}`;
      const change = dice(6);
      if (change === 0) settings = { ...settings, text: dice(3) };
      if (change === 1) settings = { ...settings, blesses: !settings.blesses };
      if (change === 2) settings = { ...settings, strict: !settings.strict };
      if (change === 3) settings = { ...settings, gives: !settings.gives };
      const document = loop(settings, name);
      if (change === 4 && i > 0) {
        const { plan } = await planRun(context, requestOf(document, { type: 'all' }));
        const victims = plan.nodes.flatMap(({ from }) => Object.values(from?.outputs ?? {}).flat());
        const victim = victims[dice(Math.max(1, victims.length))];
        if (victim !== undefined) {
          await rm(path.join(scenario.artifactsFolder, victim.uri), { recursive: true, force: true });
          removed.push(victim.id);
        }
      }
      const node = NODES[dice(NODES.length)] ?? 'trainer';
      const type = (['all', 'all', 'all', 'to', 'from', 'only'] as const)[dice(6)] ?? 'all';
      const run = await runAsPlanned(document, type === 'all' ? { type } : { type, nodes: [node] });
      if (run !== undefined) ran += 1;
    }
    expect(ran).toBeGreaterThan(RUNS / 2);
    // Unchanged from here on: after one more run nothing is left to do.
    const document = loop(settings, `loop ${seed}`);
    await runAsPlanned(document, { type: 'all' });
    const last = await runAsPlanned(document, { type: 'all' });
    for (const { node, state } of Object.values(last?.nodes ?? {}))
      expect([node, state]).not.toEqual([node, 'complete']);
  });
});
