/**
 * The one interpreter of the transform graph: for training, evaluation, the command line and the browser. Raw rows in,
 * features out, row by row or column by column with the same result.
 */

import { valueFunction, type ApplyValue, type TransformValue, type Vocabularies } from './apply-step';
import type { TransformGraph, TransformStep } from './transform-graph';

/** A feature of one row: null where it is missing, one value, or a list of them. */
export type TransformCell = null | TransformValue | readonly TransformValue[];
/** A row by the names of its columns or features. What is not named is missing. */
export type TransformRow = Readonly<Record<string, TransformCell>>;

/** A transform graph, ready to be applied. */
export type Transform = {
  readonly graph: TransformGraph;
  /** The features of one row, in the order of the graph. One-hot vectors are lists as long as they are deep. */
  readonly row: (raw: TransformRow) => Record<string, TransformCell>;
  /** The same for many rows, column by column: each feature has as many cells as there are `rows`. */
  readonly batch: (
    raw: Readonly<Record<string, readonly TransformCell[]>>,
    rows: number,
  ) => Record<string, TransformCell[]>;
};

type Compiled = { readonly step: TransformStep; readonly apply: (cell: TransformCell) => TransformCell };

/** Prepares a graph. Throws where a vocabulary that it names was not given. */
export function compileTransform(graph: TransformGraph, vocabularies: Vocabularies): Transform {
  const compiled: readonly Compiled[] = graph.steps.map((step) => ({ step, apply: cellFunction(step, vocabularies) }));
  return {
    graph,
    row: (raw) => {
      const features = emptyRecord<TransformCell>();
      for (const { step, apply } of compiled)
        features[step.name] = apply(cellOf(step.from === 'raw' ? raw : features, step.column));
      return features;
    },
    batch: (raw, rows) => {
      const features = emptyRecord<TransformCell[]>();
      const nothing: readonly TransformCell[] = new Array<TransformCell>(rows).fill(null);
      for (const { step, apply } of compiled) {
        const source = step.from === 'raw' ? raw : features;
        const cells = Object.hasOwn(source, step.column) ? (source[step.column] ?? nothing) : nothing;
        features[step.name] = Array.from({ length: rows }, (_, row) => apply(cells[row] ?? null));
      }
      return features;
    },
  };
}

function cellOf(row: TransformRow, column: string): TransformCell {
  return Object.hasOwn(row, column) ? (row[column] ?? null) : null;
}

function cellFunction(step: TransformStep, vocabularies: Vocabularies): (cell: TransformCell) => TransformCell {
  const apply = valueFunction(step, vocabularies);
  const { fillMissing } = step;
  const filled = (cell: TransformCell): TransformCell => {
    const isEmpty = cell === null || (isList(cell) && cell.length === 0);
    if (!isEmpty || fillMissing === undefined) return cell;
    return step.isList === true ? [fillMissing] : fillMissing;
  };
  if (step.op.type === 'one-hot') {
    const { depth } = step.op;
    return (cell) => oneHot(filled(cell), depth, apply);
  }
  return (cell) => eachValue(filled(cell), apply);
}

/** A list keeps its length only where every value stays one: a value that becomes missing leaves it. */
function eachValue(cell: TransformCell, apply: ApplyValue): TransformCell {
  if (cell === null) return null;
  if (!isList(cell)) return apply(cell) ?? null;
  return cell.map(apply).filter((value) => value !== undefined);
}

function oneHot(cell: TransformCell, depth: number, placeOf: ApplyValue): TransformCell {
  const vector = new Array<number>(depth).fill(0);
  const values = cell === null ? [] : isList(cell) ? cell : [cell];
  for (const value of values) {
    const place = placeOf(value);
    if (typeof place === 'number') vector[place] = 1;
  }
  return vector;
}

function isList(cell: TransformCell): cell is readonly TransformValue[] {
  return Array.isArray(cell);
}

/** Without a prototype: a feature may be called `constructor`. */
function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
