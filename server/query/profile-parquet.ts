/** Profiles Parquet files by the rules of ParquetExampleGen: rows from their descriptions, columns from the first million rows. */

import * as z from 'zod';

import { AppError, errorSentences } from '../../lib/errors';
import { shownOf, type ColumnProfile, type TableProfile } from '../../lib/proposal/table-profile';
import { EXACT_LIMIT, shorten } from '../../lib/proposal/value-counter';
import { sqlName } from '../duckdb/connection';
import { toParquetFeature, type ParquetColumn, type ParquetFeature } from '../duckdb/parquet-features';
import { describeParquet, relationOf, toReadError } from '../duckdb/parquet-source';
import { queryRow, queryRows, type DuckdbSession } from '../duckdb/query';
import type { SourceFile } from '../storage/source-files';

/** Rows that columns are told from. */
const MAX_ROWS = 1_000_000;
/** Columns whose values are counted one by one: each costs a read of its own. */
const MAX_COUNTED = 200;

/** See the module. Throws as `describeParquet`, and `invalid-input` where there are no rows. */
export async function profileParquet(session: DuckdbSession, files: readonly SourceFile[]): Promise<TableProfile> {
  const [first] = files;
  if (first === undefined) throw new Error('a profile needs a file');
  const descriptions = await Promise.all(files.map((file) => describeParquet(session, file)));
  const columns = descriptions[0]?.columns ?? [];
  const rows = descriptions.reduce((sum, description) => sum + description.rows, 0);
  if (rows === 0) {
    throw new AppError('invalid-input', `${first.name} has columns, but no rows.`, {
      nextStep: 'Check that this is the right file; at least one row is needed.',
    });
  }
  try {
    return {
      format: 'parquet',
      files: files.length,
      sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
      rows,
      isRowsExact: true,
      rowsRead: Math.min(MAX_ROWS, descriptions[0]?.rows ?? 0),
      columns: await profileColumns(session, first, columns),
      sample: await readSample(session, first, columns),
    };
  } catch (error) {
    throw toReadError(error, first);
  }
}

/** A column that an ExampleGen takes, or the reason why not. */
type Readable = { readonly column: ParquetColumn; readonly feature?: ParquetFeature; readonly trouble?: string };

function readColumn(file: SourceFile, column: ParquetColumn): Readable {
  try {
    return { column, feature: toParquetFeature(file.name, column, { zeros: 'value', timestamps: 'epoch-seconds' }) };
  } catch (error) {
    if (error instanceof AppError) return { column, trouble: errorSentences(error) };
    throw error;
  }
}

async function profileColumns(
  session: DuckdbSession,
  file: SourceFile,
  columns: readonly ParquetColumn[],
): Promise<ColumnProfile[]> {
  const readable = columns.map((column) => readColumn(file, column));
  const figures = await countColumns(session, file, readable);
  const limit = shownOf(columns.length);
  let counted = 0;
  const profiles: ColumnProfile[] = [];
  for (const [index, { column, feature, trouble }] of readable.entries()) {
    const { present = 0, missing = 0, distinct } = figures.get(index) ?? {};
    const isFew = distinct !== undefined && distinct <= EXACT_LIMIT && present > 0 && counted < MAX_COUNTED;
    if (isFew) counted++;
    const few = isFew && feature !== undefined ? await countValues(session, { file, feature, limit }) : undefined;
    profiles.push({
      name: column.name,
      kind: present === 0 ? 'NONE' : (feature?.kind ?? 'NONE'),
      isTime: feature?.isTime ?? false,
      isList: feature?.isList ?? false,
      missing,
      ...(distinct !== undefined && { distinct: few?.distinct ?? distinct }),
      isDistinctExact: few !== undefined,
      values: few?.values ?? [],
      ...(trouble !== undefined && { trouble }),
    });
  }
  return profiles;
}

type Figures = { readonly present: number; readonly missing: number; readonly distinct?: number };

async function countColumns(
  session: DuckdbSession,
  file: SourceFile,
  readable: readonly Readable[],
): Promise<ReadonlyMap<number, Figures>> {
  const known = readable.flatMap(({ feature }, index) => (feature === undefined ? [] : [{ index, feature }]));
  if (known.length === 0) return new Map();
  const selected = known.map(({ index, feature }) => `${feature.sql} AS c${index}`).join(', ');
  const counts = known.flatMap(({ index, feature }) => [
    `count(c${index})::DOUBLE AS n${index}`,
    ...(isCountable(feature) ? [`approx_count_distinct(c${index})::DOUBLE AS d${index}`] : []),
  ]);
  const row = await queryRow(
    session,
    `SELECT count(*)::DOUBLE AS rows, ${counts.join(', ')} FROM (SELECT ${selected} FROM ${relationOf(file)} LIMIT ${MAX_ROWS})`,
    z.record(z.string(), z.number()),
  );
  return new Map(
    known.map(({ index, feature }) => {
      const present = row[`n${index}`] ?? 0;
      const figures = { present, missing: (row['rows'] ?? 0) - present };
      // The estimate may exceed what is there.
      const distinct = Math.min(row[`d${index}`] ?? 0, present);
      return [index, isCountable(feature) ? { ...figures, distinct } : figures];
    }),
  );
}

function isCountable({ isList, isBinary }: ParquetFeature): boolean {
  return !isList && !isBinary;
}

type Column = { readonly file: SourceFile; readonly feature: ParquetFeature; readonly limit: number };

async function countValues(session: DuckdbSession, { file, feature, limit }: Column) {
  const rows = await queryRows(
    session,
    `SELECT v::VARCHAR AS text, count(*)::DOUBLE AS count, count(*) OVER ()::DOUBLE AS distinct_values
     FROM (SELECT ${feature.sql} AS v FROM ${relationOf(file)} LIMIT ${MAX_ROWS})
     WHERE v IS NOT NULL GROUP BY v ORDER BY count DESC, text LIMIT ${limit}`,
    z.object({ text: z.string(), count: z.number(), distinct_values: z.number() }),
  );
  return {
    distinct: rows[0]?.distinct_values ?? 0,
    values: rows.map(({ text, count }) => ({ text: shorten(text), count })),
  };
}

async function readSample(
  session: DuckdbSession,
  file: SourceFile,
  columns: readonly ParquetColumn[],
): Promise<(string | null)[][]> {
  const selected = columns.map(({ column }, index) => `${sqlName(column)}::VARCHAR AS c${index}`).join(', ');
  const rows = await queryRows(
    session,
    `SELECT ${selected} FROM ${relationOf(file)} LIMIT ${shownOf(columns.length)}`,
    z.record(z.string(), z.string().nullable()),
  );
  return rows.map((row) =>
    columns.map((_, index) => {
      const text = row[`c${index}`];
      return typeof text === 'string' ? shorten(text) : null;
    }),
  );
}
