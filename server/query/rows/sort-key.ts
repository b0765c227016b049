/** The feature that rows are sorted by, as each split has it. */

import type { RowQuery } from '../../../lib/artifact/row-query';
import { sqlName } from '../../duckdb/connection';
import type { SourceColumn } from '../../duckdb/examples-source';
import { readableText } from '../../duckdb/sql/row-conditions';
import { requireColumn, type RowSource, type RowSplit } from './row-source';

/** A key that all splits share. */
export type SortKey = {
  /** `INT` and `FLOAT` are single numbers; `text` one text a row; `other` is whatever DuckDB can compare. */
  readonly form: 'INT' | 'FLOAT' | 'text' | 'other';
  readonly direction: 'asc' | 'desc';
  readonly sqlOf: (split: RowSplit) => string;
};

/** The key of a query; undefined where rows stay as they are stored, also by a feature that has no value in any row. */
export function sortKeyOf(source: RowSource, sort: RowQuery['sort']): SortKey | undefined {
  if (sort === undefined) return undefined;
  requireColumn(source, sort.column);
  const { direction } = sort;
  const found = source.splits.flatMap((split) => columnIn(split, sort.column) ?? []);
  const [first] = found;
  if (first === undefined) return undefined;
  const isAlike = found.every(
    ({ kind, isList, isBinary }) => kind === first.kind && isList === first.isList && isBinary === first.isBinary,
  );
  const type = isAlike ? typeOf(first) : commonType(found);
  const form = !isAlike || first.isList ? 'other' : first.kind === 'STRING' ? 'text' : numberForm(first);
  return {
    form,
    direction,
    sqlOf: (split) => {
      const column = columnIn(split, sort.column);
      if (column === undefined) return `NULL::${type}`;
      return isAlike ? sqlName(column.column) : `${common(column, found)}::${type}`;
    },
  };
}

function columnIn(split: RowSplit, name: string): SourceColumn | undefined {
  return split.columns.find((column) => column.name === name && column.kind !== 'NONE');
}

function numberForm({ kind }: SourceColumn): 'INT' | 'FLOAT' {
  return kind === 'INT' ? 'INT' : 'FLOAT';
}

function typeOf({ kind, isList, isBinary }: SourceColumn): string {
  const scalar = kind === 'INT' ? 'BIGINT' : kind === 'FLOAT' ? 'FLOAT' : isBinary ? 'BLOB' : 'VARCHAR';
  return isList ? `${scalar}[]` : scalar;
}

/** Splits may take one column for different things, such as whole numbers here and others there. */
function commonType(columns: readonly SourceColumn[]): string {
  const scalar = columns.some(({ kind }) => kind === 'STRING') ? 'VARCHAR' : 'DOUBLE';
  return columns.some(({ isList }) => isList) ? `${scalar}[]` : scalar;
}

function common(column: SourceColumn, all: readonly SourceColumn[]): string {
  const name = sqlName(column.column);
  if (column.isList) return column.isBinary ? `list_transform(${name}, lambda v: ${readableText(column, 'v')})` : name;
  const value = column.kind === 'STRING' ? readableText(column, name) : name;
  return all.some(({ isList }) => isList) ? `CASE WHEN ${value} IS NOT NULL THEN [${value}] END` : value;
}
