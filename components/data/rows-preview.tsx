'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { formatCount, formatValue } from '../../lib/format/number';
import { splitNames } from '../../lib/run/run-words';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { SkeletonRows } from '../ui/skeleton';

const PAGE = 10;

/** The rows of Examples, a page at a time, split by split. */
export function RowsPreview({ artifact }: { readonly artifact: ArtifactRef }) {
  const trpc = useTRPC();
  const splits = splitNames(artifact);
  const [split, setSplit] = useState(splits[0] ?? '');
  const [offset, setOffset] = useState(0);
  const query = useQuery(
    trpc.artifacts.rows.queryOptions(
      { artifactId: artifact.id, split, offset, limit: PAGE },
      // An artifact never changes.
      { staleTime: Infinity, placeholderData: keepPreviousData, enabled: split !== '' },
    ),
  );
  const { data } = query;
  const total = data?.totalRows ?? 0;
  const last = offset + (data?.rows.length ?? 0);
  return (
    <div className="mt-1 mb-2">
      <div className="flex items-center gap-1 pb-1">
        {splits.length > 1 && (
          <Select
            label="split"
            value={split}
            options={splits.map((value) => ({ value, label: value }))}
            onChange={(next) => {
              setSplit(next);
              setOffset(0);
            }}
          />
        )}
        <span className="ml-auto text-12 text-text-3">
          {data === undefined || data.rows.length === 0
            ? ''
            : `${formatCount(offset + 1)}–${formatCount(last)} of ${formatCount(total)}`}
        </span>
        <Button
          look="quiet"
          aria-label="Rows before"
          disabled={offset === 0}
          onClick={() => {
            setOffset(Math.max(0, offset - PAGE));
          }}
        >
          <ChevronLeft size={14} aria-hidden="true" />
        </Button>
        <Button
          look="quiet"
          aria-label="Rows after"
          disabled={last >= total}
          onClick={() => {
            setOffset(last);
          }}
        >
          <ChevronRight size={14} aria-hidden="true" />
        </Button>
      </div>
      {query.isPending && <SkeletonRows rows={4} label="Loading rows" />}
      {query.error !== null && <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />}
      {data !== undefined && (
        <div
          role="region"
          aria-label={`Rows of ${split}`}
          // A wide table scrolls, which the keyboard must be able to do too.
          tabIndex={0}
          className="overflow-x-auto rounded-control border"
        >
          <table className="min-w-full text-12">
            <thead>
              <tr className="h-7 border-b border-border text-11 text-text-3">
                {data.columns.map(({ name, kind }) => (
                  <th
                    key={name}
                    scope="col"
                    title={`${name}, ${kind}`}
                    className={`max-w-44 truncate px-2 whitespace-nowrap ${isNumeric(kind) ? 'text-right' : ''}`}
                  >
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row, index) => (
                // Rows have no name but their place, and a page is drawn anew as a whole.
                // oxlint-disable-next-line react/no-array-index-key -- see above
                <tr key={index} className="h-6 border-b last:border-b-0">
                  {row.map((cell, column) => (
                    <Cell
                      key={data.columns[column]?.name}
                      cell={cell}
                      numeric={isNumeric(data.columns[column]?.kind ?? '')}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function isNumeric(kind: string): boolean {
  return kind === 'INT' || kind === 'FLOAT';
}

function Cell({ cell, numeric }: { readonly cell: unknown; readonly numeric: boolean }) {
  const text = describe(cell);
  return (
    <td
      title={text}
      className={`max-w-44 truncate px-2 whitespace-nowrap ${numeric ? 'text-right' : ''} ${cell === null ? 'text-text-3' : ''}`}
    >
      {text}
    </td>
  );
}

function describe(cell: unknown): string {
  if (cell === null) return '–';
  if (typeof cell === 'number') return formatValue(cell);
  if (Array.isArray(cell)) return `[${cell.map(describe).join(', ')}]`;
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
