/**
 * The transform graph as SQL, for whole splits at once. `lib/transform/apply-step` says the same of one value: the tests
 * hold both to it. Texts that a hash or a cast numbers are numbered in JavaScript, each once, and looked up here.
 */

import { assertNever } from '../../../lib/assert';
import { deviationOf } from '../../../lib/transform/apply-step';
import type { TransformStep } from '../../../lib/transform/transform-graph';
import { sqlName, sqlText } from '../connection';

/** A column that can be read: its SQL, and whether a row holds a list. */
export type ColumnSql = { readonly sql: string; readonly isList: boolean };

/** Where the texts of a step are looked up; see {@link tokenLookup}. */
export type LookupNames = { readonly type: string; readonly numbers: string };

/** More boundaries than this are counted one by one instead of by a tree of comparisons, which would be a long statement. */
const TREE_BOUNDARIES = 2_000;

/** A DOUBLE. As text, since SQL reads digits with a point as a decimal and rounds them once more. */
function sqlNumber(value: number): string {
  return `'${value}'::DOUBLE`;
}

function sqlFloat(value: number): string {
  return `'${Math.fround(value)}'::FLOAT`;
}

/** The input of a step with blanks filled. */
export function filledInput(step: Pick<TransformStep, 'fillMissing'>, { sql, isList }: ColumnSql): ColumnSql {
  const { fillMissing } = step;
  if (fillMissing === undefined) return { sql, isList };
  const fill = fillSql(fillMissing);
  if (!isList) return { sql: `coalesce(${sql}, ${fill})`, isList };
  return { sql: `CASE WHEN ${sql} IS NULL OR len(${sql}) = 0 THEN [${fill}] ELSE ${sql} END`, isList };
}

function fillSql(fill: number | string): string {
  if (typeof fill === 'string') return sqlText(fill);
  return Number.isSafeInteger(fill) ? String(fill) : sqlFloat(fill);
}

/** The output of a step over its input, which lies in a column. `lookup` is needed by steps that {@link readsTokens}. */
export function stepSql(step: TransformStep, input: ColumnSql, lookup: LookupNames | undefined): ColumnSql {
  const filled = filledInput(step, input);
  if (step.op.type === 'one-hot') return { sql: oneHot(filled, step.op.depth), isList: true };
  if (!filled.isList) return { sql: valueSql(step, filled.sql, lookup), isList: false };
  const each = `list_transform(${filled.sql}, lambda x: ${valueSql(step, 'x', lookup)})`;
  return { sql: `list_filter(${each}, lambda y: y IS NOT NULL)`, isList: true };
}

/** True where the step looks texts up that were numbered before. */
export function readsTokens({ op, inputKind }: TransformStep): boolean {
  return (
    op.type === 'vocabulary' ||
    op.type === 'hash' ||
    (op.type === 'cast' && inputKind === 'STRING' && op.to !== 'STRING')
  );
}

function valueSql(step: TransformStep, x: string, lookup: LookupNames | undefined): string {
  const { op } = step;
  switch (op.type) {
    case 'identity':
    case 'label':
      return x;
    case 'z-score':
      return `(${x}::FLOAT - ${sqlFloat(op.mean)}) / ${sqlFloat(deviationOf(op.variance))}`;
    case 'min-max': {
      const low = Math.fround(op.min);
      const range = Math.fround(Math.fround(op.max) - low);
      const share =
        op.min < op.max
          ? `(${x}::FLOAT - ${sqlFloat(low)}) / ${sqlFloat(range)}`
          : `(1 / (1 + exp(-(${x}::FLOAT)::DOUBLE)))::FLOAT`;
      return `(${share}) * ${sqlFloat(op.outputMax - op.outputMin)} + ${sqlFloat(op.outputMin)}`;
    }
    case 'buckets':
      return bucketSql(`(${x})::DOUBLE`, op.boundaries);
    case 'vocabulary':
    case 'hash':
      return lookupSql(x, lookup);
    case 'cast':
      return castSql(step, x, lookup);
    case 'log1p':
      return toFloat(
        `CASE WHEN ${x} < -1 THEN 'nan'::DOUBLE WHEN ${x} = -1 THEN '-inf'::DOUBLE ELSE ln(1 + ${x}::DOUBLE) END`,
      );
    case 'one-hot':
      throw new Error('a one-hot vector is made of a whole cell');
  }
  return assertNever(op);
}

