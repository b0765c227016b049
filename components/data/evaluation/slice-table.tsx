'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';

import type { Figure } from '../../../lib/evaluation/evaluation-answers';
import { formatChange, formatMetric, type MetricWords } from '../../../lib/evaluation/metric-words';
import type { SliceLine, SliceList } from '../../../lib/evaluation/slice-list';
import type { SliceKey } from '../../../lib/evaluation/slices';
import { formatCount } from '../../../lib/format/number';
import { FigureText } from './metrics-table';

/** Props of {@link SliceTable}. */
export type SliceTableProps = {
  readonly list: SliceList;
  readonly words: MetricWords;
  readonly hasBaseline: boolean;
  /** The figure of all rows. */
  readonly overall: Figure | undefined;
  readonly chosen: SliceKey;
  readonly onChoose: (key: SliceKey) => void;
};

const ROW = 26;
const PLOT = 96;
const EDGE = 5;

/** Slices line by line, of which those in view are drawn. Pressing one shows it everywhere; pressing it again shows all rows. */
export function SliceTable(props: SliceTableProps) {
  const { list, hasBaseline } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { lines } = list;
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    initialRect: { width: 500, height: 480 },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      role="region"
      aria-label="Slices line by line"
      tabIndex={0}
      className="@container max-h-120 overflow-auto -outline-offset-2"
    >
      <table aria-rowcount={lines.length + 1} className="w-full table-fixed text-12">
        <caption className="sr-only">Slices</caption>
        <thead className="sticky top-0 bg-surface">
          <tr className="h-6 border-b border-border text-11 text-text-3">
            <th scope="col" className="text-left font-medium">
              Slice
            </th>
            <th scope="col" className="w-13 text-right font-medium">
              Rows
            </th>
            {hasBaseline && (
              <th scope="col" className="w-15 text-right font-medium max-tablet:hidden">
                baseline
              </th>
            )}
            <th scope="col" className="w-16 text-right font-medium">
              {hasBaseline ? 'candidate' : 'value'}
            </th>
            {hasBaseline && (
              <th scope="col" className="w-15 text-right font-medium">
                Change
              </th>
            )}
            <th scope="col" className="w-26 pl-2 text-left font-normal @max-[500px]:hidden">
              {list.range === undefined ? '' : `${formatMetric(list.range.low)} to ${formatMetric(list.range.high)}`}
            </th>
          </tr>
        </thead>
        <tbody>
          <Gap height={before} />
          {items.map(({ index }) => {
            const line = lines[index];
            return line === undefined ? null : <Line key={line.text} line={line} index={index} {...props} />;
          })}
          <Gap height={after} />
        </tbody>
      </table>
      {lines.length === 0 && <p className="py-3 text-12 text-text-2">No slice is like that.</p>}
    </div>
  );
}

/** Stands for the lines that are not drawn. */
function Gap({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td className="p-0">
        <svg width="1" height={height} className="block" />
      </td>
    </tr>
  );
}

type LineProps = SliceTableProps & { readonly line: SliceLine; readonly index: number };

function Line({ line, index, words, hasBaseline, list, overall, chosen, onChoose }: LineProps) {
  const { key, text, rows, candidate, baseline, change } = line;
  const { isCount } = words;
  const isChosen = JSON.stringify(key) === JSON.stringify(chosen);
  return (
    <tr
      aria-rowindex={index + 2}
      className={`h-6.5 border-b border-border-subtle ${isChosen ? 'bg-selected' : 'hover:bg-hover'}`}
    >
      <th scope="row" className={`truncate text-left font-normal ${isChosen ? 'border-l-3 border-l-accent' : ''}`}>
        <button
          type="button"
          aria-pressed={isChosen}
          title={text}
          onClick={() => {
            onChoose(isChosen ? [] : key);
          }}
          className="max-w-full truncate rounded-chip px-1.5 text-left -outline-offset-2 hover:text-accent hover:underline"
        >
          <bdi>{text}</bdi>
        </button>
      </th>
      <td className="text-right text-text-3">{formatCount(rows)}</td>
      {hasBaseline && (
        <td className="text-right text-text-2 max-tablet:hidden">
          <FigureText figure={baseline} isCount={isCount} />
        </td>
      )}
      <td className="text-right font-semibold">
        {candidate === null ? (
          <span className="font-normal text-text-3">too few</span>
        ) : (
          <FigureText figure={candidate} isCount={isCount} />
        )}
      </td>
      {hasBaseline && <td className="text-right font-medium">{formatChange(change, isCount)}</td>}
      <td className="pl-2 @max-[500px]:hidden">
        <Dots range={list.range} candidate={candidate} baseline={baseline} overall={overall} />
      </td>
    </tr>
  );
}

type DotsProps = {
  readonly range: SliceList['range'];
  readonly candidate: Figure;
  readonly baseline: Figure | undefined;
  readonly overall: Figure | undefined;
};

/** Where both models stand between the lowest and the highest slice; the line is all rows together. */
function Dots({ range, candidate, baseline, overall }: DotsProps) {
  if (range === undefined) return null;
  const width = range.high - range.low;
  const place = (figure: Figure | undefined) =>
    typeof figure === 'number'
      ? EDGE + (width === 0 ? 0.5 : (figure - range.low) / width) * (PLOT - 2 * EDGE)
      : undefined;
  const [x, base, all] = [place(candidate), place(baseline), place(overall)];
  return (
    <svg width={PLOT} height="14" aria-hidden="true" className="block">
      {all !== undefined && all >= 0 && all <= PLOT && <path d={`M${all} 0V14`} className="stroke-axis" />}
      {x !== undefined && base !== undefined && (
        <path d={`M${base} 7H${x}`} strokeWidth="1.5" className="stroke-c-new" />
      )}
      {base !== undefined && <circle cx={base} cy="7" r="3" strokeWidth="1.5" className="fill-surface stroke-c-base" />}
      {x !== undefined && <circle cx={x} cy="7" r="3.5" className="fill-c-new" />}
    </svg>
  );
}
