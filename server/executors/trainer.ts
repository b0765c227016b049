/**
 * Trainer. Reads the features, plans the inputs of the model, trains (or goes on training), and writes the layers with the
 * best weights beside the transform graph, so that the model takes raw rows.
 */

import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { LAYERS_FOLDER, MODEL_INFO_FILE, type ModelInfo } from '../../lib/artifact/model-info';
import { MODEL_RUN_FILE } from '../../lib/artifact/model-run';
import { trainerSpec } from '../../lib/catalog/trainer/spec';
import { formatQuantity } from '../../lib/format/number';
import { deepWidthOf, outputsOf, wideDepthOf } from '../../lib/model/model-inputs';
import { TRANSFORM_GRAPH_FILE, VOCABULARIES_FOLDER, writeTransformGraph } from '../../lib/transform/transform-graph';
import { duckdbShare, openDuckdb } from '../duckdb/connection';
import { implement, type ExecutionContext } from '../engine/executor';
import { startTensorFlow } from '../tf/backend';
import { saveLayers } from '../tf/layers-files';
import { buildLayers } from '../tf/layers-model';
import { labelScaleOf, scaleLabels, toLabelUnit, type LabelScale } from '../tf/training/label-scale';
import { Network } from '../tf/training/network';
import { train, type TrainingResult } from '../tf/training/train';
import type { TrainingData } from '../tf/training/training-data';
import { requireRoom } from './trainer-limits';
import { readTrainingInput, type TrainingInput } from './trainer-input';

type Context = ExecutionContext<typeof trainerSpec>;

export const trainer = implement(trainerSpec, async (context) => {
  const { params } = context;
  const input = await read(context);
  const { info, data, evalData } = input;
  const hidden = params.template === 'linear' ? [] : params.hiddenUnits;
  const shape = {
    task: info.task,
    deepWidth: deepWidthOf(info),
    hidden: deepWidthOf(info) === 0 ? [] : hidden,
    outputs: outputsOf(info),
    wideRows: wideDepthOf(info),
    wideGroups: info.wide.length,
    maxRows: Math.min(params.batchSize, Math.max(data.rows, evalData?.rows ?? 0)),
  };
  requireRoom(shape, context.limits);
  const network = new Network(shape, { type: params.optimizer, learningRate: params.learningRate });
  const stepsPerEpoch = Math.ceil(data.rows / params.batchSize);
  const maxSteps = params.trainArgs.numSteps > 0 ? params.trainArgs.numSteps : params.epochs * stepsPerEpoch;
  context.log(
    `${formatQuantity(network.parameters, 'weight')}, ${formatQuantity(data.rows, 'row')}, ${formatQuantity(Math.min(maxSteps, params.epochs * stepsPerEpoch), 'step')}`,
  );
  const scale = info.task === 'regression' && params.scaleLabel ? labelScaleOf(data.labels) : undefined;
  await mkdir(context.checkpointFolder, { recursive: true });
  const result = await train({
    network,
    plan: {
      task: info.task,
      seed: params.seed,
      epochs: params.epochs,
      batchSize: params.batchSize,
      maxSteps,
      ...(scale !== undefined && { labelUnit: scale.deviation }),
      earlyStopping: params.earlyStopping,
    },
    data: scaled(data, scale),
    evalData: evalData === undefined ? undefined : scaled(evalData, scale),
    folder: context.checkpointFolder,
    signal: context.signal,
    finish: context.finish,
    onProgress: ({ share, step, epoch, loss, evalLoss }) => {
      const watched = evalLoss === undefined ? '' : `, eval loss ${evalLoss.toPrecision(4)}`;
      context.progress({
        share,
        message: `Epoch ${Math.min(epoch, params.epochs)} of ${params.epochs}, loss ${loss.toPrecision(4)}${watched}`,
        points: [{ step, epoch, values: { loss, ...(evalLoss !== undefined && { evalLoss }) } }],
      });
    },
  });
  tell(context, result);
  const whole: ModelInfo = { ...info, training: trainingFacts({ network, input, result }) };
  await writeModel(context, whole, { network, input, scale });
  await mkdir(context.outputs.modelRun.folder, { recursive: true });
  await copyFile(result.metricsFile, path.join(context.outputs.modelRun.folder, MODEL_RUN_FILE));
  const { loss, evalLoss, epochs, bestEpoch, steps, parameters } = whole.training;
  const facts = { task: info.task, loss, ...(evalLoss !== undefined && { evalLoss }) };
  return {
    outputs: {
      model: { properties: { ...facts, template: info.template, label: info.label.feature, bestEpoch, parameters } },
      modelRun: { properties: { ...facts, epochs, bestEpoch, steps } },
    },
  };
});

