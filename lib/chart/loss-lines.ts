/** The lines of a loss chart: where they go in a plot of a given size, and what they say in words. */

/** A point of a run: `loss` of training batches, `evalLoss` on the eval rows; either may be missing. */
export type LossPoint = {
  readonly step: number;
  readonly loss?: number | undefined;
  readonly evalLoss?: number | undefined;
};

/** Paths in px from the top left corner of the plot. */
export type LossLines = {
  readonly train: string;
  readonly watched: string;
  readonly watchedDots: readonly { readonly x: number; readonly y: number }[];
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly lastStep: number;
  readonly summary: string;
};

/** Points that a line of this width can show. */
const POINTS_PER_PX = 1;

/** Draws both lines on one scale from zero or the smallest loss to the largest that is no outlier. */
export function lossLines(
  points: readonly LossPoint[],
  plot: { readonly width: number; readonly height: number },
): LossLines {
  const train = thin(valuesOf(points, 'loss'), plot.width * POINTS_PER_PX);
  const watched = valuesOf(points, 'evalLoss');
  const values = [...train, ...watched].map(({ value }) => value).toSorted((a, b) => a - b);
  const low = Math.min(0, values[0] ?? 0);
  // The first steps may cost many times what all others do: they leave the plot at its top.
  const high = Math.max(
    values[Math.floor(values.length * 0.98)] ?? 1,
    ...watched.map(({ value }) => value),
    low + 1e-9,
  );
  const lastStep = points.reduce((last, { step }) => Math.max(last, step), 1);
  const place = ({ step, value }: Value) => ({
    x: round((step / lastStep) * plot.width),
    y: round((1 - (Math.min(value, high) - low) / (high - low)) * plot.height),
  });
  const path = (line: readonly Value[]) =>
    line
      .map(place)
      .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`)
      .join('');
  const ticks = [low, (low + high) / 2, high].map((value) => ({ value, y: place({ step: 0, value }).y }));
  return {
    train: path(train),
    watched: path(watched),
    watchedDots: watched.map(place),
    ticks,
    lastStep,
    summary: summaryOf(train, watched, lastStep),
  };
}

type Value = { readonly step: number; readonly value: number };

function valuesOf(points: readonly LossPoint[], name: 'loss' | 'evalLoss'): readonly Value[] {
  return points.flatMap(({ step, [name]: value }) =>
    value !== undefined && Number.isFinite(value) ? [{ step, value }] : [],
  );
}

/** Means of neighbours, so that at most `most` points are left. */
function thin(line: readonly Value[], most: number): readonly Value[] {
  const size = Math.ceil(line.length / Math.max(1, most));
  if (size <= 1) return line;
  const thinned: Value[] = [];
  for (let from = 0; from < line.length; from += size) {
    const part = line.slice(from, from + size);
    const sum = part.reduce((total, { value }) => total + value, 0);
    thinned.push({ step: part.at(-1)?.step ?? 0, value: sum / part.length });
  }
  return thinned;
}

function summaryOf(train: readonly Value[], watched: readonly Value[], steps: number): string {
  const from = train[0]?.value;
  const to = train.at(-1)?.value;
  if (from === undefined || to === undefined) return 'No loss yet';
  const best = watched.reduce((least, { value }) => Math.min(least, value), Infinity);
  const seen = Number.isFinite(best) ? `; smallest eval loss ${best.toPrecision(4)}` : '';
  return `Loss over ${steps.toLocaleString('en')} steps, from ${from.toPrecision(4)} to ${to.toPrecision(4)}${seen}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
