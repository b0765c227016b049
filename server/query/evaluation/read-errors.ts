/** Sums how far off the numbers of a slice are, in equal bins that both models share. */

import * as z from 'zod';

import type { ErrorEdges, ErrorsAnswer } from '../../../lib/evaluation/evaluation-answers';
import { queryRow, queryRows, type DuckdbSession } from '../../duckdb/query';
import type { EvaluationRequestOf } from './evaluation-message';
import { openPredictions, sqlNumber } from './open-predictions';

const ERROR_BINS = 40;
const VALUE_BINS = 32;
/** Share of the rows at either end that a bin at the end may hold, so that a few far ones do not hide the others. */
const TAIL = 0.005;

const zRange = z.object({
  rows: z.number(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

/** Reads them. */
export async function readErrors(
  session: DuckdbSession,
  store: string,
  { folder, slice }: EvaluationRequestOf<'evaluation-errors'>,
): Promise<ErrorsAnswer> {
  const { models, relation } = await openPredictions(session, store, folder);
  const from = relation(slice);
  const union = (of: (model: string) => string) =>
    models.map((model) => `SELECT ${of(model)} AS v FROM (${from})`).join(' UNION ALL ');
  const errorRange = await readRange(
    session,
    union((model) => `${model} - label`),
  );
  const valueRange = await readRange(session, `${union((model) => model)} UNION ALL SELECT label FROM (${from})`);
  const errors = edgesOf(errorRange, ERROR_BINS);
  const values = edgesOf(valueRange, VALUE_BINS);
  const rows = errorRange.rows / Math.max(1, models.length);
  if (errors === undefined || values === undefined) return { rows, series: [] };
  const series: ErrorsAnswer['series'] = [];
  for (const model of models) {
    const error = `(${model} - label)`;
    const counts = Array.from({ length: ERROR_BINS }, () => 0);
    const found = await queryRows(
      session,
      `SELECT ${binSql(error, errors)} AS bin, count(*)::DOUBLE AS rows FROM (${from}) GROUP BY 1`,
      z.object({ bin: z.number(), rows: z.number() }),
    );
    for (const { bin, rows: count } of found) counts[bin] = count;
    const { half, most, nearlyAll, mean } = await queryRow(
      session,
      `SELECT quantile_cont(abs(${error}), 0.5) AS half, quantile_cont(abs(${error}), 0.9) AS most,
         quantile_cont(abs(${error}), 0.99) AS "nearlyAll", avg(${error}) AS mean FROM (${from})`,
      z.object({ half: z.number(), most: z.number(), nearlyAll: z.number(), mean: z.number() }),
    );
    const places = (x: string, y: string) =>
      queryRows(
        session,
        `SELECT ${x} AS x, ${y} AS y, count(*)::DOUBLE AS rows FROM (${from}) GROUP BY 1, 2 ORDER BY 1, 2`,
        z.object({ x: z.number(), y: z.number(), rows: z.number() }),
      );
    series.push({
      model,
      counts,
      places: [...(await places(binSql(model, values), binSql('label', values)))],
      residuals: [...(await places(binSql(model, values), binSql(error, errors)))],
      within: { half, most, nearlyAll },
      mean,
    });
  }
  return { rows, errors, values, series };
}

async function readRange(session: DuckdbSession, values: string) {
  return queryRow(
    session,
    `SELECT count(*)::DOUBLE AS rows, min(v) AS min, max(v) AS max, quantile_cont(v, ${TAIL}) AS low, quantile_cont(v, ${1 - TAIL}) AS high
       FROM (${values}) WHERE isfinite(v)`,
    zRange,
  );
}

/** From the lowest to the highest value, unless a few lie far outside the others. */
function edgesOf({ min, max, low, high }: z.infer<typeof zRange>, bins: number): ErrorEdges | undefined {
  if (min === null || max === null || low === null || high === null) return undefined;
  const width = high - low;
  const isCutLow = low - min > width / 4;
  const isCutHigh = max - high > width / 4;
  const from = isCutLow ? low : min;
  const to = isCutHigh ? high : max;
  if (to > from) return { low: from, high: to, bins, isCutLow, isCutHigh };
  const room = Math.max(Math.abs(from) / 100, 0.5);
  return { low: from - room, high: from + room, bins, isCutLow: false, isCutHigh: false };
}

/** The bin of a value; what lies outside is in the first or the last one. Edges are those of `edgeAt`, to the last bit. */
function binSql(value: string, { low, high, bins }: ErrorEdges): string {
  const step = sqlNumber((high - low) / bins);
  const at = `floor((${value} - ${sqlNumber(low)}) / ${step})`;
  const exact = `CASE WHEN ${value} < ${sqlNumber(low)} + ${at} * ${step} THEN ${at} - 1
    WHEN ${value} >= ${sqlNumber(low)} + (${at} + 1) * ${step} THEN ${at} + 1 ELSE ${at} END`;
  return `greatest(0, least(${exact}, ${bins - 1}))::DOUBLE`;
}
