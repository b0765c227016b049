'use client';

import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useId, useState } from 'react';

import type { SqlTable } from '../../../lib/artifact/sql-tables';
import { formatQuantity } from '../../../lib/format/number';
import type { ArtifactId } from '../../../lib/ids';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { SkeletonRows } from '../../ui/skeleton';
import { copiedCell, isNumeric, type RowCell } from './cell-text';
import { RowGrid } from './row-grid';

/** Props of {@link SqlPane}. */
export type SqlPaneProps = {
  readonly artifactId: ArtifactId;
  readonly tables: readonly SqlTable[];
  /** The statement of the address; empty before the first one. */
  readonly sql: string;
  readonly onRun: (sql: string) => void;
  readonly onCopy: (text: string, what: string) => void;
};

/** A SELECT over the splits: what comes back is shown as the rows are. */
export function SqlPane({ artifactId, tables, sql, onRun, onCopy }: SqlPaneProps) {
  const trpc = useTRPC();
  const id = useId();
  const [text, setText] = useState(sql === '' ? `SELECT * FROM ${tables[0]?.table ?? 'train'} LIMIT 100` : sql);
  const query = useQuery(
    trpc.rows.sql.queryOptions(
      { artifactId, sql },
      { enabled: sql !== '', staleTime: Infinity, gcTime: 60_000, trpc: { abortOnUnmount: true } },
    ),
  );
  const { data } = query;
  const run = () => {
    if (text.trim() === '') return;
    if (text === sql) void query.refetch();
    else onRun(text);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <form
        className="flex flex-none flex-col gap-1.5 border-b px-4 py-2 tablet:px-5"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <label htmlFor={id} className="text-11 text-text-3">
          SELECT over {tables.map(({ table }) => table).join(', ')}; nothing can be changed
        </label>
        <textarea
          id={id}
          rows={4}
          value={text}
          spellCheck={false}
          maxLength={100_000}
          onChange={(event) => {
            setText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            run();
          }}
          className="w-full resize-y rounded-control border border-border-strong bg-surface px-2 py-1 font-mono text-12"
        />
        <div className="flex items-center gap-3">
          <Button type="submit" look="ink" busy={query.isFetching}>
            <Play size={14} aria-hidden="true" />
            {query.isFetching ? 'Running' : 'Run the statement'}
          </Button>
          <span role="status" className="text-12 text-text-3">
            {data !== undefined && !query.isFetching
              ? `${formatQuantity(data.rows.length, 'row')}${data.truncated ? ', the first of more' : ''}`
              : ''}
          </span>
        </div>
      </form>
      {query.isLoading && <SkeletonRows rows={8} label="Running the statement" />}
      {query.error !== null && (
        <div className="p-5">
          <ErrorPanel error={toShownError(query.error)} />
        </div>
      )}
      {data !== undefined && query.error === null && (
        <Result columns={data.columns} rows={data.rows as readonly (readonly RowCell[])[]} onCopy={onCopy} />
      )}
    </div>
  );
}

type ResultProps = {
  readonly columns: readonly { readonly name: string; readonly kind: string }[];
  readonly rows: readonly (readonly RowCell[])[];
  readonly onCopy: SqlPaneProps['onCopy'];
};

function Result({ columns, rows, onCopy }: ResultProps) {
  return (
    <RowGrid
      label="Result of the statement"
      columns={columns.map(({ name, kind }) => ({ name, kind, width: isNumeric(kind) ? 140 : 180 }))}
      pinned={0}
      rows={rows.length}
      labelOf={(row) => ({ text: String(row + 1), title: `Row ${row + 1}` })}
      cellOf={(row, column) => rows[row]?.[column] ?? null}
      headOf={(column) => (
        <div
          className={`flex h-full items-center px-2 font-medium ${isNumeric(columns[column]?.kind ?? '') ? 'justify-end' : ''}`}
          title={columns[column]?.kind}
        >
          <bdi className="truncate">{columns[column]?.name}</bdi>
        </div>
      )}
      onCopy={({ start, end }, column) => {
        if (column !== undefined) onCopy(copiedCell(rows[start]?.[column] ?? null), 'The cell');
        else {
          const lines = [columns.map(({ name }) => name), ...rows.slice(start, end).map((row) => row.map(copiedCell))];
          onCopy(lines.map((line) => line.join('\t')).join('\n'), formatQuantity(end - start, 'row'));
        }
      }}
    />
  );
}
