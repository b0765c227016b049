/** A training whose process is killed goes on from its checkpoint and comes to the same bytes; a person may end it early. */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { zModelInfo } from '../../../lib/artifact/model-info';
import { COMPONENTS } from '../../../lib/catalog/index';
import type { RunId } from '../../../lib/ids';
import type { RunSnapshot } from '../../../lib/run/fold-run';
import { finishNode } from '../../runs/finish-node';
import type { Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';
import { waitFor } from '../../testing/wait-for';

const ROWS = 300;
const STEPS = 200_000;
/** Delays in ms after the first word of an attempt, chosen to lie early, in the middle and late: before and after its first checkpoint. */
const MOMENTS = [
  { moments: [640, 20, 910] },
  { moments: [275, 780, 155] },
  { moments: [1_010, 480] },
  { moments: [90, 560] },
];

/** Draws a table whose label follows from its column, but for some rows. */
function table(): string {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const x = ((row * 37) % ROWS) / ROWS - 0.5;
    return `${x},${row % 11 === 0 || x >= 0 ? 1 : 0}`;
  });
  return `x,y\n${rows.join('\n')}\n`;
}

const training = (scenario: Scenario, params: object) => ({
  rows: { component: 'CsvExampleGen', params: { inputBase: scenario.file('rows.csv') } },
  trainer: {
    component: 'Trainer',
    inputs: { examples: 'rows.examples' },
    params: {
      template: 'dense',
      task: 'binary',
      label: 'y',
      features: ['x'],
      hiddenUnits: [32, 16],
      batchSize: 2,
      epochs: 1_000_000,
      ...params,
    },
  },
});

/** What must not depend on who died when. */
const outputsOf = (run: RunSnapshot) =>
  Object.entries(run.nodes['trainer']?.outputs ?? {}).map(([port, list]) => [
    port,
    list.map(({ digest, properties }) => ({ digest, properties })),
  ]);

describe('a training', () => {
  let scenario: Scenario;
  let undisturbed: RunSnapshot;
  const start = (params: object): Promise<RunId> => scenario.startRun(training(scenario, params));
  const firstWord = (runId: RunId, attempt: number) =>
    scenario.waitForEvent(
      runId,
      ({ body }) => body.type === 'node.progressed' && body.node === 'trainer' && body.attempt === attempt,
    );

  beforeAll(async () => {
    scenario = await openTestScenario();
    writeFileSync(scenario.file('rows.csv'), table());
    await scenario.startWorker();
    undisturbed = await scenario.waitForRun(await start({ trainArgs: { numSteps: STEPS } }), undefined, 60_000);
    expect(undisturbed.nodes['trainer']?.error).toBeUndefined();
    expect(outputsOf(undisturbed)).toHaveLength(2);
  }, 90_000);
  afterAll(async () => {
    await scenario[Symbol.asyncDispose]();
  });

  it.each(MOMENTS)(
    'A2 killed $moments ms after it began comes to the same bytes',
    async ({ moments }) => {
      const runId = await start({ trainArgs: { numSteps: STEPS } });
      for (const [index, delay] of moments.entries()) {
        const pid = await scenario.waitForAttempt(runId, 'trainer', index + 1);
        await firstWord(runId, index + 1);
        setTimeout(() => process.kill(pid, 'SIGKILL'), delay);
      }
      const run = await scenario.waitForRun(runId, undefined, 60_000);
      const attempts = run.nodes['trainer']?.attempts.map(({ outcome }) => outcome);
      expect(attempts).toEqual([...moments.map(() => 'lost'), 'complete']);
      expect(outputsOf(run)).toEqual(outputsOf(undisturbed));
    },
    90_000,
  );

  it('that went on says from where', async () => {
    const runId = await start({ trainArgs: { numSteps: STEPS } });
    const pid = await scenario.waitForAttempt(runId, 'trainer', 1);
    await firstWord(runId, 1);
    setTimeout(() => process.kill(pid, 'SIGKILL'), 1_500);
    await scenario.waitForRun(runId, undefined, 60_000);
    const said = (await scenario.events(runId)).flatMap(({ body }) =>
      body.type === 'node.logged' && body.node === 'trainer' ? [body.message] : [],
    );
    expect(said.join('\n')).toMatch(/Went on from the checkpoint at step/);
  }, 90_000);

  it('that a person ends keeps its best epoch, and tells a curve', async () => {
    const runId = await start({ seed: 7 });
    const request = { runId, node: 'trainer', by: 'a test' };
    await firstWord(runId, 1);
    await finishNode({ db: scenario.db, catalog: COMPONENTS }, request);
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('complete');
    expect(run.nodes['trainer']).toMatchObject({ state: 'complete', finishRequestedAt: expect.any(String) });
    expect(run.nodes['trainer']?.points?.length).toBeGreaterThan(0);
    const model = run.nodes['trainer']?.outputs['model']?.[0];
    const folder = await waitFor('the folder of the model', () => model?.uri);
    const file = path.join(scenario.artifactsFolder, folder, 'model_info.json');
    const info = zModelInfo.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(info.training.stopped).toBe('by-a-person');
    expect(info.training.bestEpoch).toBeLessThanOrEqual(info.training.epochs);
    await expect(finishNode({ db: scenario.db, catalog: COMPONENTS }, request)).rejects.toThrow(/is not running/);
  }, 60_000);
});
