'use client';

import type { FeatureDetail, StatisticsRow, StoredBins } from '../../../lib/artifact/statistics-table';
import { formatCount } from '../../../lib/format/number';
import { describeChart, formatFigure, whyNoChart } from '../../../lib/stats/describe-row';
import { barShare, HistogramChart } from '../../charts/histogram-chart';
import { ValueBars } from '../../charts/value-bars';
import type { StatisticsAddress } from './statistics-address';

/** Props of {@link FeatureChart}. */
export type FeatureChartProps = {
  readonly row: StatisticsRow;
  readonly detail: FeatureDetail | undefined;
  readonly names: readonly string[];
  readonly address: StatisticsAddress;
  /** Rows can be shown for a bar. */
  readonly hasRows: boolean;
};

/** The distribution of an open feature. A chosen bar stands in the address. */
export function FeatureChart({ row, detail, names, address, hasRows }: FeatureChartProps) {
  const none = whyNoChart(row, names);
  if (none !== undefined) return <p className="text-12 text-text-3">{none}.</p>;
  const onChoose = hasRows
    ? (bar: number) => {
        address.change({ bar: address.bar === bar ? undefined : String(bar) });
      }
    : undefined;
  const chart = { row, names, address, onChoose };
  if (row.group === 'categorical') return detail === undefined ? null : <Values {...chart} detail={detail} />;
  const bins = (address.bins === 'quantiles' ? row.quantiles : undefined) ?? row.equal;
  return bins === undefined ? null : <Numbers {...chart} bins={bins} />;
}

type ChartProps = Omit<FeatureChartProps, 'detail' | 'hasRows'> & {
  readonly onChoose: ((bar: number) => void) | undefined;
};

function Numbers({ row, names, address, onChoose, bins }: ChartProps & { readonly bins: StoredBins }) {
  const { scale, bar } = address;
  const { isIdentifier } = row;
  const { edges, counts, kind, isCutLow = false, isCutHigh = false } = bins;
  const [low, high] = [edges[isCutLow ? 1 : 0] ?? 0, edges[isCutLow ? 2 : 1] ?? 0];
  const isWhole = row.sides.every((side) => side === null || side.type === 'INT');
  const isUnit = isWhole && kind === 'equal' && high - low === 1;
  const format = (value: number | undefined) => formatFigure(value, isIdentifier);
  const describeBar = (at: number) => {
    const [from, to] = [edges[at], edges[at + 1]];
    const above = kind === 'quantiles' && at > 0 ? 'above ' : '';
    const range = isUnit && !isTail(bins, at) ? format(from) : `${above}${format(from)} to ${format(to)}`;
    return `${range}: ${counts.map((side, place) => `${barShare(side, at)} of ${names[place] ?? ''}`).join(', ')}`;
  };
  const bars = edges.length - 1;
  const width = kind === 'equal' && !isUnit ? ` of ${format(Number((high - low).toPrecision(6)))}` : '';
  return (
    <div>
      <p className="flex items-baseline gap-3 text-12 text-text-2">
        <span className="truncate">
          {scale.isShare ? 'Share' : 'Count'} of values, {bars} {bars === 1 ? 'bar' : 'bars'}
          {kind === 'quantiles' ? `: each a tenth of ${names[counts.findIndex((side) => side !== null)] ?? ''}` : width}
        </span>
        <span className="ml-auto flex-none text-text-3">
          {bar === undefined ? '' : `chosen: ${describeBar(Math.min(bar, bars - 1))}`}
        </span>
      </p>
      <HistogramChart
        {...{ counts, edges, kind, isUnit, isCutLow, isCutHigh, scale, onChoose, describeBar }}
        label={describeChart(row, bins, names)}
        formatEdge={format}
        chosen={bar}
      />
      <p className="text-11 text-text-3">
        Made of the stored histograms: inside a stored bucket values are taken as evenly spread.
        {(isCutLow || isCutHigh) && ` ${cutWords(bins, format)}`}
      </p>
    </div>
  );
}

function isTail({ edges, isCutLow = false, isCutHigh = false }: StoredBins, bar: number): boolean {
  return (isCutLow && bar === 0) || (isCutHigh && bar === edges.length - 2);
}

function cutWords({ edges, isCutLow = false, isCutHigh = false }: StoredBins, format: (value?: number) => string) {
  const parts = [
    ...(isCutLow ? [`below ${format(edges[1])}, down to ${format(edges[0])}, in the first bar`] : []),
    ...(isCutHigh ? [`from ${format(edges.at(-2))} up to ${format(edges.at(-1))} in the last bar`] : []),
  ];
  return `The tail is cut: everything ${parts.join(', and everything ')}.`;
}

function Values({ row, names, address, onChoose, detail }: ChartProps & { readonly detail: FeatureDetail }) {
  const { labels = [], counts = [], unlisted = 0 } = detail.values ?? {};
  const bars = labels.map((value, at) => ({ value, counts: counts.map((side) => side?.[at] ?? null) }));
  return (
    <div>
      <p className="pb-1 text-12 text-text-2">
        The {bars.length === 1 ? 'only value' : `${bars.length} most frequent values`}
        {unlisted > 0 && `; ${formatCount(unlisted)} more are not listed`}
      </p>
      <ValueBars
        bars={bars}
        totals={row.sides.map((side) => side?.values ?? 0)}
        names={names}
        isShare={address.scale.isShare}
        label={describeChart(row, undefined, names)}
        chosen={address.bar}
        onChoose={onChoose}
      />
    </div>
  );
}
