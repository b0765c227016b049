'use client';

import { useMemo, type ReactNode } from 'react';

import type { CurvePoint } from '../../lib/evaluation/score-curve';
import type { SeriesLook } from './series-look';
import { useWidth } from './use-width';

/** One curve of a {@link CurveChart}. */
export type Curve = {
  readonly id: string;
  readonly look: SeriesLook;
  readonly points: readonly CurvePoint[];
  /** Each point is a mark of its own. */
  readonly hasDots?: boolean;
  /** The point of the threshold. */
  readonly mark?: CurvePoint | undefined;
};

/** Props of {@link CurveChart}. */
export type CurveChartProps = {
  /** What is drawn, in words. */
  readonly label: string;
  readonly curves: readonly Curve[];
  /** What chance or perfection would be: the diagonal, or a level. */
  readonly guide: 'diagonal' | { readonly level: number } | undefined;
  /** Greatest side in px. */
  readonly size: number;
  /** Stands over the chart where there is no curve. */
  readonly nothing?: ReactNode;
};

const LEFT = 26;
const RIGHT = 6;
const TOP = 6;
const BOTTOM = 20;
const FIRST_WIDTH = 212;
const TICKS = [0, 0.5, 1];

/** Curves between 0 and 1 both ways. Lines are made once; a threshold moves the marks alone. */
export function CurveChart({ label, curves, guide, size, nothing }: CurveChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const side = Math.max(80, Math.min(size, width - LEFT - RIGHT));
  const isEmpty = curves.every(({ points }) => points.length === 0);
  const y = (value: number) => (1 - value) * side;
  return (
    <div ref={ref} className="relative w-full">
      <svg
        width={LEFT + side + RIGHT}
        height={TOP + side + BOTTOM}
        role="img"
        aria-label={label}
        className="block overflow-visible"
      >
        <g transform={`translate(${LEFT} ${TOP})`}>
          {TICKS.map((tick) => (
            <g key={tick}>
              <path d={`M0 ${y(tick)}H${side}`} className={tick === 0 ? 'stroke-axis' : 'stroke-grid'} />
              <text x="-6" y={y(tick) + 4} textAnchor="end" className="fill-text-3 text-11">
                {tick}
              </text>
              <text
                x={tick * side}
                y={side + 15}
                textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
                className="fill-text-3 text-11"
              >
                {tick}
              </text>
            </g>
          ))}
          {guide !== undefined && (
            <path
              d={guide === 'diagonal' ? `M0 ${side}L${side} 0` : `M0 ${y(guide.level)}H${side}`}
              strokeDasharray="2 3"
              className="stroke-axis"
            />
          )}
          {curves.toReversed().map((curve) => (
            <Line key={curve.id} curve={curve} side={side} />
          ))}
          {curves
            .toReversed()
            .map(({ id, look, mark }) =>
              mark === undefined || Number.isNaN(mark.x) || Number.isNaN(mark.y) ? null : (
                <circle
                  key={id}
                  data-mark={id}
                  cx={mark.x * side}
                  cy={y(mark.y)}
                  r={look.isHollow ? 5 : 4.5}
                  strokeWidth={2}
                  className={look.isHollow ? `fill-surface ${look.stroke}` : `${look.fill} stroke-surface`}
                />
              ),
            )}
        </g>
      </svg>
      {isEmpty && nothing !== undefined && (
        <p className="absolute inset-x-8 top-1/3 text-center text-12 text-text-2">{nothing}</p>
      )}
    </div>
  );
}

function Line({ curve: { look, points, hasDots = false }, side }: { readonly curve: Curve; readonly side: number }) {
  const path = useMemo(
    () =>
      points
        .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${(x * side).toFixed(1)} ${((1 - y) * side).toFixed(1)}`)
        .join(''),
    [points, side],
  );
  return (
    <>
      <path
        d={path}
        fill="none"
        strokeWidth={look.width}
        strokeDasharray={look.dash}
        strokeLinejoin="round"
        className={look.stroke}
      />
      {hasDots &&
        points.map(({ x, y }) => (
          <circle
            key={x}
            cx={x * side}
            cy={(1 - y) * side}
            r="3"
            strokeWidth={look.isHollow ? 1.5 : 0}
            className={look.isHollow ? `fill-surface ${look.stroke}` : look.fill}
          />
        ))}
    </>
  );
}
