/** The values of one feature as a relation, whether its column holds values or lists of them. */

import { sqlName } from '../connection';
import type { ExamplesSource, SourceColumn } from '../examples-source';

/** A feature of a split, and the SQL of each row's weight where there is one. */
export type FeatureSource = {
  readonly source: ExamplesSource;
  readonly column: SourceColumn;
  readonly weight: string | undefined;
  /** True where numbers are taken as the texts that write them. */
  readonly asText?: boolean;
};

/** `SELECT v[, w]`: one row per value (NaN is one, null is none), with its example's weight where a weight is set. */
export function valuesOf({ source, column, weight, asText = false }: FeatureSource): string {
  const name = sqlName(column.column);
  const weightColumn = weight === undefined ? '' : `, ${weight} AS w`;
  const cast = asText ? '::VARCHAR' : '';
  if (!column.isList)
    return `SELECT ${name}${cast} AS v${weightColumn} FROM ${source.relation} WHERE ${name} IS NOT NULL`;
  return `SELECT v${cast} AS v${weight === undefined ? '' : ', w'} FROM (SELECT unnest(${name}) AS v${weightColumn} FROM ${source.relation}) WHERE v IS NOT NULL`;
}
