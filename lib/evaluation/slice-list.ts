/** Slices as a list is read: those with enough rows, the worst first, with the figures of both models. */

import type { EvaluationSummary, Figure, FigureSeries } from './evaluation-answers';
import type { SliceOrder } from './evaluation-screen';
import type { MetricWords } from './metric-words';
import { sliceWords } from './verdict-words';
import type { SliceKey } from './slices';

/** A line of the list. */
export type SliceLine = {
  readonly key: SliceKey;
  readonly text: string;
  readonly rows: number;
  readonly candidate: Figure;
  readonly baseline: Figure | undefined;
  readonly change: Figure | undefined;
};

/** What is listed, and what is left out. */
export type SliceList = {
  readonly lines: readonly SliceLine[];
  /** Slices, without all rows together. */
  readonly all: number;
  readonly withEnoughRows: number;
  /** The lowest and the highest figure of those with enough rows; undefined where none has one. */
  readonly range: { readonly low: number; readonly high: number } | undefined;
  /** Figures of those with enough rows, whatever is sought. */
  readonly figures: readonly number[];
};

/** What is wanted. */
export type SliceListRequest = {
  readonly summary: Pick<EvaluationSummary, 'slices'>;
  readonly series: FigureSeries;
  readonly words: MetricWords;
  readonly find: string;
  readonly leastRows: number;
  readonly order: SliceOrder;
  /** Only figures from one to another, both inclusive. */
  readonly between?: { readonly low: number; readonly high: number } | undefined;
};

/** See the module. All rows together are no line of it. */
export function listSlices(request: SliceListRequest): SliceList {
  const { summary, series, words, find, leastRows, order, between } = request;
  const all = summary.slices.flatMap(({ key, rows }, index): SliceLine[] =>
    key.length === 0
      ? []
      : [
          {
            key,
            text: sliceWords(key),
            rows,
            candidate: series.candidate[index] ?? null,
            baseline: series.baseline?.[index],
            change: series.change?.[index],
          },
        ],
  );
  const enough = all.filter(({ rows }) => rows >= leastRows);
  const figures = enough.flatMap(({ candidate }) => finite(candidate));
  const both = [...figures, ...enough.flatMap(({ baseline }) => finite(baseline))];
  const sought = find.trim().toLowerCase();
  const lines = enough
    .filter(({ text }) => text.toLowerCase().includes(sought))
    .filter(
      ({ candidate }) => between === undefined || finite(candidate).some((f) => f >= between.low && f <= between.high),
    )
    .toSorted((a, b) => compare(a, b, { order, words }) || (a.text < b.text ? -1 : 1));
  return {
    lines,
    all: all.length,
    withEnoughRows: enough.length,
    range: both.length === 0 ? undefined : { low: Math.min(...both), high: Math.max(...both) },
    figures,
  };
}

function compare(
  a: SliceLine,
  b: SliceLine,
  { order, words: { better } }: { readonly order: SliceOrder; readonly words: MetricWords },
): number {
  if (order === 'name') return 0;
  if (order === 'rows') return b.rows - a.rows;
  const of = (line: SliceLine) => (order === 'fell' ? line.change : line.candidate);
  const direction = better === 'lower' ? -1 : 1;
  const rank = (line: SliceLine) => finite(of(line))[0];
  const [x, y] = [rank(a), rank(b)];
  // What is not defined comes last whichever way is better.
  if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
  return (x - y) * direction;
}

function finite(figure: Figure | undefined): readonly number[] {
  return typeof figure === 'number' && Number.isFinite(figure) ? [figure] : [];
}

/** The number of figures in each of `count` equal ranges from the lowest to the highest. */
export function countFigures(figures: readonly number[], count: number) {
  const low = Math.min(...figures);
  const high = Math.max(...figures);
  const width = high > low ? (high - low) / count : 1;
  const counts = Array.from({ length: high > low ? count : 1 }, () => 0);
  for (const figure of figures) {
    const bin = Math.min(counts.length - 1, Math.floor((figure - low) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((slices, bin) => ({
    slices,
    low: low + bin * width,
    high: bin === counts.length - 1 ? high : low + (bin + 1) * width,
  }));
}
