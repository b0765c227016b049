/** How good the models of whole pipelines are beside Keras, on the splits and features of BASELINES §3. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import type { Scenario } from '../testing/scenario';
import { hasSharedData, sharedPath } from '../testing/shared-data';
import { openTestScenario } from '../testing/test-scenario';
import { splitFiles, TAXI } from '../testing/train-rows';
import { startWhole, wholePipeline, type WholePipeline } from '../testing/whole-pipeline';

const LONG_MS = 180_000;

const zMetricsFile = z.array(
  z.object({ slice: z.array(z.unknown()), model: z.string(), metrics: z.record(z.string(), z.unknown()) }),
);

/** Runs one and returns the metrics of all rows. */
async function metricsOf(scenario: Scenario, given: WholePipeline): Promise<Readonly<Record<string, unknown>>> {
  const pipeline = wholePipeline({ ...given, pushTo: scenario.file('pushed') });
  const run = await scenario.waitForRun(await startWhole(scenario, pipeline), undefined, LONG_MS);
  for (const { node, error } of Object.values(run.nodes)) expect([node, error]).toEqual([node, undefined]);
  expect(run.nodes['pusher']?.state).toBe('complete');
  const uri = run.nodes['evaluator']?.outputs['evaluation']?.[0]?.uri ?? '';
  const file = zMetricsFile.parse(
    JSON.parse(readFileSync(path.join(scenario.artifactsFolder, uri, 'metrics.json'), 'utf8')),
  );
  // The candidate's own figures are the first entry of a slice; the change comes after them.
  const whole = file.find(({ slice, model }) => slice.length === 0 && model === 'candidate');
  return whole?.metrics ?? {};
}

const evalConfig = (label: string, className: string) => ({
  modelSpecs: [{ labelKey: label }],
  slicingSpecs: [{}],
  metricsSpecs: [
    {
      metrics: [{ className: 'ExampleCount' }, { className, threshold: { valueThreshold: { lowerBound: 0.5 } } }],
    },
  ],
});

describe.skipIf(!hasSharedData)('models of whole pipelines', () => {
  it(
    'taxi: the area under the curve is that of Keras, less 0.005 at most',
    async () => {
      await using scenario = await openTestScenario();
      await scenario.startWorker();
      const found = await metricsOf(scenario, {
        name: 'taxi',
        examples: await splitFiles(sharedPath('data', 'taxi', 'taxi-big-tipper.csv'), scenario.file('source')),
        features: TAXI.features,
        trainer: TAXI.params,
        evalConfig: evalConfig('big_tipper', 'AUC'),
      });
      expect(found['example_count']).toBe(3_001);
      expect(found['auc']).toBeGreaterThanOrEqual(0.9448 - 0.005);
    },
    LONG_MS,
  );

  it(
    'penguins: as many are named rightly as by Keras, on the mean of three seeds less 1.5 % at most',
    async () => {
      await using scenario = await openTestScenario();
      await scenario.startWorker();
      const columns = ['culmen_length_mm', 'culmen_depth_mm', 'flipper_length_mm', 'body_mass_g'];
      const examples = await splitFiles(sharedPath('data', 'penguins', 'penguins.csv'), scenario.file('source'));
      const accuracies: number[] = [];
      for (const seed of [0, 1, 2]) {
        const found = await metricsOf(scenario, {
          name: 'penguins',
          examples,
          features: {
            ...Object.fromEntries(columns.map((column) => [column, { op: 'identity', column }])),
            species: { op: 'label', column: 'species' },
          },
          trainer: {
            template: 'dense',
            task: 'multi-class',
            label: 'species',
            features: columns,
            hiddenUnits: [8, 8],
            epochs: 60,
            batchSize: 20,
            learningRate: 0.01,
            seed,
          },
          evalConfig: evalConfig('species', 'SparseCategoricalAccuracy'),
        });
        expect(found['example_count']).toBe(67);
        accuracies.push(Number(found['sparse_categorical_accuracy']));
      }
      expect(accuracies.reduce((sum, each) => sum + each) / accuracies.length).toBeGreaterThanOrEqual(0.99 - 0.015);
    },
    LONG_MS,
  );
});
