'use client';

import type { FeatureGroup } from '../../../lib/artifact/statistics-table';
import { formatCount } from '../../../lib/format/number';
import type { RowChoice, RowSort } from '../../../lib/stats/order-rows';
import { Tooltip } from '../../ui/tooltip';
import { COLUMN_HEADS, TABLE_GRID, type ColumnHead } from './statistics-columns';

/** How a person sorts by a head. */
export type HeadSort = {
  readonly choice: RowChoice;
  readonly onSort: (sort: RowSort) => void;
};

/** Props of {@link GroupTitle}. */
export type GroupTitleProps = {
  readonly group: FeatureGroup;
  readonly shown: number;
  readonly total: number;
  readonly hasCutTails: boolean;
};

/** The name of a group and what is left out of it. */
export function GroupTitle({ group, shown, total, hasCutTails }: GroupTitleProps) {
  const count = shown === total ? formatCount(total) : `${formatCount(shown)} of ${formatCount(total)}`;
  return (
    <div role="row">
      <div role="cell" className="flex h-9 items-end gap-2 truncate px-4 pb-1 tablet:pl-11">
        <h2 className="font-semibold">{group === 'numeric' ? 'Numeric' : 'Categorical'}</h2>
        <span className="truncate text-12 text-text-3">
          {count} {total === 1 ? 'feature' : 'features'}
          {hasCutTails && '. Long tails are cut where a gap is: what is beyond is counted in the last bar.'}
        </span>
      </div>
    </div>
  );
}

/** The heads of the columns of a group. */
export function ColumnHeads({ group, choice, onSort }: HeadSort & { readonly group: FeatureGroup }) {
  return (
    <div role="row" className={`${TABLE_GRID} h-7 items-center border-b border-border bg-surface text-11 text-text-3`}>
      <span role="columnheader" className="sr-only">
        Details
      </span>
      <span role="presentation" />
      {COLUMN_HEADS[group].map((head) => (
        <Head key={head.id} head={head} choice={choice} onSort={onSort} />
      ))}
    </div>
  );
}

function Head({ head, choice, onSort }: HeadSort & { readonly head: ColumnHead }) {
  const isSorted = head.sort !== undefined && choice.sort === head.sort;
  // Names rise, everything else begins with the most.
  const rises = (head.sort === 'name') !== choice.isReversed;
  const place = `${head.isText === true ? '' : 'justify-end'} ${head.isWide === true ? 'col-span-2' : ''} ${head.onPhone === true ? '' : 'max-tablet:hidden'}`;
  return (
    <span
      role="columnheader"
      {...(isSorted && { 'aria-sort': rises ? ('ascending' as const) : ('descending' as const) })}
      className={`flex min-w-0 ${place}`}
    >
      <HeadLabel head={head} arrow={isSorted ? (rises ? ' ↑' : ' ↓') : ''} onSort={onSort} />
    </span>
  );
}

type HeadLabelProps = { readonly head: ColumnHead; readonly arrow: string; readonly onSort: (sort: RowSort) => void };

function HeadLabel({ head: { label, hint, sort }, arrow, onSort }: HeadLabelProps) {
  const look = `truncate font-medium ${arrow === '' ? '' : 'font-semibold text-text'}`;
  const element =
    sort === undefined ? (
      <span className={look}>{label}</span>
    ) : (
      <button
        type="button"
        onClick={() => {
          onSort(sort);
        }}
        className={`${look} rounded-chip hover:text-text`}
      >
        {label}
        {arrow}
      </button>
    );
  return hint === undefined ? element : <Tooltip label={hint}>{element}</Tooltip>;
}
