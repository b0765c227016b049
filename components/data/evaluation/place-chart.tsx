'use client';

import { useRef, type KeyboardEvent } from 'react';

import { edgeAt } from '../../../lib/evaluation/error-bins';
import type { ErrorEdges } from '../../../lib/evaluation/evaluation-answers';
import { formatQuantity, formatValue } from '../../../lib/format/number';
import { useWidth } from '../../charts/use-width';

/** Props of {@link PlaceChart}. */
export type PlaceChartProps = {
  readonly title: string;
  readonly axes: string;
  readonly x: ErrorEdges;
  readonly y: ErrorEdges;
  readonly places: readonly { readonly x: number; readonly y: number; readonly rows: number }[];
  /** What perfection would be: both alike, or no error. */
  readonly guide: 'diagonal' | 'zero';
  readonly onOpen: (x: number, y: number) => void;
};

const LEFT = 48;
const BOTTOM = 20;
const LARGEST = 320;
const FIRST_WIDTH = 300;
const TINTS = ['fill-seq-2', 'fill-seq-3', 'fill-seq-4', 'fill-seq-5', 'fill-seq-6', 'fill-seq-7'];

/** Rows by two values, the darker the more, by logarithm. A place leads to its rows; arrow keys walk from place to place. */
export function PlaceChart({ title, axes, x, y, places, guide, onOpen }: PlaceChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const group = useRef<SVGGElement>(null);
  const side = Math.max(120, Math.min(LARGEST, width - LEFT - 8));
  const most = Math.max(...places.map(({ rows }) => rows), 1);
  const [w, h] = [side / x.bins, side / y.bins];
  const zero = side - ((0 - y.low) / (y.high - y.low)) * side;
  const tint = (rows: number) =>
    TINTS[Math.min(TINTS.length - 1, Math.floor((Math.log1p(rows) / Math.log1p(most)) * TINTS.length))];
  const words = (place: (typeof places)[number]) =>
    `Predicted ${span(x, place.x)}, ${title.toLowerCase()} ${span(y, place.y)}: ${formatQuantity(place.rows, 'row')}`;
  const walk = (event: KeyboardEvent, at: number) => {
    const next = {
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      Home: 0,
      End: places.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    group.current?.querySelector<SVGElement>(`[data-place="${next}"]`)?.focus();
  };
  return (
    <figure ref={ref} aria-label={`${title} ${axes}`} className="min-w-0">
      <figcaption className="pb-1 text-12">
        <b className="font-semibold">{title}</b> <span className="text-text-3">{axes}</span>
      </figcaption>
      <svg
        width={LEFT + side + 8}
        height={side + BOTTOM + 4}
        role="group"
        aria-label={`${title} ${axes}`}
        className="block overflow-visible"
      >
        <g transform={`translate(${LEFT} 4)`}>
          <path d={`M0 0V${side}H${side}`} fill="none" className="stroke-axis" />
          <g ref={group}>
            {places.map((place, at) => (
              <rect
                key={`${place.x} ${place.y}`}
                data-place={at}
                role="button"
                aria-label={words(place)}
                tabIndex={at === 0 ? 0 : -1}
                x={place.x * w}
                y={side - (place.y + 1) * h}
                width={w}
                height={h}
                strokeWidth="2"
                onClick={() => {
                  onOpen(place.x, place.y);
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' || event.key === ' ') {
                    event.preventDefault();
                    onOpen(place.x, place.y);
                  } else walk(event, at);
                }}
                className={`outline-none hover:stroke-text focus-visible:stroke-accent ${tint(place.rows) ?? ''}`}
              >
                <title>{words(place)}</title>
              </rect>
            ))}
          </g>
          {guide === 'diagonal' ? (
            <path d={`M0 ${side}L${side} 0`} strokeDasharray="2 3" pointerEvents="none" className="stroke-text-3" />
          ) : (
            zero >= 0 &&
            zero <= side && (
              <path d={`M0 ${zero}H${side}`} strokeDasharray="2 3" pointerEvents="none" className="stroke-text-3" />
            )
          )}
          {[0, 1].map((end) => (
            <g key={end} className="fill-text-3 text-11">
              <text x="-6" y={end === 0 ? side : 9} textAnchor="end">
                {(end === 0 ? y.isCutLow : y.isCutHigh) ? (end === 0 ? '≤ ' : '≥ ') : ''}
                {short(end === 0 ? y.low : y.high)}
              </text>
              <text x={end * side} y={side + 15} textAnchor={end === 0 ? 'start' : 'end'}>
                {(end === 0 ? x.isCutLow : x.isCutHigh) ? (end === 0 ? '≤ ' : '≥ ') : ''}
                {short(end === 0 ? x.low : x.high)}
              </text>
            </g>
          ))}
        </g>
      </svg>
    </figure>
  );
}

function span(edges: ErrorEdges, bin: number): string {
  return `${short(edgeAt(edges, bin))} to ${short(edgeAt(edges, bin + 1))}`;
}

/** An edge as an axis says it. */
function short(value: number): string {
  return formatValue(Number(value.toPrecision(3)));
}
