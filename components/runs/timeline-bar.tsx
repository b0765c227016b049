import type { NodeSnapshot } from '../../lib/run/fold-run';
import type { NodeTimes } from '../../lib/run/run-times';
import { nodeHeadline } from '../../lib/run/run-words';

/** When the node computed in the run before, in ms since that run was queued. */
export type Shadow = { readonly fromMs: number; readonly toMs: number };

/** A step of the critical path where it meets a row. */
export type Link = { readonly atMs: number; readonly part: 'leaves' | 'through' | 'arrives' };

/** Props of {@link TimelineBar}. */
export type TimelineBarProps = {
  readonly node: NodeSnapshot;
  readonly times: NodeTimes;
  readonly shadow: Shadow | undefined;
  readonly slackMs: number | undefined;
  readonly isCritical: boolean;
  readonly links: readonly Link[];
  readonly ticks: readonly number[];
  /** A moment as a share of the width: `12.5%`. */
  readonly at: (ms: number) => string;
};

const TOP = 6;
const BAR = 11;
const HEIGHT = 24;
/** Beyond this share of the width, the words stand before their mark, where the room is. */
const LATE_PERCENT = 50;

/** The hatching of what waits, once per page. */
export function TimelinePatterns() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <defs>
        <pattern id="timeline-queue" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="4" strokeWidth="2" className="stroke-n-400" />
        </pattern>
      </defs>
    </svg>
  );
}

/** The bar of one node: hatched while it waited, light while it started, dark while it computed. */
export function TimelineBar(props: TimelineBarProps) {
  const { node, times, shadow, slackMs, isCritical, links, ticks, at } = props;
  const { spans, settledAtMs, endMs } = times;
  return (
    <svg width="100%" height={HEIGHT} aria-hidden="true" className="overflow-visible">
      {ticks.map((tick) => (
        <rect key={tick} x={at(tick)} width="1" height={HEIGHT} className="fill-grid" />
      ))}
      {shadow !== undefined && (
        <rect x={at(shadow.fromMs)} y="19" width={at(shadow.toMs - shadow.fromMs)} height="3" className="fill-n-300" />
      )}
      {spans.map(({ kind, fromMs, toMs }) => (
        <rect
          key={`${kind}${fromMs}`}
          x={at(fromMs)}
          y={TOP}
          width={at(toMs - fromMs)}
          height={BAR}
          {...(kind === 'queue' ? { fill: 'url(#timeline-queue)' } : { className: barColour(node, kind) })}
        />
      ))}
      {/* However short it was, it is seen. */}
      {node.attempts.length > 0 && endMs !== undefined && (
        <svg x={at(endMs)} y={TOP} overflow="visible">
          <rect x="-1" width="2" height={BAR} className={barColour(node, 'compute')} />
        </svg>
      )}
      {isCritical && spans.length > 0 && <CriticalEdge times={times} at={at} />}
      {links.map(({ atMs, part }) => (
        <line
          key={`${part}${atMs}`}
          x1={at(atMs)}
          x2={at(atMs)}
          y1={part === 'leaves' ? TOP : 0}
          y2={part === 'arrives' ? TOP : HEIGHT}
          strokeWidth="1.5"
          className="stroke-text"
        />
      ))}
      {slackMs !== undefined && endMs !== undefined && (
        <line
          x1={at(endMs)}
          x2={at(endMs + slackMs)}
          y1={TOP + BAR / 2}
          y2={TOP + BAR / 2}
          strokeWidth="1.5"
          strokeDasharray="1.5 3"
          className="stroke-text-3"
        />
      )}
      {settledAtMs !== undefined && <Settled node={node} start={at(settledAtMs)} />}
    </svg>
  );
}

/** The dark edge above what the run's time hung on. */
function CriticalEdge({ times: { spans }, at }: Pick<TimelineBarProps, 'times' | 'at'>) {
  const began = spans.find(({ kind }) => kind !== 'queue') ?? spans[0];
  const end = spans.at(-1);
  if (began === undefined || end === undefined) return null;
  return <rect x={at(began.fromMs)} y={TOP - 1} width={at(end.toMs - began.fromMs)} height="2" className="fill-text" />;
}

/** The mark and the words of a node that did not compute: reused, skipped, canceled. */
function Settled({ node, start }: { readonly node: NodeSnapshot; readonly start: string }) {
  const isReused = node.state === 'cached';
  const words = isReused ? nodeHeadline(node).toLowerCase() : nodeHeadline(node);
  const isLate = Number.parseFloat(start) > LATE_PERCENT;
  const gap = isReused && !isLate ? 'pl-4' : 'px-1.5';
  return (
    <>
      {isReused && (
        <svg x={start} y="7" width="10" height="10" overflow="visible">
          <rect
            x="0.75"
            y="0.75"
            width="8.5"
            height="8.5"
            rx="1.5"
            strokeWidth="1.5"
            className="fill-surface stroke-st-reused"
          />
        </svg>
      )}
      <foreignObject
        x={isLate ? 0 : start}
        width={isLate ? start : `${100 - Number.parseFloat(start)}%`}
        height={HEIGHT}
      >
        <p title={words} className={`truncate text-11 leading-6 text-text-3 ${gap} ${isLate ? 'text-right' : ''}`}>
          {words}
        </p>
      </foreignObject>
    </>
  );
}

function barColour({ state }: NodeSnapshot, kind: 'start' | 'compute'): string {
  if (kind === 'start') return 'fill-seq-3';
  if (state === 'failed') return 'fill-st-failed';
  if (state === 'running') return 'fill-st-running';
  return state === 'canceled' ? 'fill-st-canceled' : 'fill-seq-5';
}
