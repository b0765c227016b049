/** `predictions.parquet` of an evaluation: each row with its id, what is true, what was predicted, and its slices. */

import {
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';

import type { SliceFeature, SliceValue } from '../../lib/evaluation/slice-feature';
import { sqlName, sqlText } from './connection';
import { execute, running, type DuckdbSession } from './query';

/** What the file holds of rows whose numbers are in memory. */
export type PredictionColumns = {
  readonly rows: number;
  readonly classes: number;
  readonly splits: readonly string[];
  /** The split of each row, as a place in `splits`, and its number in it. */
  readonly splitOf: Float64Array;
  readonly rowOf: Float64Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array | undefined;
  /** By the column of the file: `prediction`, `baseline_prediction`. */
  readonly predictions: ReadonlyMap<string, Float64Array>;
  readonly features: ReadonlyMap<string, SliceFeature>;
};

/** Name of the file in the folder of a `ModelEvaluation`. */
export const PREDICTIONS_FILE = 'predictions.parquet';
/** Before the name of a slice feature in the file. */
export const FEATURE_PREFIX = 'feature:';

type Column = { readonly name: string; readonly type: DuckDBType; readonly at: (row: number) => DuckDBValue };

const TABLE = 'predictions';
/** Rows that DuckDB takes at once. */
const CHUNK_ROWS = 2_048;

/** Writes the rows in their order. */
export async function writePredictionsFile(
  session: DuckdbSession,
  file: string,
  given: PredictionColumns,
): Promise<void> {
  const columns = columnsOf(given);
  const types = columns.map(({ type }) => type);
  const described = columns.map(({ name, type }) => `${sqlName(name)} ${type.toString()}`);
  await execute(session, `CREATE OR REPLACE TEMP TABLE ${TABLE} (${described.join(', ')})`);
  await running(session, async ({ connection }) => {
    const appender = await connection.createAppender(TABLE, undefined, 'temp');
    for (let first = 0; first < given.rows; first += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, given.rows - first);
      const chunk = DuckDBDataChunk.create(types, rows);
      chunk.setColumns(columns.map(({ at }) => Array.from({ length: rows }, (_, row) => at(first + row))));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  });
  await execute(session, `COPY temp.${TABLE} TO ${sqlText(file)} (FORMAT parquet, COMPRESSION snappy)`);
  await execute(session, `DROP TABLE temp.${TABLE}`);
}

function columnsOf(given: PredictionColumns): readonly Column[] {
  const { splits, splitOf, rowOf, labels, weights, classes } = given;
  const split = (row: number) => splits[splitOf[row] ?? 0] ?? '';
  return [
    { name: 'row_id', type: VARCHAR, at: (row) => `${split(row)}:${rowOf[row] ?? 0}` },
    { name: 'split', type: VARCHAR, at: split },
    { name: 'row', type: INTEGER, at: (row) => rowOf[row] ?? 0 },
    { name: 'label', type: DOUBLE, at: (row) => labels[row] ?? 0 },
    { name: 'weight', type: DOUBLE, at: (row) => weights?.[row] ?? 1 },
    ...[...given.predictions].map(([name, scores]) => scoreColumn(name, scores, classes)),
    ...[...given.features].map(([name, feature]) => featureColumn(`${FEATURE_PREFIX}${name}`, feature)),
  ];
}

function scoreColumn(name: string, scores: Float64Array, classes: number): Column {
  if (classes === 1) return { name, type: DOUBLE, at: (row) => scores[row] ?? 0 };
  return {
    name,
    type: LIST(DOUBLE),
    at: (row) => listValue([...scores.subarray(row * classes, (row + 1) * classes)]),
  };
}

function featureColumn(name: string, { values, codes, ends }: SliceFeature): Column {
  const isText = values.some((value) => typeof value === 'string');
  const valueOf = (value: SliceValue | undefined) => (value !== undefined && isText ? String(value) : (value ?? null));
  const type = isText ? VARCHAR : DOUBLE;
  if (ends === undefined) return { name, type, at: (row) => valueOf(values[codes[row] ?? -1]) };
  return {
    name,
    type: LIST(type),
    at: (row) =>
      listValue([...codes.subarray(row === 0 ? 0 : ends[row - 1], ends[row])].map((code) => valueOf(values[code]))),
  };
}
