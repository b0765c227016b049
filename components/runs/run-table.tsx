'use client';

import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';
import { Fragment, type KeyboardEvent } from 'react';

import { formatDay, formatDuration } from '../../lib/format/time';
import { isFinalRunState } from '../../lib/run/run';
import type { RunSort } from '../../lib/run/run-filter';
import { stateWord, summaryMark } from '../../lib/run/run-words';
import type { AppRouter } from '../../server/api/root';
import { Moment } from '../ui/moment';
import { StateLabel, StateSquare } from '../ui/state-mark';
import { TimeSince } from '../ui/time-since';

/** A run as the list shows it. */
export type RunListRow = inferRouterOutputs<AppRouter>['runs']['list']['runs'][number];

/** Props of {@link RunTable}. */
export type RunTableProps = {
  readonly rows: readonly RunListRow[];
  /** Leaves out what is the same in every row. */
  readonly ofOnePipeline?: boolean;
  /** How the rows are sorted; absent where nothing else can be chosen. */
  readonly sort?: RunSort;
  readonly onSort?: (sort: RunSort) => void;
};

const SQUARE = 9;

/** Runs, one a row; under 700 px two lines each, under the day they started on. */
export function RunTable({ rows, ofOnePipeline = false, sort, onSort }: RunTableProps) {
  const isByDay = sort === undefined || sort.by === 'started';
  const now = new Date();
  const days = rows.map(({ createdAt }) => dayOf(new Date(createdAt), now));
  return (
    <table className="w-full text-12 max-tablet:block desktop:table-fixed">
      <caption className="sr-only">Runs</caption>
      <thead className="max-tablet:sr-only">
        <tr className="h-8 border-b border-border text-11 text-text-3">
          <Head column={{ label: 'Run', by: 'started' }} sort={sort} onSort={onSort} className="w-20 pl-5" />
          <th scope="col" className="pr-3">
            State
          </th>
          {!ofOnePipeline && (
            <Head column={{ label: 'Pipeline', by: 'pipeline' }} sort={sort} onSort={onSort} className="w-[20%] pr-3" />
          )}
          {!ofOnePipeline && (
            <th scope="col" className="hidden w-28 pr-3 desktop:table-cell">
              Started by
            </th>
          )}
          <th scope="col" className="hidden w-15 pr-3 desktop:table-cell">
            Version
          </th>
          <th scope="col" className="w-44 pr-3">
            Nodes
          </th>
          <Head column={{ label: 'Took', by: 'took' }} sort={sort} onSort={onSort} className="w-28 pr-3 text-right" />
          <Head
            column={{ label: 'Started', by: 'started', isShown: true }}
            sort={sort}
            onSort={onSort}
            className="w-32 pr-5 text-right"
          />
        </tr>
      </thead>
      <tbody className="max-tablet:block">
        {rows.map((row, index) => (
          <Fragment key={row.id}>
            {isByDay && days[index] !== days[index - 1] && (
              <tr className="flex border-b px-4 pt-3 pb-1 text-text-3 tablet:hidden">
                <th scope="rowgroup" colSpan={8}>
                  {days[index]}
                </th>
              </tr>
            )}
            <RunRow row={row} ofOnePipeline={ofOnePipeline} />
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

type HeadProps = {
  /** `isShown`: it is this head that carries the arrow where two sort by the same. */
  readonly column: { readonly label: string; readonly by: RunSort['by']; readonly isShown?: boolean };
  readonly sort: RunSort | undefined;
  readonly onSort: ((sort: RunSort) => void) | undefined;
  readonly className: string;
};

/** The head of a column that can be sorted: the first press sorts as is usual for it, the next turns it around. */
function Head({ column: { label, by, isShown = by !== 'started' }, sort, onSort, className }: HeadProps) {
  const isSorted = sort?.by === by;
  const carries = isShown && (isSorted || (sort === undefined && by === 'started'));
  const arrow = !carries ? '' : sort?.descending === false ? ' ↑' : ' ↓';
  const direction = sort?.descending === false ? ('ascending' as const) : ('descending' as const);
  return (
    <th
      scope="col"
      {...(carries && { 'aria-sort': direction })}
      className={`${className} ${carries ? 'font-semibold text-text-2' : ''}`}
    >
      {onSort === undefined ? (
        `${label}${arrow}`
      ) : (
        <button
          type="button"
          onClick={() => {
            onSort({ by, descending: isSorted ? !sort.descending : by !== 'pipeline' });
          }}
          className="-mx-1 rounded-chip px-1 hover:text-text"
        >
          {label}
          {arrow}
        </button>
      )}
    </th>
  );
}

/** Arrow keys move from run to run. */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...(event.currentTarget.closest('tbody')?.querySelectorAll<HTMLElement>('[data-run-link]') ?? [])];
  const next = links[links.indexOf(event.currentTarget) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function dayOf(moment: Date, now: Date): string {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(moment)) / 86_400_000);
  if (days === 0) return 'Today';
  return days === 1 ? 'Yesterday' : formatDay(moment, now);
}

function RunRow({ row, ofOnePipeline }: { readonly row: RunListRow; readonly ofOnePipeline: boolean }) {
  return (
    <tr className="relative h-[38px] border-b hover:bg-hover max-tablet:grid max-tablet:h-auto max-tablet:grid-cols-[auto_1fr_auto] max-tablet:gap-x-2 max-tablet:gap-y-0.5 max-tablet:px-4 max-tablet:py-2.5">
      <th scope="row" className="pl-5 font-semibold max-tablet:p-0 max-tablet:text-13">
        <Link
          href={`/runs/${row.id}`}
          prefetch={false}
          data-run-link
          onKeyDown={walkRows}
          aria-label={`Run ${row.number} of ${row.pipeline}`}
          className="after:absolute after:inset-0"
        >
          {row.number}
        </Link>
      </th>
      <td className="min-w-0 py-1.5 pr-3 max-tablet:order-4 max-tablet:col-span-2 max-tablet:p-0">
        <RunState row={row} />
      </td>
      {!ofOnePipeline && (
        <td className="max-w-0 truncate pr-3 font-medium max-tablet:order-1 max-tablet:max-w-none max-tablet:min-w-0 max-tablet:p-0 max-tablet:text-13 max-tablet:font-normal">
          <Link
            href={`/pipelines/${row.pipelineId}`}
            prefetch={false}
            title={row.pipeline}
            dir="auto"
            className="relative -outline-offset-1 hover:underline max-tablet:pointer-events-none"
          >
            {row.pipeline}
          </Link>
        </td>
      )}
      {!ofOnePipeline && <td className="hidden truncate pr-3 text-text-2 desktop:table-cell">{row.startedBy}</td>}
      <td className="hidden pr-3 text-text-2 desktop:table-cell">{row.pipelineVersion}</td>
      <td className="pr-3 max-tablet:order-5 max-tablet:self-center max-tablet:p-0">
        <NodeSquares row={row} />
      </td>
      <td className="pr-3 text-right font-medium whitespace-nowrap max-tablet:hidden">
        <Took row={row} />
        {row.expectedMs !== undefined && (
          <span className="font-normal text-text-3"> of {formatDuration(row.expectedMs)}</span>
        )}
      </td>
      <td className="pr-5 text-right text-text-2 max-tablet:order-2 max-tablet:col-start-3 max-tablet:p-0">
        <Moment at={row.createdAt} />
      </td>
    </tr>
  );
}

function RunState({ row }: { readonly row: RunListRow }) {
  const { mark, words } = summaryMark(row);
  return (
    <>
      <StateLabel mark={mark}>{words}</StateLabel>
      {row.failure !== undefined && (
        <p
          title={row.failure.message}
          dir="auto"
          className="truncate text-11 text-text-2 max-tablet:line-clamp-3 max-tablet:break-words max-tablet:whitespace-normal"
        >
          {row.failure.message}
        </p>
      )}
    </>
  );
}

function NodeSquares({ row: { nodes, nodeCount } }: { readonly row: RunListRow }) {
  const rest = nodeCount - nodes.length;
  return (
    <span className="flex items-center gap-1 max-tablet:justify-end">
      <svg
        width={nodes.length * SQUARE}
        height="10"
        role="img"
        aria-label={nodes
          .map(({ node, state, warns }) => `${node} ${warns ? 'with anomalies' : stateWord(state).toLowerCase()}`)
          .join(', ')}
      >
        {nodes.map(({ node, state, warns }, index) => (
          <StateSquare key={node} mark={warns ? 'warning' : state} x={index * SQUARE} />
        ))}
      </svg>
      {rest > 0 && <span className="text-11 text-text-3">+{rest}</span>}
    </span>
  );
}

function Took({ row }: { readonly row: RunListRow }) {
  if (row.startedAt === undefined) return '–';
  if (!isFinalRunState(row.state)) return <TimeSince at={row.startedAt} />;
  if (row.finishedAt === undefined) return '–';
  return formatDuration(Date.parse(row.finishedAt) - Date.parse(row.startedAt));
}
