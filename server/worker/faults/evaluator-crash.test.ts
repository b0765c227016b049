/** A real Evaluator of two real models, killed anywhere: what it writes is as undisturbed, byte for byte. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import type { RunSnapshot } from '../../../lib/run/fold-run';
import { Random } from '../../../lib/random';
import type { Selection } from '../../../lib/pipeline/selection';
import { digestFolder } from '../../testing/digest-folder';
import type { Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';
import { startWhole, wholePipeline } from '../../testing/whole-pipeline';

const ROWS = 5_000;
const KILLS = 10;
const SEED = 20_240_611;
const LIMIT_MS = 300_000;

const EVAL_CONFIG = {
  modelSpecs: [{ labelKey: 'y' }],
  slicingSpecs: [{}, { featureKeys: ['place'] }],
  metricsSpecs: [
    {
      metrics: [
        { className: 'ExampleCount' },
        { className: 'Calibration' },
        { className: 'ConfusionMatrixPlot' },
        { className: 'AUC', threshold: { valueThreshold: { lowerBound: 0.1 } } },
      ],
    },
  ],
};

/** The whole pipeline, with a second model in place of the Resolver's. */
function pipeline(scenario: Scenario) {
  const random = Random.of(SEED);
  const row = () => {
    const [x, noise] = [random.number(), random.number()];
    return `${x},p${random.below(10)},${x + noise > 1 ? 1 : 0}`;
  };
  const source = scenario.file('source');
  mkdirSync(source);
  for (const name of ['train', 'eval'])
    writeFileSync(path.join(source, `${name}.csv`), `x,place,y\n${Array.from({ length: ROWS }, row).join('\n')}\n`);
  const trainer = { template: 'linear', task: 'binary', label: 'y', features: ['x'], epochs: 1, batchSize: 500 };
  const splits = ['train', 'eval'].map((name) => ({ name, pattern: `${name}.csv` }));
  const whole = wholePipeline({
    name: 'killed',
    examples: { inputBase: source, inputConfig: { splits } },
    features: { x: { op: 'identity', column: 'x' }, y: { op: 'label', column: 'y' } },
    trainer,
    evalConfig: EVAL_CONFIG,
  });
  const { trainer: one, evaluator, pusher: _pusher, baseline: _baseline, ...rest } = whole.nodes;
  if (one === undefined || evaluator === undefined) throw new Error('no whole pipeline');
  return {
    ...whole,
    nodes: {
      ...rest,
      trainer: one,
      before: { ...one, params: { ...trainer, learningRate: 0.5 } },
      evaluator: { ...evaluator, inputs: { ...evaluator.inputs, baselineModel: 'before.model' } },
    },
  };
}

it(
  'A1 F01 killed at ten moments it leaves the same figures, plots, verdict, predictions and blessing',
  async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const document = pipeline(scenario);
    const start = (selection: Selection) => startWhole(scenario, document, { selection, reuse: false });
    const written = async (run: RunSnapshot) => {
      const node = run.nodes['evaluator'];
      expect([node?.state, node?.error]).toEqual(['complete', undefined]);
      const folders = Object.entries(node?.outputs ?? {}).map(async ([port, [output]]) => [
        port,
        await digestFolder(path.join(scenario.artifactsFolder, output?.uri ?? '')),
      ]);
      return { files: Object.fromEntries(await Promise.all(folders)) as unknown, attempts: node?.attempts ?? [] };
    };
    await scenario.waitForRun(await start({ type: 'all' }), undefined, LIMIT_MS);
    const alone: Selection = { type: 'only', nodes: ['evaluator'] };
    const undisturbed = await written(await scenario.waitForRun(await start(alone), undefined, LIMIT_MS));
    expect(undisturbed.files).toEqual({
      evaluation: {
        'eval_config.json': expect.any(String),
        'metrics.json': expect.any(String),
        'plots.json': expect.any(String),
        'predictions.parquet': expect.any(String),
        'validation_ok.json': expect.any(String),
      },
      blessing: { BLESSED: expect.any(String) },
    });
    const wholeMs = undisturbed.attempts[0]?.durationMs ?? 0;
    const random = Random.of(SEED);
    let lost = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const runId = await start(alone);
      const pid = await scenario.waitForAttempt(runId, 'evaluator', 1);
      // The moment itself is what is tried: no event marks the middle of a file that is being written.
      setTimeout(() => process.kill(pid, 'SIGKILL'), ((kill + random.number()) / KILLS) * wholeMs);
      const found = await written(await scenario.waitForRun(runId, undefined, LIMIT_MS));
      expect(found.files).toEqual(undisturbed.files);
      lost += found.attempts.filter(({ outcome }) => outcome === 'lost').length;
    }
    // One that comes after the end kills a process that is idle.
    expect(lost).toBeGreaterThanOrEqual(KILLS / 2);
  },
  LIMIT_MS,
);
