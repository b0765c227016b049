/**
 * Raw rows made of what a transform graph knows, to ask a model something without having data: every constant that the
 * graph learned occurs, its neighbours too, and a missing value in each column.
 */

import type { TransformValue } from '../transform/apply-step';
import type { TransformCell } from '../transform/apply-transform';
import type { TransformGraph, TransformStep } from '../transform/transform-graph';

/** Tokens of a vocabulary that are tried. */
const TOKENS = 12;

/**
 * Sample values of every raw column that the graph reads, `rows` cells each. `tokensOf`: the first tokens of the
 * vocabulary in a file.
 */
export function sampleRows(
  { steps }: TransformGraph,
  rows: number,
  tokensOf: (file: string) => readonly string[],
): Record<string, TransformCell[]> {
  const values = new Map<string, Set<TransformValue>>();
  for (const step of steps) {
    if (step.from !== 'raw') continue;
    const column = values.get(step.column) ?? new Set<TransformValue>();
    for (const value of valuesOf(step, tokensOf)) column.add(value);
    values.set(step.column, column);
  }
  return Object.fromEntries(
    [...values].map(([column, found], index) => {
      const cells: readonly TransformCell[] = [null, ...found];
      // Columns step through their values at different paces, so that values meet in many ways.
      return [
        column,
        Array.from({ length: rows }, (_, row) => cells[(row * (index + 1) + index) % cells.length] ?? null),
      ];
    }),
  );
}

function valuesOf(step: TransformStep, tokensOf: (file: string) => readonly string[]): readonly TransformValue[] {
  const { op, inputKind } = step;
  if (inputKind === 'STRING')
    return op.type === 'vocabulary' ? [...tokensOf(op.file).slice(0, TOKENS), '?'] : ['', 'a', '?'];
  const numbers = numbersOf(step).filter((value) => Number.isFinite(value));
  return inputKind === 'INT' ? [...new Set(numbers.map(Math.round))] : numbers.map(Math.fround);
}

function numbersOf({ op }: TransformStep): readonly number[] {
  switch (op.type) {
    case 'z-score': {
      const deviation = Math.sqrt(op.variance);
      return [op.mean, op.mean - deviation, op.mean + 2 * deviation];
    }
    case 'min-max':
      return [op.min, op.max, (op.min + op.max) / 2];
    case 'buckets':
      return op.boundaries.flatMap((boundary) => [boundary, boundary - 1]);
    case 'one-hot':
      return Array.from({ length: Math.min(op.depth, TOKENS) }, (_, place) => place);
    default:
      return [0, 1, -1, 17];
  }
}
