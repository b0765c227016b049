'use client';

import { useQuery } from '@tanstack/react-query';

import type { RowQuery } from '../../../lib/artifact/row-query';
import { columnsParam, queryParam, readRowsScreen, rowParam } from '../../../lib/artifact/rows-screen';
import { sqlTables } from '../../../lib/artifact/sql-tables';
import { formatCount, formatQuantity } from '../../../lib/format/number';
import { EmptyState } from '../../shell/empty-state';
import { ErrorPanel } from '../../shell/error-panel';
import { useAddress } from '../../shell/use-address';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { SkeletonRows } from '../../ui/skeleton';
import type { DataViewProps } from '../views';
import type { RowsColumn } from './cell-text';
import { ColumnChoice } from './column-choice';
import { ConditionChips } from './condition-chips';
import { copyText } from './copy-rows';
import { ExamplesGrid } from './examples-grid';
import { RowPane } from './row-pane';
import { RowsToolbar } from './rows-toolbar';
import { SqlPane } from './sql-pane';

/** The rows of Examples: filtered, sorted, searched, one looked at whole, or asked by SQL. The address carries all of it. */
export function RowsView({ artifact }: DataViewProps) {
  const trpc = useTRPC();
  const { params, push, replace } = useAddress();
  const screen = readRowsScreen(params);
  const { query, columns: shown, row, sql } = screen;
  const described = useQuery(trpc.rows.columns.queryOptions({ artifactId: artifact.id }, { staleTime: Infinity }));
  const { sort: _, ...counted } = query;
  const count = useQuery(
    trpc.rows.count.queryOptions(
      { artifactId: artifact.id, query: counted },
      { staleTime: Infinity, enabled: sql === undefined, trpc: { abortOnUnmount: true } },
    ),
  );
  if (described.error !== null) {
    return (
      <div className="p-5">
        <ErrorPanel error={toShownError(described.error)} onRetry={() => void described.refetch()} />
      </div>
    );
  }
  if (described.data === undefined) return <SkeletonRows rows={16} label="Loading the rows" />;
  const { splits, columns, features } = described.data;
  const setQuery = (next: RowQuery) => {
    push({ rows: queryParam(next), row: undefined });
  };
  const names = splits.map(({ name }) => name);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <RowsToolbar
        splits={names}
        split={query.splits?.length === 1 ? query.splits[0] : undefined}
        onSplit={(split) => {
          setQuery({ ...query, splits: split === undefined ? undefined : [split] });
        }}
        search={query.search ?? ''}
        onSearch={(text) => {
          setQuery({ ...query, search: text === '' ? undefined : text });
        }}
        count={countWords(count.data)}
        isSql={sql !== undefined}
        onSql={() => {
          push({ sql: sql === undefined ? '' : undefined, row: undefined });
        }}
      >
        <ColumnChoice
          columns={columns}
          shown={shown}
          onChange={(next) => {
            replace({ columns: columnsParam(next) });
          }}
        />
      </RowsToolbar>
      {features > columns.length && (
        <p className="border-b px-5 py-1 text-12 text-text-3">
          {formatCount(columns.length)} of {formatCount(features)} features can be shown; SQL reaches all of them.
        </p>
      )}
      {sql === undefined && <ConditionChips query={query} onChange={setQuery} />}
      <div className="flex min-h-0 flex-1">
        {sql === undefined ? (
          <>
            <ExamplesGrid
              artifactId={artifact.id}
              query={query}
              columns={inOrder(columns, shown)}
              pinned={columns.filter(({ name }) => shown.pinned.includes(name)).length}
              shown={shown}
              splits={names}
              matches={count.data?.matches}
              chosen={row}
              onQuery={setQuery}
              onShown={(next) => {
                replace({ columns: columnsParam(next) });
              }}
              onOpen={(opened) => {
                replace({ row: rowParam(opened) });
              }}
            >
              <NothingMatches query={query} onChange={setQuery} />
            </ExamplesGrid>
            {row !== undefined && (
              <RowPane
                artifactId={artifact.id}
                row={row}
                onClose={() => {
                  replace({ row: undefined });
                }}
                onCopy={(text, what) => void copyText(text, what)}
              />
            )}
          </>
        ) : (
          <SqlPane
            artifactId={artifact.id}
            tables={sqlTables(names)}
            sql={sql}
            onRun={(next) => {
              push({ sql: next });
            }}
            onCopy={(text, what) => void copyText(text, what)}
          />
        )}
      </div>
      {count.error !== null && sql === undefined && (
        <div className="border-t p-3">
          <ErrorPanel error={toShownError(count.error)} onRetry={() => void count.refetch()} />
        </div>
      )}
    </div>
  );
}

/** The pinned features first, without those that are hidden. */
function inOrder(
  columns: readonly RowsColumn[],
  { pinned, hidden }: { readonly pinned: readonly string[]; readonly hidden: readonly string[] },
): readonly RowsColumn[] {
  const away = new Set([...hidden, ...pinned]);
  const first = pinned.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  return [...first, ...columns.filter(({ name }) => !away.has(name))];
}

function countWords(count: { readonly matches: number; readonly total: number } | undefined): string {
  if (count === undefined) return 'Counting the rows';
  const { matches, total } = count;
  return matches === total
    ? formatQuantity(total, 'row')
    : `${formatCount(matches)} of ${formatQuantity(total, 'row')}`;
}

function NothingMatches({
  query,
  onChange,
}: {
  readonly query: RowQuery;
  readonly onChange: (query: RowQuery) => void;
}) {
  const isNarrowed = query.where.length > 0 || query.search !== undefined;
  return (
    <EmptyState title={isNarrowed ? 'No row fulfils all of these conditions.' : 'This split has no rows.'}>
      {isNarrowed && (
        <Button
          onClick={() => {
            onChange({ ...query, where: [], search: undefined });
          }}
        >
          Remove the conditions
        </Button>
      )}
    </EmptyState>
  );
}
