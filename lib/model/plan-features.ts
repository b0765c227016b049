/** Which features enter a model how: as numbers, as a place in a one-hot vector, or as a row of the wide part. */

import type { ModelInfo } from '../artifact/model-info';
import { AppError } from '../errors';
import type { TransformGraph, TransformStep } from '../transform/transform-graph';

/** A feature as the rows hold it. */
export type FeatureForm =
  | { readonly form: 'number' }
  /** A number that counts from zero to below `depth`. */
  | { readonly form: 'index'; readonly depth: number }
  /** A vector with 1 at one place at most. */
  | { readonly form: 'one-hot'; readonly depth: number }
  /** A list of numbers, equally long in every row. */
  | { readonly form: 'list'; readonly width: number }
  | { readonly form: 'text' };

/** The parameters of Trainer that choose features. */
export type ChosenFeatures = {
  readonly template: ModelInfo['template'];
  readonly features: readonly string[];
  readonly deep: readonly string[];
  readonly wide: readonly string[];
};

/** The inputs of the model. Throws `invalid-input` with the feature's name where one cannot enter so. */
export function planFeatures(
  chosen: ChosenFeatures,
  formOf: (feature: string) => FeatureForm,
): Pick<ModelInfo, 'deep' | 'wide'> {
  if ([...chosen.features, ...chosen.deep, ...chosen.wide].length === 0)
    throw new AppError('invalid-input', 'A model needs at least one feature.', {
      nextStep: chosen.template === 'wide-and-deep' ? 'Name some in deep or wide.' : 'Name some in features.',
    });
  switch (chosen.template) {
    case 'wide-and-deep':
      return {
        deep: chosen.deep.map((feature) => toDeep(feature, formOf(feature), 'deep')),
        wide: chosen.wide.map((feature) => toWide(feature, formOf(feature))),
      };
    case 'dense':
      return { deep: chosen.features.map((feature) => toDeep(feature, formOf(feature), 'features')), wide: [] };
    case 'linear': {
      const isCounted = (feature: string) => ['index', 'one-hot'].includes(formOf(feature).form);
      return {
        deep: chosen.features.filter((name) => !isCounted(name)).map((name) => toDeep(name, formOf(name), 'features')),
        wide: chosen.features.filter(isCounted).map((name) => toWide(name, formOf(name))),
      };
    }
  }
}

type Parameter = 'features' | 'deep' | 'wide';

function toDeep(feature: string, form: FeatureForm, parameter: Parameter): ModelInfo['deep'][number] {
  if (form.form === 'text')
    throw invalid(feature, 'is text, and a model needs numbers', {
      parameter,
      nextStep: 'Number it in Transform: computeAndApplyVocabulary or hashStrings.',
    });
  const width = form.form === 'number' ? 1 : form.form === 'list' ? form.width : form.depth;
  // A place in a vector is told from a number by the vector being longer than one.
  return { feature, width: form.form === 'index' || form.form === 'one-hot' ? Math.max(2, width) : width };
}

function toWide(feature: string, form: FeatureForm): ModelInfo['wide'][number] {
  if (form.form === 'index' || form.form === 'one-hot') return { feature, depth: form.depth };
  const what =
    form.form === 'list'
      ? 'has several numbers in a row, and wide takes one of a list'
      : 'does not count from zero, as wide needs it';
  throw invalid(feature, what, {
    parameter: 'wide',
    nextStep: 'Put it into deep, or make buckets, a vocabulary, a hash or a one-hot vector of it.',
  });
}

const COUNTED: ReadonlySet<TransformStep['op']['type']> = new Set(['buckets', 'vocabulary', 'hash']);

/** How far a feature counts from zero, where its step says that it does; undefined for all other features. */
export function countedDepth(graph: TransformGraph, name: string): number | undefined {
  const step = graph.steps.find((each) => each.name === name);
  if (step === undefined || step.isList === true) return undefined;
  if (step.op.type === 'identity' && step.from === 'feature') return countedDepth(graph, step.column);
  if (!COUNTED.has(step.op.type) || step.domain === undefined) return undefined;
  return Math.max(1, step.domain.max + 1);
}

function invalid(
  feature: string,
  what: string,
  { parameter, nextStep }: { readonly parameter: Parameter; readonly nextStep: string },
): AppError {
  return new AppError('invalid-input', `The feature "${feature}" ${what}.`, {
    nextStep,
    path: `params.${parameter}`,
  });
}