/** DuckDB refuses what is beyond single precision; IEEE rounds it to an infinity. */
function toFloat(x: string): string {
  return `sluice_float(${x})`;
}

/** Run once per connection, before any statement of this module. */
export const TRANSFORM_MACROS = `CREATE OR REPLACE TEMP MACRO sluice_float(x) AS
  CASE WHEN isnan(x) THEN 'nan'::FLOAT WHEN x > 3.4028235677973366e38 THEN 'inf'::FLOAT WHEN x < -3.4028235677973366e38 THEN '-inf'::FLOAT ELSE x::FLOAT END`;

/** NaN is above every number in SQL, as the rule wants it. */
function bucketSql(x: string, boundaries: readonly number[]): string {
  if (boundaries.length > TREE_BOUNDARIES) {
    const list = `[${boundaries.map(sqlNumber).join(', ')}]`;
    return `CASE WHEN ${x} IS NULL THEN NULL ELSE len(list_filter(${list}, lambda b: b <= ${x}))::BIGINT END`;
  }
  const tree = (low: number, high: number): string => {
    if (low === high) return String(low);
    const middle = (low + high) >> 1;
    return `CASE WHEN ${x} < ${sqlNumber(boundaries[middle] ?? 0)} THEN ${tree(low, middle)} ELSE ${tree(middle + 1, high)} END`;
  };
  return `CASE WHEN ${x} IS NULL THEN NULL ELSE ${tree(0, boundaries.length)} END::BIGINT`;
}

function lookupSql(x: string, lookup: LookupNames | undefined): string {
  if (lookup === undefined) throw new Error('the texts of a step were not numbered before');
  return `getvariable(${sqlText(lookup.numbers)})[enum_code((${x})::VARCHAR::${lookup.type})::BIGINT + 1]`;
}

function castSql({ op, inputKind }: TransformStep, x: string, lookup: LookupNames | undefined): string {
  const to = op.type === 'cast' ? op.to : 'STRING';
  if (to === 'STRING') return `(${x})::VARCHAR`;
  if (inputKind === 'STRING') return lookupSql(x, lookup);
  if (to === 'FLOAT') return toFloat(`(${x})::DOUBLE`);
  return inputKind === 'INT' ? x : `TRY_CAST(trunc((${x})::DOUBLE) AS BIGINT)`;
}

function oneHot({ sql, isList }: ColumnSql, depth: number): string {
  const isThere = isList ? `list_contains(coalesce(${sql}, []), i)` : `coalesce(i = ${sql}, false)`;
  return `list_transform(range(${depth}), lambda i: CASE WHEN ${isThere} THEN 1 ELSE 0 END::FLOAT)`;
}

/** Steps in layers: each reads the columns of the split and the layers before its own. */
export type LayeredStep = {
  readonly step: TransformStep;
  /** The column that it reads, and the one that it makes. */
  readonly input: ColumnSql;
  readonly output: string;
  readonly depth: number;
  readonly lookup: LookupNames | undefined;
};

/** `SELECT` of the outputs named, over a relation that holds the raw columns. Rows keep their order. */
export function transformQuery(relation: string, steps: readonly LayeredStep[], outputs: readonly string[]): string {
  const deepest = Math.max(0, ...steps.map(({ depth }) => depth));
  let from = relation;
  for (let depth = 0; depth <= deepest; depth++) {
    const layer = steps.filter((each) => each.depth === depth);
    if (layer.length === 0) continue;
    const made = layer.map(
      ({ step, input, output, lookup }) => `${stepSql(step, input, lookup).sql} AS ${sqlName(output)}`,
    );
    from = `(SELECT *, ${made.join(', ')} FROM ${from})`;
  }
  return `SELECT ${outputs.map(sqlName).join(', ')} FROM ${from}`;
}
