/** The weight of each row: a numeric feature with exactly one finite value in every row, as TFDV demands. */

import { AppError } from '../../../lib/errors';
import { sqlName } from '../connection';
import type { ExamplesSource } from '../examples-source';
import { queryNumbers, type DuckdbSession } from '../query';

/** The SQL of a row's weight, as a DOUBLE, and the sum over all rows. */
export type RowWeight = { readonly sql: string; readonly total: number };

/** Checks the weight feature of a split. Throws `invalid-input` naming the feature and what is wrong with it. */
export async function openWeight(
  session: DuckdbSession,
  { source, name }: { readonly source: ExamplesSource; readonly name: string },
): Promise<RowWeight> {
  const column = source.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw wrong(name, 'is not a feature of the examples');
  if (column.kind === 'STRING') throw wrong(name, 'is text, not a number');
  if (column.kind === 'NONE') throw wrong(name, 'has no value in any row');
  const sql = column.isList ? `${sqlName(column.column)}[1]::DOUBLE` : `${sqlName(column.column)}::DOUBLE`;
  const length = column.isList ? `len(${sqlName(column.column)})` : '1';
  const [missing, several, infinite, total] = await queryNumbers(
    session,
    `SELECT count(*) FILTER (w IS NULL)::DOUBLE, count(*) FILTER (l > 1)::DOUBLE,
      count(*) FILTER (NOT isfinite(w))::DOUBLE, coalesce(fsum(w) FILTER (isfinite(w)), 0)
      FROM (SELECT ${sql} AS w, ${length} AS l FROM ${source.relation})`,
  );
  if (rowsIn(missing) > 0) throw wrong(name, `has no value in ${rows(missing)}`);
  if (rowsIn(several) > 0) throw wrong(name, `has more than one value in ${rows(several)}`);
  if (rowsIn(infinite) > 0) throw wrong(name, `is NaN or infinite in ${rows(infinite)}`);
  return { sql, total: rowsIn(total) };
}

function rowsIn(column: Float64Array | undefined): number {
  return column?.[0] ?? 0;
}

function rows(column: Float64Array | undefined): string {
  const count = rowsIn(column);
  return count === 1 ? '1 row' : `${count} rows`;
}

function wrong(name: string, what: string): AppError {
  return new AppError('invalid-input', `The weight feature "${name}" ${what}.`, {
    nextStep: 'Choose a numeric feature with exactly one finite value in every row, or remove weightFeature.',
    path: 'statsOptions.weightFeature',
  });
}
