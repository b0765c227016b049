/**
 * What the columns of a Parquet file become: TFX's rule for rows that it reads as dictionaries, column by column. Python's
 * int and bool make int64, float makes float32, str and bytes make bytes, a list goes by its values; all else is refused.
 */

import type { FeatureKind } from '../../lib/artifact/examples';
import { AppError } from '../../lib/errors';
import type { ColumnLayout } from './column-layout';
import { sqlName } from './connection';

/** A column as its file describes it. */
export type ParquetColumn = {
  /** Its name in the file. */
  readonly name: string;
  /** Its name in DuckDB, which renames those that differ only in capital letters. */
  readonly column: string;
  /** Its type in DuckDB. */
  readonly type: string;
};

/** How to read columns. */
export type ParquetRules = { readonly zeros: 'value' | 'missing'; readonly timestamps: 'refuse' | 'epoch-seconds' };

/** A feature, and the SQL of its value in a row: BIGINT, FLOAT, VARCHAR or BLOB, or a list of these; null where it is missing. */
export type ParquetFeature = Required<ColumnLayout> & {
  readonly name: string;
  readonly sql: string;
  /** True where the file has dates or timestamps. */
  readonly isTime: boolean;
};

type Scalar = {
  readonly kind: FeatureKind;
  readonly isBinary?: boolean;
  readonly isTime?: boolean;
  /** The SQL that makes the stored value of one of the file's. */
  readonly convert: (value: string) => string;
};

const INT: Scalar = { kind: 'INT', convert: (value) => `${value}::BIGINT` };
// A plain cast fails beyond the range of a float32, where Python's protobuf writes an infinity.
const DOUBLE: Scalar = {
  kind: 'FLOAT',
  convert: (value) =>
    `coalesce(TRY_CAST(${value} AS FLOAT), CASE WHEN ${value} > 0 THEN 'Infinity'::FLOAT WHEN ${value} < 0 THEN '-Infinity'::FLOAT END)`,
};
const TIME: Scalar = { kind: 'INT', isTime: true, convert: (value) => `floor(epoch(${value}))::BIGINT` };

const SCALARS: { readonly [type: string]: Scalar } = {
  BOOLEAN: INT,
  TINYINT: INT,
  SMALLINT: INT,
  INTEGER: INT,
  BIGINT: INT,
  UTINYINT: INT,
  USMALLINT: INT,
  UINTEGER: INT,
  UBIGINT: INT,
  FLOAT: { kind: 'FLOAT', convert: (value) => value },
  DOUBLE,
  VARCHAR: { kind: 'STRING', convert: (value) => value },
  JSON: { kind: 'STRING', convert: (value) => `${value}::VARCHAR` },
  BLOB: { kind: 'STRING', isBinary: true, convert: (value) => value },
  DATE: TIME,
  TIMESTAMP: TIME,
  TIMESTAMP_S: TIME,
  TIMESTAMP_MS: TIME,
  TIMESTAMP_NS: TIME,
  'TIMESTAMP WITH TIME ZONE': TIME,
};

/** The feature that a column becomes. Throws `unsupported` with the name of the column and a way out. */
export function toParquetFeature(file: string, column: ParquetColumn, rules: ParquetRules): ParquetFeature {
  const { name, type } = column;
  const isList = type.endsWith('[]');
  const scalar = SCALARS[isList ? type.slice(0, -2) : type];
  if (scalar === undefined) throw refusal({ file, name }, describeType(type), adviceFor(type));
  const { kind, isBinary = false, isTime = false } = scalar;
  if (isTime && rules.timestamps === 'refuse') {
    throw refusal(
      { file, name },
      describeType(type),
      'Set timestamps to "epoch-seconds" to take whole seconds since 1970, or leave the column out of the file.',
    );
  }
  const value = sqlName(column.column);
  const sql = isList ? listSql(scalar, value) : scalarSql(scalar, value, rules);
  return { name, kind, isList, isBinary, isTime, sql };
}

function scalarSql({ kind, isBinary = false, isTime = false, convert }: Scalar, value: string, rules: ParquetRules) {
  if (kind === 'STRING') return `nullif(${convert(value)}, ''${isBinary ? '::BLOB' : ''})`;
  // Seconds of 1970 are compared after the conversion, as a number that TFX would have been given.
  if (rules.zeros === 'missing' && isTime) return `nullif(${convert(value)}, 0)`;
  return rules.zeros === 'missing' ? `CASE WHEN ${value} <> 0 THEN ${convert(value)} END` : convert(value);
}

function listSql({ convert }: Scalar, value: string): string {
  const converted = convert('v');
  const list = converted === 'v' ? value : `list_transform(${value}, lambda v: ${converted})`;
  return `CASE WHEN len(${value}) > 0 THEN ${list} END`;
}

type Place = { readonly file: string; readonly name: string };

function refusal({ file, name }: Place, what: string, nextStep: string): AppError {
  return new AppError('unsupported', `The column "${name}" of ${file} holds ${what}, which a feature cannot hold.`, {
    nextStep,
    path: file,
  });
}

function describeType(type: string): string {
  if (type.endsWith('[]')) {
    const inner = type.slice(0, -2);
    return inner.endsWith('[]') ? 'lists of lists' : `lists of ${describeType(inner)}`;
  }
  if (type.startsWith('DECIMAL')) return 'decimals';
  if (type.startsWith('STRUCT')) return 'structs';
  if (type.startsWith('MAP')) return 'maps';
  if (type.startsWith('TIMESTAMP')) return 'timestamps';
  if (type === 'DATE') return 'dates';
  if (type.startsWith('TIME')) return 'times of day';
  return `values of the type ${type}`;
}

function adviceFor(type: string): string {
  if (type.startsWith('DECIMAL')) return 'Write the column as doubles, or leave it out of the file.';
  if (type.startsWith('STRUCT') || type.startsWith('MAP'))
    return 'Write a column for each of its fields, or leave it out of the file.';
  if (type.endsWith('[]')) return 'Write lists of numbers or of texts, or leave the column out of the file.';
  return 'Write the column as numbers or texts, or leave it out of the file.';
}
