'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Copy, X } from 'lucide-react';
import { useId, useState } from 'react';

import type { ChosenRow } from '../../../lib/artifact/rows-screen';
import { formatCount } from '../../../lib/format/number';
import type { ArtifactId } from '../../../lib/ids';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { SkeletonRows } from '../../ui/skeleton';
import { cellText } from './cell-text';

/** Props of {@link RowPane}. */
export type RowPaneProps = {
  readonly artifactId: ArtifactId;
  readonly row: ChosenRow;
  readonly onClose: () => void;
  readonly onCopy: (text: string, what: string) => void;
};

/** Features that are listed at once. */
const LISTED = 400;

/** One row whole: every feature with its value, long texts included. */
export function RowPane({ artifactId, row, onClose, onCopy }: RowPaneProps) {
  const trpc = useTRPC();
  const id = useId();
  const [sought, setSought] = useState('');
  const query = useQuery(
    trpc.rows.row.queryOptions({ artifactId, ...row }, { staleTime: Infinity, placeholderData: keepPreviousData }),
  );
  const { data } = query;
  const features = (data?.columns ?? []).flatMap((column, index) => {
    const cell = data?.row.cells[index];
    const isWanted = column.name.toLowerCase().includes(sought.toLowerCase());
    return cell === undefined || !isWanted ? [] : [{ column, cell }];
  });
  const title = `Row ${formatCount(row.position + 1)} of ${row.split}`;
  return (
    <section
      aria-label={title}
      className="flex min-h-0 w-96 flex-none flex-col border-l bg-bg max-tablet:absolute max-tablet:inset-0 max-tablet:w-full"
    >
      <header className="flex h-10 flex-none items-center gap-1 border-b px-3">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{title}</h2>
        <Button
          look="quiet"
          size="small"
          disabled={data === undefined}
          onClick={() => {
            const entries = (data?.columns ?? []).map(({ name }, index) => [name, data?.row.cells[index] ?? null]);
            onCopy(JSON.stringify(Object.fromEntries(entries), null, 2), title);
          }}
        >
          <Copy size={14} aria-hidden="true" />
          Copy
        </Button>
        <Button look="quiet" size="small" aria-label="Close the row" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </Button>
      </header>
      {query.isPending && <SkeletonRows rows={8} label="Loading the row" />}
      {query.error !== null && (
        <div className="p-3">
          <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      {data !== undefined && (
        <>
          {data.columns.length > 12 && (
            <div className="border-b px-3 py-2">
              <label htmlFor={id} className="sr-only">
                Find a feature of this row
              </label>
              <input
                id={id}
                type="search"
                dir="auto"
                value={sought}
                placeholder={`Find one of ${formatCount(data.columns.length)} features`}
                onChange={(event) => {
                  setSought(event.target.value);
                }}
                className="h-7 w-full rounded-control border border-border-strong bg-surface px-2 text-12 max-tablet:h-11"
              />
            </div>
          )}
          {/* A long row scrolls, which the keyboard must be able to do too. */}
          <dl
            tabIndex={0}
            aria-label="Features of the row"
            className="min-h-0 flex-1 overflow-y-auto text-12 -outline-offset-2"
          >
            {features.slice(0, LISTED).map(({ column, cell }) => (
              <div key={column.name} className="border-b px-3 py-1">
                <dt className="text-11 break-words text-text-3">
                  <bdi>{column.name}</bdi>
                </dt>
                <dd
                  dir="auto"
                  className={`text-left break-words whitespace-pre-wrap ${cell === null ? 'text-text-3' : ''}`}
                >
                  {cell === null ? missingWords(column.nullMeans) : cellText(cell, column.kind)}
                </dd>
              </div>
            ))}
          </dl>
          {features.length > LISTED && (
            <p className="border-t px-3 py-1 text-11 text-text-3">
              {formatCount(LISTED)} of {formatCount(features.length)} features shown; find the others by name.
            </p>
          )}
          {data.truncated && (
            <p className="border-t px-3 py-1 text-11 text-text-3">
              The row is larger than a page holds: long values are cut.
            </p>
          )}
        </>
      )}
    </section>
  );
}

function missingWords(nullMeans: 'missing' | 'empty-list'): string {
  return nullMeans === 'missing' ? '– missing' : '– no value';
}
