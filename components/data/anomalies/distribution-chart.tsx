'use client';

import { OctagonX } from 'lucide-react';

import type { ExplainedFinding, FeatureDistribution } from '../../../lib/artifact/anomaly-report';
import { formatCount, formatQuantity, formatShare, formatValue } from '../../../lib/format/number';

/** Props of {@link DistributionChart}. */
export type DistributionChartProps = {
  readonly distribution: FeatureDistribution;
  readonly bounds: ExplainedFinding['bounds'];
};

/** How the values lie in each split; what the schema does not allow is marked. */
export function DistributionChart({ distribution, bounds }: DistributionChartProps) {
  if (distribution.kind === 'none') return null;
  const { splits } = distribution;
  return (
    <section aria-label="Distribution by split" className="pt-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1">
        <h3 className="font-semibold">{splits.map(({ split }) => split).join(' and ')}</h3>
        {splits.map(({ split, total }, at) => (
          <span key={split} className="flex items-center gap-1 text-12 text-text-2">
            <span aria-hidden="true" className={`h-2.5 w-3.5 ${SIDE_BOX[at % SIDE_BOX.length] ?? ''}`} />
            {split}, {formatQuantity(total, 'value')}
          </span>
        ))}
      </header>
      {distribution.kind === 'values' ? (
        <ValueBars distribution={distribution} />
      ) : (
        <NumberBars distribution={distribution} bounds={bounds} />
      )}
    </section>
  );
}

/** Train is filled, eval an outline, what comes after a dashed outline. */
const SIDE_BOX = ['bg-c-train-soft', 'border-[1.5px] border-c-eval', 'border-[1.5px] border-dashed border-c-serving'];
const SIDE_BAR = [
  'fill-c-train-soft stroke-none',
  'fill-none stroke-c-eval',
  'fill-none stroke-c-serving [stroke-dasharray:4_3]',
];
const SIDE_LINE = [
  'fill-c-train-soft stroke-none',
  'fill-none stroke-c-eval',
  'fill-none stroke-c-serving [stroke-dasharray:4_3]',
];

type Values = Extract<FeatureDistribution, { readonly kind: 'values' }>;
type Bar = { readonly label: string; readonly isListed: boolean; readonly counts: readonly number[] };

