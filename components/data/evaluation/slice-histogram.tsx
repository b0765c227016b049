'use client';

import { useMemo, useRef, type KeyboardEvent } from 'react';

import type { Figure } from '../../../lib/evaluation/evaluation-answers';
import { formatMetric } from '../../../lib/evaluation/metric-words';
import { countFigures } from '../../../lib/evaluation/slice-list';
import { formatQuantity } from '../../../lib/format/number';
import { useWidth } from '../../charts/use-width';

/** A range of figures. */
export type FigureRange = { readonly low: number; readonly high: number };

/** Props of {@link SliceHistogram}. */
export type SliceHistogramProps = {
  readonly figures: readonly number[];
  /** The metric. */
  readonly label: string;
  readonly overall: Figure | undefined;
  readonly chosen: FigureRange | undefined;
  readonly onChoose: (range: FigureRange | undefined) => void;
};

const BINS = 24;
const HEIGHT = 56;
const FIRST_WIDTH = 500;

/** How many slices have which figure. A bar lists its slices; arrow keys walk along them. */
export function SliceHistogram({ figures, label, overall, chosen, onChoose }: SliceHistogramProps) {
  const [ref, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const group = useRef<SVGGElement>(null);
  const bars = useMemo(() => countFigures(figures, BINS), [figures]);
  const top = Math.max(...bars.map(({ slices }) => slices), 1);
  const first = bars[0]?.low ?? 0;
  const last = bars.at(-1)?.high ?? 0;
  const each = width / bars.length;
  const chosenAt = bars.findIndex(({ low }) => low === chosen?.low);
  const walk = (event: KeyboardEvent, bar: number) => {
    const next = { ArrowRight: bar + 1, ArrowLeft: bar - 1, Home: 0, End: bars.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    group.current?.querySelector<SVGElement>(`[data-bar="${next}"]`)?.focus();
  };
  const toggle = (bar: number) => {
    const range = bars[bar];
    onChoose(range === undefined || bar === chosenAt ? undefined : { low: range.low, high: range.high });
  };
  return (
    <div ref={ref} className="w-full pb-1">
      <svg
        width={width}
        height={HEIGHT + 18}
        role="group"
        aria-label={`Slices by ${label}`}
        className="block overflow-visible"
      >
        <g ref={group}>
          {bars.map(({ slices, low, high }, bar) => {
            const height = slices === 0 ? 0 : Math.max(2, (slices / top) * (HEIGHT - 4));
            const words = `${formatMetric(low)} to ${formatMetric(high)}: ${formatQuantity(slices, 'slice')}`;
            return (
              <g key={low}>
                <rect
                  x={bar * each + 0.5}
                  y={HEIGHT - height}
                  width={Math.max(1, each - 1)}
                  height={height}
                  className={chosen === undefined || bar === chosenAt ? 'fill-c-new' : 'fill-c-new/40'}
                />
                <rect
                  data-bar={bar}
                  role="button"
                  aria-label={words}
                  aria-pressed={bar === chosenAt}
                  tabIndex={bar === Math.max(0, chosenAt) ? 0 : -1}
                  x={bar * each}
                  width={each}
                  height={HEIGHT}
                  fill="transparent"
                  strokeWidth="2"
                  rx="2"
                  onClick={() => {
                    toggle(bar);
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' || event.key === ' ') {
                      event.preventDefault();
                      toggle(bar);
                    } else walk(event, bar);
                  }}
                  className="stroke-transparent outline-none hover:fill-hover/40 focus-visible:stroke-accent"
                >
                  <title>{words}</title>
                </rect>
              </g>
            );
          })}
        </g>
        <path d={`M0 ${HEIGHT}H${width}`} className="stroke-axis" />
        {typeof overall === 'number' && overall >= first && overall <= last && last > first && (
          <path
            d={`M${((overall - first) / (last - first)) * width} 0V${HEIGHT}`}
            strokeDasharray="2 3"
            className="stroke-text-3"
          />
        )}
        <text y={HEIGHT + 14} className="fill-text-3 text-11">
          {formatMetric(first)}
        </text>
        <text x={width / 2} y={HEIGHT + 14} textAnchor="middle" className="fill-text-3 text-11">
          {label}
        </text>
        <text x={width} y={HEIGHT + 14} textAnchor="end" className="fill-text-3 text-11">
          {formatMetric(last)}
        </text>
      </svg>
    </div>
  );
}
