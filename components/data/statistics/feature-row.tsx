'use client';

import { ChevronDown, ChevronRight, CircleSlash, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';

import type { SideFigures, StatisticsRow } from '../../../lib/artifact/statistics-table';
import type { ChartScale } from '../../../lib/chart/prepare-histogram';
import { formatCount, formatShare, NO_VALUE } from '../../../lib/format/number';
import { describeChart, figureNumber, formatDistance, formatFigure, whyNoChart } from '../../../lib/stats/describe-row';
import {
  alarmsOf,
  missingShare,
  zeroShare,
  type AlarmedFigure,
  type FeatureAlarm,
} from '../../../lib/stats/feature-alarms';
import { HistogramCell } from '../../charts/histogram-cell';
import { TABLE_GRID } from './statistics-columns';

/** Props of {@link FeatureRow}. */
export type FeatureRowProps = {
  readonly row: StatisticsRow;
  /** Place among all lines of the table, from 1. */
  readonly index: number;
  /** Names of the datasets, in the order of the sides. */
  readonly names: readonly string[];
  readonly bins: 'equal' | 'quantiles';
  readonly scale: ChartScale;
  readonly isOpen: boolean;
  readonly onToggle: (key: string) => void;
};

/** One feature: the first dataset above, the second below it in grey. */
export const FeatureRow = memo(function FeatureRow(props: FeatureRowProps) {
  const { row, index, isOpen, onToggle } = props;
  const alarms = alarmsOf(row);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={`${TABLE_GRID} h-10 items-center text-12 ${isOpen ? 'bg-sunken' : 'border-b hover:bg-hover'}`}
    >
      <span role="cell">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Close' : 'Open'} ${row.name}`}
          onClick={() => {
            onToggle(row.key);
          }}
          className="grid size-6 place-content-center rounded-control text-text-3 hover:text-text max-tablet:-ml-3 max-tablet:size-10"
        >
          <Chevron size={14} aria-hidden="true" />
        </button>
      </span>
      <span role="rowheader" className="min-w-0">
        <span title={row.name} dir="auto" className="block truncate text-left font-medium">
          {row.name}
        </span>
        <span className="block truncate text-11 text-text-3">{typeWords(row)}</span>
      </span>
      <span role="cell" className="min-w-0">
        <Chart {...props} />
      </span>
      <Stack row={row} draw={(side) => formatCount(side.present)} alarms={alarms} figure="count" />
      <Stack row={row} draw={(side) => formatShare(missingShare(side))} alarms={alarms} figure="missing" onPhone />
      {row.group === 'numeric' ? <NumberCells row={row} alarms={alarms} /> : <CountedCells row={row} alarms={alarms} />}
      <span role="cell" className="min-w-0 text-right max-tablet:hidden">
        <DistanceCell row={row} />
      </span>
    </div>
  );
});

/** Characters that a narrow column holds. */
const BRIEF = 11;

function typeWords({ sides }: StatisticsRow): string {
  const types = [...new Set(sides.flatMap((side) => (side === null ? [] : [side.type.toLowerCase()])))];
  const most = Math.max(0, ...sides.map((side) => side?.maxValues ?? 0));
  return `${types.join(' and ')}${most > 1 ? ', lists' : ''}`;
}

function Chart({ row, bins, names, scale }: FeatureRowProps) {
  const none = whyNoChart(row, names);
  if (none !== undefined) {
    return (
      <span className="flex items-center gap-1.5 text-11 text-text-3">
        <CircleSlash size={14} aria-hidden="true" />
        <span title={none} className="truncate">
          {none}
        </span>
      </span>
    );
  }
  const stored = (bins === 'quantiles' ? row.quantiles : undefined) ?? row.equal;
  const label = describeChart(row, stored, names);
  if (row.group === 'categorical')
    return <HistogramCell counts={row.bars?.counts ?? []} scale={scale} ofLabels label={label} />;
  return (
    <HistogramCell
      counts={stored?.counts ?? []}
      scale={scale}
      isCutLow={stored?.isCutLow}
      isCutHigh={stored?.isCutHigh}
      label={label}
    />
  );
}

type Alarmed = { readonly row: StatisticsRow; readonly alarms: readonly FeatureAlarm[] };

