/** Labels, predictions, weights and slice features of some splits, column by column, for an evaluation in memory. */

import * as z from 'zod';

import { AppError } from '../../lib/errors';
import {
  sliceFeature,
  SliceFeatureBuilder,
  type SliceCell,
  type SliceFeature,
  type SliceValue,
} from '../../lib/evaluation/slice-feature';
import { sqlName, sqlText } from './connection';
import type { ExamplesSource, SourceColumn } from './examples-source';
import { FEATURE_PREFIX } from './predictions-file';
import { execute, queryNumbers, queryRow, running, type DuckdbSession } from './query';

/** The columns to read. */
export type EvaluationColumns = {
  readonly label: string;
  readonly weight: string | undefined;
  readonly predictions: readonly string[];
  /** Features of slices; one that is not there is in no row. */
  readonly features: readonly string[];
};

/** A column of predictions, and its name in the file of them. */
export type NamedPredictions = { readonly column: string; readonly name: string };

/** The rows that have a label. */
export type EvaluationRows = {
  readonly rows: number;
  /** Rows that were left out, since they have no label. */
  readonly withoutLabel: number;
  /** 1 where a prediction is a number, else as many as it has scores. */
  readonly classes: number;
  readonly labels: Float64Array;
  readonly weights: Float64Array | undefined;
  /** `rows × classes` numbers by their column. */
  readonly predictions: ReadonlyMap<string, Float64Array>;
  readonly features: ReadonlyMap<string, SliceFeature>;
  /** Writes the rows as `predictions.parquet`; `predictions` pairs columns with their names in the file. */
  readonly write: (file: string, predictions: readonly NamedPredictions[]) => Promise<void>;
};

/** Reads the rows. Throws `invalid-input` where a column is missing, is text where numbers are needed, or holds nothing. */
export async function readEvaluationRows(
  session: DuckdbSession,
  splits: readonly { readonly name: string; readonly source: ExamplesSource }[],
  columns: EvaluationColumns,
): Promise<EvaluationRows> {
  const numeric = [columns.label, ...columns.predictions, ...(columns.weight === undefined ? [] : [columns.weight])];
  for (const name of numeric) requireNumbers(splits, name);
  if (isList(splits, columns.label)) throw invalid(columns.label, 'holds several values in a row, and a label is one');
  const all = [...new Set([...numeric, ...columns.features])];
  const whole = splits.map(({ name, source }) => selectOf(name, source, all)).join(' UNION ALL ');
  const label = alias(all, columns.label);
  const relation = `(SELECT * FROM (${whole}) WHERE ${label} IS NOT NULL)`;
  const counts = await queryRow(
    session,
    `SELECT count(*)::DOUBLE AS total, count(${label})::DOUBLE AS labelled FROM (${whole})`,
    z.object({ total: z.number(), labelled: z.number() }),
  );
  if (counts.labelled === 0) throw invalid(columns.label, 'has no value in any row of these splits');
  const classes = await countClasses(session, relation, { splits, all, predictions: columns.predictions });
  const scores = new Map<string, Float64Array>();
  for (const name of columns.predictions)
    scores.set(name, await readScores(session, relation, { column: alias(all, name), classes, name }));
  const [labels = new Float64Array()] = await queryNumbers(session, `SELECT ${label}::DOUBLE FROM ${relation}`);
  if (classes > 1) requireClasses(columns.label, labels, classes);
  const weights =
    columns.weight === undefined ? undefined : await readWeights(session, relation, alias(all, columns.weight));
  return {
    rows: counts.labelled,
    withoutLabel: counts.total - counts.labelled,
    classes,
    labels,
    weights,
    predictions: scores,
    features: await readFeatures(session, relation, { all, features: columns.features }),
    write: (file, predictions) =>
      execute(
        session,
        `COPY (SELECT ${fileColumns(columns, { all, predictions, isList: classes > 1 }).join(', ')} FROM ${relation}) TO ${sqlText(file)}
          (FORMAT parquet, COMPRESSION snappy)`,
      ),
  };
}

type FileColumns = {
  readonly all: readonly string[];
  readonly predictions: readonly NamedPredictions[];
  readonly isList: boolean;
};

function fileColumns({ label, weight, features }: EvaluationColumns, { all, predictions, isList }: FileColumns) {
  return [
    `split || ':' || row AS row_id`,
    'split',
    'row::INTEGER AS row',
    `${alias(all, label)}::DOUBLE AS label`,
    `${weight === undefined ? '1.0::DOUBLE' : `coalesce(${alias(all, weight)}::DOUBLE, 1)`} AS weight`,
    ...predictions.map(({ column, name }) => `${alias(all, column)}::DOUBLE${isList ? '[]' : ''} AS ${sqlName(name)}`),
    ...features.map((name) => `${alias(all, name)} AS ${sqlName(`${FEATURE_PREFIX}${name}`)}`),
  ];
}

type Splits = readonly { readonly name: string; readonly source: ExamplesSource }[];

const columnOf = (source: ExamplesSource, name: string): SourceColumn | undefined =>
  source.columns.find((column) => column.name === name);

