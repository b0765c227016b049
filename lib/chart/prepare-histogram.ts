/** Where the marks of a histogram stand: bars of the first side, a stepped outline of the second, over the same bounds. */

/** How counts become heights. */
export type ChartScale = {
  /** Heights are shares of each side's own total, so that sides of different sizes can be compared. */
  readonly isShare: boolean;
  /** Heights grow with the logarithm of one more than the count, so that rare values can be seen and 0 stays 0. */
  readonly isLog: boolean;
};

/** What is drawn. */
export type HistogramInput = {
  /** Counts by side and bar; null for a side without values. */
  readonly counts: readonly (readonly number[] | null)[];
  readonly width: number;
  readonly height: number;
  readonly scale: ChartScale;
  /** The first, the last bar is a tail, set apart by a gap. */
  readonly isCutLow?: boolean | undefined;
  readonly isCutHigh?: boolean | undefined;
  /** Space between two bars, in px; bars of labels stand apart, bars of numbers nearly touch. Default 1. */
  readonly gap?: number | undefined;
};

/** A bar's place from left to right, in px. */
export type BarPlace = { readonly left: number; readonly right: number };

/** The marks, as SVG path data, and what an axis needs. */
export type HistogramMarks = {
  /** Filled bars of the first side; empty without one. */
  readonly bars: string;
  /** Stepped outline of the second side; empty without one. */
  readonly outline: string;
  readonly places: readonly BarPlace[];
  /** The largest value that is drawn: a share or a count. */
  readonly top: number;
  /** Height in px of a value, on this scale. */
  readonly heightOf: (value: number) => number;
};

/** Gap before and after a tail, in px. */
const TAIL_GAP = 4;
/** A bar that is not empty is seen, in px. */
const LEAST_HEIGHT = 0.75;
/** Shares are counted in this many parts before their logarithm is taken. */
const SHARE_PARTS = 10_000;

/** Places the marks. */
export function prepareHistogram(input: HistogramInput): HistogramMarks {
  const { counts, height, scale } = input;
  const values = counts.map((side) => (side === null ? null : toValues(side, scale)));
  const bars = Math.max(...counts.map((side) => side?.length ?? 0), 0);
  const places = placeBars(bars, input);
  const top = Math.max(0, ...values.flatMap((side) => side ?? []));
  const heightOf = heightScale(top, { height, ...scale });
  const [first, second] = values;
  return {
    bars:
      first === undefined || first === null ? '' : barPath(first, places, { height, heightOf, gap: input.gap ?? 1 }),
    outline: second === undefined || second === null ? '' : stepPath(second, places, { height, heightOf }),
    places,
    top,
    heightOf,
  };
}

/** Counts as they are drawn: themselves, or their shares of all. */
export function toValues(counts: readonly number[], { isShare }: Pick<ChartScale, 'isShare'>): readonly number[] {
  if (!isShare) return counts;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total <= 0 ? counts.map(() => 0) : counts.map((count) => count / total);
}

function heightScale(top: number, { height, isLog, isShare }: ChartScale & { readonly height: number }) {
  if (top <= 0) return () => 0;
  const parts = isShare ? SHARE_PARTS : 1;
  const grow = (value: number) => (isLog ? Math.log1p(value * parts) : value);
  return (value: number) => (value <= 0 ? 0 : Math.max(LEAST_HEIGHT, (grow(value) / grow(top)) * height));
}

function placeBars(bars: number, { width, isCutLow = false, isCutHigh = false }: HistogramInput): readonly BarPlace[] {
  const gaps = (isCutLow ? TAIL_GAP : 0) + (isCutHigh ? TAIL_GAP : 0);
  const step = bars === 0 ? 0 : (width - gaps) / bars;
  return Array.from({ length: bars }, (_, bar) => {
    const shift = (isCutLow && bar > 0 ? TAIL_GAP : 0) + (isCutHigh && bar === bars - 1 ? TAIL_GAP : 0);
    return { left: bar * step + shift, right: (bar + 1) * step + shift };
  });
}

type Heights = { readonly height: number; readonly heightOf: (value: number) => number };

function barPath(
  values: readonly number[],
  places: readonly BarPlace[],
  { height, heightOf, gap }: Heights & { gap: number },
) {
  let path = '';
  for (const [bar, value] of values.entries()) {
    const place = places[bar];
    const tall = heightOf(value);
    if (place === undefined || tall <= 0) continue;
    const right = Math.max(place.left + 0.5, place.right - gap);
    path += `M${short(place.left)} ${short(height)}V${short(height - tall)}H${short(right)}V${short(height)}z`;
  }
  return path;
}

function stepPath(values: readonly number[], places: readonly BarPlace[], { height, heightOf }: Heights) {
  let path = '';
  let end: number | undefined;
  for (const [bar, value] of values.entries()) {
    const place = places[bar];
    if (place === undefined) continue;
    // A gap before a tail ends the outline and begins another.
    if (end === undefined || place.left > end + 0.01) {
      if (end !== undefined) path += `V${short(height)}`;
      path += `M${short(place.left)} ${short(height)}`;
    }
    path += `V${short(height - heightOf(value))}H${short(place.right)}`;
    end = place.right;
  }
  return path === '' ? path : `${path}V${short(height)}`;
}

/** Hundredths of a pixel: more is not seen and makes thousands of rows longer. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
