/** Sums the scores of a slice into buckets, from which a browser knows what any threshold does. */

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { SCORE_BUCKETS, type ScoreSeries } from '../../../lib/evaluation/evaluation-answers';
import { queryNumbers, queryRow, type DuckdbSession } from '../../duckdb/query';
import type { EvaluationAnswerOf, EvaluationRequestOf } from './evaluation-message';
import { openPredictions, type Role } from './open-predictions';

const CALIBRATION_BINS = 10;

/** Reads them, one series for each model. Throws `invalid-input` for a class that is not there. */
export async function readScores(
  session: DuckdbSession,
  store: string,
  { folder, slice, classId }: EvaluationRequestOf<'evaluation-scores'>,
): Promise<EvaluationAnswerOf<'evaluation-scores'>> {
  const predictions = await openPredictions(session, store, folder);
  const { classes, hasWeights, models } = predictions;
  if (classes > 1 && (classId === undefined || classId >= classes))
    throw new AppError('invalid-input', `The predictions have ${classes} classes, counted from 0: name one.`);
  const relation = predictions.relation(slice);
  const { rows } = await queryRow(
    session,
    `SELECT count(*)::DOUBLE AS rows FROM (${relation})`,
    z.object({ rows: z.number() }),
  );
  const series: ScoreSeries[] = [];
  for (const model of models) {
    const question = `SELECT ${scoreSql(model, classes, classId)} AS p, ${labelSql(classes, classId)} AS y, weight AS w FROM (${relation})`;
    series.push(await readSeries(session, question, { model, hasWeights }));
  }
  return { rows, series };
}

/** The score of a yes-or-no question. */
export function scoreSql(model: Role, classes: number, classId: number | undefined): string {
  return classes > 1 ? `${model}[${(classId ?? 0) + 1}]` : model;
}

/** What is true, from 0 to 1. */
export function labelSql(classes: number, classId: number | undefined): string {
  return classes > 1 ? `(label = ${classId ?? 0})::DOUBLE` : 'label';
}

/** The bucket of a score, exact to the last bit: the quotient may round over an edge. */
const BUCKET = `CASE WHEN p <= 0 THEN 0 WHEN p > 1 THEN ${SCORE_BUCKETS + 1}
  WHEN p <= (ceil(p * ${SCORE_BUCKETS}) - 1) / ${SCORE_BUCKETS} THEN ceil(p * ${SCORE_BUCKETS}) - 1
  WHEN p > ceil(p * ${SCORE_BUCKETS}) / ${SCORE_BUCKETS} THEN ceil(p * ${SCORE_BUCKETS}) + 1
  ELSE ceil(p * ${SCORE_BUCKETS}) END`;

type SeriesOf = { readonly model: Role; readonly hasWeights: boolean };

async function readSeries(
  session: DuckdbSession,
  question: string,
  { model, hasWeights }: SeriesOf,
): Promise<ScoreSeries> {
  const known = `FROM (${question}) WHERE NOT isnan(p)`;
  const [buckets = [], positives = [], negatives = [], heavyPositives = [], heavyNegatives = []] = await queryNumbers(
    session,
    `SELECT (${BUCKET})::DOUBLE AS bucket, sum(y), sum(1 - y), sum(w * y), sum(w * (1 - y)) ${known} GROUP BY 1 ORDER BY 1`,
  );
  const [bins = [], rows = [], label = [], score = [], heavyLabel = [], heavyScore = []] = await queryNumbers(
    session,
    `SELECT greatest(0, least(floor(p * ${CALIBRATION_BINS}), ${CALIBRATION_BINS - 1}))::DOUBLE, count(*)::DOUBLE, avg(y), avg(p),
       sum(w * y) / nullif(sum(w), 0), sum(w * p) / nullif(sum(w), 0) ${known} GROUP BY 1 ORDER BY 1`,
  );
  return {
    model,
    buckets: [...buckets],
    positives: [...positives],
    negatives: [...negatives],
    ...(hasWeights && { weighted: { positives: [...heavyPositives], negatives: [...heavyNegatives] } }),
    calibration: Array.from(bins, (bin, index) => {
      const weighted = { label: heavyLabel[index] ?? Number.NaN, score: heavyScore[index] ?? Number.NaN };
      return {
        bin,
        rows: rows[index] ?? 0,
        plain: { label: label[index] ?? 0, score: score[index] ?? 0 },
        // A bin whose weights are all zero has no weighted mean.
        ...(hasWeights && !Number.isNaN(weighted.label) && { weighted }),
      };
    }),
  };
}