function scaled(data: TrainingData, scale: LabelScale | undefined): TrainingData {
  return scale === undefined ? data : { ...data, labels: scaleLabels(data.labels, scale) };
}

async function read(context: Context): Promise<TrainingInput> {
  const limits = { ...context.limits, memoryMb: duckdbShare(context.limits.memoryMb) };
  await using duckdb = await openDuckdb({ ...limits, tempFolder: context.tempFolder });
  return await readTrainingInput(context, { connection: duckdb.connection, signal: context.signal });
}

function tell(context: Context, { resumedAt, stopped, best, epochs }: TrainingResult): void {
  if (resumedAt > 0) context.log(`Went on from the checkpoint at step ${resumedAt.toLocaleString('en')}`);
  if (stopped === 'by-a-person') context.log(`Stopped by a person after ${formatQuantity(epochs, 'epoch')}`);
  if (stopped === 'early-stopping')
    context.log(`Stopped after ${formatQuantity(epochs, 'epoch')}: the loss on the eval rows no longer improves`);
  context.log(
    best.watched === undefined
      ? `Kept the last epoch: loss ${best.train.loss.toPrecision(4)}`
      : `Kept epoch ${best.epoch}: eval loss ${best.watched.loss.toPrecision(4)}`,
  );
}

type Trained = { readonly network: Network; readonly input: TrainingInput; readonly result: TrainingResult };

function trainingFacts({ network, input, result }: Trained): ModelInfo['training'] {
  const { best, stopped, epochs, steps } = result;
  return {
    rows: input.data.rows,
    evalRows: input.evalData?.rows ?? 0,
    epochs,
    bestEpoch: best.epoch,
    steps,
    parameters: network.parameters,
    ...(stopped !== undefined && { stopped }),
    loss: best.train.loss,
    ...(best.watched !== undefined && { evalLoss: best.watched.loss }),
  };
}

async function writeModel(
  context: Context,
  info: ModelInfo,
  { network, input, scale }: Pick<Trained, 'network' | 'input'> & { readonly scale: LabelScale | undefined },
): Promise<void> {
  const { folder } = context.outputs.model;
  await startTensorFlow();
  const weights = network.trained();
  const layers = buildLayers(info, scale === undefined ? weights : toLabelUnit(weights, scale));
  await saveLayers(layers, path.join(folder, LAYERS_FOLDER));
  layers.dispose();
  await writeFile(path.join(folder, MODEL_INFO_FILE), `${JSON.stringify(info, undefined, 1)}\n`);
  const { transformGraph } = context.inputs;
  if (transformGraph === undefined) {
    await writeFile(path.join(folder, TRANSFORM_GRAPH_FILE), writeTransformGraph(input.graph));
    return;
  }
  await copyFile(path.join(transformGraph.folder, TRANSFORM_GRAPH_FILE), path.join(folder, TRANSFORM_GRAPH_FILE));
  if (input.graph.steps.some(({ op }) => op.type === 'vocabulary'))
    await cp(path.join(transformGraph.folder, VOCABULARIES_FOLDER), path.join(folder, VOCABULARIES_FOLDER), {
      recursive: true,
    });
}
