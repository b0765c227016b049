/** The predictions of an evaluation as a relation with columns of known names and types, narrowed to a slice. */

import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import type { zSliceKey } from '../../../lib/evaluation/evaluated-rows';
import { sqlName, sqlText } from '../../duckdb/connection';
import { queryRow, queryRows, type DuckdbSession } from '../../duckdb/query';
import { findArtifactFolder } from '../artifact-files';

/** A slice as it is asked for. */
export type SliceWanted = z.output<typeof zSliceKey>;

/** The two models as columns are called. */
export const MODELS = ['candidate', 'baseline'] as const;
/** See {@link MODELS}. */
export type Role = (typeof MODELS)[number];

/** See the module. */
export type Predictions = {
  /** The artifact's folder, absolute. */
  readonly home: string;
  /** Those that there are: the candidate comes first. */
  readonly models: readonly Role[];
  /** Scores of a prediction; 1 where it is a number. */
  readonly classes: number;
  readonly hasWeights: boolean;
  /** Features of slices and whether each is text or a list. */
  readonly features: ReadonlyMap<string, SliceColumn>;
  /**
   * A SELECT of the slice's rows: `split`, `row`, `label` and `weight` as numbers, and a column for each model, a DOUBLE
   * or a list of them. Throws `invalid-input` where a feature is none of the slices.
   */
  readonly relation: (slice: SliceWanted) => string;
  /** The file as DuckDB reads it. */
  readonly source: string;
};

type SliceColumn = { readonly column: string; readonly isText: boolean; readonly isList: boolean };

const FILE = 'predictions.parquet';
const FEATURE = 'feature:';

/** Opens them. Throws `artifact-missing`, or `artifact-damaged` where the file cannot be read. */
export async function openPredictions(session: DuckdbSession, store: string, folder: string): Promise<Predictions> {
  const home = await findArtifactFolder(store, folder);
  const source = `read_parquet(${sqlText(path.join(home, FILE))})`;
  const described = await queryRows(
    session,
    `SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM ${source})`,
    z.object({ name: z.string(), type: z.string() }),
  ).catch((cause: unknown) => {
    if (cause instanceof AppError && cause.code === 'canceled') throw cause;
    throw new AppError('artifact-damaged', 'The predictions of the evaluation cannot be read.', {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  });
  const types = new Map(described.map(({ name, type }) => [name, type]));
  const columns = { candidate: 'prediction', baseline: 'baseline_prediction' } as const;
  const models = MODELS.filter((model) => types.has(columns[model]));
  const isList = (types.get(columns.candidate) ?? '').endsWith('[]');
  const classes = isList ? await countScores(session, source) : 1;
  const features = new Map<string, SliceColumn>();
  for (const { name, type } of described) {
    if (!name.startsWith(FEATURE)) continue;
    features.set(name.slice(FEATURE.length), {
      column: name,
      isText: type.startsWith('VARCHAR'),
      isList: type.endsWith('[]'),
    });
  }
  const scoreOf = (name: string) => {
    if (!isList) return `${sqlName(name)}::DOUBLE`;
    return classes === 1 ? `${sqlName(name)}[1]::DOUBLE` : `${sqlName(name)}::DOUBLE[]`;
  };
  const place = types.has('split')
    ? 'split, "row"::BIGINT AS "row"'
    : `regexp_replace(row_id, ':[0-9]+$', '') AS split, regexp_extract(row_id, '([0-9]+)$', 1)::BIGINT AS "row"`;
  const weight = types.has('weight') ? 'coalesce(weight::DOUBLE, 1)' : '1.0::DOUBLE';
  return {
    home,
    models,
    classes,
    hasWeights: types.has('weight') && (await isWeighted(session, source)),
    features,
    source,
    relation: (slice) =>
      `SELECT ${place}, label::DOUBLE AS label, ${weight} AS weight, ${models
        .map((model) => `${scoreOf(columns[model])} AS ${model}`)
        .join(', ')} FROM ${source} WHERE ${sliceSql(slice, features)}`,
  };
}

/** The rows of a slice. */
function sliceSql(slice: SliceWanted, features: Predictions['features']): string {
  const conditions = slice.map(([name, value]) => {
    const found = features.get(name);
    if (found === undefined || found.isText !== (typeof value === 'string'))
      throw new AppError('invalid-input', `The evaluation has no slice of "${name}" with such a value.`, {
        nextStep: 'Choose one of the slices that the table shows.',
      });
    const { column, isList } = found;
    const wanted = typeof value === 'string' ? sqlText(value) : sqlNumber(value);
    const type = typeof value === 'string' ? 'VARCHAR' : 'DOUBLE';
    return isList
      ? `list_contains(${sqlName(column)}::${type}[], ${wanted})`
      : `${sqlName(column)}::${type} = ${wanted}`;
  });
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/** A number as SQL reads it without rounding. */
export function sqlNumber(value: number): string {
  if (Number.isNaN(value)) return "'NaN'::DOUBLE";
  if (!Number.isFinite(value)) return `'${value > 0 ? '' : '-'}Infinity'::DOUBLE`;
  return `'${value}'::DOUBLE`;
}

/** The class with the highest score, the first of equals. */
export function bestClassSql(column: string): string {
  return `(list_position(${column}, list_max(${column})) - 1)`;
}

async function countScores(session: DuckdbSession, source: string): Promise<number> {
  const { most } = await queryRow(
    session,
    `SELECT coalesce(max(len(prediction)), 1)::DOUBLE AS most FROM ${source}`,
    z.object({ most: z.number() }),
  );
  return Math.max(1, most);
}

/** True where some row does not count 1. */
async function isWeighted(session: DuckdbSession, source: string): Promise<boolean> {
  const { weighted } = await queryRow(
    session,
    `SELECT coalesce(bool_or(weight IS NOT NULL AND weight <> 1), false) AS weighted FROM ${source}`,
    z.object({ weighted: z.boolean() }),
  );
  return weighted;
}
