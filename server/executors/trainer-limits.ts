/** Refuses a network that does not fit into memory before anything is allocated. */

import { AppError } from '../../lib/errors';
import type { NetworkShape } from '../tf/training/network';

/** Weight, gradient, two means of Adam, and the best weights. */
const ARRAYS = 5;
/** Inputs of the first layer: beyond this a dense matrix is the wrong thing. */
const MOST_INPUTS = 20_000;

/** Throws `invalid-input` with what is too large and what to do. */
export function requireRoom(shape: NetworkShape, limits: { readonly memoryMb: number }): void {
  if (shape.deepWidth > MOST_INPUTS)
    throw new AppError(
      'invalid-input',
      `The features make ${shape.deepWidth.toLocaleString('en')} inputs; layers of units take ${MOST_INPUTS.toLocaleString('en')} at most.`,
      {
        nextStep:
          'Use the template wide-and-deep with the large features in wide, or fewer values: topK of a vocabulary, fewer hashBuckets.',
        path: 'params.template',
      },
    );
  const units = [...shape.hidden, shape.outputs];
  const dense = units.reduce(
    (sum, count, index) => sum + ((index === 0 ? shape.deepWidth : (units[index - 1] ?? 0)) + 1) * count,
    0,
  );
  const activations = (shape.deepWidth + 2 * units.reduce((sum, count) => sum + count, 0)) * shape.maxRows;
  const bytes = 4 * (ARRAYS * (dense + shape.wideRows * shape.outputs) + activations);
  const needed = Math.ceil(bytes / 1_048_576);
  if (needed <= limits.memoryMb / 2) return;
  throw new AppError(
    'invalid-input',
    `The model needs about ${needed.toLocaleString('en')} MB while it learns; half of this node's memory is ${Math.floor(limits.memoryMb / 2).toLocaleString('en')} MB.`,
    {
      nextStep:
        'Take fewer hiddenUnits, a smaller batchSize, or fewer values: topK of a vocabulary, fewer hashBuckets.',
      path: 'params.hiddenUnits',
    },
  );
}
