/**
 * Training from first weights to the best ones: epochs of shuffled batches, the loss on the eval rows after each, a
 * checkpoint every second. How the time passes plays no part in the result: killed and begun again, it is the same.
 */

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import type { ModelTask } from '../../../lib/artifact/model-info';
import { epochOrder } from '../../../lib/model/training-chance';
import { readCheckpoint, writeCheckpoint } from './checkpoint';
import { noLoss, type LossSums } from './loss';
import type { Network } from './network';
import { RunMetrics } from './run-metrics';
import { BatchReader, type TrainingData } from './training-data';

/** How to train. */
export type TrainingPlan = {
  readonly task: ModelTask;
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Most steps in all. */
  readonly maxSteps: number;
  /** Regression: how large one unit of the labels that are trained on is in the label's own unit. Default 1. */
  readonly labelUnit?: number;
  readonly earlyStopping: {
    readonly patience: number;
    readonly minDelta: number;
    readonly startFromEpoch: number;
  } | null;
};

/** What training works with. */
export type Training = {
  readonly network: Network;
  readonly plan: TrainingPlan;
  readonly data: TrainingData;
  /** Rows on which the loss is watched; undefined: none. */
  readonly evalData: TrainingData | undefined;
  /** Where checkpoint and metrics are kept: what lies there is gone on with. */
  readonly folder: string;
  /** Aborted: the work is thrown away. */
  readonly signal: AbortSignal;
  /** Aborted: the best weights so far are kept. */
  readonly finish: AbortSignal;
  readonly onProgress: (progress: TrainingProgress) => void;
};

/** How far training is. */
export type TrainingProgress = {
  readonly share: number;
  readonly step: number;
  readonly epoch: number;
  /** Mean loss of the steps since the last word. */
  readonly loss: number;
  /** After an epoch with eval rows. */
  readonly evalLoss?: number;
};

const zMeans = z.object({ loss: z.number(), figure: z.number() });
/** Mean loss and mean figure: the share of right classes, or the mean absolute error. */
export type Means = z.infer<typeof zMeans>;

const zBest = z.object({ epoch: z.number(), train: zMeans, watched: zMeans.optional() });
const zState = z.object({
  step: z.number(),
  /** Counted from 1. */
  epoch: z.number(),
  /** Rows of the epoch that were learned from. */
  position: z.number(),
  totals: z.object({ rows: z.number(), loss: z.number(), figure: z.number(), weight: z.number(), worst: z.number() }),
  firstLoss: z.number().optional(),
  best: zBest.optional(),
  /** The loss that an improvement is measured by, and epochs since. */
  reference: z.number().optional(),
  wait: z.number(),
  stopped: z.enum(['early-stopping', 'by-a-person']).optional(),
  metricsBytes: z.number(),
});
type State = z.infer<typeof zState>;

/** How training ended. The network has the best weights. */
export type TrainingResult = {
  readonly steps: number;
  readonly epochs: number;
  readonly best: z.infer<typeof zBest>;
  readonly stopped: State['stopped'];
  /** The lines of the run. */
  readonly metricsFile: string;
  /** The step that it went on from; 0 where it began anew. */
  readonly resumedAt: number;
};

const PAUSE_EVERY_MS = 20;
const TELL_EVERY_MS = 500;
const KEEP_EVERY_MS = 1_000;
/** Writing checkpoints takes at most this share of the time. */
const KEEP_SHARE = 0.05;

/** Trains, or goes on with what an earlier attempt left in the folder. Throws `component-failed` where the loss is no number. */
export async function train(training: Training): Promise<TrainingResult> {
  return new Trainer(training).run();
}

class Trainer {
  private state: State = { step: 0, epoch: 1, position: 0, totals: noLoss(), wait: 0, metricsBytes: 0 };
  private readonly bestWeights: Float32Array[];
  private readonly reader: BatchReader;
  private readonly evalReader: BatchReader | undefined;
  private keptAt = performance.now();
  private keepEveryMs = KEEP_EVERY_MS;
  private toldAt = performance.now();
  private told = { loss: 0, steps: 0 };

