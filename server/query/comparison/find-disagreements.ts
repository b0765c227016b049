/** The rows on which versions disagree, those that lie farthest apart first. */

import * as z from 'zod';

import type { Comparison } from '../../../lib/comparison/comparison-answer';
import type { ModelTask } from '../../../lib/artifact/model-info';
import { sqlName } from '../../duckdb/connection';
import { queryRow, queryRows, type DuckdbSession } from '../../duckdb/query';
import type { OpenComparison } from './open-compared';

/** Rows of an answer. */
const MAX_ROWS = 100;
/** Longest text of a feature, in characters. */
const MAX_TEXT = 200;

/** See the module. */
export async function findDisagreements(
  session: DuckdbSession,
  { rows, features, relation, versions }: OpenComparison,
): Promise<Comparison['disagreement']> {
  const { task } = rows;
  const all = Array.from({ length: versions }, (_, index) => `p${index}`);
  const decisions = all.map((column) => decisionSql(task, column));
  const differ =
    task === 'regression'
      ? 'true'
      : decisions
          .slice(1)
          .map((each) => `${decisions[0] ?? ''} <> ${each}`)
          .join(' OR ');
  const { count } = await queryRow(
    session,
    `SELECT count(*)::DOUBLE AS count FROM ${relation} WHERE ${differ}`,
    z.object({ count: z.number() }),
  );
  const shown = task === 'multi-class' ? decisions : all.map((column) => `${column}::DOUBLE`);
  const names = [...features.keys()];
  const found = await queryRows(
    session,
    `SELECT row_id, label, [${shown.map((each) => `(${each})::DOUBLE`).join(', ')}] AS predictions,
       [${['NULL', ...names.map((name) => `left(to_json(${sqlName(`feature:${name}`)})::VARCHAR, ${MAX_TEXT})`)].join(', ')}]::VARCHAR[] AS features
     FROM ${relation} WHERE ${differ} ORDER BY ${distanceSql(task, all)} DESC, row_id LIMIT ${MAX_ROWS}`,
    z.object({
      row_id: z.string(),
      label: z.number().nullable(),
      predictions: z.array(z.number().nullable()),
      features: z.array(z.string().nullable()),
    }),
  );
  return {
    rows: count,
    list: found.map(({ row_id: rowId, label, predictions, features: [, ...texts] }) => ({
      rowId,
      label,
      predictions: predictions.map((value) => (value !== null && Number.isFinite(value) ? value : null)),
      features: Object.fromEntries(
        names.flatMap((name, index) => {
          const text = texts[index];
          return text === null || text === undefined ? [] : [[name, plain(text)]];
        }),
      ),
    })),
  };
}

/** What a version decides: above one half or not, or the class with the highest score. */
function decisionSql(task: ModelTask, column: string): string {
  return task === 'multi-class' ? `(list_position(${column}, list_max(${column})) - 1)` : `(${column}::DOUBLE > 0.5)`;
}

/** How far the farthest two lie apart; of classes: how sure the surest is. */
function distanceSql(task: ModelTask, columns: readonly string[]): string {
  if (task === 'multi-class') return `greatest(${columns.map((column) => `list_max(${column})`).join(', ')})`;
  const numbers = columns.map((column) => `${column}::DOUBLE`).join(', ');
  return `greatest(${numbers}) - least(${numbers})`;
}

/** A text without the quotes that JSON gives it; what was cut stays as it is. */
function plain(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : json;
  } catch {
    return json;
  }
}