function ValueBars({ distribution }: { readonly distribution: Values }) {
  const { splits, bars, otherListed, otherUnlisted, hasList } = distribution;
  const rows: readonly Bar[] = [
    ...bars.filter(({ isListed }) => isListed).map(({ value, ...rest }) => ({ ...rest, label: value })),
    ...(otherListed.values === 0
      ? []
      : [
          {
            label: formatQuantity(otherListed.values, hasList ? 'other known value' : 'other value'),
            isListed: true,
            counts: otherListed.counts,
          },
        ]),
    ...bars.filter(({ isListed }) => !isListed).map(({ value, ...rest }) => ({ ...rest, label: value })),
    ...(otherUnlisted.values === 0
      ? []
      : [
          {
            label: formatQuantity(
              otherUnlisted.values,
              'more value not in the schema',
              'more values not in the schema',
            ),
            isListed: false,
            counts: otherUnlisted.counts,
          },
        ]),
  ];
  const shares = rows.map(({ counts }) => counts.map((count, at) => shareOf(count, splits[at]?.total)));
  const top = Math.max(0.000_1, ...shares.flat());
  return (
    <table className="w-full table-fixed text-12">
      <caption className="sr-only">Share of values by split</caption>
      <thead className="text-11 text-text-3">
        <tr>
          <th scope="col" className="w-[34%]">
            Value
          </th>
          <th scope="col">
            <span className="sr-only">Bar</span>
          </th>
          {splits.map(({ split }) => (
            <th key={split} scope="col" className="w-16 text-right">
              {split}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, isListed, counts }, row) => (
          <tr key={`${String(isListed)} ${label}`} className="h-6">
            <th scope="row" className={isListed ? 'font-normal' : 'font-semibold text-st-failed'}>
              <span className="flex items-center gap-1 pr-2">
                {!isListed && <OctagonX size={12} aria-label="Not in the schema" />}
                <span dir="auto" title={label} className="min-w-0 truncate">
                  {label === '' ? 'empty text' : label}
                </span>
              </span>
            </th>
            <td>
              <Bars shares={shares[row] ?? []} top={top} isListed={isListed} />
            </td>
            {counts.map((count, at) => (
              <td
                key={splits[at]?.split}
                title={formatQuantity(count, 'value')}
                className={`text-right ${!isListed && count > 0 ? 'font-semibold text-st-failed' : 'text-text-2'}`}
              >
                {formatShare(shareOf(count, splits[at]?.total))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const BAR_WIDTH = 300;

type BarsProps = { readonly shares: readonly number[]; readonly top: number; readonly isListed: boolean };

function Bars({ shares, top, isListed }: BarsProps) {
  const height = 16 / Math.max(1, shares.length);
  return (
    <svg
      viewBox={`0 0 ${BAR_WIDTH + 2} 18`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="block h-[18px] w-full border-l border-axis"
    >
      {shares.map((share, at) => (
        <rect
          // oxlint-disable-next-line react/no-array-index-key -- bars have no other identity than their split's place
          key={at}
          x={0}
          y={1 + at * height}
          width={share === 0 ? 0 : Math.max(1.5, (share / top) * BAR_WIDTH)}
          height={Math.max(1, height - 1)}
          strokeWidth={1.25}
          vectorEffect="non-scaling-stroke"
          className={isListed ? SIDE_BAR[at % SIDE_BAR.length] : 'fill-st-failed stroke-st-failed'}
        />
      ))}
    </svg>
  );
}

type Numbers = Extract<FeatureDistribution, { readonly kind: 'numbers' }>;
const CHART = { width: 640, height: 120 };

function NumberBars({
  distribution,
  bounds,
}: { readonly distribution: Numbers } & Pick<DistributionChartProps, 'bounds'>) {
  const { splits, edges, isCutLow, isCutHigh } = distribution;
  const bars = Math.max(1, edges.length - 1);
  const step = CHART.width / bars;
  const shares = splits.map(({ counts, total }) => counts?.map((count) => shareOf(count, total)));
  const top = Math.max(0.000_1, ...shares.flatMap((each) => each ?? []));
  const limits = [
    ...(bounds?.min === undefined ? [] : [{ label: 'at least', value: bounds.min }]),
    ...(bounds?.max === undefined ? [] : [{ label: 'at most', value: bounds.max }]),
  ];
  const [first, last] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  return (
    <figure className="max-w-[680px]">
      <svg
        role="img"
        aria-label={`Histogram from ${formatValue(first)} to ${formatValue(last)}, ${limits.map(({ label, value }) => `${label} ${formatValue(value)}`).join(', ')}`}
        viewBox={`0 0 ${CHART.width} ${CHART.height}`}
        preserveAspectRatio="none"
        className="block h-[120px] w-full border-b border-axis"
      >
        {shares.map((side, at) => (
          <path
            key={splits[at]?.split}
            d={stepPath(side ?? [], step, top)}
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
            className={SIDE_LINE[at % SIDE_LINE.length]}
          />
        ))}
        {limits.map(({ label, value }) => {
          const x = positionOf(value, edges) * step;
          return (
            <line
              key={label}
              x1={x}
              x2={x}
              y1={0}
              y2={CHART.height}
              strokeWidth={1.5}
              strokeDasharray="4 3"
              vectorEffect="non-scaling-stroke"
              className="stroke-st-failed"
            />
          );
        })}
      </svg>
      <figcaption className="flex justify-between gap-2 text-11 text-text-3">
        <span>
          {isCutLow && 'all from '}
          {formatValue(first)}
        </span>
        {limits.map(({ label, value }) => (
          <span key={label} className="text-st-failed">
            {label} {formatValue(value)}
          </span>
        ))}
        <span>
          {isCutHigh && 'all up to '}
          {formatValue(last)}
        </span>
      </figcaption>
      <p className="sr-only">
        {splits
          .map(
            ({ split, total, counts }) =>
              `${split}: ${formatCount(total)} values in ${formatCount(counts?.length ?? 0)} bars`,
          )
          .join('; ')}
      </p>
    </figure>
  );
}

/** A closed outline of bars over the base line. */
function stepPath(shares: readonly number[], step: number, top: number): string {
  if (shares.length === 0) return '';
  const points = shares.map((share, bar) => {
    const y = CHART.height - (share / top) * (CHART.height - 4);
    return `L${bar * step} ${y}L${(bar + 1) * step} ${y}`;
  });
  return `M0 ${CHART.height}${points.join('')}L${shares.length * step} ${CHART.height}`;
}

/** Where a number lies among the edges, in bars from the left; beyond them at the end. */
function positionOf(value: number, edges: readonly number[]): number {
  const at = edges.findIndex((edge) => edge > value);
  if (at === 0) return 0;
  if (at === -1) return Math.max(0, edges.length - 1);
  const [low, high] = [edges[at - 1] ?? 0, edges[at] ?? 0];
  return at - 1 + (high > low ? (value - low) / (high - low) : 0);
}

function shareOf(count: number, total: number | undefined): number {
  return total === undefined || total <= 0 ? 0 : count / total;
}
