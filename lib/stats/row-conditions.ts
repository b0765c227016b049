/** Which rows stand behind a bar, a value or a finding of a feature. */

import type { RowCondition } from '../artifact/row-query';
import type { StatisticsRow, StoredBins } from '../artifact/statistics-table';
import { binRange } from '../chart/bins';
import { alarmsOf } from './feature-alarms';

/** The values of a bar of numbers; both ends belong to it but for the upper end of bars before the last. */
export function barCondition(column: string, bins: Pick<StoredBins, 'kind' | 'edges'>, bar: number): RowCondition {
  return { column, op: 'between', ...binRange(bins, bar) };
}

/** One value of a feature; of numbers that are counted as texts, the number. */
export function valueCondition(row: Pick<StatisticsRow, 'name' | 'sides'>, value: string): RowCondition {
  const type = row.sides.find((side) => side !== null)?.type;
  const isNumber = (type === 'INT' || type === 'FLOAT') && value !== '' && Number.isFinite(Number(value));
  return { column: row.name, op: 'in', values: [isNumber ? Number(value) : value] };
}

/** The rows that the strongest finding is about. Undefined where nothing alarms, or no row is at fault. */
export function findingCondition(row: StatisticsRow): RowCondition | undefined {
  const figures = new Set(alarmsOf(row).map(({ figure }) => figure));
  const column = row.name;
  if (figures.has('zeros')) return { column, op: 'between', min: 0, max: 0 };
  if (figures.has('missing') || figures.has('count')) return { column, op: 'missing' };
  if (row.sides.some((side) => (side?.nans ?? 0) > 0)) return { column, op: 'notANumber' };
  return undefined;
}
