'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';

import type { EvaluatedRows, RowsMark } from '../../../lib/evaluation/evaluated-rows';
import { markWords } from '../../../lib/evaluation/mark-words';
import type { SliceKey } from '../../../lib/evaluation/slices';
import { sliceWords } from '../../../lib/evaluation/verdict-words';
import { readRowsScreen, rowParam } from '../../../lib/artifact/rows-screen';
import type { IndexRange } from '../../../lib/chart/grid-window';
import { formatCount, formatQuantity } from '../../../lib/format/number';
import type { ArtifactId } from '../../../lib/ids';
import { ErrorPanel } from '../../shell/error-panel';
import { useAddress } from '../../shell/use-address';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { copyText } from '../rows/copy-rows';
import { copiedCell } from '../rows/cell-text';
import { RowGrid, type GridColumn } from '../rows/row-grid';
import { RowPane } from '../rows/row-pane';
import { Segments } from './segments';
import { useEvaluatedRows } from './use-evaluated-rows';
import type { Summary } from './use-evaluation-screen';

/** Props of {@link EvaluatedRowsPane}. */
export type EvaluatedRowsPaneProps = {
  readonly artifactId: ArtifactId;
  readonly summary: Summary;
  readonly slice: SliceKey;
  readonly mark: RowsMark;
  readonly onClose: () => void;
};

const FIRST: IndexRange = { start: 0, end: 24 };

/** The rows that a mark stands for: what is true, what was predicted, and everything that was known of them. */
export function EvaluatedRowsPane({ artifactId, summary, slice, mark, onClose }: EvaluatedRowsPaneProps) {
  const trpc = useTRPC();
  const { params, replace } = useAddress();
  const [order, setOrder] = useState<EvaluatedRows['order']>('wrong');
  const [view, setView] = useState({ rows: FIRST, columns: FIRST });
  const { examplesId } = summary;
  const described = useQuery(
    trpc.rows.columns.queryOptions(
      { artifactId: examplesId ?? artifactId },
      { staleTime: Infinity, enabled: examplesId !== undefined },
    ),
  );
  const features = useMemo(() => described.data?.columns ?? [], [described.data]);
  const own = useMemo((): readonly GridColumn[] => ownColumns(summary), [summary]);
  const columns = useMemo(
    () => [
      ...own,
      ...features.map(({ name, kind }) => ({
        name,
        kind,
        width: kind === 'STRING' ? 160 : Math.min(200, Math.max(96, name.length * 7 + 30)),
      })),
    ],
    [own, features],
  );
  const rows = useMemo(
    (): EvaluatedRows => ({
      slice: slice.map(([name, value]): [string, string | number] => [name, value]),
      mark,
      order,
    }),
    [slice, mark, order],
  );
  const names = useMemo(() => features.map(({ name }) => name), [features]);
  const pages = useEvaluatedRows(
    { artifactId, rows, names, own: own.length, isReady: described.data !== undefined },
    view.rows,
    view.columns,
  );
  const onWindow = useCallback((inRows: IndexRange, inColumns: IndexRange) => {
    setView({ rows: inRows, columns: inColumns });
  }, []);
  const chosen = readRowsScreen(params).row;
  const title = markWords(mark, summary);
  const error = described.error ?? pages.error;
  return (
    <section
      aria-label="Rows behind the mark"
      className="relative flex h-2/5 min-h-60 flex-none flex-col border-t border-border bg-surface max-tablet:absolute max-tablet:inset-0 max-tablet:h-full"
    >
      <header className="flex min-h-10 flex-none flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1 tablet:px-5">
        <h2 className="min-w-0 truncate font-semibold" title={title}>
          {title}
        </h2>
        <span role="status" className="text-12 text-text-3">
          {pages.matches === undefined ? 'Counting the rows' : formatQuantity(pages.matches, 'row')}
          {slice.length > 0 && (
            <>
              {' where '}
              <bdi>{sliceWords(slice)}</bdi>
            </>
          )}
        </span>
        <span className="ml-auto flex items-center gap-2">
          <Segments
            label="Order"
            value={order}
            options={[
              { value: 'wrong', label: 'Most wrong first' },
              { value: 'stored', label: 'As stored' },
            ]}
            onChange={setOrder}
          />
          <Button look="quiet" size="small" aria-label="Close the rows" onClick={onClose}>
            <X size={14} aria-hidden="true" />
          </Button>
        </span>
      </header>
      {error !== undefined && error !== null && (
        <div className="flex-none p-3">
          <ErrorPanel error={toShownError(error)} onRetry={pages.retry} />
        </div>
      )}
      {examplesId === undefined && (
        <p className="px-5 py-3 text-12 text-text-2">
          The examples that were evaluated are not known any more: run the pipeline again to see their rows.
        </p>
      )}
      {pages.matches === 0 && <p className="px-5 py-3 text-12 text-text-2">No row is like that.</p>}
      {examplesId !== undefined && pages.matches !== 0 && (
        <div className="flex min-h-0 flex-1">
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            <RowGrid
              label="Rows behind the mark"
              origin={JSON.stringify(rows)}
              columns={columns}
              pinned={own.length}
              rows={pages.matches ?? pages.seen}
              labelOf={(row) => {
                const placed = pages.rowAt(row);
                if (placed === undefined) return undefined;
                const place = formatCount(placed.position + 1);
                return { text: `${placed.split} ${place}`, title: `Look at row ${place} of ${placed.split}` };
              }}
              cellOf={pages.cellAt}
              headOf={(index) => (
                <span className="flex h-full items-center truncate px-2 font-medium" title={columns[index]?.name}>
                  <bdi>{columns[index]?.name}</bdi>
                </span>
              )}
              chosen={(row) => {
                const placed = pages.rowAt(row);
                return placed !== undefined && placed.split === chosen?.split && placed.position === chosen.position;
              }}
              onOpen={(row) => {
                const placed = pages.rowAt(row);
                if (placed !== undefined) replace({ row: rowParam(placed) });
              }}
              onCopy={({ start, end }, index) => {
                const at = index === undefined ? columns.map((_, column) => column) : [index];
                const lines = Array.from({ length: end - start }, (_, offset) =>
                  at.map((column) => copiedCell(pages.cellAt(start + offset, column) ?? null)).join('\t'),
                );
                void copyText(lines.join('\n'), formatQuantity(end - start, 'row'));
              }}
              onWindow={onWindow}
            />
          </div>
          {chosen !== undefined && (
            <RowPane
              artifactId={examplesId}
              row={chosen}
              onClose={() => {
                replace({ row: undefined });
              }}
              onCopy={(text, what) => void copyText(text, what)}
            />
          )}
        </div>
      )}
    </section>
  );
}

/** What the evaluation knows of a row stands before its features. */
function ownColumns({ hasBaseline, task }: Summary): readonly GridColumn[] {
  const width = task === 'classes' ? 150 : 96;
  return [
    { name: 'label', kind: 'FLOAT', width: 72 },
    { name: hasBaseline ? 'candidate' : 'prediction', kind: 'FLOAT', width },
    ...(hasBaseline ? [{ name: 'baseline', kind: 'FLOAT', width }] : []),
  ];
}
