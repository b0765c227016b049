'use client';

import { useId, useMemo, useState } from 'react';

import { metricWords, scopeWords } from '../../../lib/evaluation/metric-words';
import { listSlices } from '../../../lib/evaluation/slice-list';
import { SLICE_ORDERS, type SliceOrder } from '../../../lib/evaluation/evaluation-screen';
import type { SliceKey } from '../../../lib/evaluation/slices';
import { formatCount, formatQuantity } from '../../../lib/format/number';
import { Button } from '../../ui/button';
import { Select } from '../../ui/select';
import { chosenSeries, seriesId } from './series-id';
import { SliceHistogram } from './slice-histogram';
import { SliceTable } from './slice-table';
import type { ScreenState, Summary } from './use-evaluation-screen';

/** Props of {@link SlicesPanel}. */
export type SlicesPanelProps = {
  readonly summary: Summary;
  readonly names: ReadonlyMap<string, string>;
  readonly slice: SliceKey;
  readonly state: ScreenState;
  readonly onSlice: (key: SliceKey) => void;
};

/** More slices than this are shown as a histogram too. */
const MANY = 50;
const ORDER_WORDS: Record<SliceOrder, string> = {
  worst: 'worst first',
  fell: 'got worse first',
  rows: 'most rows first',
  name: 'by name',
};

/** Slices by one metric, the worst first; those with few rows can be left out. */
export function SlicesPanel({ summary, names, slice, state, onSlice }: SlicesPanelProps) {
  const { screen, replace, push } = state;
  const [between, setBetween] = useState<{ readonly low: number; readonly high: number }>();
  const series = chosenSeries(summary.series, screen.metric);
  const words = useMemo(() => metricWords(series?.name ?? '', names), [series, names]);
  const order = screen.order ?? 'worst';
  const { find, leastRows } = screen;
  const list = useMemo(
    () => (series === undefined ? undefined : listSlices({ summary, series, words, find, leastRows, order, between })),
    [summary, series, words, find, leastRows, order, between],
  );
  if (series === undefined || list === undefined || list.all === 0) return <NoSlices />;
  const overall = summary.slices.findIndex(({ key }) => key.length === 0);
  const label = [words.label, scopeWords(series, summary.classNames)].filter((text) => text !== '').join(' of ');
  return (
    <section aria-label="Slices" className="mt-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold">Slices</h2>
        <span role="status" className="text-12 text-text-3">
          {counted(list.lines.length, list.withEnoughRows, list.all)}
          {summary.slicesInAll > summary.slices.length &&
            `; ${formatCount(summary.slicesInAll)} in all, the largest here`}
        </span>
        <span className="ml-auto flex flex-wrap gap-1.5">
          <Select
            label="metric"
            value={seriesId(series)}
            options={summary.series.map((each) => ({
              value: seriesId(each),
              label: [metricWords(each.name, names).label, scopeWords(each, summary.classNames)]
                .filter((text) => text !== '')
                .join(', '),
            }))}
            onChange={(metric) => {
              setBetween(undefined);
              push({ metric });
            }}
          />
          <Select
            label="order"
            value={order}
            options={SLICE_ORDERS.filter((each) => each !== 'fell' || summary.hasBaseline).map((value) => ({
              value,
              label: ORDER_WORDS[value],
            }))}
            onChange={(next) => {
              replace({ order: next });
            }}
          />
        </span>
      </div>
      <Filters find={find} leastRows={leastRows} replace={replace} />
      {list.withEnoughRows > MANY && (
        <SliceHistogram
          figures={list.figures}
          label={label}
          chosen={between}
          overall={series.candidate[overall]}
          onChoose={setBetween}
        />
      )}
      {between !== undefined && (
        <p className="flex items-center gap-2 py-1 text-12 text-text-2">
          Only the chosen bar
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              setBetween(undefined);
            }}
          >
            All slices
          </Button>
        </p>
      )}
      <SliceTable
        list={list}
        words={words}
        hasBaseline={summary.hasBaseline}
        overall={series.candidate[overall]}
        chosen={slice}
        onChoose={onSlice}
      />
    </section>
  );
}

function NoSlices() {
  return (
    <section aria-label="Slices" className="mt-4">
      <h2 className="font-semibold">Slices</h2>
      <p className="py-1 text-12 text-text-2">
        All rows are looked at together. Name features in evalConfig.slicingSpecs to see where the model is weak.
      </p>
    </section>
  );
}

function counted(shown: number, enough: number, all: number): string {
  if (shown < enough) return `${formatCount(shown)} of ${formatQuantity(all, 'slice')}`;
  return enough === all
    ? formatQuantity(all, 'slice')
    : `${formatCount(enough)} of ${formatCount(all)} have enough rows`;
}

type FiltersProps = {
  readonly find: string;
  readonly leastRows: number;
  readonly replace: ScreenState['replace'];
};

function Filters({ find, leastRows, replace }: FiltersProps) {
  const id = useId();
  const [sought, setSought] = useState(find);
  const [least, setLeast] = useState(leastRows === 0 ? '' : String(leastRows));
  const field = 'h-7 min-w-0 rounded-control border border-border-strong bg-surface px-2 text-12 max-tablet:h-11';
  return (
    <form
      className="flex items-center gap-2 py-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        replace({ find: sought === '' ? undefined : sought, least: least === '' || least === '0' ? undefined : least });
      }}
    >
      <label htmlFor={`${id}-find`} className="sr-only">
        Find a slice
      </label>
      <input
        id={`${id}-find`}
        type="search"
        dir="auto"
        value={sought}
        placeholder="Find a slice"
        onChange={(event) => {
          setSought(event.target.value);
        }}
        onBlur={(event) => event.currentTarget.form?.requestSubmit()}
        className={`${field} flex-1`}
      />
      <label htmlFor={`${id}-least`} className="text-12 whitespace-nowrap text-text-3">
        at least
      </label>
      <input
        id={`${id}-least`}
        type="number"
        min={0}
        step={1}
        value={least}
        placeholder="0"
        onChange={(event) => {
          setLeast(event.target.value.replaceAll(/\D/g, ''));
        }}
        onBlur={(event) => event.currentTarget.form?.requestSubmit()}
        className={`${field} w-20`}
      />
      <span className="text-12 text-text-3">rows</span>
      <button type="submit" className="sr-only">
        Apply
      </button>
    </form>
  );
}
