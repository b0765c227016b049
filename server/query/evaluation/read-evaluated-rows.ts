/** A page of the rows that a mark of a chart stands for: predictions, joined with the rows that they were made from. */

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import type { EvaluatedRows, RowsMark } from '../../../lib/evaluation/evaluated-rows';
import { queryRow, running, type DuckdbSession } from '../../duckdb/query';
import { readPage } from '../rows/read-page';
import { openRowSource } from '../rows/row-source';
import { cutCell, valueCell } from '../rows/row-cells';
import type { EvaluationAnswerOf, EvaluationRequestOf } from './evaluation-message';
import { bestClassSql, openPredictions, sqlNumber, type Predictions, type Role } from './open-predictions';
import { labelSql, scoreSql } from './read-scores';

/** Scores of a prediction that are shown. */
const CELL = { characters: 60, items: 12 };

/** Reads the page. Throws `artifact-missing` where the rows are not there any more, `invalid-input` for a mark that cannot be. */
export async function readEvaluatedRows(
  session: DuckdbSession,
  store: string,
  request: EvaluationRequestOf<'evaluation-rows'>,
): Promise<EvaluationAnswerOf<'evaluation-rows'>> {
  const { folder, rows: wanted, examples, columns, offset, limit } = request;
  const predictions = await openPredictions(session, store, folder);
  checkModels(predictions, wanted.mark);
  const matching = `SELECT * FROM (${predictions.relation(wanted.slice)}) WHERE ${markSql(wanted.mark, predictions.classes)}`;
  const { matches } = await queryRow(
    session,
    `SELECT count(*)::DOUBLE AS matches FROM (${matching})`,
    z.object({ matches: z.number() }),
  );
  const { models } = predictions;
  const sql = `SELECT split, "row", label, ${models.join(', ')} FROM (${matching})
    ORDER BY ${orderSql(wanted, predictions)}split, "row" LIMIT ${limit} OFFSET ${offset}`;
  const found = await running(session, async ({ connection }) => (await connection.runAndReadAll(sql)).getRows());
  const placed = found.map((values) => ({
    split: String(values[0]),
    position: Number(values[1]),
    label: valueCell(values[2] ?? null),
    ...Object.fromEntries(models.map((model, index) => [model, cutCell(valueCell(values[3 + index] ?? null), CELL)])),
  }));
  const cells = await cellsOf(session, store, { examples, columns, placed });
  const page = placed.map((row, index) => ({ candidate: null, ...row, cells: cells[index] ?? [] }));
  return { matches, rows: page };
}

function checkModels({ models, classes }: Predictions, mark: RowsMark): void {
  const named = mark.type === 'disagree' ? 'baseline' : mark.type === 'all' ? undefined : mark.model;
  if (named !== undefined && !models.includes(named))
    throw new AppError('invalid-input', 'There is no baseline in this evaluation.');
  const classId = 'classId' in mark ? mark.classId : undefined;
  if (classId !== undefined && classId >= classes)
    throw new AppError('invalid-input', `The predictions have ${classes} classes, counted from 0.`);
}

/** The rows of a mark. */
function markSql(mark: RowsMark, classes: number): string {
  switch (mark.type) {
    case 'all':
      return 'true';
    case 'outcome': {
      const isAbove = `${scoreSql(mark.model, classes, mark.classId)} > ${sqlNumber(mark.threshold)}`;
      const isTrue = `${labelSql(classes, mark.classId)} > 0.5`;
      const isSaidPositive = mark.outcome === 'tp' || mark.outcome === 'fp';
      const isPositive = mark.outcome === 'tp' || mark.outcome === 'fn';
      return `${isSaidPositive ? '' : 'NOT '}(${isAbove}) AND ${isPositive ? '' : 'NOT '}(${isTrue})`;
    }
    case 'score': {
      const score = scoreSql(mark.model, classes, mark.classId);
      const isTrue = `${labelSql(classes, mark.classId)} > 0.5`;
      return [
        `${mark.isPositive ? '' : 'NOT '}(${isTrue})`,
        ...(mark.above === undefined ? [] : [`${score} > ${sqlNumber(mark.above)}`]),
        ...(mark.to === undefined ? [] : [`${score} <= ${sqlNumber(mark.to)}`]),
      ].join(' AND ');
    }
    case 'classes':
      return classes > 1 ? `label = ${mark.actual} AND ${bestClassSql(mark.model)} = ${mark.predicted}` : 'false';
    case 'error':
      return withinSql(`(${mark.model} - label)`, mark);
    case 'place':
      return `${withinSql(mark.model, mark.predicted)} AND ${withinSql('label', mark.actual)}`;
    case 'disagree':
      return disagreeSql(mark, classes);
  }
}

function withinSql(
  value: string,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
): string {
  const bounds = [
    ...(from === undefined ? [] : [`${value} >= ${sqlNumber(from)}`]),
    ...(to === undefined ? [] : [`${value} < ${sqlNumber(to)}`]),
  ];
  return bounds.length === 0 ? 'true' : bounds.join(' AND ');
}

function disagreeSql(mark: Extract<RowsMark, { readonly type: 'disagree' }>, classes: number): string {
  const { thresholds, classId, right } = mark;
  const answer = (model: Role) =>
    thresholds === undefined
      ? bestClassSql(model)
      : `(${scoreSql(model, classes, classId)} > ${sqlNumber(thresholds[model])})::INT`;
  const truth = thresholds === undefined ? 'label' : `(${labelSql(classes, classId)} > 0.5)::INT`;
  if (thresholds === undefined && classes === 1) return 'false';
  const differ = `${answer('candidate')} <> ${answer('baseline')}`;
  return right === undefined ? differ : `${differ} AND ${answer(right)} = ${truth}`;
}

/** The most wrong first; a choice among classes is the more wrong the lower the score of the right one. */
function orderSql({ mark, order }: EvaluatedRows, { classes }: Predictions): string {
  if (order === 'stored') return '';
  const model = mark.type === 'all' || mark.type === 'disagree' ? 'candidate' : mark.model;
  const classId = 'classId' in mark ? mark.classId : undefined;
  if (classes === 1) return `abs(${model} - label) DESC, `;
  if (classId === undefined) return `${model}[(label + 1)::BIGINT] ASC, `;
  return `abs(${scoreSql(model, classes, classId)} - ${labelSql(classes, classId)}) DESC, `;
}

type Placed = { readonly split: string; readonly position: number };
type CellsWanted = {
  readonly examples: string;
  readonly columns: readonly string[];
  readonly placed: readonly Placed[];
};

async function cellsOf(session: DuckdbSession, store: string, { examples, columns, placed }: CellsWanted) {
  if (columns.length === 0 || placed.length === 0) return [];
  const splits = [...new Set(placed.map(({ split }) => split))].toSorted();
  const source = await openRowSource(session, store, { folder: examples, splits });
  const starts = new Map(source.splits.map(({ name, start, rows }) => [name, { start, rows }]));
  const places = placed.map(({ split, position }) => {
    const found = starts.get(split);
    if (found === undefined || position >= found.rows)
      throw new AppError('artifact-damaged', 'The examples are not those that were evaluated: a row is not in them.', {
        nextStep: 'Run the pipeline again.',
      });
    return found.start + position;
  });
  const rows = await readPage(session, source, { places: Uint32Array.from(places), columns });
  return rows.map(({ cells }) => cells);
}
