/** From the artifacts to arrays: the form of each feature, the classes of the label, the rows of the splits, and their faults in words. */

import type { ModelInfo } from '../../lib/artifact/model-info';
import type { trainerSpec } from '../../lib/catalog/trainer/spec';
import { AppError } from '../../lib/errors';
import { formatQuantity } from '../../lib/format/number';
import { countedDepth, planFeatures, type FeatureForm } from '../../lib/model/plan-features';
import type { TransformGraph } from '../../lib/transform/transform-graph';
import { openExamplesSplit, type ExamplesSource } from '../duckdb/examples-source';
import type { DuckdbSession } from '../duckdb/query';
import { describeLists, readTrainingRows, requireColumn, type WantedFeature } from '../duckdb/training-rows';
import type { ExecutionContext } from '../engine/executor';
import { chosenSplits } from '../storage/artifact-splits';
import { readTransform } from '../storage/transform-files';
import { layOutData, type TrainingData } from '../tf/training/training-data';
import { findLabel, requireLabels, weighClasses } from './trainer-label';
import { joinRows } from './trainer-rows';

type Context = ExecutionContext<typeof trainerSpec>;

/** What training needs of its inputs. */
export type TrainingInput = {
  readonly info: Omit<ModelInfo, 'training'>;
  readonly graph: TransformGraph;
  readonly data: TrainingData;
  readonly evalData: TrainingData | undefined;
};

/** Reads everything. Throws `invalid-input` with a sentence for whatever cannot be learned from. */
export async function readTrainingInput(context: Context, session: DuckdbSession): Promise<TrainingInput> {
  const { params } = context;
  const sources = await openSplits(context, session);
  const graph = await graphOf(context, sources.train[0]);
  const forms = await featureForms(session, { graph, sources: [...sources.train, ...sources.watched], params });
  const plan = planFeatures(params, (feature) => forms.get(feature)?.form ?? { form: 'number' });
  const label = await findLabel(session, { context, graph, sources: sources.train });
  const info: TrainingInput['info'] = {
    format: 'sluice.model/1',
    template: params.template,
    task: params.task,
    label: label.info,
    ...plan,
    ...(params.exampleWeight !== undefined && { exampleWeight: params.exampleWeight }),
  };
  const features = [...new Set([...plan.deep, ...plan.wide].map(({ feature }) => feature))].map(
    (feature): WantedFeature => forms.get(feature)?.wanted ?? { feature, as: 'number', width: 1 },
  );
  const read = async (splits: readonly ExamplesSource[], limit?: number) => {
    const parts = [];
    for (const source of splits)
      parts.push(
        await readTrainingRows(session, source, { features, label: label.wanted, weight: params.exampleWeight, limit }),
      );
    return joinRows(parts, features);
  };
  const train = await read(sources.train);
  report(context, train, 'training');
  const places = new Set(features.filter((each) => each.as === 'place' || each.counts).map(({ feature }) => feature));
  const isPlace = (feature: string) => places.has(feature);
  if (train.rows === 0)
    throw new AppError('invalid-input', `No row of ${params.trainArgs.splits.join(', ')} has a label to learn from.`, {
      nextStep: `Check the column behind "${params.label}", and trainArgs.splits.`,
      path: 'params.label',
    });
  requireLabels(info, train.labels);
  tellMissing(context, { train, features });
  const weights = weighClasses(info, train, params.classWeights);
  const { evalArgs, batchSize } = params;
  const watched = await read(sources.watched, evalArgs.numSteps === 0 ? undefined : evalArgs.numSteps * batchSize);
  report(context, watched, 'eval');
  const weighs = watched.weights.some((weight) => weight > 0);
  if (sources.watched.length > 0 && !weighs)
    context.log(
      watched.rows === 0
        ? `No row of ${evalArgs.splits.join(', ')} has a label: the loss is not watched and the last epoch is kept.`
        : 'Every eval row has the weight 0: the loss is not watched and the last epoch is kept.',
      'warning',
    );
  requireWatched(params, weighs);
  return {
    info,
    graph,
    data: layOutData(info, { ...train, weights, isPlace }),
    evalData: weighs ? layOutData(info, { ...watched, isPlace }) : undefined,
  };
}

type Params = Context['params'];
type Sources = { readonly train: readonly ExamplesSource[]; readonly watched: readonly ExamplesSource[] };

function requireWatched({ earlyStopping }: Params, isWatched: boolean): void {
  if (earlyStopping === null || isWatched) return;
  throw new AppError('invalid-input', 'earlyStopping watches the loss on eval rows, and there are none with a label.', {
    nextStep: 'Name other splits in evalArgs, or train all epochs.',
    path: 'params.earlyStopping',
  });
}

