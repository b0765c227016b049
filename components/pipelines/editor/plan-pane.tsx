'use client';

import { Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { formatDuration } from '../../../lib/format/time';
import { NO_VALUE } from '../../../lib/format/number';
import { displayOrder, graphOf } from '../../../lib/pipeline/graph';
import type { NodePlan } from '../../../lib/run/derive-statuses';
import type { NodeSnapshot, RunSnapshot } from '../../../lib/run/fold-run';
import { isFinalRunState } from '../../../lib/run/run';
import { decisionWord, keptPlan, nodeMark, nodeStateWords, planWords } from '../../../lib/run/run-words';
import { ErrorPanel } from '../../shell/error-panel';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { SkeletonRows } from '../../ui/skeleton';
import { StateLabel, type Mark } from '../../ui/state-mark';
import { TimeSince } from '../../ui/time-since';
import { useActionContext } from './actions-context';
import { useEditor, useEditorStore, useOverlay, useSurface } from './editor-context';
import { usePlan } from './follow-server';
import type { Launch } from './surface-store';

/** What a run will do, and after it began what came of it. */
export function PlanPane() {
  const launch = useSurface((state) => state.launch);
  const run = useOverlay((state) => state.run);
  const starting = useSurface((state) => state.starting);
  if (launch !== undefined) return <LaunchPlan launch={launch} />;
  if (run !== undefined && !isFinalRunState(run.state)) return <RunOutcome run={run} />;
  if (starting) return <SkeletonRows rows={2} label="Starting" />;
  return run === undefined ? <NextPlan run={undefined} /> : <LastAndNext run={run} />;
}

/** After a run: what came of it while nothing changed since, then what the next one would do; either when asked for. */
function LastAndNext({ run }: { readonly run: RunSnapshot }) {
  const plan = useOverlay((state) => state.plan);
  const [asked, setAsked] = useState<'last' | 'next'>();
  const isChanged = plan?.some(({ decision }) => decision !== 'reuse') ?? false;
  const shown = asked ?? (isChanged ? 'next' : 'last');
  return (
    <>
      <div className="flex items-center gap-2 border-b px-4 py-1 text-12 text-text-2">
        <span className="min-w-0 truncate">
          {shown === 'last' ? `Run ${run.runNumber}: plan and what came of it` : 'What the next run would do'}
        </span>
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            setAsked(shown === 'last' ? 'next' : 'last');
          }}
        >
          {shown === 'last' ? 'Show the next run' : `Show run ${run.runNumber}`}
        </Button>
      </div>
      {shown === 'last' ? <RunOutcome run={run} /> : <NextPlan run={run} />}
    </>
  );
}

/** A run that was asked for: what it will do, and the button that starts it. */
function LaunchPlan({ launch }: { readonly launch: Launch }) {
  const { start, surface } = useActionContext();
  const plan = usePlan(launch);
  const starting = useSurface((state) => state.starting);
  const startError = useSurface((state) => state.startError);
  const button = useRef<HTMLDivElement>(null);
  const isReady = plan.data !== undefined && !plan.isPlaceholderData;
  const isBlocked = plan.data?.some(({ decision }) => decision === 'blocked') === true;

  useEffect(() => {
    if (isReady) button.current?.querySelector('button')?.focus();
  }, [isReady]);

  return (
    <div className="flex flex-col">
      <div ref={button} className="sticky top-0 flex flex-none items-center gap-2 border-b bg-surface px-4 py-1.5">
        <Button
          look="ink"
          size="small"
          busy={starting}
          disabled={!isReady || isBlocked}
          onClick={() => void start(launch)}
        >
          <Play size={12} aria-hidden="true" />
          {starting ? 'Starting' : 'Start'}
        </Button>
        <Button
          size="small"
          onClick={() => {
            surface.getState().ask(undefined);
          }}
        >
          Not now
        </Button>
        <p className="min-w-0 truncate text-12 text-text-2">
          {launchWords(launch)}
          {plan.data !== undefined && `: ${planWords(plan.data.map(({ decision }) => decision))}`}
          {expectedWords(plan.data)}
        </p>
      </div>
      {startError !== undefined && (
        <div className="p-3">
          <ErrorPanel error={startError} />
        </div>
      )}
      {plan.error !== null && (
        <div className="p-3">
          <ErrorPanel error={toShownError(plan.error)} onRetry={() => void plan.refetch()} />
        </div>
      )}
      {plan.isPending && <SkeletonRows rows={3} label="Planning" />}
      {plan.data !== undefined && plan.error === null && <Rows plan={plan.data} run={undefined} />}
    </div>
  );
}

