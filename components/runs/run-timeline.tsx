'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type ReactNode } from 'react';

import { formatDuration } from '../../lib/format/time';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import { criticalPath } from '../../lib/run/critical-path';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { isFinalRunState } from '../../lib/run/run';
import { nodeDuration, runTimes, timeTicks, type NodeTimes } from '../../lib/run/run-times';
import { nodeMark, nodeStateWords } from '../../lib/run/run-words';
import { useAddress } from '../shell/use-address';
import { StateIcon } from '../ui/state-mark';
import { nodesInOrder } from './graph-nodes';
import { Spacer } from './spacer';
import { TimelineBar, TimelinePatterns, type Link, type Shadow } from './timeline-bar';
import { useNow } from './use-now';
import { usePhone } from './use-phone';

/** The run of the pipeline before, as far as the time bars show it. */
export type TimelineShadow = {
  readonly number: number;
  readonly nodes: readonly (Shadow & { readonly node: string })[];
};

/** Props of {@link RunTimeline}. */
export type RunTimelineProps = {
  readonly run: RunSnapshot;
  readonly document: Pipeline;
  readonly before: TimelineShadow | undefined;
  readonly selected: string | undefined;
  readonly onSelect: (node: string) => void;
};

const TICKS = 6;
/** Share of the width that the bars may take, so that the last mark's text stays inside. */
const ROOM = 0.97;
const ROW = 24;
const TOUCHED_ROW = 44;
/** Up to so many rows all are drawn, so that a page search finds them. */
const ALL_DRAWN = 60;
const OVERSCAN = 12;

const COLUMNS =
  'grid-cols-[120px_minmax(0,1fr)_56px] tablet:grid-cols-[152px_minmax(0,1fr)_64px] desktop:grid-cols-[176px_minmax(0,1fr)_72px]';

/** When each node waited, started and computed, one bar a node. */
export function RunTimeline({ run, document, before, selected, onSelect }: RunTimelineProps) {
  const now = useNow(!isFinalRunState(run.state));
  const [isFlat, setFlat] = useFlat();
  const times = runTimes(run, now);
  const path = criticalPath(run, times);
  const byNode = new Map(times.nodes.map((one) => [one.node, one]));
  const order = isFlat ? times.nodes.map(({ node }) => node) : nodesInOrder(run, document).map(({ node }) => node);
  const shadows = useMemo(() => new Map(before?.nodes.map((one) => [one.node, one])), [before]);
  const shadowEnd = Math.max(0, ...order.map((id) => shadows.get(id)?.toMs ?? 0));
  const totalMs = Math.max(times.totalMs, shadowEnd);
  const scale = totalMs / ROOM || 1;
  const at = (ms: number) => `${((ms / scale) * 100).toFixed(3)}%`;
  const ticks = timeTicks(totalMs, TICKS);
  const links = isFlat ? [] : linksOf(path.nodes, byNode, order);
  const critical = new Set(path.nodes);
  return (
    <section aria-label="Time" className="flex min-h-0 flex-col">
      <header className="flex flex-none flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-2.5 pb-1 tablet:px-5">
        <h2 className="text-15 font-semibold">Time</h2>
        <OrderChoice isFlat={isFlat} onChange={setFlat} />
        <Legend hasSlack={path.slackMs.size > 0} before={shadowEnd > 0 ? before?.number : undefined} />
      </header>
      <TimelinePatterns />
      <div className={`grid flex-none px-4 text-11 text-text-3 tablet:px-5 ${COLUMNS}`}>
        <span />
        <svg width="100%" height="18" aria-hidden="true" className="overflow-visible">
          {ticks.map((tick) => (
            <text key={tick} x={at(tick)} y="12" textAnchor={tick === 0 ? 'start' : 'middle'} className="fill-text-3">
              {tick === 0 ? '0' : formatTick(tick)}
            </text>
          ))}
        </svg>
        <span />
      </div>
      <Rows count={order.length}>
        {(index) => {
          const id = order[index] ?? '';
          const node = run.nodes[id];
          const own = byNode.get(id);
          if (node === undefined || own === undefined) return null;
          const slackMs = path.slackMs.get(id);
          return (
            <Row key={id} node={node} times={own} slackMs={slackMs} selected={selected === id} onSelect={onSelect}>
              <TimelineBar
                node={node}
                times={own}
                shadow={shadows.get(id)}
                slackMs={slackMs}
                isCritical={critical.has(id)}
                links={linksAt(links, index)}
                ticks={ticks}
                at={at}
              />
            </Row>
          );
        }}
      </Rows>
    </section>
  );
}

type RowsProps = { readonly count: number; readonly children: (index: number) => ReactNode };

/** A list of which only what is in view is drawn, once it is long. */
function Rows({ count, children }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const height = usePhone() ? TOUCHED_ROW : ROW;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: count <= ALL_DRAWN ? count : OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const above = first?.start ?? 0;
  const below = last === undefined ? 0 : virtualizer.getTotalSize() - last.end;
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto pb-3 max-tablet:max-h-[60vh]">
      <ul aria-label="Nodes by time">
        <Spacer height={above} />
        {items.map(({ index }) => children(index))}
        <Spacer height={below} />
      </ul>
    </div>
  );
}