/** The columns under names of their own, and where each row comes from. */
function selectOf(split: string, source: ExamplesSource, names: readonly string[]): string {
  const selected = names.map((name) => {
    const column = columnOf(source, name);
    const isText = column?.kind === 'STRING';
    const raw = column === undefined || column.kind === 'NONE' ? 'NULL' : sqlName(column.column);
    return `${isText && column.isBinary ? `TRY(decode(${raw}))` : raw} AS ${alias(names, name)}`;
  });
  return `SELECT '${split.replaceAll("'", "''")}' AS split, row_number() OVER () - 1 AS row, ${selected.join(', ')} FROM ${source.relation}`;
}

/** The name of a column in the relation of the rows. */
function alias(names: readonly string[], name: string): string {
  return `column_${names.indexOf(name)}`;
}

function isList(splits: Splits, name: string): boolean {
  return splits.some(({ source }) => columnOf(source, name)?.isList === true);
}

function requireNumbers(splits: Splits, name: string): void {
  const found = splits.flatMap(({ source }) => columnOf(source, name) ?? []);
  if (found.length === 0) throw invalid(name, 'is not there');
  if (found.some(({ kind }) => kind === 'STRING'))
    throw invalid(
      name,
      'is text, and an evaluation needs numbers',
      'Number the classes, for example by a vocabulary in Transform.',
    );
}

async function countClasses(
  session: DuckdbSession,
  relation: string,
  {
    splits,
    all,
    predictions,
  }: { readonly splits: Splits; readonly all: readonly string[]; readonly predictions: readonly string[] },
): Promise<number> {
  const lengths = new Set<number>();
  for (const name of predictions) {
    if (!isList(splits, name)) {
      lengths.add(1);
      continue;
    }
    const column = alias(all, name);
    const { least, most } = await queryRow(
      session,
      `SELECT coalesce(min(len(${column})), 0)::DOUBLE AS least, coalesce(max(len(${column})), 0)::DOUBLE AS most FROM ${relation}`,
      z.object({ least: z.number(), most: z.number() }),
    );
    if (least !== most || most === 0)
      throw invalid(name, `has ${least} to ${most} scores in a row`, 'Give every row one score for each class.');
    lengths.add(most);
  }
  const [first = 1, ...others] = lengths;
  if (others.length > 0)
    throw new AppError('invalid-input', 'The predictions of the two models do not have the same number of scores.', {
      nextStep: 'Compare models of the same task.',
    });
  return first;
}

async function readScores(
  session: DuckdbSession,
  relation: string,
  { column, classes, name }: { readonly column: string; readonly classes: number; readonly name: string },
): Promise<Float64Array> {
  const parts =
    classes === 1
      ? [`${column}::DOUBLE`]
      : Array.from({ length: classes }, (_, index) => `${column}[${index + 1}]::DOUBLE`);
  const read = await queryNumbers(session, `SELECT ${parts.join(', ')} FROM ${relation}`);
  const rows = read[0]?.length ?? 0;
  const scores = new Float64Array(rows * classes);
  for (const [index, values] of read.entries())
    for (let row = 0; row < rows; row++) {
      const value = values[row] ?? Number.NaN;
      if (Number.isNaN(value)) throw invalid(name, 'has no number in some row', 'Predict every row that is evaluated.');
      scores[row * classes + index] = value;
    }
  return scores;
}

/** A row without a weight counts 1. */
async function readWeights(session: DuckdbSession, relation: string, column: string): Promise<Float64Array> {
  const [weights = new Float64Array()] = await queryNumbers(
    session,
    `SELECT coalesce(${column}::DOUBLE, 1) FROM ${relation}`,
  );
  if (weights.some((weight) => !(weight >= 0)))
    throw new AppError('invalid-input', 'A row has a weight that is negative or no number.', {
      nextStep: 'Give weights of 0 or more.',
    });
  return weights;
}

function requireClasses(name: string, labels: Float64Array, classes: number): void {
  if (labels.every((label) => Number.isInteger(label) && label >= 0 && label < classes)) return;
  throw invalid(name, `has a value that is no class: the predictions have ${classes}, counted from 0`);
}

async function readFeatures(
  session: DuckdbSession,
  relation: string,
  { all, features }: { readonly all: readonly string[]; readonly features: readonly string[] },
): Promise<ReadonlyMap<string, SliceFeature>> {
  if (features.length === 0) return new Map();
  const builders = features.map(() => new SliceFeatureBuilder());
  await running(session, async ({ connection }) => {
    const result = await connection.stream(
      `SELECT ${features.map((name) => alias(all, name)).join(', ')} FROM ${relation}`,
    );
    for await (const chunk of result)
      for (const [index, builder] of builders.entries())
        chunk.visitColumnValues(index, (value) => {
          builder.add(toCell(value));
        });
  });
  return new Map(features.map((name, index) => [name, builders[index]?.build() ?? sliceFeature([])]));
}

function toCell(value: unknown): SliceCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' && 'items' in value && Array.isArray(value.items))
    return value.items.filter((item) => item !== null).map(toValue);
  return toValue(value);
}

function toValue(value: unknown): SliceValue {
  if (typeof value === 'string') return value;
  return Number(value);
}

function invalid(column: string, what: string, nextStep = 'Check the keys in evalConfig.modelSpecs.'): AppError {
  return new AppError('invalid-input', `The column "${column}" ${what}.`, { nextStep, path: 'params.evalConfig' });
}
