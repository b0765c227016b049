/** Which rows of the table of statistics are shown, and in which order. */

import type { StatisticsRow } from '../artifact/statistics-table';
import { alarmsOf, missingShare, zeroShare } from './feature-alarms';

/** Orders by what a person looks for. All but `order` and `name` begin with what stands out most. */
export const ROW_SORTS = ['alarming', 'order', 'name', 'missing', 'zeros', 'nonUniformity', 'distance'] as const;
/** One of {@link ROW_SORTS}. */
export type RowSort = (typeof ROW_SORTS)[number];

/** Types that rows are filtered by. */
export const ROW_TYPES = ['INT', 'FLOAT', 'STRING', 'BYTES', 'STRUCT'] as const;
/** One of {@link ROW_TYPES}. */
export type RowType = (typeof ROW_TYPES)[number];

/** What is asked of the table. */
export type RowChoice = {
  readonly sort: RowSort;
  readonly isReversed: boolean;
  /** Part of the name, whatever the case. */
  readonly text: string;
  readonly type: RowType | undefined;
  readonly onlyAlarming: boolean;
};

/** The rows that are shown, sorted; what cannot be compared comes last either way, and equal rows keep their order. */
export function orderRows(rows: readonly StatisticsRow[], choice: RowChoice): readonly StatisticsRow[] {
  const text = choice.text.trim().toLowerCase();
  const shown = rows.filter(
    (row) =>
      (text === '' || row.name.toLowerCase().includes(text)) &&
      (choice.type === undefined || row.sides.some((side) => side?.type === choice.type)) &&
      (!choice.onlyAlarming || alarmsOf(row).length > 0),
  );
  const { sort, isReversed } = choice;
  const direction = isReversed ? -1 : 1;
  if (sort === 'order') return isReversed ? shown.toReversed() : shown;
  if (sort === 'name') return shown.toSorted((a, b) => direction * NAMES.compare(a.name, b.name));
  const measureOf = MEASURES[sort];
  return shown
    .map((row) => ({ row, measure: measureOf(row) }))
    .sort((a, b) => {
      if (a.measure === undefined || b.measure === undefined)
        return Number(a.measure === undefined) - Number(b.measure === undefined);
      return direction * (b.measure - a.measure);
    })
    .map(({ row }) => row);
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

type Measure = (row: StatisticsRow) => number | undefined;

const MEASURES: Record<Exclude<RowSort, 'order' | 'name'>, Measure> = {
  // The kinds of alarm count first, then how strong the strongest share is.
  alarming: (row) => {
    const alarms = alarmsOf(row);
    const shares = alarms.filter(({ figure }) => figure === 'missing' || figure === 'zeros').map(({ value }) => value);
    return new Set(alarms.map(({ figure }) => figure)).size + Math.max(0, ...shares) / 2;
  },
  missing: (row) => largest(row, missingShare),
  zeros: (row) => largest(row, zeroShare),
  nonUniformity: (row) => row.nonUniformity,
  distance: (row) => row.distance?.value,
};

type Side = NonNullable<StatisticsRow['sides'][number]>;

function largest(row: StatisticsRow, measure: (side: Side) => number | undefined): number | undefined {
  const measures = row.sides.flatMap((side) => (side === null ? [] : [measure(side)]));
  const known = measures.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
