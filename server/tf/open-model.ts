/** A trained model, ready to take raw rows: its transform graph, then its layers. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { tensor2d, tidy, type Tensor } from '@tensorflow/tfjs-core';

import { LAYERS_FOLDER, MODEL_INFO_FILE, zModelInfo, type ModelInfo } from '../../lib/artifact/model-info';
import { AppError } from '../../lib/errors';
import {
  deepWidthOf,
  modelInputs,
  modelLabels,
  outputsOf,
  type FeatureColumns,
  type ModelInputs,
} from '../../lib/model/model-inputs';
import type { Transform, TransformCell } from '../../lib/transform/apply-transform';
import { readTransform } from '../storage/transform-files';
import { startTensorFlow } from './backend';
import { loadLayers } from './layers-files';

/** Columns of raw rows by name, each with as many cells as there are rows. A column that is not named is missing. */
export type RawColumns = Readonly<Record<string, readonly TransformCell[]>>;

/** See the module. */
export type OpenModel = {
  readonly info: ModelInfo;
  readonly transform: Transform;
  /** How many numbers a prediction has: the classes of `multi-class`, else 1. */
  readonly outputs: number;
  /** Predictions of raw rows: `outputs` numbers a row, row by row. */
  readonly predict: (raw: RawColumns, rows: number) => Promise<Float64Array>;
  /** Predictions of features that are transformed already. */
  readonly predictFeatures: (features: FeatureColumns, rows: number) => Promise<Float64Array>;
  /** What is true of raw rows by the label's feature: class numbers or numbers; NaN where missing, −1 where no class of the model. */
  readonly labels: (raw: RawColumns, rows: number) => Float64Array;
  readonly dispose: () => void;
};

/** Rows that pass the layers at once: bounds the memory, costs nothing. */
const CHUNK = 8_192;

/** Opens the folder of a `Model` artifact. Throws `artifact-damaged` where something of it is missing or not what it should be. */
export async function openModel(folder: string): Promise<OpenModel> {
  await startTensorFlow();
  const info = await readModelInfo(folder);
  const transform = await readTransform(folder);
  const model = await loadLayers(path.join(folder, LAYERS_FOLDER));
  const outputs = outputsOf(info);
  const run = async (inputs: ModelInputs): Promise<Float32Array> => {
    const output = tidy(() => {
      const given = model.inputNames.map((name) => toTensor(name, info, inputs));
      const predicted = model.predict(given);
      return Array.isArray(predicted) ? predicted[0] : predicted;
    });
    if (output === undefined) throw new Error('the layers gave no output');
    try {
      return Float32Array.from(await output.data());
    } finally {
      output.dispose();
    }
  };
  const predictFeatures = async (features: FeatureColumns, rows: number): Promise<Float64Array> => {
    const predictions = new Float64Array(rows * outputs);
    for (let first = 0; first < rows; first += CHUNK) {
      const count = Math.min(CHUNK, rows - first);
      const part = count === rows ? features : slice(features, info, { first, count });
      predictions.set(await run(modelInputs(info, part, count)), first * outputs);
    }
    return predictions;
  };
  return {
    info,
    transform,
    outputs,
    predictFeatures,
    predict: (raw, rows) => predictFeatures(transform.batch(raw, rows), rows),
    labels: (raw, rows) => modelLabels(info, transform.batch(raw, rows), rows),
    dispose: () => void model.dispose(),
  };
}

/** What a model says of itself. Throws `artifact-damaged` where the file is gone or none. */
export async function readModelInfo(folder: string): Promise<ModelInfo> {
  try {
    return zModelInfo.parse(JSON.parse(await readFile(path.join(folder, MODEL_INFO_FILE), 'utf8')));
  } catch (cause) {
    throw new AppError('artifact-damaged', `What a model says of itself cannot be read from ${folder}.`, {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}

function toTensor(name: string, info: ModelInfo, { deep, wide, rows }: ModelInputs): Tensor {
  return name === 'wide'
    ? tensor2d(wide, [rows, info.wide.length], 'int32')
    : tensor2d(deep, [rows, deepWidthOf(info)]);
}

function slice(
  features: FeatureColumns,
  info: ModelInfo,
  { first, count }: { readonly first: number; readonly count: number },
): FeatureColumns {
  const part: Record<string, ArrayLike<TransformCell>> = {};
  for (const { feature } of [...info.deep, ...info.wide]) {
    const cells = features[feature];
    if (cells !== undefined) part[feature] = Array.prototype.slice.call(cells, first, first + count);
  }
  return part;
}