/** What the next run would do, beside what came of the last one. */
function NextPlan({ run }: { readonly run: RunSnapshot | undefined }) {
  const plan = useOverlay((state) => state.plan);
  const error = useOverlay((state) => state.planError);
  if (error !== undefined)
    return (
      <div className="p-3">
        <ErrorPanel error={error} />
      </div>
    );
  if (plan === undefined) return <SkeletonRows rows={3} label="Planning" />;
  return <Rows plan={plan} run={run} />;
}

function RunOutcome({ run }: { readonly run: RunSnapshot }) {
  const document = useEditor((state) => state.document);
  const order = displayOrder(graphOf(document));
  const known = order.filter((id) => Object.hasOwn(run.nodes, id));
  const others = Object.keys(run.nodes).filter((id) => !Object.hasOwn(document.nodes, id));
  const plan = [...known, ...others].flatMap((id): readonly NodePlan[] => {
    const node = run.nodes[id];
    return node === undefined ? [] : [node];
  });
  return <Rows plan={plan} run={run} />;
}

type RowsProps = { readonly plan: readonly NodePlan[]; readonly run: RunSnapshot | undefined };

const MARKS: Record<NodePlan['decision'], Mark> = {
  execute: 'queued',
  reuse: 'cached',
  skip: 'skipped',
  blocked: 'failed',
};

function Rows({ plan, run }: RowsProps) {
  return (
    <table className="w-full table-fixed text-12">
      <caption className="sr-only">
        {run === undefined ? 'Plan' : `Run ${run.runNumber}: plan and what came of it`}
      </caption>
      <thead>
        <tr className="h-7 border-b text-11 text-text-3">
          <th scope="col" className="w-[18%] pl-4">
            Node
          </th>
          <th scope="col" className="w-[17%]">
            State
          </th>
          <th scope="col" className="w-24">
            Decision
          </th>
          <th scope="col">Because</th>
          <th scope="col" className="w-20 text-right">
            Expected
          </th>
          <th scope="col" className="w-20 pr-4 text-right">
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {plan.map((item) => (
          <Row key={item.node} plan={item} node={run?.nodes[item.node]} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ plan, node }: { readonly plan: NodePlan; readonly node: NodeSnapshot | undefined }) {
  const store = useEditorStore();
  const isChosen = useEditor(({ selectedNodes }) => selectedNodes.has(plan.node));
  const didRun = node !== undefined && node.stateReason !== 'not-selected';
  return (
    <tr aria-selected={isChosen} className="h-6 border-b hover:bg-hover aria-selected:bg-selected">
      <th scope="row" className="truncate pr-3 pl-4">
        <button
          type="button"
          title={plan.node}
          onClick={() => {
            store.getState().select([plan.node]);
            store.getState().canvasView?.reveal(plan.node);
          }}
          className="max-w-full truncate font-medium -outline-offset-1 hover:underline"
        >
          {plan.node}
        </button>
      </th>
      <td className="pr-3">
        {didRun ? (
          <StateLabel mark={nodeMark(node)} share={node.share}>
            {nodeStateWords(node)}
          </StateLabel>
        ) : (
          <StateLabel mark={MARKS[plan.decision]}>{decisionWord(plan.decision)}</StateLabel>
        )}
      </td>
      <td className="pr-3 text-text-2">
        {decisionWord(plan.decision)}
        {node !== undefined && keptPlan(node) === false && <span className="text-st-warning"> (not kept)</span>}
      </td>
      <td title={plan.reason} className="truncate pr-3 text-text-2">
        {plan.reason}
      </td>
      <td className="text-right text-text-3">{formatDuration(plan.expectedMs)}</td>
      <td className="pr-4 text-right">
        {node?.state === 'running' && node.startedAt !== undefined ? (
          <TimeSince at={node.startedAt} />
        ) : node?.durationMs === undefined ? (
          NO_VALUE
        ) : (
          formatDuration(node.durationMs)
        )}
      </td>
    </tr>
  );
}

function launchWords({ selection, reuse }: Launch): string {
  if (selection.type === 'all') return reuse ? 'Run everything' : 'Run everything without reuse';
  const names = selection.nodes.length > 3 ? `${selection.nodes.length} nodes` : selection.nodes.join(', ');
  switch (selection.type) {
    case 'to':
      return `Run to ${names}`;
    case 'from':
      return `Run from ${names}`;
    case 'only':
      return `Run only ${names}`;
  }
}

function expectedWords(plan: readonly NodePlan[] | undefined): string {
  const known = plan?.flatMap(({ decision, expectedMs }) =>
    decision === 'execute' && expectedMs !== undefined ? [expectedMs] : [],
  );
  if (known === undefined || known.length === 0) return '.';
  return `. Expected ${formatDuration(known.reduce((sum, ms) => sum + ms, 0))} of work.`;
}