function NumberCells({ row, alarms }: Alarmed) {
  const { isIdentifier = false } = row;
  const plain = (figure: (side: SideFigures) => number | string | undefined) => (
    <Stack row={row} draw={(side) => formatFigure(figure(side), isIdentifier)} />
  );
  return (
    <>
      {isIdentifier ? (
        <span role="cell" className="col-span-2 text-right leading-4 text-text-3 max-tablet:hidden">
          <span className="block truncate">looks like an identifier</span>
          no mean
        </span>
      ) : (
        <>
          <Stack row={row} draw={(side) => formatBriefly(side.mean)} />
          <Stack row={row} draw={(side) => formatBriefly(side.stdDev)} />
        </>
      )}
      <Stack row={row} draw={(side) => formatShare(zeroShare(side))} alarms={alarms} figure="zeros" />
      {plain((side) => side.min)}
      {plain((side) => side.median)}
      {plain((side) => side.max)}
    </>
  );
}

/** Means have no digits to spare: what is longer than its column is written with a power of ten. */
function formatBriefly(figure: number | string | undefined): string {
  const text = formatFigure(figure);
  const value = figureNumber(figure);
  return text.length <= BRIEF || value === undefined || !Number.isFinite(value)
    ? text
    : value.toExponential(4).replace('e+', 'e').replace('-', '−');
}

function CountedCells({ row, alarms }: Alarmed) {
  const [first] = row.sides;
  const top = (side: SideFigures, at: number) => {
    const value = side.top?.value;
    return value !== undefined && at > 0 && value === first?.top?.value ? 'the same' : (value ?? NO_VALUE);
  };
  const share = ({ top: most, values }: SideFigures) =>
    formatShare(most === undefined || values <= 0 ? undefined : Number(most.count) / values);
  return (
    <>
      <Stack row={row} draw={(side) => formatCount(side.unique)} />
      <Stack row={row} draw={top} isText />
      <Stack row={row} draw={share} />
      <Stack row={row} draw={(side) => formatLength(figureNumber(side.avgLength))} />
      <span role="cell" className="min-w-0 text-right max-tablet:hidden">
        <Figure isAlarming={alarms.some(({ figure }) => figure === 'newValues')}>{formatCount(row.newValues)}</Figure>
      </span>
    </>
  );
}

function formatLength(bytes: number | undefined): string {
  return bytes === undefined || !Number.isFinite(bytes) ? NO_VALUE : bytes.toFixed(1);
}

type StackProps = {
  readonly row: StatisticsRow;
  readonly draw: (side: SideFigures, at: number) => string;
  readonly alarms?: readonly FeatureAlarm[];
  readonly figure?: AlarmedFigure;
  readonly isText?: boolean;
  readonly onPhone?: boolean;
};

/** A figure of each dataset, one above the other. */
function Stack({ row, draw, alarms, figure, isText = false, onPhone = false }: StackProps) {
  return (
    <span
      role="cell"
      className={`min-w-0 ${isText ? 'col-span-2' : 'text-right'} ${onPhone ? '' : 'max-tablet:hidden'}`}
    >
      {row.sides.map((side, at) => {
        const text = side === null ? NO_VALUE : draw(side, at);
        const isAlarming = alarms?.some((alarm) => alarm.figure === figure && alarm.side === at) === true;
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a side is known by its place alone
          <Figure key={at} isAlarming={isAlarming} isText={isText} isSecond={at > 0}>
            {text}
          </Figure>
        );
      })}
    </span>
  );
}

type FigureProps = {
  readonly isAlarming: boolean;
  /** A text of the data, whose direction is its own. */
  readonly isText?: boolean;
  readonly isSecond?: boolean;
  readonly children: string;
};

/** One element a figure: thousands of them pass by when the table scrolls. */
function Figure({ isAlarming, isText = false, isSecond = false, children }: FigureProps): ReactNode {
  if (!isAlarming) {
    return (
      <span
        dir={isText ? 'auto' : undefined}
        title={children.length > 9 ? children : undefined}
        className={`block truncate leading-4 ${isSecond ? 'text-text-3' : ''}`}
      >
        {children}
      </span>
    );
  }
  return (
    <span className="flex items-center justify-end gap-1 leading-4 font-semibold text-st-warning">
      <TriangleAlert size={12} role="img" aria-label="alarming" />
      {children}
    </span>
  );
}

const BAR = 40;

function DistanceCell({ row: { distance } }: { readonly row: StatisticsRow }) {
  if (distance === undefined) return NO_VALUE;
  return (
    <>
      <span className="block leading-4">{formatDistance(distance.value)}</span>
      <svg width={BAR} height="4" aria-hidden="true" className="ml-auto">
        <rect width={BAR} height="3" rx="1" className="fill-n-100" />
        <rect width={Math.max(1, distance.value * BAR)} height="3" rx="1" className="fill-n-500" />
      </svg>
    </>
  );
}
