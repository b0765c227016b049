/** The figures of every slice for every model, in one go over the predictions. */

import { BinaryProblem } from '../metrics/binary-problem';
import { weightedAverage } from '../metrics/class-average';
import { totalWeight } from '../metrics/means';
import type { MetricValue } from '../metrics/metric-class';
import type { PlotRange, PlotValue } from '../metrics/plots';
import { keyOf, keyText, type MetricKey } from './metric-key';
import type { MetricPlan, MetricScope, PlannedMetric } from './metric-plan';
import type { Slice, SliceKey } from './slices';

/** Predictions and what they are held against. */
export type EvaluationData = {
  /** 1: each prediction is a number. Otherwise as many scores per row as there are classes. */
  readonly classes: number;
  /** Numbers, or classes counted from 0. */
  readonly labels: Float64Array;
  /** Absent: every row counts 1. */
  readonly weights: Float64Array | undefined;
  /** Predictions row by row (`rows × classes`), by the model's name. */
  readonly predictions: ReadonlyMap<string, Float64Array>;
};

/** Which models there are, by name. */
export type EvaluatedModels = { readonly candidate: string; readonly baseline: string | undefined };

/** The figures of one slice. */
export type SliceResult = {
  readonly key: SliceKey;
  /** Rows in it. */
  readonly size: number;
  /** True where it has fewer rows than asked for, so that nothing was computed. */
  readonly isTooSmall: boolean;
  readonly metrics: readonly { readonly key: MetricKey; readonly value: MetricValue }[];
  /** `key.name` is empty where plots of a kind share the entry of their slice. */
  readonly plots: readonly { readonly key: MetricKey; readonly value: PlotValue }[];
};

/** What {@link evaluate} needs. */
export type EvaluationRequest = {
  readonly plan: MetricPlan;
  readonly data: EvaluationData;
  readonly slices: readonly Slice[];
  readonly models: EvaluatedModels;
  /** Slices with fewer rows get no figures; all rows together always do. Default 1. */
  readonly minSliceSize?: number | undefined;
  /** Bounds of calibration plots. Default 0 to 1. */
  readonly range?: PlotRange | undefined;
};

/** One slice after the other, so that whoever asks may report progress and stop. */
export function* evaluate(request: EvaluationRequest): Generator<SliceResult> {
  const { plan, slices, models, data, minSliceSize = 1, range = { left: 0, right: 1 } } = request;
  for (const { key, rows } of slices) {
    const isTooSmall = key.length > 0 && rows.length < minSliceSize;
    if (isTooSmall) {
      yield { key, size: rows.length, isTooSmall, metrics: [], plots: [] };
      continue;
    }
    const questions = new Map<string, SliceQuestions>();
    const of = (model: string) => {
      let found = questions.get(model);
      if (found === undefined) {
        found = new SliceQuestions(data, model, rows);
        questions.set(model, found);
      }
      return found;
    };
    yield {
      key,
      size: rows.length,
      isTooSmall,
      metrics: withDifferences(
        plan.metrics.flatMap((each) => metricValues(each, of)),
        models,
      ),
      plots: plan.plots.flatMap((planned) => {
        const { plot, config, scope, isWeighted, modelNames } = planned;
        return modelNames.map((modelName) => ({
          key: { ...keyOf({ ...planned, metric: plot }, modelName), isDiff: false },
          value: plot.draw(
            {
              problem: () => of(modelName).problem(scope, isWeighted),
              classPairs: () => of(modelName).classPairs(isWeighted),
            },
            config,
            range,
          ),
        }));
      }),
    };
  }
}

type Keyed = { readonly key: MetricKey; readonly value: MetricValue };

function metricValues(planned: PlannedMetric, of: (model: string) => SliceQuestions): Keyed[] {
  return planned.modelNames.map((modelName) => ({
    key: { ...keyOf(planned, modelName), isDiff: false },
    value: metricValue(planned, of(modelName)),
  }));
}

function metricValue({ metric, config, scope, isWeighted }: PlannedMetric, questions: SliceQuestions): MetricValue {
  if (metric.from === 'count') return questions.count(isWeighted);
  if (metric.from === 'classes') return metric.compute(questions.classPairs(isWeighted), config);
  const compute = (of: MetricScope): MetricValue => metric.compute(questions.problem(of, isWeighted), config);
  if (scope.type !== 'macro' && scope.type !== 'weighted_macro') return compute(scope);
  return weightedAverage(
    scope.classIds.map((classId) => {
      const given = scope.classWeights.get(classId) ?? 0;
      const value = compute({ type: 'class', classId });
      return {
        value: typeof value === 'number' ? value : Number.NaN,
        weight: scope.type === 'macro' ? given : given * questions.positives(classId, isWeighted),
      };
    }),
  );
}

