'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

import { formatQuantity } from '../../lib/format/number';
import { formatDuration } from '../../lib/format/time';
import type { PipelineId } from '../../lib/ids';
import { isFinalRunState } from '../../lib/run/run';
import { stateWord, summaryMark } from '../../lib/run/run-words';
import type { AppRouter } from '../../server/api/root';
import { useTRPC } from '../trpc/client';
import { StateSquare } from '../ui/state-mark';
import { tookMs, type GridRun } from './grid-run';
import { GridBars } from './run-grid-bars';
import { useNow } from './use-now';

const RUNS = 40;
const REFRESH_MS = 2_000;
/** Width of a run and height of a node, in pixels. */
const COLUMN = 34;

type Grid = inferRouterOutputs<AppRouter>['runs']['grid'];

/** The last runs of a pipeline beside each other: how long each took, and what became of every node. */
export function RunGrid({ pipelineId }: { readonly pipelineId: PipelineId }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.runs.grid.queryOptions(
      { pipelineId, limit: RUNS },
      { refetchInterval: REFRESH_MS, placeholderData: keepPreviousData },
    ),
  );
  if (query.data === undefined || query.data.runs.length === 0) return null;
  return <Drawn grid={query.data} />;
}

/** The cell that the tabulator reaches: a row of the grid, −1 for the runs themselves, and a column. */
type Place = { readonly row: number; readonly column: number };

function Drawn({ grid }: { readonly grid: Grid }) {
  const { nodes, runs, hiddenNodes } = grid;
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(runs.some(({ state }) => !isFinalRunState(state)));
  const [chosen, setChosen] = useState<Place>({ row: -1, column: Infinity });
  const place = { row: Math.min(chosen.row, nodes.length - 1), column: Math.min(chosen.column, runs.length - 1) };
  const newest = runs.at(-1)?.id;

  useEffect(() => {
    // The newest run stands at the right, where a narrow page would not show it.
    const box = scroller.current;
    if (box !== null) box.scrollLeft = box.scrollWidth;
  }, [newest]);

  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    const row = Math.min(nodes.length - 1, Math.max(-1, place.row + step[0]));
    const column = Math.min(runs.length - 1, Math.max(0, place.column + step[1]));
    event.preventDefault();
    setChosen({ row, column });
    event.currentTarget.closest('table')?.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)?.focus();
  };
  const cell = (row: number, column: number) => ({
    'data-place': `${row}:${column}`,
    onKeyDown: onKey,
    tabIndex: row === place.row && column === place.column ? 0 : -1,
    onFocus: () => {
      setChosen({ row, column });
    },
  });
  return (
    <section aria-label="Nodes and runs" className="border-b px-4 pt-2 tablet:px-5">
      <div ref={scroller} className="max-h-[46vh] overflow-auto pb-2">
        <table className="text-12">
          <caption className="sr-only">Nodes of the last {formatQuantity(runs.length, 'run')}</caption>
          <thead>
            <tr>
              <td className="sticky left-0 bg-surface" />
              <td colSpan={runs.length} className="p-0">
                <GridBars runs={runs} column={COLUMN} now={now} />
              </td>
              {/* Room for the marks of the axis. */}
              <td className="min-w-14" />
            </tr>
          </thead>
          <tbody>
            {nodes.map((node, row) => (
              <tr key={node} className="h-5">
                <th
                  scope="row"
                  title={node}
                  dir="auto"
                  className="sticky left-0 max-w-40 min-w-28 truncate bg-surface pr-3 text-left font-normal"
                >
                  {node}
                </th>
                {runs.map((run, column) => (
                  <td key={run.id} className={`min-w-[34px] p-0 ${tint(run)}`}>
                    <Cell run={run} row={row} node={node} focus={cell(row, column)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="h-6">
              <td className="sticky left-0 bg-surface text-11 text-text-3">
                {hiddenNodes > 0 && `and ${formatQuantity(hiddenNodes, 'more node')}`}
              </td>
              {runs.map((run, column) => (
                <th key={run.id} scope="col" className={`min-w-[34px] p-0 font-normal ${tint(run)}`}>
                  <Link
                    href={`/runs/${run.id}`}
                    prefetch={false}
                    aria-label={`Run ${run.number}: ${summaryMark({ ...run, nodes: [], nodeCount: 1 }).words}`}
                    title={`Run ${run.number}, ${tookWords(run, now)}`}
                    {...cell(-1, column)}
                    className="grid h-6 place-items-center text-11 text-text-2 -outline-offset-2 hover:bg-hover hover:text-text"
                  >
                    {run.number}
                  </Link>
                </th>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

const STEPS: { readonly [key: string]: readonly [rows: number, columns: number] | undefined } = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

type CellProps = {
  readonly run: GridRun;
  readonly row: number;
  readonly node: string;
  readonly focus: object;
};

function Cell({ run, row, node, focus }: CellProps) {
  const cell = run.cells[row];
  if (cell === undefined || cell === null) return null;
  const mark = cell.warns ? 'warning' : cell.state;
  const words = cell.warns ? 'with anomalies' : stateWord(cell.state).toLowerCase();
  return (
    <Link
      href={`/runs/${run.id}?node=${encodeURIComponent(node)}`}
      prefetch={false}
      aria-label={`${node} of run ${run.number}: ${words}`}
      title={`${node}, run ${run.number}: ${words}`}
      {...focus}
      className="grid h-5 w-[34px] place-items-center -outline-offset-2 hover:bg-hover"
    >
      <svg width="13" height="13" viewBox="-0.75 0 9.5 10" aria-hidden="true">
        <StateSquare mark={mark} x={0} />
      </svg>
    </Link>
  );
}

function tint(run: GridRun): string {
  return isFinalRunState(run.state) ? '' : 'bg-selected';
}

function tookWords(run: GridRun, now: number): string {
  return `took ${formatDuration(tookMs(run, now))}`;
}
