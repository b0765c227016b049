/** Features, labels and weights of splits as flat arrays, ready to learn from. Rows without a label are left out. */

import * as z from 'zod';

import { AppError } from '../../lib/errors';
import { sqlName, sqlText } from './connection';
import type { ExamplesSource, SourceColumn } from './examples-source';
import { queryNumbers, queryRow, queryRows, type DuckdbSession } from './query';

/** How the values of a feature are read. */
export type WantedFeature = {
  readonly feature: string;
  /** `number`; `place`: where in a vector its 1 stands, −1 for nowhere; `list`: `width` numbers a row. */
  readonly as: 'number' | 'place' | 'list';
  readonly width: number;
  /** With `number`: it names a place, counted from zero. */
  readonly counts?: boolean;
};

/** How the label is read. */
export type WantedLabel = {
  readonly feature: string;
  /** Its values by class; absent: the number itself. A value that is none of them is −1. */
  readonly classes?: readonly (string | number)[];
  /** Below zero it counts as missing: a vocabulary had no number for it. */
  readonly isNumbered: boolean;
};

/** What to read. */
export type WantedRows = {
  readonly features: readonly WantedFeature[];
  readonly label: WantedLabel;
  readonly weight?: string | undefined;
  /** Most rows to read, in their order. Default: all. */
  readonly limit?: number | undefined;
};

/** Rows that have a label, and how many others there were. */
export type TrainingRows = {
  readonly rows: number;
  /** By feature: `width` numbers a row; missing numbers are NaN, missing places −1. */
  readonly features: ReadonlyMap<string, Float64Array>;
  readonly labels: Float64Array;
  /** All 1 where no weight was asked for. */
  readonly weights: Float64Array;
  readonly withoutLabel: number;
  /** Rows whose class the model does not know. */
  readonly unknownClass: number;
};

/** Reads one split. */
export async function readTrainingRows(
  session: DuckdbSession,
  source: ExamplesSource,
  wanted: WantedRows,
): Promise<TrainingRows> {
  const scalars = wanted.features.filter(({ as }) => as !== 'list');
  const relation = `${source.relation}${wanted.limit === undefined ? '' : ` LIMIT ${wanted.limit}`}`;
  const expressions = [
    labelSql(source, wanted.label),
    wanted.weight === undefined ? '1' : `coalesce(${numberSql(requireColumn(source, wanted.weight))}, 1)`,
    ...scalars.map(({ feature, as }) => {
      const column = requireColumn(source, feature);
      return as === 'place'
        ? `coalesce(list_position(${sqlName(column.column)}, 1), 0) - 1`
        : numberSql(requireColumn(source, feature));
    }),
  ];
  const read = await queryNumbers(
    session,
    `SELECT ${expressions.map((sql) => `(${sql})::DOUBLE`).join(', ')} FROM ${relation}`,
  );
  const [labels = new Float64Array(), weights = new Float64Array(), ...values] = read;
  if (weights.some((weight) => !(weight >= 0 && weight < Infinity)))
    throw new AppError('invalid-input', `The weight "${wanted.weight ?? ''}" is negative or no number in some row.`, {
      nextStep: 'Give weights of 0 or more.',
      path: 'params.exampleWeight',
    });
  const isMissing = (label: number): boolean => Number.isNaN(label) || (wanted.label.isNumbered && label < 0);
  const isUnknown = (label: number): boolean => wanted.label.classes !== undefined && label < 0;
  const kept = Int32Array.from(labels.keys()).filter((row) => {
    const label = labels[row] ?? Number.NaN;
    return !isMissing(label) && !isUnknown(label);
  });
  const withoutLabel = labels.reduce((sum, label) => sum + (isMissing(label) ? 1 : 0), 0);
  const features = new Map(scalars.map(({ feature }, index) => [feature, pick(values[index], kept, 1)]));
  for (const { feature, width } of wanted.features.filter(({ as }) => as === 'list')) {
    const list = `list_resize(${sqlName(requireColumn(source, feature).column)}::DOUBLE[], ${width})`;
    const all = await queryNumbers(
      session,
      `SELECT unnest(coalesce(${list}, list_resize([]::DOUBLE[], ${width}))) FROM (FROM ${relation})`,
    );
    features.set(feature, pick(all[0], kept, width));
  }
  return {
    rows: kept.length,
    features,
    labels: pick(labels, kept, 1),
    weights: pick(weights, kept, 1),
    withoutLabel,
    unknownClass: labels.length - kept.length - withoutLabel,
  };
}

