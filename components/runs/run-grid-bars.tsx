import { formatDuration } from '../../lib/format/time';
import { timeTicks } from '../../lib/run/run-times';
import { tookMs, type GridRun } from './grid-run';

/** Props of {@link GridBars}. */
export type GridBarsProps = {
  readonly runs: readonly GridRun[];
  /** Width of a run, in pixels. */
  readonly column: number;
  /** In ms since 1970, for what is not over. */
  readonly now: number;
};

const HEIGHT = 52;
const BASE = 48;
const BAR = 12;
const TALLEST = 40;
const TICKS = 3;

/** How long each run took: heights by the square root, so that a run of a second and one of a minute are both seen. */
export function GridBars({ runs, column, now }: GridBarsProps) {
  const longest = Math.max(1, ...runs.map((run) => tookMs(run, now) ?? 0));
  const height = (ms: number) => Math.sqrt(ms / longest) * TALLEST;
  const width = runs.length * column;
  const ticks = timeTicks(longest, TICKS).filter((tick) => tick > 0);
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true" className="block overflow-visible">
      {ticks.map((tick) => (
        <g key={tick}>
          <rect y={BASE - height(tick)} width={width} height="1" className="fill-grid" />
          <text x={width + 6} y={BASE - height(tick) + 4} className="fill-text-3 text-11">
            {formatDuration(tick)}
          </text>
        </g>
      ))}
      {runs.map((run, index) => {
        const ms = tookMs(run, now);
        if (ms === undefined) return null;
        const tall = Math.max(2, height(ms));
        return (
          <rect
            key={run.id}
            x={index * column + (column - BAR) / 2}
            y={BASE - tall}
            width={BAR}
            height={tall}
            className={barColour(run)}
          />
        );
      })}
      <rect y={BASE} width={width} height="1" className="fill-axis" />
    </svg>
  );
}

/** Colour is spent on what needs attention. */
function barColour({ state }: GridRun): string {
  if (state === 'failed') return 'fill-st-failed';
  if (state === 'canceled') return 'fill-st-canceled';
  return state === 'running' ? 'fill-st-running' : 'fill-n-300';
}