  constructor(private readonly training: Training) {
    const { network, data, evalData, plan } = training;
    this.bestWeights = network.weights().map((weights) => weights.slice());
    this.reader = new BatchReader(data, plan.batchSize);
    this.evalReader = evalData === undefined ? undefined : new BatchReader(evalData, plan.batchSize);
  }

  async run(): Promise<TrainingResult> {
    const { network, plan, data, signal, finish, folder } = this.training;
    const kept = await readCheckpoint(folder);
    if (kept === undefined) network.initialize(plan.seed);
    else {
      this.state = zState.parse(kept.figures);
      kept.restore([...network.state(), ...this.bestWeights]);
      network.resumeAt(this.state.step);
    }
    const resumedAt = this.state.step;
    const metrics = await RunMetrics.open(folder, this.state.metricsBytes);
    while (!this.isOver()) {
      const order = epochOrder(data.rows, plan.seed, this.state.epoch);
      let pausedAt = performance.now();
      while (this.state.position < data.rows && this.state.step < plan.maxSteps && !finish.aborted) {
        this.step(order, metrics);
        const now = performance.now();
        if (now - pausedAt < PAUSE_EVERY_MS) continue;
        signal.throwIfAborted();
        this.tell(now);
        await this.keep(metrics, now);
        await new Promise((resolve) => void setImmediate(resolve));
        pausedAt = performance.now();
      }
      // What is asked for before the first step is told when there is something to keep.
      if (this.state.totals.rows === 0) this.step(order, metrics);
      this.endEpoch(metrics, finish.aborted);
      await new Promise((resolve) => void setImmediate(resolve));
      signal.throwIfAborted();
      await this.keep(metrics, performance.now());
    }
    await metrics.flush();
    const { step, epoch, best, stopped } = this.state;
    if (best === undefined) throw new Error('training ended without weights');
    for (const [index, weights] of network.weights().entries()) weights.set(this.bestWeights[index] ?? weights);
    return { steps: step, epochs: epoch - 1, best, stopped, metricsFile: metrics.file, resumedAt };
  }

  private isOver(): boolean {
    const { step, epoch, stopped } = this.state;
    const { epochs, maxSteps } = this.training.plan;
    return stopped !== undefined || epoch > epochs || step >= maxSteps;
  }

  private step(order: Int32Array, metrics: RunMetrics): void {
    const { network, plan, data } = this.training;
    const { state } = this;
    const from = state.position;
    const to = Math.min(data.rows, from + plan.batchSize);
    const batch = this.reader.read(network.inputs, { order, from, to });
    const total = noLoss();
    network.train(batch, total);
    this.toOwnUnit(total);
    const loss = total.loss / total.rows;
    state.step++;
    state.position = to;
    state.firstLoss ??= loss;
    requireSound(plan.task, { total, first: state.firstLoss, step: state.step });
    add(state.totals, total);
    this.told.loss += loss;
    this.told.steps++;
    metrics.add({ kind: 'step', step: state.step, epoch: state.epoch, loss });
  }

  private endEpoch(metrics: RunMetrics, isFinish: boolean): void {
    const { plan, network } = this.training;
    const { state } = this;
    const mean = meansOf(state.totals);
    network.settle();
    const watched = this.evaluate();
    const { loss } = watched ?? mean;
    if (!Number.isFinite(loss)) throw diverged(state.step);
    metrics.add({
      kind: 'epoch',
      step: state.step,
      epoch: state.epoch,
      loss: mean.loss,
      ...(plan.task === 'regression' ? { meanAbsoluteError: mean.figure } : { accuracy: mean.figure }),
      ...(watched !== undefined && {
        evalLoss: watched.loss,
        ...(plan.task === 'regression' ? { evalMeanAbsoluteError: watched.figure } : { evalAccuracy: watched.figure }),
      }),
    });
    // Without eval rows there is nothing to choose by: the last epoch is kept.
    if (watched === undefined || watched.loss < (state.best?.watched?.loss ?? Infinity)) {
      state.best = { epoch: state.epoch, train: mean, ...(watched !== undefined && { watched }) };
      for (const [index, weights] of network.weights().entries()) this.bestWeights[index]?.set(weights);
    }
    if (isFinish) state.stopped = 'by-a-person';
    else if (watched !== undefined && this.isHopeless(watched.loss)) state.stopped = 'early-stopping';
    this.tell(performance.now(), watched?.loss);
    state.epoch++;
    state.position = 0;
    state.totals = noLoss();
  }

