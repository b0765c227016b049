'use client';

import { useCallback, useMemo, useState, type ReactNode } from 'react';

import type { RowCondition, RowQuery } from '../../../lib/artifact/row-query';
import type { ChosenRow, ShownColumns } from '../../../lib/artifact/rows-screen';
import type { IndexRange } from '../../../lib/chart/grid-window';
import { formatCount } from '../../../lib/format/number';
import type { ArtifactId } from '../../../lib/ids';
import { ErrorPanel } from '../../shell/error-panel';
import { toShownError } from '../../trpc/shown-error';
import type { RowsColumn } from './cell-text';
import { ColumnFilter } from './column-filter';
import { ColumnMenu } from './column-menu';
import { useCopyRows } from './copy-rows';
import { HeadCell } from './head-cell';
import { RowGrid, type GridColumn } from './row-grid';
import { useRowPages } from './use-row-pages';

/** Props of {@link ExamplesGrid}. */
export type ExamplesGridProps = {
  readonly artifactId: ArtifactId;
  readonly query: RowQuery;
  /** Those shown, the pinned ones first. */
  readonly columns: readonly RowsColumn[];
  readonly pinned: number;
  readonly shown: ShownColumns;
  readonly splits: readonly string[];
  /** Rows that match; undefined while they are counted. */
  readonly matches: number | undefined;
  readonly chosen: ChosenRow | undefined;
  readonly onQuery: (query: RowQuery) => void;
  readonly onShown: (shown: ShownColumns) => void;
  readonly onOpen: (row: ChosenRow) => void;
  /** Stands in place of the rows where none matches. */
  readonly children: ReactNode;
};

/** What is drawn before the window is measured. */
const FIRST: { readonly rows: IndexRange; readonly columns: IndexRange } = {
  rows: { start: 0, end: 40 },
  columns: { start: 0, end: 12 },
};

/** The rows of a query, read as they come into view. */
export function ExamplesGrid(props: ExamplesGridProps) {
  const { artifactId, query, columns, pinned, shown, splits, matches, chosen, onQuery, onShown, onOpen, children } =
    props;
  const [view, setView] = useState(FIRST);
  const [openColumn, setOpenColumn] = useState<string>();
  const names = useMemo(() => columns.map(({ name }) => name), [columns]);
  const pages = useRowPages({ artifactId, query, names, pinned }, view.rows, view.columns);
  const copy = useCopyRows(artifactId, query, names);
  const grid = useMemo(() => columns.map(gridColumn), [columns]);
  const onWindow = useCallback((rows: IndexRange, inView: IndexRange) => {
    setView({ rows, columns: inView });
  }, []);
  const rows = matches ?? pages.seen;
  if (matches === 0) return <div className="min-w-0 flex-1 overflow-auto">{children}</div>;
  const setSort = (name: string) => {
    const { sort } = query;
    const next =
      sort?.column !== name
        ? ({ column: name, direction: 'asc' } as const)
        : sort.direction === 'asc'
          ? ({ column: name, direction: 'desc' } as const)
          : undefined;
    onQuery({ ...query, sort: next });
  };
  const setConditions = (name: string, conditions: readonly RowCondition[]) => {
    onQuery({ ...query, where: [...query.where.filter(({ column }) => column !== name), ...conditions] });
  };
  const manySplits = (query.splits ?? splits).length > 1;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {pages.error !== undefined && (
        <div className="flex-none p-3">
          <ErrorPanel error={toShownError(pages.error)} onRetry={pages.retry} />
        </div>
      )}
      <RowGrid
        label="Rows"
        origin={JSON.stringify(query)}
        columns={grid}
        pinned={pinned}
        rows={rows}
        labelOf={(row) => {
          const placed = pages.rowAt(row);
          if (placed === undefined) return undefined;
          const place = formatCount(placed.position + 1);
          return {
            text: manySplits ? `${placed.split} ${place}` : place,
            title: `Look at row ${place} of ${placed.split}`,
          };
        }}
        cellOf={pages.cellAt}
        headOf={(index) => {
          const column = columns[index];
          if (column === undefined) return null;
          const { name } = column;
          return (
            <HeadCell
              column={column}
              sort={query.sort}
              isFiltered={query.where.some((condition) => condition.column === name)}
              isOpen={openColumn === name}
              onOpenChange={(isOpen) => {
                setOpenColumn(isOpen ? name : undefined);
              }}
              onSort={() => {
                setSort(name);
              }}
            >
              <ColumnMenu
                column={column}
                query={query}
                shown={shown}
                onQuery={onQuery}
                onShown={(next) => {
                  setOpenColumn(undefined);
                  onShown(next);
                }}
              />
              <ColumnFilter
                artifactId={artifactId}
                query={query}
                column={column}
                onChange={(conditions) => {
                  setConditions(name, conditions);
                }}
              />
            </HeadCell>
          );
        }}
        chosen={(row) => {
          const placed = pages.rowAt(row);
          return placed !== undefined && placed.split === chosen?.split && placed.position === chosen.position;
        }}
        onOpen={(row) => {
          const placed = pages.rowAt(row);
          if (placed !== undefined) onOpen({ split: placed.split, position: placed.position });
        }}
        onHead={(index, withAlt) => {
          const name = names[index];
          if (name === undefined) return;
          if (withAlt) setOpenColumn(name);
          else setSort(name);
        }}
        onCopy={({ start, end }, index) => {
          const name = index === undefined ? undefined : names[index];
          const placed = pages.rowAt(start);
          if (name === undefined) copy.rows(start, end);
          else if (placed !== undefined) copy.cell(placed, name);
        }}
        onWindow={onWindow}
      />
    </div>
  );
}

/** About as wide as what such a feature holds, and as its name up to a bound. */
function gridColumn({ name, kind, isList }: RowsColumn): GridColumn {
  const least = isList ? 180 : kind === 'STRING' ? 160 : 96;
  return { name, kind, width: Math.min(220, Math.max(least, name.length * 7 + 44)) };
}
