'use client';

import { scaleLinear } from 'd3-scale';
import { useRef, type KeyboardEvent } from 'react';

import { prepareEdges, type EdgeLabel } from '../../lib/chart/prepare-edges';
import { prepareHistogram, toValues, type ChartScale } from '../../lib/chart/prepare-histogram';
import { formatCount, formatShare } from '../../lib/format/number';

/** Props of {@link HistogramChart}. */
export type HistogramChartProps = {
  /** Counts by side and bar; null for a side without values. */
  readonly counts: readonly (readonly number[] | null)[];
  readonly edges: readonly number[];
  readonly kind: 'equal' | 'quantiles';
  readonly isUnit: boolean;
  readonly isCutLow: boolean;
  readonly isCutHigh: boolean;
  readonly scale: ChartScale;
  /** What the chart shows, in words. */
  readonly label: string;
  /** A bar in words: `0 to 1: 26.8 % of train`. */
  readonly describeBar: (bar: number) => string;
  readonly formatEdge: (value: number) => string;
  readonly chosen: number | undefined;
  /** Undefined where a bar leads nowhere. */
  readonly onChoose: ((bar: number) => void) | undefined;
};

const WIDTH = 540;
const HEIGHT = 124;
const LEFT = 44;
const TOP = 8;
const BOTTOM = 20;
const LABEL_ROOM = 54;
const GRID_LINES = 4;

/** A histogram with its axes. Arrow keys walk along the bars, Enter chooses one. */
export function HistogramChart(props: HistogramChartProps) {
  const { counts, edges, scale, isCutLow, isCutHigh, isUnit, kind, label, formatEdge } = props;
  const width = WIDTH - LEFT - 1;
  const marks = prepareHistogram({ counts, scale, isCutLow, isCutHigh, width, height: HEIGHT });
  const labels = prepareEdges({ edges, kind, isUnit, isCutLow, isCutHigh, places: marks.places, room: LABEL_ROOM });
  return (
    <svg viewBox={`0 0 ${WIDTH} ${TOP + HEIGHT + BOTTOM}`} role="group" aria-label={label} className="w-full">
      <g transform={`translate(${LEFT} ${TOP})`}>
        {gridValues(marks.top, scale).map((value) => (
          <g key={value} transform={`translate(0 ${HEIGHT - marks.heightOf(value)})`}>
            <path d={`M0 0H${width}`} className="stroke-grid" />
            <text x="-6" y="3.5" textAnchor="end" className="fill-text-3 text-11">
              {scale.isShare ? shareLabel(value) : formatCount(value)}
            </text>
          </g>
        ))}
        <path d={marks.bars} className="fill-c-train-soft" />
        <path d={marks.outline} fill="none" strokeWidth="1.5" className="stroke-c-eval" />
        <path d={`M0 ${HEIGHT}H${width}`} className="stroke-axis" />
        <Bars {...props} places={marks.places} />
        {labels.map((edge) => (
          <text
            key={`${edge.sign}${edge.x}`}
            x={edge.x}
            y={HEIGHT + 14}
            textAnchor={anchorOf(edge, width)}
            className="fill-text-3 text-11"
          >
            {edge.sign === '' ? '' : `${edge.sign} `}
            {formatEdge(edge.value)}
          </text>
        ))}
      </g>
    </svg>
  );
}

/** Labels at the ends stay inside the picture. */
function anchorOf({ x }: EdgeLabel, width: number): 'start' | 'middle' | 'end' {
  if (x > width - LABEL_ROOM / 3) return 'end';
  return x <= 0 ? 'start' : 'middle';
}

function shareLabel(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** Round values for grid lines; by logarithm the powers of ten. */
function gridValues(top: number, { isLog, isShare }: ChartScale): readonly number[] {
  if (top <= 0) return [0];
  if (!isLog)
    return scaleLinear()
      .domain([0, top])
      .ticks(GRID_LINES)
      .filter((value) => isShare || Number.isInteger(value));
  const powers: number[] = [];
  for (let power = isShare ? 1e-4 : 1; power <= top; power *= 10) powers.push(Number(power.toPrecision(1)));
  return [0, ...powers.slice(-GRID_LINES)];
}

type BarsProps = HistogramChartProps & {
  readonly places: readonly { readonly left: number; readonly right: number }[];
};

function Bars({ places, chosen, onChoose, describeBar }: BarsProps) {
  const group = useRef<SVGGElement>(null);
  const walk = (event: KeyboardEvent, bar: number) => {
    const next = { ArrowRight: bar + 1, ArrowLeft: bar - 1, Home: 0, End: places.length - 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose?.(bar);
    } else if (next !== undefined) {
      event.preventDefault();
      group.current?.querySelector<SVGElement>(`[data-bar="${next}"]`)?.focus();
    }
  };
  const entry = chosen ?? 0;
  return (
    <g ref={group}>
      {places.map(({ left, right }, bar) => (
        <rect
          key={left}
          data-bar={bar}
          role={onChoose === undefined ? 'img' : 'button'}
          aria-label={describeBar(bar)}
          {...(onChoose !== undefined && { 'aria-pressed': bar === chosen, tabIndex: bar === entry ? 0 : -1 })}
          x={left}
          y={-2}
          width={Math.max(1, right - left)}
          height={HEIGHT + 3}
          rx="2"
          fill="transparent"
          strokeWidth="2"
          onClick={() => onChoose?.(bar)}
          onKeyDown={(event) => {
            walk(event, bar);
          }}
          className={`outline-none hover:fill-hover/40 focus-visible:stroke-accent ${bar === chosen ? 'stroke-accent' : 'stroke-transparent'}`}
        >
          <title>{describeBar(bar)}</title>
        </rect>
      ))}
    </g>
  );
}

/** A share of a side as a bar says it. */
export function barShare(counts: readonly number[] | null | undefined, bar: number): string {
  if (counts === null || counts === undefined) return 'none';
  return formatShare(toValues(counts, { isShare: true })[bar]);
}
