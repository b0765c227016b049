/** The bars of one or several distributions of numbers over the same bounds: mass is moved by interpolation, never lost. */

import type { Histogram } from '../artifact/statistics';
import type { Cumulative } from './cumulative';

/** Bounds of bars, and how many values each side has in them. */
export type Bins = {
  /**
   * `equal`: bar i holds what is from edge i to edge i + 1, that edge left out but for the last bar. `quantiles`: the
   * left edge is left out but for the first bar; a first bar without width holds one value.
   */
  readonly kind: 'equal' | 'quantiles';
  readonly edges: readonly number[];
  /** Values in each bar, by side; a side without values is undefined. Not whole: see {@link Cumulative}. */
  readonly counts: readonly (readonly number[] | undefined)[];
  /** The first bar holds everything below the second edge; it is wider than the others. */
  readonly isCutLow: boolean;
  /** The last bar holds everything from its left edge on. */
  readonly isCutHigh: boolean;
};

/** Bars that are drawn at most, those of cut tails not counted. */
const MAX_BARS = 25;
/** A tail is cut where the range is at least so many times what is left of it. */
const CUT_WORTH = 2;
/** A tail begins this many times the distance from the median to the outer tenth beyond that tenth. */
const FENCE = 3;
/** Share of a side's values that a cut may put into one bar; a tenth lies beyond a decile, and sides differ a little. */
const MOST_CUT = 0.15;
/** Digits of an edge: enough for any, too few to show that 3 × 0.1 is not 0.3. */
const EDGE_DIGITS = 15;

/** Options of {@link equalWidthBins}. */
export type EqualWidthOptions = {
  /** Bars then have whole edges, and a value each where there are few. */
  readonly isWhole: boolean;
};

/**
 * Bars of equal width with round edges over the range of every side. Long tails are cut and counted in a last bar: they
 * begin three times the distance from the median to the ninth (first) decile beyond that decile, Tukey's fence on
 * deciles (Tukey, Exploratory Data Analysis, 1977, with deciles for hinges, since a tenth is what is known exactly).
 * Undefined without values.
 */
export function equalWidthBins(
  sides: readonly (Cumulative | undefined)[],
  { isWhole }: EqualWidthOptions,
): Bins | undefined {
  const known = sides.filter((side) => side !== undefined);
  if (known.length === 0) return undefined;
  const min = Math.min(...known.map((side) => side.min));
  const max = Math.max(...known.map((side) => side.max));
  if (!Number.isFinite(max - min)) return undefined;
  const { low, high } = withoutTails(known, { min, max });
  const inner = innerEdges(low, high, isWhole);
  const [first, last] = [inner[0] ?? low, inner.at(-1) ?? high];
  const isCutLow = low > min && first > min;
  const isCutHigh = high < max && last < max;
  const edges = [...(isCutLow ? [min] : []), ...inner, ...(isCutHigh ? [max] : [])];
  return { kind: 'equal', edges, counts: sides.map((side) => side && countEqual(side, edges)), isCutLow, isCutHigh };
}

function countEqual(side: Cumulative, edges: readonly number[]): readonly number[] {
  const bars = Math.max(1, edges.length - 1);
  return Array.from({ length: bars }, (_, bar) => {
    const before = bar === 0 ? 0 : side.below(edges[bar] ?? 0);
    return (bar === bars - 1 ? side.total : side.below(edges[bar + 1] ?? 0)) - before;
  });
}

type Range = { readonly min: number; readonly max: number };

/**
 * Where each side's tails would be cut: at the outermost place within the fence where its count is known, so that no bar
 * beside the tail is a guess. All sides share the innermost cut, unless too much of one would lie beyond it.
 */
function withoutTails(sides: readonly Cumulative[], { min, max }: Range) {
  const cuts = sides.map(cutsOf);
  const lows = cuts.map((cut) => cut.low);
  const highs = cuts.map((cut) => cut.high);
  const beyond = (share: (side: Cumulative) => number) => Math.max(...sides.map((side) => share(side) / side.total));
  let low = Math.max(min, ...lows);
  let high = Math.min(max, ...highs);
  if (beyond((side) => side.below(low)) > MOST_CUT) low = Math.max(min, Math.min(...lows));
  if (beyond((side) => side.total - side.upTo(high)) > MOST_CUT) high = Math.min(max, Math.max(...highs));
  // Where most values are the same there is no scale to cut by.
  if (high <= low) return { low: min, high: max };
  if (max - min < CUT_WORTH * (high - min)) high = max;
  if (high - min < CUT_WORTH * (high - low)) low = min;
  return { low, high };
}

