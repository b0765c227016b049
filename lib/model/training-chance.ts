/** What chance decides while training: first weights and the order of rows. The same seed decides the same. */

import { Random } from '../random';

const WARM_UP = 15;

/** A stream of numbers of its own for each `stream` of a seed: any can be opened without having read the others. */
export function randomStream(seed: number, stream: number): Random {
  const [a, b, c, counter] = Random.of(seed).state();
  const random = Random.at([a ^ Math.imul(stream + 1, 0x9e3779b1), b, c ^ stream, counter]);
  for (let step = 0; step < WARM_UP; step++) random.uint32();
  return random;
}

/** Fills `target` by Glorot's uniform rule: within ±√(6 / (fanIn + fanOut)), in single precision. */
export function fillGlorotUniform(
  target: Float32Array,
  { fanIn, fanOut }: { readonly fanIn: number; readonly fanOut: number },
  random: Random,
): void {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  for (let index = 0; index < target.length; index++) target[index] = (2 * random.number() - 1) * limit;
}

/** Streams from here on are those of epochs: layers come before. */
const FIRST_EPOCH_STREAM = 1_000_000;

/** The order of `rows` rows in an epoch, counted from 1. */
export function epochOrder(rows: number, seed: number, epoch: number): Int32Array<ArrayBuffer> {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  randomStream(seed, FIRST_EPOCH_STREAM + epoch).shuffle(order);
  return order;
}
