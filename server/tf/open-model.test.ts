import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { LAYERS_FOLDER, MODEL_INFO_FILE, type ModelInfo } from '../../lib/artifact/model-info';
import {
  TRANSFORM_GRAPH_FILE,
  VOCABULARIES_FOLDER,
  writeTransformGraph,
  type TransformGraph,
} from '../../lib/transform/transform-graph';
import { digestFolder } from '../testing/digest-folder';
import { tempFolder } from '../testing/temp-folder';
import { startTensorFlow } from './backend';
import { saveLayers } from './layers-files';
import { buildLayers, type TrainedWeights } from './layers-model';
import { openModel } from './open-model';

const GRAPH: TransformGraph = {
  format: 'sluice.transform/1',
  steps: [
    {
      name: 'fare_z',
      column: 'fare',
      from: 'raw',
      inputKind: 'FLOAT',
      kind: 'FLOAT',
      fillMissing: 0,
      op: { type: 'z-score', mean: 10, variance: 4 },
    },
    {
      name: 'payment',
      column: 'payment_type',
      from: 'raw',
      inputKind: 'STRING',
      kind: 'INT',
      op: { type: 'vocabulary', file: 'vocab_payment', size: 2, numOovBuckets: 0, defaultValue: -1 },
      domain: { min: -1, max: 1 },
    },
    {
      name: 'hour',
      column: 'hour',
      from: 'raw',
      inputKind: 'INT',
      kind: 'FLOAT',
      op: { type: 'one-hot', depth: 3 },
    },
    { name: 'tip', column: 'tip', from: 'raw', inputKind: 'INT', kind: 'INT', op: { type: 'label' } },
  ],
};

const TRAINING = { rows: 1, evalRows: 0, epochs: 1, bestEpoch: 1, steps: 1, parameters: 1, loss: 0 };
const INFO: ModelInfo = {
  format: 'sluice.model/1',
  template: 'wide-and-deep',
  task: 'binary',
  label: { feature: 'tip', column: 'tip' },
  deep: [{ feature: 'fare_z', width: 1 }],
  wide: [
    { feature: 'payment', depth: 2 },
    { feature: 'hour', depth: 3 },
  ],
  training: TRAINING,
};

const WEIGHTS: TrainedWeights = {
  hidden: [{ kernel: Float32Array.of(1, -2), bias: Float32Array.of(0, 0.5) }],
  head: { kernel: Float32Array.of(0.5, 0.25), bias: Float32Array.of(0.125) },
  wide: Float32Array.of(1, 2, 4, 8, 16),
};

async function writeModel(folder: string, info: ModelInfo, weights: TrainedWeights): Promise<void> {
  await startTensorFlow();
  await mkdir(path.join(folder, VOCABULARIES_FOLDER), { recursive: true });
  await writeFile(path.join(folder, VOCABULARIES_FOLDER, 'vocab_payment'), 'Cash\nCredit Card\n');
  await writeFile(path.join(folder, TRANSFORM_GRAPH_FILE), writeTransformGraph(GRAPH));
  await writeFile(path.join(folder, MODEL_INFO_FILE), JSON.stringify(info));
  const layers = buildLayers(info, weights);
  await saveLayers(layers, path.join(folder, LAYERS_FOLDER));
  layers.dispose();
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const deepSum = (z: number): number => 0.5 * Math.max(0, z) + 0.25 * Math.max(0, 0.5 - 2 * z) + 0.125;

describe('an opened model', () => {
  it('predicts raw rows through its transform graph, deep and wide', async () => {
    using folder = tempFolder();
    await writeModel(folder.path, INFO, WEIGHTS);
    const model = await openModel(folder.path);
    const raw = {
      fare: [14, null, 6],
      payment_type: ['Credit Card', 'Bitcoin', 'Cash'],
      hour: [2, null, 0],
      tip: [1, null, 0],
    };
    const predictions = await model.predict(raw, 3);
    const expected = [sigmoid(deepSum(2) + 2 + 16), sigmoid(deepSum(-5)), sigmoid(deepSum(-2) + 1 + 4)];
    for (const [row, probability] of expected.entries()) expect(predictions[row]).toBeCloseTo(probability, 6);
    expect([...model.labels(raw, 3)]).toEqual([1, Number.NaN, 0]);
    model.dispose();
  });

  it('gives one score for each class, from the wide part alone', async () => {
    using folder = tempFolder();
    const info: ModelInfo = {
      ...INFO,
      template: 'linear',
      task: 'multi-class',
      label: { feature: 'tip', column: 'tip', classes: [0, 1] },
      deep: [],
      wide: [{ feature: 'hour', depth: 3 }],
    };
    const head = { kernel: new Float32Array(), bias: Float32Array.of(0, 1) };
    await writeModel(folder.path, info, { hidden: [], head, wide: Float32Array.of(1, 0, 0, 0, 0, 2) });
    const model = await openModel(folder.path);
    const scores = await model.predict({ hour: [0, 1, 2, 9] }, 4);
    const softmax = (a: number, b: number) => [1 / (1 + Math.exp(b - a)), 1 / (1 + Math.exp(a - b))];
    const expected = [...softmax(1, 1), ...softmax(0, 1), ...softmax(0, 3), ...softmax(0, 1)];
    for (const [index, score] of expected.entries()) expect(scores[index]).toBeCloseTo(score, 6);
    model.dispose();
  });

  it('takes more rows than pass the layers at once, and leaves no tensor behind', async () => {
    using folder = tempFolder();
    await writeModel(folder.path, INFO, WEIGHTS);
    const before = memory().numTensors;
    const model = await openModel(folder.path);
    const rows = 10_000;
    const fare = Array.from({ length: rows }, (_, row) => 10 + (row % 7));
    const predictions = await model.predict({ fare }, rows);
    expect(predictions).toHaveLength(rows);
    for (const row of [0, 8_191, 8_192, 9_999])
      expect(predictions[row]).toBeCloseTo(sigmoid(deepSum((row % 7) / 2)), 6);
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('has the same bytes each time it is written', async () => {
    using one = tempFolder();
    using other = tempFolder();
    await writeModel(one.path, INFO, WEIGHTS);
    await writeModel(other.path, INFO, WEIGHTS);
    expect(await digestFolder(one.path)).toEqual(await digestFolder(other.path));
  });

  it('says what is damaged instead of predicting', async () => {
    using folder = tempFolder();
    await writeModel(folder.path, INFO, WEIGHTS);
    await writeFile(path.join(folder.path, LAYERS_FOLDER, 'weights.bin'), new Uint8Array(4));
    await expect(openModel(folder.path)).rejects.toThrow(/layers of a model cannot be read/);
  });
});
