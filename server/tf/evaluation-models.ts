/**
 * The rows of an evaluation with what its models predict: one pass over the raw rows, in which each batch is read once and
 * goes through every model. Kept of a row is only what metrics need.
 */

import type { ModelTask } from '../../lib/artifact/model-info';
import { AppError } from '../../lib/errors';
import { SliceFeatureBuilder, type SliceCell, type SliceFeature } from '../../lib/evaluation/slice-feature';
import { modelLabels, rawLabels } from '../../lib/model/model-inputs';
import type { TransformCell } from '../../lib/transform/apply-transform';
import type { RawBatch } from '../duckdb/raw-rows';
import { GrowingNumbers } from './growing-numbers';
import type { OpenModel } from './open-model';

/** Where the predictions of one model of the evaluation come from. */
export type PredictionSource =
  { readonly type: 'model'; readonly model: OpenModel } | { readonly type: 'column'; readonly column: string };

/** What is read of each row beside the predictions, by the names of features or columns. */
export type EvaluationKeys = {
  /** Absent: the label that the model was trained on. */
  readonly label: string | undefined;
  readonly weight: string | undefined;
  /** Features of slices. */
  readonly features: readonly string[];
};

/** The models of an evaluation. Names of features and classes are those of the first that is a model. */
export type EvaluationModels = {
  readonly sources: ReadonlyMap<string, PredictionSource>;
  readonly keys: EvaluationKeys;
};

/** See the module. Rows without a label are left out. */
export type PredictedRows = {
  readonly rows: number;
  readonly withoutLabel: number;
  readonly classes: number;
  readonly labels: Float64Array;
  readonly weights: Float64Array | undefined;
  /** `rows × classes` numbers by the name of the model. */
  readonly predictions: ReadonlyMap<string, Float64Array>;
  readonly features: ReadonlyMap<string, SliceFeature>;
  /** The split of each row, as a place in `splits`, and its number in it. */
  readonly splits: readonly string[];
  readonly splitOf: Float64Array;
  readonly rowOf: Float64Array;
};

/** The columns of the examples that {@link predictRows} looks at. */
export function neededColumns({ sources, keys }: EvaluationModels): readonly string[] {
  const lead = leadOf(sources);
  const features = new Set(lead.transform.graph.steps.map(({ name }) => name));
  const named = [keys.label ?? lead.info.label.feature, keys.weight, ...keys.features];
  const needed = named.filter((name) => name !== undefined && !features.has(name));
  for (const source of sources.values()) {
    if (source.type === 'column') needed.push(source.column);
    else for (const { from, column } of source.model.transform.graph.steps) if (from === 'raw') needed.push(column);
  }
  return [...new Set(needed.filter((name) => name !== undefined))];
}

/** Throws `invalid-input` where models do not fit each other, or a row cannot be evaluated. */
export async function predictRows(
  batches: AsyncIterable<RawBatch>,
  models: EvaluationModels,
  onRows: (rows: number) => void,
): Promise<PredictedRows> {
  const collector = new Collector(models);
  let read = 0;
  for await (const batch of batches) {
    await collector.add(batch);
    read += batch.rows;
    onRows(read);
  }
  return collector.finish();
}

/** The task that models of one evaluation share. Throws `invalid-input` where they do not. */
export function sharedTask(sources: ReadonlyMap<string, PredictionSource>): ModelTask {
  const { task } = leadOf(sources).info;
  for (const source of sources.values())
    if (source.type === 'model' && source.model.info.task !== task)
      throw misfit(`The baseline is a model of ${source.model.info.task}, and the candidate one of ${task}.`);
  return task;
}

class Collector {
  private readonly lead: OpenModel;
  private readonly classes: number;
  private readonly orders: ReadonlyMap<string, readonly number[]>;
  private readonly labels = new GrowingNumbers();
  private readonly weights = new GrowingNumbers();
  private readonly splitOf = new GrowingNumbers();
  private readonly rowOf = new GrowingNumbers();
  private readonly predictions: ReadonlyMap<string, GrowingNumbers>;
  private readonly features: ReadonlyMap<string, SliceFeatureBuilder>;
  private readonly splits: string[] = [];
  private withoutLabel = 0;

  constructor(private readonly models: EvaluationModels) {
    const { sources, keys } = models;
    this.lead = leadOf(sources);
    sharedTask(sources);
    this.classes = this.lead.outputs;
    this.orders = new Map(
      [...sources].flatMap(([name, source]) =>
        source.type === 'model' ? [[name, classOrder(source.model, this.lead)] as const] : [],
      ),
    );
    this.predictions = new Map([...sources.keys()].map((name) => [name, new GrowingNumbers()]));
    this.features = new Map(keys.features.map((name) => [name, new SliceFeatureBuilder()]));
  }

  async add(batch: RawBatch): Promise<void> {
    const { rows, columns } = batch;
    const transformed = this.lead.transform.batch(columns, rows);
    const cellsOf = (name: string): readonly TransformCell[] =>
      Object.hasOwn(transformed, name) ? (transformed[name] ?? []) : (columns[name] ?? []);
    const labels = this.labelsOf(batch, transformed);
    const kept = Array.from(labels.keys()).filter((row) => !Number.isNaN(labels[row] ?? Number.NaN));
    this.withoutLabel += rows - kept.length;
    if (this.splits.at(-1) !== batch.split) this.splits.push(batch.split);
    for (const [name, source] of this.models.sources) {
      const scores =
        source.type === 'column'
          ? this.columnScores(cellsOf(source.column), source.column, rows)
          : source.model === this.lead
            ? await source.model.predictFeatures(transformed, rows)
            : await source.model.predict(columns, rows);
      this.keepScores(name, scores, { batch, kept });
    }
    const { weight } = this.models.keys;
    const weights = weight === undefined ? undefined : cellsOf(weight);
    const builders = [...this.features].map(([name, builder]) => [builder, cellsOf(name)] as const);
    for (const row of kept) {
      this.labels.push(labels[row] ?? Number.NaN);
      this.splitOf.push(this.splits.length - 1);
      this.rowOf.push(batch.firstRow + row);
      if (weights !== undefined) this.weights.push(weightOf(weights[row] ?? null));
      for (const [builder, cells] of builders) builder.add(sliceCell(cells[row] ?? null));
    }
  }

