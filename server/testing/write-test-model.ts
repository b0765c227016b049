/** A small model that is one: a z-score of `fare` and a vocabulary of `payment_type`, wide and deep, binary. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { LAYERS_FOLDER, MODEL_INFO_FILE, type ModelInfo } from '../../lib/artifact/model-info';
import {
  TRANSFORM_GRAPH_FILE,
  VOCABULARIES_FOLDER,
  writeTransformGraph,
  type TransformGraph,
} from '../../lib/transform/transform-graph';
import { startTensorFlow } from '../tf/backend';
import { saveLayers } from '../tf/layers-files';
import { buildLayers } from '../tf/layers-model';

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
    { name: 'tip', column: 'tip', from: 'raw', inputKind: 'INT', kind: 'INT', op: { type: 'label' } },
  ],
};

const INFO: ModelInfo = {
  format: 'sluice.model/1',
  template: 'wide-and-deep',
  task: 'binary',
  label: { feature: 'tip', column: 'tip' },
  deep: [{ feature: 'fare_z', width: 1 }],
  wide: [{ feature: 'payment', depth: 2 }],
  training: { rows: 100, evalRows: 50, epochs: 1, bestEpoch: 1, steps: 3, parameters: 8, loss: 0.5 },
};

/** Writes the model into an existing folder; `bias` tells it from others. */
export async function writeTestModel(folder: string, bias: number): Promise<void> {
  await startTensorFlow();
  await mkdir(path.join(folder, VOCABULARIES_FOLDER), { recursive: true });
  await writeFile(path.join(folder, VOCABULARIES_FOLDER, 'vocab_payment'), 'Cash\nCredit Card\n');
  await writeFile(path.join(folder, TRANSFORM_GRAPH_FILE), writeTransformGraph(GRAPH));
  await writeFile(path.join(folder, MODEL_INFO_FILE), `${JSON.stringify(INFO, undefined, 1)}\n`);
  const layers = buildLayers(INFO, {
    hidden: [{ kernel: Float32Array.of(1, -2), bias: Float32Array.of(0, 0.5) }],
    head: { kernel: Float32Array.of(0.5, 0.25), bias: Float32Array.of(bias) },
    wide: Float32Array.of(1, 2),
  });
  await saveLayers(layers, path.join(folder, LAYERS_FOLDER));
  layers.dispose();
}
