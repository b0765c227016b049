import { BIGINT, BLOB, FLOAT, LIST, VARCHAR, type DuckDBType } from '@duckdb/node-api';

import type { FeatureKind } from '../../lib/artifact/examples';

/** How the column of a feature lies in DuckDB and in Parquet. */
export type ColumnLayout = {
  readonly kind: FeatureKind;
  /** True where a row holds a list of values. Default false. */
  readonly isList?: boolean;
  /** True where text lies as bytes, which need not be UTF-8. Default false. */
  readonly isBinary?: boolean;
};

const SCALARS: { readonly [K in FeatureKind]: DuckDBType } = { INT: BIGINT, FLOAT, STRING: VARCHAR, NONE: VARCHAR };

/** The DuckDB type of a column. A `NONE` column is a `VARCHAR` of nulls. */
export function duckdbTypeOf({ kind, isList = false, isBinary = false }: ColumnLayout): DuckDBType {
  const scalar = kind === 'STRING' && isBinary ? BLOB : SCALARS[kind];
  return isList ? LIST(scalar) : scalar;
}
