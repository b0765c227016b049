'use client';

import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';

import { formatDuration } from '../../lib/format/time';
import { isFinalRunState } from '../../lib/run/run';
import { stateWord } from '../../lib/run/run-words';
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
};

const SQUARE = 9;

/** Runs, one a row; under 700 px two lines each. */
export function RunTable({ rows, ofOnePipeline = false }: RunTableProps) {
  return (
    <table className="w-full text-12 max-tablet:block desktop:table-fixed">
      <caption className="sr-only">Runs</caption>
      <thead className="max-tablet:sr-only">
        <tr className="h-8 border-b border-border text-11 text-text-3">
          <th scope="col" className="w-20 pl-5">
            Run
          </th>
          <th scope="col" className="pr-3">
            State
          </th>
          {!ofOnePipeline && (
            <th scope="col" className="w-[22%] pr-3">
              Pipeline
            </th>
          )}
          {!ofOnePipeline && (
            <th scope="col" className="hidden w-26 pr-3 desktop:table-cell">
              Started by
            </th>
          )}
          <th scope="col" className="hidden w-15 pr-3 desktop:table-cell">
            Version
          </th>
          <th scope="col" className="w-44 pr-3">
            Nodes
          </th>
          <th scope="col" className="w-18 pr-3 text-right">
            Took
          </th>
          <th scope="col" aria-sort="descending" className="w-28 pr-5 text-right font-semibold">
            Started ↓
          </th>
        </tr>
      </thead>
      <tbody className="max-tablet:block">
        {rows.map((row) => (
          <RunRow key={row.id} row={row} ofOnePipeline={ofOnePipeline} />
        ))}
      </tbody>
    </table>
  );
}

function RunRow({ row, ofOnePipeline }: { readonly row: RunListRow; readonly ofOnePipeline: boolean }) {
  return (
    <tr className="relative h-9 border-b hover:bg-hover max-tablet:grid max-tablet:h-auto max-tablet:grid-cols-[auto_1fr_auto] max-tablet:gap-x-2 max-tablet:gap-y-0.5 max-tablet:px-4 max-tablet:py-2.5">
      <th scope="row" className="pl-5 font-semibold max-tablet:p-0 max-tablet:text-13">
        <Link
          href={`/runs/${row.id}`}
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
            title={row.pipeline}
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
      </td>
      <td className="pr-5 text-right text-text-2 max-tablet:order-2 max-tablet:col-start-3 max-tablet:p-0">
        <Moment at={row.createdAt} />
      </td>
    </tr>
  );
}

function RunState({ row }: { readonly row: RunListRow }) {
  const { mark, words } = describe(row);
  return (
    <>
      <StateLabel mark={mark}>{words}</StateLabel>
      {row.failure !== undefined && (
        <p title={row.failure.message} className="truncate text-11 text-text-2 max-tablet:whitespace-normal">
          {row.failure.message}
        </p>
      )}
    </>
  );
}

function describe(row: RunListRow) {
  const done = row.nodes.filter(({ state }) => state !== 'queued' && state !== 'running').length;
  if (row.state === 'running' && row.cancelRequestedAt !== undefined) {
    return { mark: 'running', words: 'Canceling' } as const;
  }
  if (row.state === 'running') return { mark: 'running', words: `Running, ${done} of ${row.nodeCount} done` } as const;
  if (row.state === 'failed' && row.failure !== undefined) {
    return { mark: 'failed', words: `Failed in ${row.failure.node}` } as const;
  }
  if (row.state === 'complete' && row.nodes.every(({ state }) => state === 'cached')) {
    return { mark: 'cached', words: 'All reused' } as const;
  }
  return { mark: row.state, words: stateWord(row.state) };
}

function NodeSquares({ row: { nodes, nodeCount } }: { readonly row: RunListRow }) {
  const rest = nodeCount - nodes.length;
  return (
    <span className="flex items-center gap-1 max-tablet:justify-end">
      <svg
        width={nodes.length * SQUARE}
        height="10"
        role="img"
        aria-label={nodes.map(({ node, state }) => `${node} ${stateWord(state).toLowerCase()}`).join(', ')}
      >
        {nodes.map(({ node, state }, index) => (
          <StateSquare key={node} mark={state} x={index * SQUARE} />
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
