/** Trainer: a TensorFlow.js model learned from the features of Transform. */

import * as z from 'zod';

import { orderFeatures, zTransformFeatures, type TransformFeatures } from '../../transform/transform-feature';
import { didYouMean } from '../../text/closest-word';
import { defineComponent, type SourceIssue, type SourceNode } from '../component-spec';
import { hint } from '../field-hints';

const feature = () =>
  z
    .string()
    .min(1)
    .meta(hint({ columnOf: { input: 'examples' }, alsoFeaturesAt: 'transformGraph' }));
const splits = z
  .string()
  .min(1)
  .meta(hint({ splitOf: { input: 'examples' } }));
const numSteps = z.number().int().min(0).default(0);

/** When training ends before its last epoch, as Keras has it. */
const zEarlyStopping = z.strictObject({
  patience: z.number().int().min(0).default(0).describe('So many epochs without improvement end the training.'),
  minDelta: z.number().min(0).default(0).describe('A smaller change of the loss is no improvement.'),
  startFromEpoch: z.number().int().min(0).default(0).describe('So many epochs are trained before it counts.'),
});

/** Parameters of Trainer. */
export const zTrainerParams = z
  .strictObject({
    template: z
      .enum(['linear', 'dense', 'wide-and-deep'])
      .describe('linear: one weight per input. dense: layers of units. wide-and-deep: both, side by side.'),
    task: z
      .enum(['binary', 'multi-class', 'regression'])
      .describe('Two outcomes (0 and 1), one of several classes, or a number.'),
    label: feature().describe('The feature to predict.'),
    features: z
      .array(feature())
      .default([])
      .describe('For linear and dense: what the model sees. A bucket, hash or vocabulary number enters as one-hot.'),
    deep: z.array(feature()).default([]).describe('For wide-and-deep: what passes the layers of units.'),
    wide: z
      .array(feature())
      .default([])
      .describe('For wide-and-deep: buckets, vocabularies, hashes and one-hot vectors, one weight for each value.'),
    hiddenUnits: z
      .array(z.number().int().min(1).max(16_384))
      .max(32)
      .default([64, 32])
      .describe('Units of each relu layer, from the input to the output.'),
    epochs: z.number().int().min(1).max(1_000_000).default(10).describe('How often every training row is seen.'),
    batchSize: z.number().int().min(1).max(65_536).default(32).describe('Rows of one step.'),
    optimizer: z.enum(['adam', 'sgd']).default('adam').describe('How the weights follow their gradients.'),
    learningRate: z.number().positive().default(0.001).describe('How far a step goes.'),
    earlyStopping: zEarlyStopping
      .nullable()
      .default(null)
      .describe('Ends the training when the loss on the eval rows no longer improves. Default: all epochs.')
      .meta(hint({ start: { patience: 3 } })),
    scaleLabel: z
      .boolean()
      .default(true)
      .describe(
        'For regression: the label is brought to mean 0 and deviation 1 while training, so that the learning rate does not depend on its unit. The model gives the unit of the label.',
      ),
    exampleWeight: feature().optional().describe('A feature that says how much each row counts. Default: 1.'),
    classWeights: z
      .record(z.string(), z.number().min(0))
      .optional()
      .describe('How much the rows of a class count while training. Default: 1.'),
    seed: z
      .number()
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .default(42)
      .describe('Decides first weights and the order of rows. The same seed gives the same model.'),
    trainArgs: z
      .strictObject({
        splits: z.array(splits).min(1).default(['train']).describe('Splits that are learned from.'),
        numSteps: numSteps.describe('Most steps in all. 0: as many as the epochs have.'),
      })
      .prefault({})
      .describe('Rows to learn from.'),
    evalArgs: z
      .strictObject({
        splits: z.array(splits).default(['eval']).describe('Splits on which the loss is watched; none: it is not.'),
        numSteps: numSteps.describe('Most batches of them. 0: all.'),
      })
      .prefault({})
      .describe('Rows that decide which epoch was the best.'),
  })
  .superRefine((params, context) => {
    const report = (message: string, path: readonly (string | number)[]) => {
      context.addIssue({ code: 'custom', message, path: [...path] });
    };
    checkFeatures(params, report);
    if (params.task === 'regression' && params.classWeights !== undefined)
      report('needs classes, and a regression has none', ['classWeights']);
    if (params.earlyStopping !== null && params.evalArgs.splits.length === 0)
      report('needs eval rows to watch: name a split in evalArgs.splits', ['earlyStopping']);
  });