/** The shape of a list feature over some splits: the shortest, the longest, and the largest sum of one. */
export async function describeLists(session: DuckdbSession, sources: readonly ExamplesSource[], feature: string) {
  let found = { least: Infinity, most: 0, largestSum: 0 };
  for (const source of sources) {
    const column = sqlName(requireColumn(source, feature).column);
    const row = await queryRow(
      session,
      `SELECT coalesce(min(len(${column})), 1e300)::DOUBLE AS least, coalesce(max(len(${column})), 0)::DOUBLE AS most,
        coalesce(max(list_sum(${column}::DOUBLE[])), 0)::DOUBLE AS "largestSum" FROM ${source.relation}`,
      z.object({ least: z.number(), most: z.number(), largestSum: z.number() }),
    );
    found = {
      least: Math.min(found.least, row.least),
      most: Math.max(found.most, row.most),
      largestSum: Math.max(found.largestSum, row.largestSum),
    };
  }
  return found;
}

/** The different values of a label over some splits in ascending order, texts byte by byte; at most `most` and one more. */
export async function labelValues(
  session: DuckdbSession,
  sources: readonly ExamplesSource[],
  { feature, most }: { readonly feature: string; readonly most: number },
): Promise<readonly (string | number)[]> {
  const columns = sources.map((source) => ({ source, column: requireColumn(source, feature) }));
  const isText = columns.some(({ column }) => column.kind === 'STRING');
  const selects = columns.map(
    ({ source, column }) => `SELECT ${isText ? textSql(column) : numberSql(column)} AS value FROM ${source.relation}`,
  );
  const rows = await queryRows(
    session,
    `SELECT DISTINCT value FROM (${selects.join(' UNION ALL ')}) WHERE value IS NOT NULL ORDER BY value LIMIT ${most + 1}`,
    z.object({ value: z.union([z.string(), z.number()]) }),
  );
  return rows.map(({ value }) => value);
}

/** The column of a feature. Throws `invalid-input` where the split has none of that name. */
export function requireColumn(source: ExamplesSource, feature: string): SourceColumn {
  const column = source.columns.find(({ name }) => name === feature);
  if (column !== undefined) return column;
  throw new AppError('invalid-input', `The examples have no feature "${feature}".`, {
    nextStep: 'Name a feature that Transform makes, or a column of the examples.',
  });
}

function numberSql(column: SourceColumn): string {
  const name = sqlName(column.column);
  return `${column.isList ? `${name}[1]` : name}::DOUBLE`;
}

function textSql(column: SourceColumn): string {
  const name = column.isList ? `${sqlName(column.column)}[1]` : sqlName(column.column);
  return column.isBinary ? `TRY(decode(${name}))` : `${name}::VARCHAR`;
}

function labelSql(source: ExamplesSource, { feature, classes }: WantedLabel): string {
  const column = requireColumn(source, feature);
  if (classes === undefined) return numberSql(column);
  const isText = column.kind === 'STRING';
  const value = isText ? textSql(column) : numberSql(column);
  const list = classes.map((each) => (isText ? sqlText(String(each)) : `${Number(each)}::DOUBLE`)).join(', ');
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE coalesce(list_position([${list}], ${value}), 0) - 1 END`;
}

function pick(values: Float64Array | undefined, rows: Int32Array, width: number): Float64Array {
  if (values === undefined) throw new Error('the query gave fewer columns than were asked for');
  if (rows.length * width === values.length) return values;
  const picked = new Float64Array(rows.length * width);
  for (const [index, row] of rows.entries()) picked.set(values.subarray(row * width, (row + 1) * width), index * width);
  return picked;
}
