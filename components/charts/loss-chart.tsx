'use client';

import { formatValue } from '../../lib/format/number';
import { lossLines, type LossPoint } from '../../lib/chart/loss-lines';
import { useWidth } from './use-width';

/** Props of {@link LossChart}. */
export type LossChartProps = {
  readonly points: readonly LossPoint[];
  /** Height in px. Default 220. */
  readonly height?: number;
};

const LEFT = 52;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;

/** The loss over the steps: of the training batches as a line, on the eval rows as dots joined by another. */
export function LossChart({ points, height = 220 }: LossChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const plot = { width: Math.max(40, width - LEFT - RIGHT), height: Math.max(24, height - TOP - BOTTOM) };
  const lines = lossLines(points, plot);
  return (
    <div ref={ref} className="w-full">
      <svg width={width} height={height} role="img" aria-label={lines.summary} className="block">
        <g transform={`translate(${LEFT} ${TOP})`}>
          {lines.ticks.map(({ value, y }) => (
            <g key={value}>
              <path d={`M0 ${y}H${plot.width}`} className="stroke-grid" />
              <text x="-6" y={y + 4} textAnchor="end" className="fill-text-3 text-11">
                {formatValue(value)}
              </text>
            </g>
          ))}
          <text x={plot.width} y={plot.height + 16} textAnchor="end" className="fill-text-3 text-11">
            {`step ${lines.lastStep.toLocaleString('en')}`}
          </text>
          <path d={lines.train} fill="none" className="stroke-c-base" strokeWidth="1.5" />
          <path d={lines.watched} fill="none" className="stroke-c-new" strokeWidth="1.5" />
          {lines.watchedDots.map(({ x, y }) => (
            <circle key={x} cx={x} cy={y} r="2.5" className="fill-c-new" />
          ))}
        </g>
      </svg>
    </div>
  );
}