type Params = z.output<typeof zTrainerParams>;
type Report = (message: string, path: readonly (string | number)[]) => void;
const LISTS = ['features', 'deep', 'wide'] as const;

/** The lists of features that a template reads. */
function listsOf({ template }: Pick<Params, 'template'>): readonly ('features' | 'deep' | 'wide')[] {
  return template === 'wide-and-deep' ? ['deep', 'wide'] : ['features'];
}

function checkFeatures(params: Pick<Params, (typeof LISTS)[number] | 'template' | 'label'>, report: Report): void {
  const used = listsOf(params);
  for (const list of LISTS) {
    if (!used.some((name) => name === list) && params[list].length > 0)
      report(`is not read by the template ${params.template}: use ${used.join(' and ')}`, [list]);
    for (const [index, name] of params[list].entries()) {
      if (name === params.label) report('is the label: a model must not see what it should predict', [list, index]);
      if (params[list].indexOf(name) < index) report('is there twice', [list, index]);
    }
  }
}

/** Ops whose results count from zero. `identity` passes on what it reads. */
const COUNTED: ReadonlySet<string> = new Set([
  'bucketize',
  'applyBuckets',
  'computeAndApplyVocabulary',
  'hashStrings',
  'oneHot',
]);

/** True where a feature's values are known to count from zero, before anything is fitted. */
export function countsFromZero(features: TransformFeatures, name: string): boolean {
  const ordered = orderFeatures(features);
  if ('cycle' in ordered) return false;
  const counted = new Set<string>();
  for (const { name: each, feature: made, from } of ordered)
    if (COUNTED.has(made.op) || (made.op === 'identity' && from === 'feature' && counted.has(made.column)))
      counted.add(each);
  return counted.has(name);
}

function* checkSources(params: Params, sourceOf: (port: string) => SourceNode | undefined): Iterable<SourceIssue> {
  const [list = 'features', ...others] = listsOf(params);
  if ([list, ...others].every((name) => params[name].length === 0))
    yield {
      path: [list],
      message:
        others.length > 0
          ? 'is empty, and so is wide: name a feature in one of them.'
          : 'is empty: name at least one feature.',
    };
  const source = sourceOf('transformGraph');
  if (source === undefined) {
    if (params.wide.length > 0)
      yield {
        path: ['wide'],
        message: 'takes features that Transform has numbered: wire its transformGraph, or use deep.',
      };
    return;
  }
  const made = source.component === 'Transform' ? zTransformFeatures.safeParse(source.params['features']) : undefined;
  if (made?.success !== true) return;
  const names = Object.keys(made.data);
  const places = [
    { name: params.label, path: ['label'] },
    ...(params.exampleWeight === undefined ? [] : [{ name: params.exampleWeight, path: ['exampleWeight'] }]),
    ...LISTS.flatMap((list) => params[list].map((name, index) => ({ name, path: [list, index] }))),
  ];
  for (const { name, path } of places) {
    if (!Object.hasOwn(made.data, name))
      yield { path, message: `is no feature of ${source.node}.${didYouMean(name, names)}` };
    else if (path[0] === 'wide' && !countsFromZero(made.data, name))
      yield {
        path,
        message: `is made by ${made.data[name]?.op ?? ''}, whose values do not count from zero: use buckets, a vocabulary, a hash or oneHot, or put it into deep.`,
      };
  }
}

/** The specification of Trainer. */
export const trainerSpec = defineComponent({
  type: 'Trainer',
  version: 1,
  title: 'Trainer',
  summary: 'Learns a model from features and keeps the best of its epochs.',
  category: 'Train',
  inputs: {
    examples: { type: 'Examples', summary: 'The features to learn from, split by split.' },
    transformGraph: {
      type: 'TransformGraph',
      summary: 'How the features were made: the model takes it along, so that it takes raw rows.',
      optional: true,
    },
    schema: { type: 'Schema', summary: 'Accepted as in TFX; the features say all that is needed.', optional: true },
  },
  outputs: {
    model: { type: 'Model', summary: 'The layers with the best weights, and the transform graph.' },
    modelRun: { type: 'ModelRun', summary: 'How the loss went, step by step and epoch by epoch.' },
  },
  params: zTrainerParams,
  finishesEarly: true,
  checkSources,
});
