'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef, type CSSProperties, type ReactNode } from 'react';

import { FEATURE_GROUPS, type FeatureGroup, type StatisticsRow } from '../../../lib/artifact/statistics-table';
import type { RowSort } from '../../../lib/stats/order-rows';
import { FeatureRow } from './feature-row';
import type { StatisticsAddress } from './statistics-address';
import { ColumnHeads, GroupTitle } from './statistics-head';

/** Props of {@link StatisticsTable}. */
export type StatisticsTableProps = {
  /** Every row, and those that are shown in their order. */
  readonly all: readonly StatisticsRow[];
  readonly shown: readonly StatisticsRow[];
  readonly names: readonly string[];
  readonly address: StatisticsAddress;
  /** What stands below an open row. */
  readonly detail: (row: StatisticsRow) => ReactNode;
};

type Line =
  { readonly type: 'head'; readonly group: FeatureGroup } | { readonly type: 'row'; readonly row: StatisticsRow };

/** Heights in px. That of an open row is measured as soon as it is drawn, the others are fixed. */
const HEIGHTS = { head: 76, row: 40, open: 340 } as const;
const OVERSCAN = 4;

/** The table: only the lines in view are drawn, whatever their number. The heads of the group in view stay at the top. */
export function StatisticsTable({ all, shown, names, address, detail }: StatisticsTableProps) {
  const { choice, open, bins, scale, change } = address;
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => toLines(shown), [shown]);
  // One function as long as no height changes: a new one makes the place of every line be computed again.
  const sizeKey = useCallback(
    (index: number) => {
      const key = lineKey(lines[index]);
      // The height that was measured is that of the open row alone.
      return key === open ? `open ${key}` : key;
    },
    [lines, open],
  );
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const line = lines[index];
      if (line?.type === 'head') return HEIGHTS.head;
      return line?.row.key === open ? HEIGHTS.open : HEIGHTS.row;
    },
    getItemKey: sizeKey,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const onToggle = useCallback(
    (key: string) => {
      change({ open: key === open ? undefined : key, bar: undefined });
    },
    [change, open],
  );
  const onSort = (sort: RowSort) => {
    const again = choice.sort === sort && !choice.isReversed;
    change({ sort, reverse: again ? '1' : undefined });
  };
  const top = lines[virtual.range?.startIndex ?? 0];
  const group = top?.type === 'row' ? top.row.group : (top?.group ?? 'numeric');
  // Scrolling draws the table again for each frame: what depends on all rows is counted once.
  const counts = useMemo(() => ({ shown: countGroups(shown), total: countGroups(all) }), [shown, all]);
  const hasCutTails = useMemo(() => shown.some(isCut), [shown]);
  const title = (of: FeatureGroup) => (
    <GroupTitle
      group={of}
      shown={counts.shown[of]}
      total={counts.total[of]}
      hasCutTails={bins === 'equal' && of === 'numeric' && hasCutTails}
    />
  );
  return (
    <div
      ref={scroller}
      role="table"
      aria-label="Statistics of each feature"
      aria-rowcount={lines.length}
      // A long table scrolls, which the keyboard must be able to do too.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto -outline-offset-2"
    >
      <div className="tablet:min-w-[1068px]">
        <div role="rowgroup" className="sticky top-0 bg-surface">
          {title(group)}
          <ColumnHeads group={group} choice={choice} onSort={onSort} />
        </div>
        <div
          role="rowgroup"
          style={{ '--height': `${virtual.getTotalSize()}px` } as CSSProperties}
          className="h-(--height)"
        >
          {/* A variable of the rows' parent would make each of them find its style again with every frame. */}
          <div
            role="presentation"
            style={{ '--before': `${items[0]?.start ?? 0}px` } as CSSProperties}
            className="h-(--before)"
          />
          {items.map((item) => {
            const line = lines[item.index];
            const isOpen = line?.type === 'row' && line.row.key === open;
            return (
              <div
                key={lineKey(line)}
                ref={isOpen ? virtual.measureElement : undefined}
                data-index={item.index}
                role="presentation"
              >
                {line?.type === 'head' && (
                  <div className="pt-3">
                    {title(line.group)}
                    <ColumnHeads group={line.group} choice={choice} onSort={onSort} />
                  </div>
                )}
                {line?.type === 'row' && (
                  <>
                    <FeatureRow
                      row={line.row}
                      index={item.index + 1}
                      names={names}
                      bins={bins}
                      scale={scale}
                      isOpen={isOpen}
                      onToggle={onToggle}
                    />
                    {isOpen && (
                      <div role="row">
                        <div role="cell">{detail(line.row)}</div>
                      </div>
                    )}
                  </>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function lineKey(line: Line | undefined): string {
  return line?.type === 'row' ? line.row.key : `head of ${line?.group ?? ''}`;
}

function countGroups(rows: readonly StatisticsRow[]): Readonly<Record<FeatureGroup, number>> {
  const numeric = rows.filter(({ group }) => group === 'numeric').length;
  return { numeric, categorical: rows.length - numeric };
}

function isCut({ equal }: StatisticsRow): boolean {
  return equal?.isCutHigh === true || equal?.isCutLow === true;
}

/** Heads stand between the groups; the first one is at the top anyway. */
function toLines(shown: readonly StatisticsRow[]): readonly Line[] {
  const lines = FEATURE_GROUPS.flatMap((group): readonly Line[] => {
    const rows = shown.filter((row) => row.group === group);
    if (rows.length === 0) return [];
    return [{ type: 'head', group }, ...rows.map((row): Line => ({ type: 'row', row }))];
  });
  return lines.slice(1);
}
