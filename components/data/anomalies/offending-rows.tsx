'use client';

import { useQuery } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import Link from 'next/link';

import type { DataArtifact } from '../../../lib/artifact/data-family';
import { rowsAddress, type RowQuery } from '../../../lib/artifact/row-query';
import { formatCount, formatValue, NO_VALUE } from '../../../lib/format/number';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { buttonLook } from '../../ui/button';
import { SkeletonRows } from '../../ui/skeleton';

/** Props of {@link OffendingRows}. */
export type OffendingRowsProps = {
  readonly examples: DataArtifact;
  readonly feature: string;
  readonly query: RowQuery;
};

/** Rows and other features that are shown. */
const ROWS = 11;
const OTHERS = 5;

/** The first rows that are wrong, and the way to all of them. */
export function OffendingRows({ examples, feature, query }: OffendingRowsProps) {
  const trpc = useTRPC();
  const once = { staleTime: Infinity };
  const known = useQuery(trpc.rows.columns.queryOptions({ artifactId: examples.id }, once));
  const others = (known.data?.columns ?? []).map(({ name }) => name).filter((name) => name !== feature);
  const isThere = known.data?.columns.some(({ name }) => name === feature) ?? false;
  const columns = [feature, ...others.slice(0, OTHERS)];
  const page = useQuery(
    trpc.rows.page.queryOptions(
      { artifactId: examples.id, query, offset: 0, limit: ROWS, columns },
      { ...once, enabled: isThere },
    ),
  );
  const count = useQuery(
    trpc.rows.count.queryOptions({ artifactId: examples.id, query }, { ...once, enabled: isThere }),
  );
  const matches = count.data?.matches;
  const rows = page.data?.rows ?? [];
  const failed = known.error ?? page.error ?? count.error;
  if (known.data !== undefined && !isThere) return null;
  const isNumeric = (at: number) => rows.some(({ cells }) => typeof cells[at] === 'number');
  const split = query.splits?.join(', ') ?? '';
  return (
    <section aria-label={`Offending rows of ${split}`} className="pt-3">
      <header className="flex flex-wrap items-center gap-2 pb-1">
        <h3 className="font-semibold">Offending rows</h3>
        <span className="text-12 text-text-3">
          {split}
          {matches !== undefined && `, ${formatCount(rows.length)} of ${formatCount(matches)} shown`}
        </span>
        <Link href={rowsAddress(examples, query)} className={`ml-auto ${buttonLook({ look: 'quiet' })}`}>
          <Table2 size={14} aria-hidden="true" />
          {matches === undefined ? 'Open in Rows' : `Open all ${formatCount(matches)} in Rows`}
        </Link>
      </header>
      {failed !== null && <ErrorPanel error={toShownError(failed)} />}
      {failed === null && page.data === undefined && <SkeletonRows rows={4} label="Loading rows" />}
      {page.data !== undefined && (
        <div
          role="region"
          aria-label={`First offending rows of ${split}`}
          // A wide table scrolls, which the keyboard must be able to do too.
          tabIndex={0}
          className="overflow-x-auto"
        >
          <table className="w-full text-12">
            <thead>
              <tr className="h-7 border-b border-border text-11 text-text-3">
                <th scope="col" className="w-14 pr-2 text-right">
                  row
                </th>
                {columns.map((name, at) => (
                  <th
                    key={name}
                    scope="col"
                    title={name}
                    className={`max-w-44 truncate px-2 ${isNumeric(at) ? 'text-right' : ''}`}
                  >
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ position, cells }) => (
                <tr key={position} className="h-6 border-b">
                  <td className="pr-2 text-right text-text-3">{formatCount(position + 1)}</td>
                  {columns.map((name, at) => (
                    <Cell key={name} cell={cells[at]} isWrong={at === 0} isNumeric={isNumeric(at)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

type CellProps = { readonly cell: unknown; readonly isWrong: boolean; readonly isNumeric: boolean };

function Cell({ cell, isWrong, isNumeric }: CellProps) {
  const text = describe(cell);
  const look = isWrong ? 'bg-st-failed-soft font-medium shadow-[inset_2px_0_var(--st-failed)]' : '';
  return (
    <td
      dir="auto"
      title={text}
      className={`max-w-44 truncate px-2 whitespace-nowrap ${isNumeric ? 'text-right' : ''} ${look}`}
    >
      {text}
    </td>
  );
}

function describe(cell: unknown): string {
  if (cell === null || cell === undefined) return NO_VALUE;
  if (typeof cell === 'number') return formatValue(cell);
  if (Array.isArray(cell)) return `[${cell.map(describe).join(', ')}]`;
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
