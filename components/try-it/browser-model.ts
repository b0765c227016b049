/**
 * A model read from the files of its artifact, ready to predict raw rows: the transform graph's one interpreter, then the
 * layers, on whatever backend of TensorFlow.js runs. Only the worker loads this.
 */

import { io, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

import { LAYERS_FOLDER, MODEL_INFO_FILE, zModelInfo, type ModelInfo } from '../../lib/artifact/model-info';
import { AppError } from '../../lib/errors';
import { modelForm, type FormField } from '../../lib/model/model-form';
import { deepWidthOf, modelInputs, modelLabels, type ModelInputs } from '../../lib/model/model-inputs';
import { storedRow } from '../../lib/model/form-cell';
import { compileTransform, type TransformCell, type TransformRow } from '../../lib/transform/apply-transform';
import {
  TRANSFORM_GRAPH_FILE,
  VOCABULARIES_FOLDER,
  zTransformGraph,
  type TransformGraph,
} from '../../lib/transform/transform-graph';
import { vocabularyTokens } from '../../lib/transform/vocabulary-file';
import type { LabelColumn, RowAnswers } from './model-messages';

/** Reads one file of the artifact, by its path inside. */
export type ReadFile = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

/** See the module. */
export type BrowserModel = {
  readonly info: ModelInfo;
  readonly fields: readonly FormField[];
  readonly label: LabelColumn | undefined;
  readonly predict: (rows: readonly TransformRow[]) => Promise<RowAnswers>;
};

/** Opens a model. Throws `artifact-damaged` where a file is not what it should be; what `read` throws passes through. */
export async function openBrowserModel(read: ReadFile): Promise<BrowserModel> {
  const [info, graph, layers] = await Promise.all([
    readJson(read, MODEL_INFO_FILE, (json) => zModelInfo.parse(json)),
    readJson(read, TRANSFORM_GRAPH_FILE, (json) => zTransformGraph.parse(json)),
    readLayers(read),
  ]);
  const tokens = await readVocabularies(read, graph);
  const numbers = [...tokens].map(([file, all]) => [file, new Map(all.map((token, at) => [token, at]))] as const);
  const transform = compileTransform(graph, new Map(numbers));
  const fields = modelForm(graph, info, tokens);
  const label = labelColumn(graph, info);
  const stored = label === undefined ? fields : [...fields, label];
  return {
    info,
    fields,
    label,
    predict: async (rows) => {
      const features = transform.batch(columnsOf(rows.map((row) => storedRow(row, stored))), rows.length);
      return {
        outputs: await runLayers(layers, info, modelInputs(info, features, rows.length)),
        labels: modelLabels(info, features, rows.length),
      };
    },
  };
}

function labelColumn({ steps }: TransformGraph, { label }: ModelInfo): LabelColumn | undefined {
  const step = steps.find(({ from, column }) => from === 'raw' && column === label.column);
  return step === undefined ? undefined : { column: step.column, kind: step.inputKind, isList: step.isList === true };
}

function columnsOf(rows: readonly TransformRow[]): Record<string, TransformCell[]> {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

async function runLayers(layers: LayersModel, info: ModelInfo, inputs: ModelInputs): Promise<Float32Array> {
  const { rows, deep, wide } = inputs;
  const output = tidy(() => {
    const given = layers.inputNames.map((name) =>
      name === 'wide' ? tensor2d(wide, [rows, info.wide.length], 'int32') : tensor2d(deep, [rows, deepWidthOf(info)]),
    );
    const predicted = layers.predict(given);
    return Array.isArray(predicted) ? predicted[0] : predicted;
  });
  if (output === undefined) throw new Error('the layers gave no output');
  try {
    return Float32Array.from(await output.data());
  } finally {
    output.dispose();
  }
}

async function readVocabularies(read: ReadFile, { steps }: TransformGraph): Promise<Map<string, readonly string[]>> {
  const files = new Set(steps.flatMap(({ op }) => (op.type === 'vocabulary' ? [op.file] : [])));
  const readTokens = async (file: string) => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    return [file, vocabularyTokens(decode(await read(`${VOCABULARIES_FOLDER}/${name}`)))] as const;
  };
  return new Map(await Promise.all([...files].map(readTokens)));
}

async function readLayers(read: ReadFile): Promise<LayersModel> {
  const path = `${LAYERS_FOLDER}/model.json`;
  const [text, weights] = await Promise.all([read(path), read(`${LAYERS_FOLDER}/weights.bin`)]);
  try {
    const { modelTopology, weightsManifest } = JSON.parse(decode(text)) as io.ModelJSON;
    const weightSpecs = weightsManifest.flatMap((group) => group.weights);
    const weightData = weights.buffer;
    return await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData, format: 'layers-model' }));
  } catch (cause) {
    throw damaged(path, cause);
  }
}

async function readJson<T>(read: ReadFile, path: string, parse: (json: unknown) => T): Promise<T> {
  const text = decode(await read(path));
  try {
    return parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(path, cause);
  }
}

function damaged(path: string, cause: unknown): AppError {
  return new AppError('artifact-damaged', `The model cannot be read: its file ${path} is damaged.`, {
    nextStep: 'Run the pipeline again: what is damaged is made anew.',
    path,
    cause,
  });
}

/** Like Node's reading of UTF-8: a mark of the byte order is a character as others are. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