async function openSplits(context: Context, session: DuckdbSession): Promise<Sources> {
  const { examples } = context.inputs;
  const { trainArgs, evalArgs } = context.params;
  const all = await chosenSplits(examples, { excludeSplits: [], what: 'examples', warn: () => undefined });
  const open = async (names: readonly string[], parameter: string) => {
    const opened: ExamplesSource[] = [];
    for (const split of new Set(names)) {
      if (!all.includes(split))
        throw new AppError('invalid-input', `The examples have no split "${split}": they have ${all.join(', ')}.`, {
          nextStep: `Name their splits in ${parameter}${parameter === 'evalArgs' ? '; an empty list trains without watching the loss' : ''}.`,
          path: `params.${parameter}.splits`,
        });
      opened.push(await openExamplesSplit(session, { folder: examples.folder, split }));
    }
    return opened;
  };
  return { train: await open(trainArgs.splits, 'trainArgs'), watched: await open(evalArgs.splits, 'evalArgs') };
}

/** The graph that made the features; without one, one that passes every column on. */
async function graphOf({ inputs }: Context, source: ExamplesSource | undefined): Promise<TransformGraph> {
  if (inputs.transformGraph !== undefined) return (await readTransform(inputs.transformGraph.folder)).graph;
  return {
    format: 'sluice.transform/1',
    steps: (source?.columns ?? []).map(({ name, kind, isList }) => {
      const known = kind === 'NONE' ? 'STRING' : kind;
      return {
        name,
        column: name,
        from: 'raw',
        inputKind: known,
        kind: known,
        ...(isList && { isList: true as const }),
        op: { type: 'identity' },
      };
    }),
  };
}

/** How a feature enters, and how its column is read. `counts`: a number that names a place. */
type Form = { readonly form: FeatureForm; readonly wanted: WantedFeature };

async function featureForms(
  session: DuckdbSession,
  {
    graph,
    sources,
    params,
  }: { readonly graph: TransformGraph; readonly sources: readonly ExamplesSource[]; readonly params: Params },
): Promise<ReadonlyMap<string, Form>> {
  const forms = new Map<string, Form>();
  for (const feature of new Set([...params.features, ...params.deep, ...params.wide]))
    forms.set(feature, await formOf(session, { graph, sources, feature }));
  return forms;
}

type Question = {
  readonly graph: TransformGraph;
  readonly sources: readonly ExamplesSource[];
  readonly feature: string;
};

async function formOf(session: DuckdbSession, { graph, sources, feature }: Question): Promise<Form> {
  const columns = sources.map((source) => requireColumn(source, feature));
  const asNumber: WantedFeature = { feature, as: 'number', width: 1 };
  if (columns.some(({ kind }) => kind === 'STRING')) return { form: { form: 'text' }, wanted: asNumber };
  const depth = countedDepth(graph, feature);
  if (depth !== undefined) return { form: { form: 'index', depth }, wanted: { ...asNumber, counts: true } };
  if (columns.every(({ isList }) => !isList)) return { form: { form: 'number' }, wanted: asNumber };
  const step = graph.steps.find(({ name }) => name === feature);
  const { least, most, largestSum } = await describeLists(session, sources, feature);
  if (step?.op.type === 'one-hot' && largestSum <= 1)
    return { form: { form: 'one-hot', depth: step.op.depth }, wanted: { feature, as: 'place', width: 1 } };
  if (least !== most && least < 1e300)
    throw new AppError('invalid-input', `The feature "${feature}" has ${least} to ${most} values in a row.`, {
      nextStep: 'Give a model features with equally many values in every row.',
    });
  if (most <= 1) return { form: { form: 'number' }, wanted: asNumber };
  return { form: { form: 'list', width: most }, wanted: { feature, as: 'list', width: most } };
}

type Read = ReturnType<typeof joinRows>;

function report(context: Context, { withoutLabel, unknownClass }: Read, what: string): void {
  if (withoutLabel > 0)
    context.log(`${formatQuantity(withoutLabel, 'row')} without a label left out of the ${what} rows`, 'warning');
  if (unknownClass > 0)
    context.log(
      `${formatQuantity(unknownClass, 'row')} of a class without training rows left out of the ${what} rows`,
      'warning',
    );
}

function tellMissing(
  context: Context,
  { train, features }: { readonly train: Read; readonly features: readonly WantedFeature[] },
): void {
  for (const { feature, as, counts } of features) {
    if (as === 'place' || counts === true) continue;
    const missing = train.column(feature).reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
    if (missing > 0)
      context.log(
        `"${feature}" is missing in ${formatQuantity(missing, 'training row')}: it counts 0 there`,
        'warning',
      );
  }
}
