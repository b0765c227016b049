'use client';

import { useEffect, useState } from 'react';

import { formatDuration } from '../../lib/format/time';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { isFinalRunState } from '../../lib/run/run';
import { nodeDuration, runTimes, timeTicks, type NodeTimes } from '../../lib/run/run-times';
import { nodeHeadline, nodeMark, nodeStateWords } from '../../lib/run/run-words';
import { StateIcon } from '../ui/state-mark';

/** Props of {@link RunTimeline}. */
export type RunTimelineProps = {
  readonly run: RunSnapshot;
  readonly selected: string | undefined;
  readonly onSelect: (node: string) => void;
};

const TICKS = 4;
const REDRAW_MS = 100;
/** Beyond this share of the width, the words stand before their mark, where the room is. */
const LATE_PERCENT = 50;
/** Share of the width that the bars may take, so that the last mark's text stays inside. */
const ROOM = 0.97;

/** When each node waited and when it computed, one bar a node, in the order in which they began. */
export function RunTimeline({ run, selected, onSelect }: RunTimelineProps) {
  const now = useNow(!isFinalRunState(run.state));
  const { nodes, totalMs } = runTimes(run, now);
  const scale = totalMs / ROOM || 1;
  const at = (ms: number) => `${((ms / scale) * 100).toFixed(3)}%`;
  const ticks = timeTicks(totalMs, TICKS);
  return (
    <section aria-label="Time" className="px-4 pb-3 tablet:px-5">
      <div className="flex flex-wrap items-center gap-x-4 pt-2.5 pb-1">
        <h2 className="text-13 font-semibold">Time</h2>
        <Key className="fill-n-300" words="queue" />
        <Key className="fill-seq-5" words="compute" />
      </div>
      <div className="grid grid-cols-[120px_minmax(0,1fr)_56px] text-11 text-text-3 tablet:grid-cols-[152px_minmax(0,1fr)_64px]">
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
      <ul>
        {nodes.map((times) => {
          const node = run.nodes[times.node];
          if (node === undefined) return null;
          return (
            <li key={times.node}>
              <button
                type="button"
                aria-pressed={selected === times.node}
                onClick={() => {
                  onSelect(times.node);
                }}
                className="-mx-4 grid h-6 w-[calc(100%+32px)] grid-cols-[120px_minmax(0,1fr)_56px] items-center px-4 text-left -outline-offset-2 hover:bg-hover aria-pressed:bg-selected max-tablet:h-11 tablet:-mx-5 tablet:w-[calc(100%+40px)] tablet:grid-cols-[152px_minmax(0,1fr)_64px] tablet:px-5"
              >
                <span className="flex min-w-0 items-center gap-1.5 pr-3 text-12">
                  <StateIcon mark={nodeMark(node)} share={node.share} label={nodeStateWords(node)} />
                  <span title={times.node} className="truncate">
                    {times.node}
                  </span>
                </span>
                <Bar times={times} node={node} ticks={ticks} at={at} />
                <span className="text-right text-12 font-medium">
                  {formatDuration(nodeDuration(node) ?? (times.computeMs > 0 ? times.computeMs : undefined))}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type BarProps = {
  readonly times: NodeTimes;
  readonly node: NodeSnapshot;
  readonly ticks: readonly number[];
  readonly at: (ms: number) => string;
};

function Bar({ times: { spans, settledAtMs }, node, ticks, at }: BarProps) {
  return (
    <svg width="100%" height="24" aria-hidden="true" className="overflow-visible">
      {ticks.map((tick) => (
        <rect key={tick} x={at(tick)} width="1" height="24" className="fill-grid" />
      ))}
      {spans.map(({ kind, fromMs, toMs }) =>
        kind === 'queue' ? (
          <rect key={`q${fromMs}`} x={at(fromMs)} y="10" width={at(toMs - fromMs)} height="4" className="fill-n-300" />
        ) : (
          <g key={`c${fromMs}`}>
            <rect x={at(fromMs)} y="6" width={at(toMs - fromMs)} height="12" className={barColour(node)} />
            {/* However short it was, it is seen. */}
            <rect x={at(fromMs)} y="6" width="2" height="12" className={barColour(node)} />
          </g>
        ),
      )}
      {settledAtMs !== undefined && (
        <>
          {node.state === 'cached' && (
            <svg x={at(settledAtMs)} y="7" width="10" height="10" overflow="visible">
              <rect
                x="0.75"
                y="0.75"
                width="8.5"
                height="8.5"
                rx="1.5"
                strokeWidth="1.5"
                className="fill-none stroke-st-reused"
              />
            </svg>
          )}
          <SettledWords node={node} start={at(settledAtMs)} />
        </>
      )}
    </svg>
  );
}

/** Why a bar is missing, cut where the room ends: beside its mark, on the side that has more of it. */
function SettledWords({ node, start }: { readonly node: NodeSnapshot; readonly start: string }) {
  const words = node.state === 'cached' ? nodeHeadline(node).toLowerCase() : nodeHeadline(node);
  const isLate = Number.parseFloat(start) > LATE_PERCENT;
  const gap = node.state === 'cached' && !isLate ? 'pl-4' : 'px-1.5';
  return (
    <foreignObject x={isLate ? 0 : start} width={isLate ? start : `${100 - Number.parseFloat(start)}%`} height="24">
      <p title={words} className={`truncate text-11 leading-6 text-text-3 ${gap} ${isLate ? 'text-right' : ''}`}>
        {words}
      </p>
    </foreignObject>
  );
}

function barColour({ state }: NodeSnapshot): string {
  if (state === 'failed') return 'fill-st-failed';
  if (state === 'running') return 'fill-st-running';
  return state === 'canceled' ? 'fill-st-canceled' : 'fill-seq-5';
}

function Key({ className, words }: { readonly className: string; readonly words: string }) {
  return (
    <span className="flex items-center gap-1.5 text-12 text-text-2">
      <svg width="12" height="8" aria-hidden="true">
        <rect width="12" height="8" className={className} />
      </svg>
      {words}
    </span>
  );
}

/** A mark of the axis: whole seconds need no decimal. */
function formatTick(ms: number): string {
  if (ms < 1_000 || ms % 1_000 !== 0) return `${Number((ms / 1_000).toFixed(3))} s`;
  return ms < 60_000 ? `${ms / 1_000} s` : formatDuration(ms);
}

/** The clock, while something moves. */
function useNow(moves: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!moves) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
    }, REDRAW_MS);
    return () => {
      clearInterval(timer);
    };
  }, [moves]);
  return now;
}
