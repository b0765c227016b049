/** The label: which classes it has, whether it can be learned, and how much each class counts. */

import type { ModelInfo } from '../../lib/artifact/model-info';
import type { trainerSpec } from '../../lib/catalog/trainer/spec';
import { AppError } from '../../lib/errors';
import { didYouMean } from '../../lib/text/closest-word';
import type { TransformGraph } from '../../lib/transform/transform-graph';
import type { ExamplesSource } from '../duckdb/examples-source';
import type { DuckdbSession } from '../duckdb/query';
import { labelValues, requireColumn, type WantedLabel } from '../duckdb/training-rows';
import type { ExecutionContext } from '../engine/executor';
import { readTokens } from '../storage/transform-files';

type Context = ExecutionContext<typeof trainerSpec>;
type Info = Pick<ModelInfo, 'task' | 'label'>;

/** Most classes of a label: more are a number, or a name. */
const MOST_CLASSES = 1_000;

/** What the model says of its label, and how its values are read. */
export type FoundLabel = { readonly info: ModelInfo['label']; readonly wanted: WantedLabel };

/** Finds the classes on the training rows. Throws `invalid-input` where the label does not fit the task. */
export async function findLabel(
  session: DuckdbSession,
  {
    context,
    graph,
    sources,
  }: { readonly context: Context; readonly graph: TransformGraph; readonly sources: readonly ExamplesSource[] },
): Promise<FoundLabel> {
  const { label: feature, task } = context.params;
  const columns = sources.map((source) => requireColumn(source, feature));
  if (columns.some(({ isList }) => isList))
    throw invalid(feature, 'holds lists', 'Take a feature with one value in a row.');
  const isText = columns.some(({ kind }) => kind === 'STRING');
  if (task !== 'multi-class' && isText)
    throw invalid(
      feature,
      `is text, and ${task === 'binary' ? 'a binary task needs 0 and 1' : 'a regression needs numbers'}`,
      'Take the task multi-class, which finds the classes itself, or number the values by computeAndApplyVocabulary.',
    );
  const { vocabulary, column } = sourceOf(graph, feature);
  const info = { feature, column };
  if (task !== 'multi-class') return { info, wanted: { feature, isNumbered: vocabulary !== undefined } };
  if (vocabulary !== undefined && context.inputs.transformGraph !== undefined) {
    const tokens = await readTokens(context.inputs.transformGraph.folder, vocabulary.file);
    const others = Array.from({ length: vocabulary.numOovBuckets }, (_, index) => `other ${index + 1}`);
    const classes = [...tokens, ...others];
    requireFew(feature, classes.length);
    return { info: { ...info, classes }, wanted: { feature, isNumbered: true } };
  }
  const classes = await labelValues(session, sources, { feature, most: MOST_CLASSES });
  requireFew(feature, classes.length);
  const whole = fillUp(classes);
  return { info: { ...info, classes: [...whole] }, wanted: { feature, classes: whole, isNumbered: false } };
}

/** Numbers from zero with few gaps are class numbers as Keras has them: a class without a row has its place too. */
function fillUp(classes: readonly (string | number)[]): readonly (string | number)[] {
  const numbers = classes.filter((value) => typeof value === 'number');
  const largest = numbers.at(-1) ?? 0;
  const isCounted =
    numbers.length === classes.length && numbers.every((value) => Number.isInteger(value) && value >= 0);
  return isCounted && largest < 2 * numbers.length ? Array.from({ length: largest + 1 }, (_, value) => value) : classes;
}

function requireFew(feature: string, classes: number): void {
  if (classes > MOST_CLASSES)
    throw invalid(
      feature,
      `has more than ${MOST_CLASSES.toLocaleString('en')} different values`,
      'Take the task regression, or a label with fewer.',
    );
}

/** The raw column behind a feature, and the vocabulary that numbered it. */
function sourceOf(graph: TransformGraph, feature: string) {
  let step = graph.steps.find(({ name }) => name === feature);
  if (step === undefined)
    throw invalid(
      feature,
      `is not in the transform graph.${didYouMean(
        feature,
        graph.steps.map(({ name }) => name),
      )}`.replace(/\.$/, ''),
      'Name one of its features.',
    );
  let vocabulary = step.op.type === 'vocabulary' ? step.op : undefined;
  while (step?.from === 'feature') {
    const { column }: { column: string } = step;
    step = graph.steps.find(({ name }) => name === column);
    if (step?.op.type === 'vocabulary') vocabulary ??= step.op;
  }
  return { vocabulary, column: step?.column ?? feature };
}

/** Throws where nothing can be learned from the labels of the training rows. */
export function requireLabels({ task, label }: Info, labels: Float64Array): void {
  const { feature, classes } = label;
  if (task === 'regression') {
    if (labels.some((value) => !Number.isFinite(value)))
      throw invalid(feature, 'is infinite in some row', 'Leave such rows out, or take another label.');
    return;
  }
  const known = new Set(labels);
  const least = classes === undefined ? 2 : classes.length;
  if (classes === undefined && [...known].some((value) => value !== 0 && value !== 1))
    throw invalid(
      feature,
      'has values other than 0 and 1, and the task is binary',
      'Take the task multi-class or regression, or make 0 and 1 of it.',
    );
  if (known.size < 2)
    throw invalid(
      feature,
      `has the same class in each of the ${labels.length.toLocaleString('en')} training rows: there is nothing to learn`,
      least < 2 ? 'Check the column behind it.' : 'Check the column behind it, and how the rows were split.',
    );
}

/** The weights of rows, each times the weight of its class. Throws where no row counts, or a class is not known. */
export function weighClasses(
  { task, label }: Info,
  { labels, weights }: { readonly labels: Float64Array; readonly weights: Float64Array },
  classWeights: Readonly<Record<string, number>> | undefined,
): Float64Array {
  const classes = (label.classes ?? [0, 1]).map(String);
  for (const name of Object.keys(task === 'regression' ? {} : (classWeights ?? {})))
    if (!classes.includes(name))
      throw new AppError('invalid-input', `classWeights names a class that the label does not have: "${name}".`, {
        nextStep: `Its classes are ${classes.slice(0, 20).join(', ')}.`,
        path: 'params.classWeights',
      });
  const factors = classes.map((name) => classWeights?.[name] ?? 1);
  const weighed =
    classWeights === undefined ? weights : weights.map((weight, row) => weight * (factors[labels[row] ?? 0] ?? 1));
  if (weighed.every((weight) => weight === 0))
    throw new AppError('invalid-input', 'Every training row has the weight 0: there is nothing to learn from.', {
      nextStep: 'Check the feature behind exampleWeight, and classWeights.',
      path: 'params.exampleWeight',
    });
  return weighed;
}

function invalid(feature: string, what: string, nextStep: string): AppError {
  return new AppError('invalid-input', `The label "${feature}" ${what}.`, { nextStep, path: 'params.label' });
}
