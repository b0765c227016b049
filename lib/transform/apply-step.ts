/** What one step of the transform graph makes of one value. The SQL of `server/duckdb/sql/transform-sql` says the same. */

import { assertNever } from '../assert';
import { fingerprint64 } from './fingerprint64';
import type { TransformOp, TransformStep } from './transform-graph';

/** A value as rows hold it. Whole numbers beyond 2⁵³ are bigints where they must be exact. */
export type TransformValue = number | bigint | string;

/** The number of each token, by the file of the vocabulary. */
export type Vocabularies = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What is made of one value; undefined where it becomes missing. */
export type ApplyValue = (value: TransformValue) => TransformValue | undefined;

const LONGEST_MEMORY = 100_000;

/**
 * The function of a step, for one value that is not missing. The vector of `one-hot` is not made here: its function gives
 * the place in the vector. Floats are rounded to single precision, as they are stored.
 */
export function valueFunction({ op, inputKind }: TransformStep, vocabularies: Vocabularies): ApplyValue {
  switch (op.type) {
    case 'identity':
    case 'label':
      return (value) => value;
    case 'z-score':
      return zScore(op);
    case 'min-max':
      return minMax(op);
    case 'buckets':
      return buckets(op.boundaries);
    case 'vocabulary':
      return vocabulary(op, vocabularies);
    case 'hash':
      return remembered((token) => Number(fingerprint64(token) % BigInt(op.hashBuckets)));
    case 'one-hot':
      return (value) => {
        const place = Number(value);
        return place >= 0 && place < op.depth ? Math.trunc(place) : undefined;
      };
    case 'cast':
      return cast(inputKind, op.to);
    case 'log1p':
      return (value) => Math.fround(Math.log1p(Number(value)));
  }
  return assertNever(op);
}

const single = Math.fround;

/** TFT calculates in single precision, one operation after the other; so do we, so that large values agree too. */
function zScore({ mean, variance }: Extract<TransformOp, { type: 'z-score' }>): ApplyValue {
  const centre = single(mean);
  const deviation = deviationOf(variance);
  return (value) => single(single(single(Number(value)) - centre) / deviation);
}

/** What a difference from the mean is divided by; 1 where there is no variance. */
export function deviationOf(variance: number): number {
  return variance === 0 ? 1 : single(Math.sqrt(single(variance)));
}

function minMax({ min, max, outputMin, outputMax }: Extract<TransformOp, { type: 'min-max' }>): ApplyValue {
  const width = single(outputMax - outputMin);
  const start = single(outputMin);
  const scaled = (share: number) => single(single(share * width) + start);
  if (!(min < max)) return (value) => scaled(single(1 / (1 + Math.exp(-single(Number(value))))));
  const low = single(min);
  const range = single(single(max) - low);
  return (value) => scaled(single(single(single(Number(value)) - low) / range));
}

function buckets(boundaries: readonly number[]): ApplyValue {
  return (value) => {
    const x = Number(value);
    if (Number.isNaN(x)) return boundaries.length;
    let low = 0;
    let high = boundaries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((boundaries[middle] ?? Infinity) <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function vocabulary(op: Extract<TransformOp, { type: 'vocabulary' }>, vocabularies: Vocabularies): ApplyValue {
  const numbers = vocabularies.get(op.file);
  if (numbers === undefined) throw new Error(`the vocabulary "${op.file}" was not given`);
  const outside =
    op.numOovBuckets === 0
      ? () => op.defaultValue
      : remembered((token) => op.size + Number(fingerprint64(token) % BigInt(op.numOovBuckets)));
  return (value) => numbers.get(String(value)) ?? outside(value);
}

/** Hashes are dear and texts recur: the answers for the first many are kept. */
function remembered(numberOf: (token: string) => number): ApplyValue & ((value: TransformValue) => number) {
  const known = new Map<string, number>();
  return (value) => {
    const token = String(value);
    let number = known.get(token);
    if (number === undefined) {
      number = numberOf(token);
      if (known.size < LONGEST_MEMORY) known.set(token, number);
    }
    return number;
  };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const MAX_INT = 9_223_372_036_854_774_784;

function cast(from: TransformStep['inputKind'], to: TransformStep['kind']): ApplyValue {
  if (to === 'STRING') return (value) => String(value);
  if (from === 'STRING') return (value) => textToNumber(String(value), to);
  if (to === 'FLOAT') return (value) => Math.fround(Number(value));
  return (value) => (from === 'INT' ? value : toWhole(Number(value)));
}

/** The number that a text writes, with blanks around it allowed; undefined where it writes none. */
export function textToNumber(text: string, to: TransformStep['kind']): number | undefined {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return undefined;
  return to === 'INT' ? toWhole(Number(trimmed)) : Math.fround(Number(trimmed));
}

/** Towards zero; what no 64-bit integer holds is missing. */
function toWhole(value: number): number | undefined {
  return Math.abs(value) <= MAX_INT ? Math.trunc(value) + 0 : undefined;
}