/** For every number of the candidate that the baseline has too: their difference. */
function withDifferences(found: readonly Keyed[], { candidate, baseline }: EvaluatedModels): readonly Keyed[] {
  if (baseline === undefined) return found;
  const ofBaseline = new Map(
    found
      .filter(({ key }) => key.modelName === baseline)
      .map(({ key, value }) => [keyText({ ...key, modelName: '' }), value]),
  );
  const differences = found.flatMap(({ key, value }): Keyed[] => {
    if (key.modelName !== candidate) return [];
    const other = ofBaseline.get(keyText({ ...key, modelName: '' }));
    return typeof value === 'number' && typeof other === 'number'
      ? [{ key: { ...key, isDiff: true }, value: value - other }]
      : [];
  });
  return [...found, ...differences];
}

/** The questions that a slice puts to one model, each made once. */
class SliceQuestions {
  private readonly problems = new Map<string, BinaryProblem>();
  private readonly scores: Float64Array;
  private readonly labels: Float64Array;

  constructor(
    private readonly data: EvaluationData,
    model: string,
    private readonly rows: Int32Array,
  ) {
    const predictions = data.predictions.get(model);
    if (predictions === undefined) throw new Error(`there are no predictions of the model "${model}"`);
    this.scores = gather(predictions, rows, data.classes);
    this.labels = gather(data.labels, rows, 1);
  }

  count(isWeighted: boolean): number {
    return isWeighted
      ? totalWeight({ labels: this.labels, predictions: this.scores, weights: this.weights(true) })
      : this.rows.length;
  }

  classPairs(isWeighted: boolean) {
    return { labels: this.labels, scores: this.scores, weights: this.weights(isWeighted), classes: this.data.classes };
  }

  /** The weight of the rows whose label is that class. */
  positives(classId: number, isWeighted: boolean): number {
    const weights = this.weights(isWeighted);
    return this.labels.reduce((sum, label, row) => sum + (label === classId ? (weights[row] ?? 0) : 0), 0);
  }

  problem(scope: MetricScope, isWeighted: boolean): BinaryProblem {
    const id = `${isWeighted}:${scope.type}:${scope.type === 'class' ? scope.classId : JSON.stringify([...('classWeights' in scope ? scope.classWeights : [])])}`;
    let found = this.problems.get(id);
    if (found === undefined) {
      found = this.makeProblem(scope, this.weights(isWeighted));
      this.problems.set(id, found);
    }
    return found;
  }

  private makeProblem(scope: MetricScope, weights: Float64Array): BinaryProblem {
    const { labels, scores } = this;
    const { classes } = this.data;
    if (classes === 1) return new BinaryProblem({ labels, predictions: scores, weights });
    if (scope.type === 'class')
      return new BinaryProblem({
        labels: labels.map((label) => (label === scope.classId ? 1 : 0)),
        predictions: labels.map((_, row) => scores[row * classes + scope.classId] ?? 0),
        weights,
      });
    const classWeights = scope.type === 'micro' && scope.classWeights.size > 0 ? scope.classWeights : undefined;
    const classOf = (cell: number) => cell % classes;
    const rowOf = (cell: number) => Math.floor(cell / classes);
    return new BinaryProblem({
      labels: scores.map((_, cell) => (labels[rowOf(cell)] === classOf(cell) ? 1 : 0)),
      predictions: scores,
      weights: scores.map(
        (_, cell) =>
          (weights[rowOf(cell)] ?? 0) * (classWeights === undefined ? 1 : (classWeights.get(classOf(cell)) ?? 0)),
      ),
    });
  }

  private weights(isWeighted: boolean): Float64Array {
    const { weights } = this.data;
    if (isWeighted && weights !== undefined) return gather(weights, this.rows, 1);
    return new Float64Array(this.rows.length).fill(1);
  }
}

function gather(values: Float64Array, rows: Int32Array, width: number): Float64Array {
  const taken = new Float64Array(rows.length * width);
  for (let index = 0; index < rows.length; index++) {
    const from = (rows[index] ?? 0) * width;
    for (let at = 0; at < width; at++) taken[index * width + at] = values[from + at] ?? 0;
  }
  return taken;
}
