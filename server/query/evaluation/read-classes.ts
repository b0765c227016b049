/** Counts who is taken for whom in a slice. */

import * as z from 'zod';

import type { ClassesAnswer } from '../../../lib/evaluation/evaluation-answers';
import { queryRows, type DuckdbSession } from '../../duckdb/query';
import type { EvaluationRequestOf } from './evaluation-message';
import { bestClassSql, openPredictions } from './open-predictions';

/** Cells of a model that travel: all of 140 classes. */
const MAX_CELLS = 20_000;

const zCell = z.object({ actual: z.number(), predicted: z.number(), rows: z.number(), weight: z.number() });

/** Reads them, the fullest cells first. */
export async function readClasses(
  session: DuckdbSession,
  store: string,
  { folder, slice }: EvaluationRequestOf<'evaluation-classes'>,
): Promise<ClassesAnswer> {
  const { models, relation } = await openPredictions(session, store, folder);
  const from = relation(slice);
  const series: ClassesAnswer['series'] = [];
  for (const model of models) {
    const cells = await queryRows(
      session,
      `SELECT label AS actual, ${bestClassSql(model)}::DOUBLE AS predicted, count(*)::DOUBLE AS rows, sum(weight) AS weight
         FROM (${from}) GROUP BY 1, 2 ORDER BY rows DESC, 1, 2`,
      zCell,
    );
    series.push({ model, cells: cells.slice(0, MAX_CELLS), cellsInAll: cells.length });
  }
  const rows = series[0]?.cells.reduce((sum, cell) => sum + cell.rows, 0) ?? 0;
  return { rows, series };
}