  /** As the callback EarlyStopping of Keras decides it. */
  private isHopeless(loss: number): boolean {
    const { plan } = this.training;
    const { state } = this;
    if (plan.earlyStopping === null || state.epoch <= plan.earlyStopping.startFromEpoch) return false;
    const { patience, minDelta } = plan.earlyStopping;
    state.wait++;
    if (loss + minDelta < (state.reference ?? Infinity)) {
      state.reference = loss;
      state.wait = 0;
      return false;
    }
    return state.wait >= patience && state.epoch < plan.epochs;
  }

  private evaluate(): Means | undefined {
    const { network, evalData, plan } = this.training;
    if (evalData === undefined || this.evalReader === undefined) return undefined;
    const total = noLoss();
    for (let from = 0; from < evalData.rows; from += plan.batchSize) {
      const to = Math.min(evalData.rows, from + plan.batchSize);
      network.evaluate(this.evalReader.read(network.inputs, { from, to }), total);
    }
    this.toOwnUnit(total);
    return meansOf(total);
  }

  /** Losses are told in the square of the label's unit, errors in the label's unit. */
  private toOwnUnit(total: LossSums): void {
    const { labelUnit: unit = 1 } = this.training.plan;
    total.loss *= unit ** 2;
    total.worst *= unit ** 2;
    total.figure *= unit;
  }

  private tell(now: number, evalLoss?: number): void {
    if (evalLoss === undefined && now - this.toldAt < TELL_EVERY_MS) return;
    const { plan, data, onProgress } = this.training;
    const { step, epoch, position } = this.state;
    const share = Math.min(1, Math.max((epoch - 1 + position / data.rows) / plan.epochs, step / plan.maxSteps));
    const loss = this.told.steps === 0 ? meansOf(this.state.totals).loss : this.told.loss / this.told.steps;
    onProgress({ share, step, epoch, loss, ...(evalLoss !== undefined && { evalLoss }) });
    this.told = { loss: 0, steps: 0 };
    this.toldAt = now;
  }

  private async keep(metrics: RunMetrics, now: number): Promise<void> {
    if (now - this.keptAt < this.keepEveryMs) return;
    this.state.metricsBytes = await metrics.flush();
    await writeCheckpoint(this.training.folder, this.state, [...this.training.network.state(), ...this.bestWeights]);
    this.keptAt = performance.now();
    this.keepEveryMs = Math.max(KEEP_EVERY_MS, (this.keptAt - now) / KEEP_SHARE);
  }
}

function add(total: LossSums, batch: LossSums): void {
  total.rows += batch.rows;
  total.loss += batch.loss;
  total.figure += batch.figure;
  total.weight += batch.weight;
  total.worst = Math.max(total.worst, batch.worst);
}

/** The loss over rows, as Keras takes it; the figure over the weights. */
function meansOf({ rows, loss, figure, weight }: LossSums): Means {
  return { loss: rows === 0 ? 0 : loss / rows, figure: weight === 0 ? 0 : figure / weight };
}

/** A row that costs so much more than a wrong guess was never learned from: the weights have run away. */
const HOPELESS_LOSS = 10_000;
const HOPELESS_GROWTH = 1_000;

type Watched = { readonly total: LossSums; readonly first: number; readonly step: number };

function requireSound(task: ModelTask, { total, first, step }: Watched): void {
  const loss = total.loss / total.rows;
  const isFinite = Number.isFinite(Math.fround(loss)) && Number.isFinite(total.worst);
  const hasRunAway = task !== 'regression' && loss > HOPELESS_LOSS && loss > HOPELESS_GROWTH * first;
  if (!isFinite || hasRunAway) throw diverged(step);
}

function diverged(step: number): AppError {
  return new AppError('component-failed', `The loss ran away at step ${step.toLocaleString('en')}: nothing was kept.`, {
    nextStep:
      'Take a smaller learningRate. If it is small already, scale the features in Transform and look for values that are infinite.',
    path: 'params.learningRate',
    retryable: false,
  });
}