type RowProps = {
  readonly node: NodeSnapshot;
  readonly times: NodeTimes;
  readonly slackMs: number | undefined;
  readonly selected: boolean;
  readonly onSelect: (node: string) => void;
  readonly children: ReactNode;
};

function Row({ node, times, slackMs, selected, onSelect, children }: RowProps) {
  const took = nodeDuration(node) ?? (times.computeMs > 0 ? times.computeMs : undefined);
  const room = slackMs === undefined ? '' : `, could have ended ${formatDuration(slackMs)} later`;
  return (
    <li>
      <button
        type="button"
        title={`${node.node}: ${nodeStateWords(node)}, ${formatDuration(took)}${room}`}
        aria-pressed={selected}
        onClick={() => {
          onSelect(node.node);
        }}
        className={`grid h-6 w-full items-center px-4 text-left -outline-offset-2 hover:bg-hover aria-pressed:bg-selected aria-pressed:font-semibold max-tablet:h-11 tablet:px-5 ${COLUMNS}`}
      >
        <span className="flex min-w-0 items-center gap-1.5 pr-3 text-12">
          <StateIcon mark={nodeMark(node)} share={node.share} label={nodeStateWords(node)} />
          <span dir="auto" className={`truncate ${node.state === 'skipped' ? 'text-text-3' : ''}`}>
            {node.node}
          </span>
        </span>
        {children}
        <span className="text-right text-12 font-medium">{formatDuration(took)}</span>
      </button>
    </li>
  );
}

function OrderChoice({ isFlat, onChange }: { readonly isFlat: boolean; readonly onChange: (flat: boolean) => void }) {
  const choice = (flat: boolean, words: string) => (
    <button
      type="button"
      aria-pressed={isFlat === flat}
      onClick={() => {
        onChange(flat);
      }}
      className="px-2 text-12 font-medium text-text-2 -outline-offset-2 aria-pressed:bg-n-100 aria-pressed:text-text max-tablet:px-3"
    >
      {words}
    </button>
  );
  return (
    <div
      role="group"
      aria-label="Order of the nodes"
      className="flex h-6 overflow-hidden rounded-control border border-border max-tablet:h-11"
    >
      {choice(false, 'By dependency')}
      {choice(true, 'Flat')}
    </div>
  );
}

function Legend({ hasSlack, before }: { readonly hasSlack: boolean; readonly before: number | undefined }) {
  return (
    <p className="ml-auto flex flex-wrap items-center gap-x-3 text-12 text-text-2 max-tablet:ml-0">
      <Key words="queue">
        <rect width="12" height="8" fill="url(#timeline-queue)" />
      </Key>
      <Key words="start">
        <rect width="12" height="8" className="fill-seq-3" />
      </Key>
      <Key words="compute">
        <rect width="12" height="8" className="fill-seq-5" />
      </Key>
      <Key words="critical path">
        <rect width="12" height="8" className="fill-seq-5" />
        <rect width="12" height="2" className="fill-text" />
      </Key>
      {hasSlack && (
        <Key words="slack">
          <line x1="0" x2="12" y1="4" y2="4" strokeWidth="1.5" strokeDasharray="1.5 2.5" className="stroke-text-3" />
        </Key>
      )}
      {before !== undefined && (
        <Key words={`run ${before}`}>
          <rect y="3" width="12" height="3" className="fill-n-300" />
        </Key>
      )}
    </p>
  );
}

function Key({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <svg width="12" height="8" aria-hidden="true">
        {children}
      </svg>
      {words}
    </span>
  );
}

/** The steps of the critical path as lines between rows: down from the end of one to the beginning of the next. */
function linksOf(
  path: readonly string[],
  byNode: ReadonlyMap<string, NodeTimes>,
  order: readonly string[],
): readonly (Link & { readonly fromRow: number; readonly toRow: number })[] {
  const rowOf = new Map(order.map((id, index) => [id, index]));
  return path.slice(1).flatMap((to, index) => {
    const from = path[index] ?? '';
    const fromRow = rowOf.get(from);
    const toRow = rowOf.get(to);
    const atMs = byNode.get(from)?.endMs;
    return fromRow === undefined || toRow === undefined || atMs === undefined || fromRow >= toRow
      ? []
      : [{ fromRow, toRow, atMs, part: 'through' as const }];
  });
}

function linksAt(links: ReturnType<typeof linksOf>, row: number): readonly Link[] {
  return links.flatMap(({ fromRow, toRow, atMs }): readonly Link[] => {
    if (row < fromRow || row > toRow) return [];
    return [{ atMs, part: row === fromRow ? 'leaves' : row === toRow ? 'arrives' : 'through' }];
  });
}

/** A mark of the axis: whole seconds need no decimal. */
function formatTick(ms: number): string {
  if (ms < 1_000 || ms % 1_000 !== 0) return `${Number((ms / 1_000).toFixed(3))} s`;
  return ms < 60_000 ? `${ms / 1_000} s` : formatDuration(ms);
}

/** The order of the bars stands in the address. */
function useFlat() {
  const { params, replace } = useAddress();
  const setFlat = (flat: boolean) => {
    replace({ time: flat ? 'flat' : undefined });
  };
  return [params.get('time') === 'flat', setFlat] as const;
}
