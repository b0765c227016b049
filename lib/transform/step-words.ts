/** What screens and the command line say of a step of the transform graph. */

import { assertNever } from '../assert';
import { formatCount, formatQuantity, formatValue } from '../format/number';
import type { TransformStep } from './transform-graph';

/** The op by TFT's name in camelCase, as a pipeline file has it. */
export function opName({ op }: TransformStep): string {
  switch (op.type) {
    case 'z-score':
      return 'scaleToZScore';
    case 'min-max':
      return op.outputMin === 0 && op.outputMax === 1 ? 'scaleTo01' : 'scaleByMinMax';
    case 'buckets':
      return 'buckets';
    case 'vocabulary':
      return 'vocabulary';
    case 'hash':
      return 'hashStrings';
    case 'one-hot':
      return 'oneHot';
    case 'identity':
    case 'label':
    case 'cast':
    case 'log1p':
      return op.type;
  }
  return assertNever(op);
}

/** What a step learned from the training rows, or was given, in a few words: `mean 11.8, standard deviation 12.2`. */
export function learnedWords({ op }: TransformStep): string {
  switch (op.type) {
    case 'z-score':
      return `mean ${formatValue(op.mean)}, standard deviation ${formatValue(Math.sqrt(op.variance))}`;
    case 'min-max':
      return op.min < op.max
        ? `${formatValue(op.min)} to ${formatValue(op.max)} becomes ${formatValue(op.outputMin)} to ${formatValue(op.outputMax)}`
        : 'no range in the training rows: the sigmoid of the value';
    case 'buckets':
      return formatQuantity(op.boundaries.length + 1, 'bucket');
    case 'vocabulary': {
      const outside =
        op.numOovBuckets === 0
          ? `others ${op.defaultValue}`
          : `others in ${formatQuantity(op.numOovBuckets, 'bucket')}`;
      return `${formatQuantity(op.size, 'token')}, ${outside}`;
    }
    case 'hash':
      return formatQuantity(op.hashBuckets, 'bucket');
    case 'one-hot':
      return `${formatCount(op.depth)} places`;
    case 'cast':
      return `to ${op.to}`;
    case 'identity':
    case 'label':
    case 'log1p':
      return '';
  }
  return assertNever(op);
}