/** Goes outwards from the outer deciles, from one known place to the next, while the gap is no guess and the fence holds. */
function cutsOf(side: Cumulative) {
  const [tenth, median, ninth] = [valueAt(side, 0.1), valueAt(side, 0.5), valueAt(side, 0.9)];
  const lowFence = tenth - FENCE * (median - tenth);
  const highFence = ninth + FENCE * (ninth - median);
  let [low, high] = [tenth, ninth];
  for (const x of side.known) {
    if (x <= high) continue;
    if (x > highFence || x - high > high - tenth) break;
    high = x;
  }
  for (const x of side.known.toReversed()) {
    if (x >= low) continue;
    if (x < lowFence || low - x > ninth - low) break;
    low = x;
  }
  return { low, high };
}

/** A value at or below which this share lies, interpolated between the places where the count is known. */
function valueAt(side: Cumulative, share: number): number {
  const wanted = share * side.total;
  const at = side.known.findIndex((x) => side.upTo(x) >= wanted);
  const [low, high] = [side.known[at - 1] ?? side.min, side.known[at] ?? side.max];
  const [before, after] = [side.upTo(low), side.below(high)];
  if (after < wanted || after <= before) return high;
  return low + ((high - low) * (wanted - before)) / (after - before);
}

function innerEdges(low: number, high: number, isWhole: boolean): readonly number[] {
  if (low === high) return [low, high];
  const width = roundWidth(isWhole ? Math.max(1, (high - low + 1) / MAX_BARS) : (high - low) / MAX_BARS, isWhole);
  const start = Math.floor(low / width);
  // Whole numbers from 0 to 23 need an edge at 24; 0.0 to 1.0 ends at 1.0.
  const end = isWhole ? Math.floor(high / width) + 1 : Math.ceil(high / width);
  const edges = Array.from({ length: Math.max(1, end - start) + 1 }, (_, step) =>
    Number(((start + step) * width).toPrecision(EDGE_DIGITS)),
  );
  const isRising = edges.every((edge, at) => at === 0 || edge > (edges[at - 1] ?? edge));
  return isRising ? edges : [low, high];
}

/** The next width of 1, 2, 2.5 or 5 times a power of ten. */
function roundWidth(width: number, isWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const steps = isWhole && power < 10 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10];
  // A hair of room: 0.1 + 0.2 must not ask for the next step.
  return (steps.find((step) => step * power >= width * (1 - 1e-9)) ?? 10) * power;
}

/**
 * Bars of equal content: the bounds are the quantiles of the first side that has any, so that its bars are level and the
 * other side's show where it differs. What lies beyond its range is in the first or last bar. Undefined without quantiles.
 */
export function quantileBins(
  sides: readonly (Cumulative | undefined)[],
  histograms: readonly (Histogram | undefined)[],
): Bins | undefined {
  const known = sides.filter((side) => side !== undefined);
  const leading = histograms.find((histogram) => (histogram?.buckets.length ?? 0) > 0);
  const buckets = leading?.buckets ?? [];
  const [first] = buckets;
  if (first === undefined || known.length === 0) return undefined;
  const bounds = [first.lowValue, ...buckets.map(({ highValue }) => highValue)];
  if (!bounds.every(Number.isFinite)) return undefined;
  // A first bound that stands twice is a value that fills a bar of its own.
  const rising = bounds.filter((bound, at) => at < 2 || bound > (bounds[at - 1] ?? bound));
  // What lies beyond the leading side's range belongs to the outer bars.
  const edges = [
    Math.min(first.lowValue, ...known.map((side) => side.min)),
    ...rising.slice(1, -1),
    Math.max(rising.at(-1) ?? 0, ...known.map((side) => side.max)),
  ];
  const counts = sides.map((side) => side && countQuantiles(side, edges));
  return { kind: 'quantiles', edges, counts, isCutLow: false, isCutHigh: false };
}

function countQuantiles(side: Cumulative, edges: readonly number[]): readonly number[] {
  const bars = Math.max(1, edges.length - 1);
  return Array.from({ length: bars }, (_, bar) => {
    const before = bar === 0 ? 0 : side.upTo(edges[bar] ?? 0);
    return (bar === bars - 1 ? side.total : side.upTo(edges[bar + 1] ?? 0)) - before;
  });
}

/** The values that a bar holds, for a condition on rows: both ends inclusive unless `maxExcluded`. */
export type BinRange = { readonly min: number; readonly max: number; readonly maxExcluded?: boolean };

/** The bounds of bar `bar`. */
export function binRange({ kind, edges }: Pick<Bins, 'kind' | 'edges'>, bar: number): BinRange {
  const [low, high] = [edges[bar] ?? 0, edges[bar + 1] ?? edges[bar] ?? 0];
  const isLast = bar >= edges.length - 2;
  if (kind === 'equal') return isLast ? { min: low, max: high } : { min: low, max: high, maxExcluded: true };
  return { min: bar === 0 ? low : nextUp(low), max: high };
}

/** The smallest double greater than a finite number (IEEE 754, nextUp). */
export function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
