/**
 * The form that a model's raw columns make: what to ask for, what may be answered, and where to start. Made of the
 * transform graph and what it learned from the training rows, so that a model without its data can still be tried.
 */

import type { ModelInfo } from '../artifact/model-info';
import type { TransformCell } from '../transform/apply-transform';
import type { TransformGraph, TransformKind, TransformStep } from '../transform/transform-graph';
import { modelColumns } from './raw-rows';

/** From where to where a number usually lies. */
export type UsualRange = { readonly low: number; readonly high: number };

/** A raw column that the predictions rest on. */
export type FormField = {
  readonly column: string;
  readonly kind: TransformKind;
  /** True where a row holds a list of values. */
  readonly isList: boolean;
  /** The values that a vocabulary numbers, in their order; absent where any value is as good as another. */
  readonly tokens?: readonly string[];
  readonly range?: UsualRange;
  /** What it begins with where no row is at hand: a value in the middle, null where nothing is known. */
  readonly start: TransformCell;
};

/** The tokens of each vocabulary, by its file. */
export type Tokens = ReadonlyMap<string, readonly string[]>;

/** The fields of a model, in the order of its graph. Columns that only its label or its weights rest on are left out. */
export function modelForm(graph: TransformGraph, info: Pick<ModelInfo, 'deep' | 'wide'>, tokens: Tokens): FormField[] {
  const read = rawColumnsOf(
    graph,
    [...info.deep, ...info.wide].map(({ feature }) => feature),
  );
  return modelColumns(graph)
    .filter(({ name }) => read.has(name))
    .map(({ name, kind }) => {
      const steps = graph.steps.filter(({ from, column }) => from === 'raw' && column === name);
      const known = tokensOf(steps, tokens);
      const range = kind === 'STRING' ? undefined : rangeOf(steps);
      const isList = steps.some((step) => step.isList === true);
      const value = known?.[0] === undefined ? middleOf(steps, kind) : valueOf(known[0], kind);
      return {
        column: name,
        kind,
        isList,
        ...(known !== undefined && { tokens: known }),
        ...(range !== undefined && { range }),
        start: isList && value !== null && typeof value !== 'object' ? [value] : value,
      };
    });
}

/** The raw columns that these features are computed from. */
function rawColumnsOf({ steps }: TransformGraph, features: readonly string[]): ReadonlySet<string> {
  const needed = new Set(features);
  const raw = new Set<string>();
  // A step reads only what stands before it.
  for (const { name, from, column } of steps.toReversed()) {
    if (!needed.has(name)) continue;
    if (from === 'raw') raw.add(column);
    else needed.add(column);
  }
  return raw;
}

function tokensOf(steps: readonly TransformStep[], tokens: Tokens): readonly string[] | undefined {
  for (const { op } of steps) if (op.type === 'vocabulary') return tokens.get(op.file);
  return undefined;
}

function valueOf(token: string, kind: TransformKind): TransformCell {
  return kind === 'STRING' ? token : Number(token);
}

/** The widest of what the steps learned: mean ± 2 standard deviations, smallest to largest, first to last boundary. */
function rangeOf(steps: readonly TransformStep[]): UsualRange | undefined {
  const ends = steps.flatMap(({ op }): readonly number[] => {
    switch (op.type) {
      case 'z-score': {
        const deviation = Math.sqrt(op.variance);
        return [op.mean - 2 * deviation, op.mean + 2 * deviation];
      }
      case 'min-max':
        return [op.min, op.max];
      case 'buckets': {
        const first = op.boundaries[0] ?? Number.NaN;
        const last = op.boundaries.at(-1) ?? Number.NaN;
        const margin = (last - first) / Math.max(1, op.boundaries.length - 1);
        return [first - margin, last + margin];
      }
      case 'one-hot':
        return [0, op.depth - 1];
      default:
        return [];
    }
  });
  const finite = ends.filter((end) => Number.isFinite(end));
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  return low < high ? { low, high } : undefined;
}

function middleOf(steps: readonly TransformStep[], kind: TransformKind): number | null {
  if (kind === 'STRING') return null;
  for (const { op } of steps) {
    const middle =
      op.type === 'z-score'
        ? op.mean
        : op.type === 'min-max'
          ? (op.min + op.max) / 2
          : op.type === 'buckets'
            ? op.boundaries[op.boundaries.length >> 1]
            : op.type === 'one-hot'
              ? 0
              : undefined;
    if (middle !== undefined && Number.isFinite(middle))
      return kind === 'INT' ? Math.round(middle) : Number(middle.toPrecision(3));
  }
  return null;
}
