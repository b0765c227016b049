'use client';

import { formatCount, formatShare } from '../../lib/format/number';

/** A value and how often each side has it. */
export type ValueBar = {
  readonly value: string;
  /** Count by side; null where a side has no values. */
  readonly counts: readonly (number | null)[];
};

/** Props of {@link ValueBars}. */
export type ValueBarsProps = {
  readonly bars: readonly ValueBar[];
  /** Values in all, by side. */
  readonly totals: readonly number[];
  readonly names: readonly string[];
  /** Shares instead of counts. */
  readonly isShare: boolean;
  readonly label: string;
  readonly chosen: number | undefined;
  readonly onChoose: ((bar: number) => void) | undefined;
};

const WIDTH = 220;

/** Values with a bar each: filled for the first side, an outline for the second. A list of buttons. */
export function ValueBars({ bars, totals, names, isShare, label, chosen, onChoose }: ValueBarsProps) {
  const shareOf = (count: number | null, side: number) =>
    count === null || (totals[side] ?? 0) <= 0 ? 0 : count / (isShare ? (totals[side] ?? 1) : 1);
  const top = Math.max(...bars.flatMap(({ counts }) => counts.map(shareOf)), 0);
  return (
    <ul aria-label={label} className="max-h-56 overflow-y-auto pr-1">
      {bars.map(({ value, counts }, bar) => (
        <li key={value}>
          <button
            type="button"
            disabled={onChoose === undefined}
            aria-pressed={bar === chosen}
            onClick={() => onChoose?.(bar)}
            className="grid w-full grid-cols-[minmax(0,1fr)_minmax(60px,220px)_auto] items-center gap-3 rounded-control px-1 py-0.5 text-left text-12 -outline-offset-1 enabled:hover:bg-hover aria-pressed:bg-selected"
          >
            <span dir="auto" title={value} className="truncate">
              {value === '' ? <span className="text-text-3">empty text</span> : value}
            </span>
            <svg viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true" className="h-3.5 w-full">
              {counts.map((count, side) => {
                const width = top === 0 ? 0 : (shareOf(count, side) / top) * (WIDTH - 1);
                return side === 0 ? (
                  <rect key={names[side]} y="2" width={width} height="10" className="fill-c-train-soft" />
                ) : (
                  <path
                    key={names[side]}
                    d={`M0 .75H${width}V13.25H0`}
                    fill="none"
                    strokeWidth="1.25"
                    vectorEffect="non-scaling-stroke"
                    className="stroke-c-eval"
                  />
                );
              })}
            </svg>
            <span className="flex min-w-24 justify-end gap-2">
              {counts.map((count, side) => (
                <span key={names[side]} className={side === 0 ? '' : 'text-text-3'}>
                  <span className="sr-only">{names[side]} </span>
                  {count === null
                    ? '–'
                    : isShare
                      ? formatShare((totals[side] ?? 0) <= 0 ? undefined : count / (totals[side] ?? 1))
                      : formatCount(count)}
                </span>
              ))}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
