'use client';

import { useMemo, useRef, type KeyboardEvent } from 'react';

import { edgeAt } from '../../../lib/evaluation/error-bins';
import type { ErrorEdges, ErrorsAnswer } from '../../../lib/evaluation/evaluation-answers';
import { formatMetric } from '../../../lib/evaluation/metric-words';
import { formatCount, formatValue } from '../../../lib/format/number';
import { useWidth } from '../../charts/use-width';

/** Props of {@link ErrorBars}. */
export type ErrorBarsProps = {
  readonly edges: ErrorEdges;
  readonly series: ErrorsAnswer['series'];
  /** A bar was pressed: the candidate's rows. */
  readonly onOpen: (bin: number) => void;
};

const HEIGHT = 130;
const FIRST_WIDTH = 560;

/** Rows by error: the candidate as bars, the baseline as a dashed outline over them. */
export function ErrorBars({ edges, series, onOpen }: ErrorBarsProps) {
  const [ref, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const group = useRef<SVGGElement>(null);
  const candidate = series.find(({ model }) => model === 'candidate')?.counts ?? [];
  const baseline = series.find(({ model }) => model === 'baseline')?.counts;
  const most = Math.max(...candidate, ...(baseline ?? []), 1);
  const each = width / edges.bins;
  const height = (count: number) => (count <= 0 ? 0 : Math.max(1.5, (count / most) * (HEIGHT - 6)));
  const outline = useMemo(
    () =>
      baseline
        ?.map((count, bin) => `${bin === 0 ? 'M' : 'L'}${bin * each} ${HEIGHT - height(count)}H${(bin + 1) * each}`)
        .join(''),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `height` follows from these
    [baseline, each, most],
  );
  const zero = ((0 - edges.low) / (edges.high - edges.low)) * width;
  const words = (bin: number) => {
    const from = bin === 0 && edges.isCutLow ? 'lower' : formatMetric(edgeAt(edges, bin));
    const to = bin === edges.bins - 1 && edges.isCutHigh ? 'higher' : formatMetric(edgeAt(edges, bin + 1));
    const of = baseline === undefined ? '' : `, baseline ${formatCount(baseline[bin] ?? 0)}`;
    return `Error ${from} to ${to}: ${formatCount(candidate[bin] ?? 0)} rows${of}`;
  };
  const walk = (event: KeyboardEvent, bin: number) => {
    const next = { ArrowRight: bin + 1, ArrowLeft: bin - 1, Home: 0, End: edges.bins - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    group.current?.querySelector<SVGElement>(`[data-bar="${next}"]`)?.focus();
  };
  return (
    <div ref={ref} className="w-full max-w-180">
      <svg
        width={width}
        height={HEIGHT + 20}
        role="group"
        aria-label="Spread of the errors"
        className="block overflow-visible"
      >
        {candidate.map((count, bin) => (
          <rect
            key={edgeAt(edges, bin)}
            x={bin * each + 0.5}
            y={HEIGHT - height(count)}
            width={Math.max(1, each - 1)}
            height={height(count)}
            className="fill-c-new/70"
          />
        ))}
        {outline !== undefined && (
          <path d={outline} fill="none" strokeWidth="1.5" strokeDasharray="4 2.5" className="stroke-c-base" />
        )}
        <path d={`M0 ${HEIGHT}H${width}`} className="stroke-axis" />
        {zero > 0 && zero < width && (
          <path d={`M${zero} 0V${HEIGHT}`} strokeDasharray="2 3" className="stroke-text-3" />
        )}
        <g ref={group}>
          {candidate.map((_, bin) => (
            <rect
              key={edgeAt(edges, bin)}
              data-bar={bin}
              role="button"
              aria-label={words(bin)}
              tabIndex={bin === 0 ? 0 : -1}
              x={bin * each}
              width={each}
              height={HEIGHT}
              rx="2"
              fill="transparent"
              strokeWidth="2"
              onClick={() => {
                onOpen(bin);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ' ') {
                  event.preventDefault();
                  onOpen(bin);
                } else walk(event, bin);
              }}
              className="stroke-transparent outline-none hover:fill-hover/40 focus-visible:stroke-accent"
            >
              <title>{words(bin)}</title>
            </rect>
          ))}
        </g>
        <text y={HEIGHT + 14} className="fill-text-3 text-11">
          {edges.isCutLow ? '≤ ' : ''}
          {formatValue(Number(edges.low.toPrecision(3)))}
        </text>
        {zero > 60 && zero < width - 60 && (
          <text x={zero} y={HEIGHT + 14} textAnchor="middle" className="fill-text-3 text-11">
            0
          </text>
        )}
        <text x={width} y={HEIGHT + 14} textAnchor="end" className="fill-text-3 text-11">
          {edges.isCutHigh ? '≥ ' : ''}
          {formatValue(Number(edges.high.toPrecision(3)))}
        </text>
      </svg>
    </div>
  );
}