  finish(): PredictedRows {
    const { labels, weights, withoutLabel } = this;
    const name = this.models.keys.label ?? this.lead.info.label.feature;
    if (labels.length === 0) throw invalidColumn(name, 'has no value in any row of these splits');
    return {
      rows: labels.length,
      withoutLabel,
      classes: this.classes,
      labels: labels.take(),
      weights: this.models.keys.weight === undefined ? undefined : weights.take(),
      predictions: new Map([...this.predictions].map(([model, numbers]) => [model, numbers.take()])),
      features: new Map([...this.features].map(([feature, builder]) => [feature, builder.build()])),
      splits: this.splits,
      splitOf: this.splitOf.take(),
      rowOf: this.rowOf.take(),
    };
  }

  /** A feature of the transform graph goes before a column of the same name, as in TFMA. */
  private labelsOf({ columns, rows }: RawBatch, transformed: Readonly<Record<string, TransformCell[]>>): Float64Array {
    const { info } = this.lead;
    const name = this.models.keys.label ?? info.label.feature;
    if (name === info.label.feature) return modelLabels(info, transformed, rows);
    const cells = Object.hasOwn(transformed, name) ? transformed[name] : columns[name];
    if (cells === undefined) throw invalidColumn(name, 'is not there');
    if (info.task !== 'multi-class' && cells.some((cell) => typeof cell === 'string'))
      throw invalidColumn(
        name,
        'is text, and an evaluation needs numbers',
        'Name the feature of the transform graph that the model was trained on.',
      );
    return rawLabels(info, cells);
  }

  private columnScores(cells: readonly TransformCell[], column: string, rows: number): Float64Array {
    const scores = new Float64Array(rows * this.classes).fill(Number.NaN);
    for (const [row, cell] of cells.entries()) {
      const values = Array.isArray(cell) ? (cell as readonly unknown[]) : [cell];
      if (cell !== null && values.length !== this.classes)
        throw invalidColumn(column, `has ${values.length} scores in a row, and the model gives ${this.classes}`);
      for (const [index, value] of values.entries())
        scores[row * this.classes + index] = value === null || typeof value === 'string' ? Number.NaN : Number(value);
    }
    return scores;
  }

  private keepScores(
    name: string,
    scores: Float64Array,
    { batch, kept }: { readonly batch: RawBatch; readonly kept: readonly number[] },
  ): void {
    const { classes } = this;
    const numbers = this.predictions.get(name);
    const order = this.orders.get(name);
    for (const row of kept)
      for (let index = 0; index < classes; index++) {
        const score = scores[row * classes + (order?.[index] ?? index)] ?? Number.NaN;
        if (Number.isNaN(score))
          throw new AppError(
            'invalid-input',
            `The prediction${name === '' ? '' : ` of the ${name}`} for row ${batch.firstRow + row} of the split "${batch.split}" is no number.`,
            {
              nextStep:
                'A model whose weights are no numbers was trained with too high a learning rate: lower it and train again.',
            },
          );
        numbers?.push(score);
      }
  }
}

/** The candidate where it is a model, else the baseline. */
function leadOf(sources: ReadonlyMap<string, PredictionSource>): OpenModel {
  for (const source of sources.values()) if (source.type === 'model') return source.model;
  throw new Error('an evaluation of models has one');
}

/** Where in the scores of a model each class of the lead stands: two trainings may number them differently. */
function classOrder(model: OpenModel, lead: OpenModel): readonly number[] {
  const wanted = (lead.info.label.classes ?? []).map(String);
  const own = (model.info.label.classes ?? []).map(String);
  if (model.outputs !== lead.outputs || own.length !== wanted.length)
    throw misfit(`The baseline knows ${model.outputs} classes, and the candidate ${lead.outputs}.`);
  const order = wanted.map((name) => own.indexOf(name));
  if (order.includes(-1)) throw misfit('The candidate knows a class that the baseline does not know.');
  return order.length === 0 ? [0] : order;
}

/** A row without a weight counts 1. */
function weightOf(cell: TransformCell): number {
  const value = cell !== null && typeof cell === 'object' ? (cell[0] ?? null) : cell;
  if (value === null) return 1;
  const weight = typeof value === 'string' ? Number.NaN : Number(value);
  if (weight >= 0) return weight;
  throw new AppError('invalid-input', 'A row has a weight that is negative or no number.', {
    nextStep: 'Give weights of 0 or more.',
    path: 'params.evalConfig',
  });
}

function sliceCell(cell: TransformCell): SliceCell {
  if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell;
  if (typeof cell === 'bigint') return Number(cell);
  return cell.map((value) => (typeof value === 'string' ? value : Number(value)));
}

function misfit(what: string): AppError {
  return new AppError('invalid-input', what, { nextStep: 'Compare models of the same task and classes.' });
}

function invalidColumn(column: string, what: string, nextStep = 'Check the keys in evalConfig.modelSpecs.'): AppError {
  return new AppError('invalid-input', `The column "${column}" ${what}.`, { nextStep, path: 'params.evalConfig' });
}
