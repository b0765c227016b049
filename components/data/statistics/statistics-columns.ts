/** The columns of the table: heads and rows stand on the same grid, of numbers and of counted values alike. */

import type { FeatureGroup } from '../../../lib/artifact/statistics-table';
import type { RowSort } from '../../../lib/stats/order-rows';

/** The grid that every line of the table stands on. A phone shows four of its columns. */
export const TABLE_GRID =
  'grid grid-cols-[20px_minmax(60px,1fr)_168px_66px] gap-x-2 px-4 tablet:grid-cols-[20px_minmax(112px,2fr)_168px_minmax(56px,1fr)_minmax(72px,1fr)_minmax(64px,1fr)_minmax(64px,1fr)_minmax(68px,1fr)_minmax(80px,1fr)_minmax(80px,1fr)_minmax(80px,1fr)_minmax(50px,1fr)] tablet:gap-x-3 tablet:pr-5 tablet:pl-3';

/** A column's head. */
export type ColumnHead = {
  readonly id: string;
  readonly label: string;
  /** What it means where the label does not say it. */
  readonly hint?: string;
  /** The order that a press on the head asks for. */
  readonly sort?: RowSort;
  readonly isText?: boolean;
  /** Takes the room of two columns. */
  readonly isWide?: boolean;
  /** Stays on a phone. */
  readonly onPhone?: boolean;
};

const NAME: ColumnHead = { id: 'name', label: 'Feature', sort: 'name', isText: true, onPhone: true };
const COUNT: ColumnHead = { id: 'count', label: 'Count', hint: 'Examples that have the feature' };
const MISSING: ColumnHead = {
  ...{ id: 'missing', label: 'Missing', sort: 'missing', onPhone: true },
  hint: 'Share of the examples that lack the feature; alarming above 2 %',
};
const DISTANCE = { id: 'distance', label: 'Distance', sort: 'distance' } as const;

/** The heads of each group, in the order of the grid. */
export const COLUMN_HEADS: Record<FeatureGroup, readonly ColumnHead[]> = {
  numeric: [
    NAME,
    {
      ...{ id: 'chart', label: 'Distribution', sort: 'nonUniformity', isText: true, onPhone: true },
      hint: 'Sorts by non-uniformity: one less the normalised entropy of the equal-width buckets, as Facets has it',
    },
    COUNT,
    MISSING,
    { id: 'mean', label: 'Mean' },
    { id: 'stdDev', label: 'Std dev', hint: 'Standard deviation of all values, not of a sample' },
    { id: 'zeros', label: 'Zeros', sort: 'zeros', hint: 'Share of the values that are 0; alarming above 10 %' },
    { id: 'min', label: 'Min' },
    {
      id: 'median',
      label: 'Median',
      hint: 'Of an even number of values the upper of the two in the middle, as TFDV has it',
    },
    { id: 'max', label: 'Max' },
    {
      ...DISTANCE,
      hint: 'Jensen–Shannon divergence (base 2, from 0 to 1) of the equal-width bars, over the same bounds on both sides',
    },
  ],
  categorical: [
    NAME,
    {
      ...{ id: 'chart', label: 'Top values', sort: 'nonUniformity', isText: true, onPhone: true },
      hint: 'Sorts by non-uniformity: one less the normalised entropy of the listed values, as Facets has it',
    },
    COUNT,
    MISSING,
    { id: 'unique', label: 'Unique', hint: 'Different values' },
    { id: 'top', label: 'Most frequent', isText: true, isWide: true },
    { id: 'share', label: 'Share', hint: 'Share of the most frequent value among all values' },
    { id: 'avgLength', label: 'Avg length', hint: 'Bytes of a value in UTF-8, on average' },
    { id: 'new', label: 'New', hint: 'Values of the second dataset that the first never has' },
    { ...DISTANCE, hint: 'L∞ (from 0 to 1): the largest difference of a value’s share, as TFDV’s infinity_norm' },
  ],
};
