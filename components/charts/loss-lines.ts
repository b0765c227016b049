/** The lines of a loss chart: where they go in a plot of a given size, and what they say in words. */

import { scaleLinear } from 'd3-scale';

/** A point of a run: `loss` of training batches; at the end of an epoch its mean, and the loss on the eval rows. All may be missing. */
export type LossPoint = {
  readonly step: number;
  /** Set where this step is the last of an epoch. */
  readonly epoch?: number | undefined;
  readonly loss?: number | undefined;
  readonly epochLoss?: number | undefined;
  readonly evalLoss?: number | undefined;
};

type Place = { readonly x: number; readonly y: number };

/** Paths in px from the top left corner of the plot. */
export type LossLines = {
  /** The loss of each step's batch. */
  readonly steps: string;
  /** The mean loss of each epoch. */
  readonly train: string;
  readonly trainDots: readonly Place[];
  /** The loss on the eval rows after each epoch. */
  readonly watched: string;
  readonly watchedDots: readonly Place[];
  /** Round values with the digits that tell them apart. */
  readonly ticks: readonly { readonly text: string; readonly y: number }[];
  /** Ends of epochs, few enough to be read. */
  readonly epochs: readonly { readonly epoch: number; readonly x: number }[];
  readonly lastStep: number;
  readonly summary: string;
};

/** Points that a line of this width can show. */
const POINTS_PER_PX = 1;
/** Room of a number under the plot, in px. */
const EPOCH_WIDTH = 48;
const TICKS = 4;

/** Draws all lines on one scale from zero or the smallest loss to the largest that is no outlier. */
export function lossLines(
  points: readonly LossPoint[],
  plot: { readonly width: number; readonly height: number },
): LossLines {
  const steps = thin(valuesOf(points, 'loss'), plot.width * POINTS_PER_PX);
  const train = valuesOf(points, 'epochLoss');
  const watched = valuesOf(points, 'evalLoss');
  const values = steps.map(({ value }) => value).toSorted((a, b) => a - b);
  const ends = [...train, ...watched].map(({ value }) => value);
  const low = Math.min(0, values[0] ?? 0, ...ends);
  // The first steps may cost many times what all others do: they leave the plot at its top.
  const high = Math.max(values[Math.floor(values.length * 0.98)] ?? low, ...ends, low + 1e-9);
  const lastStep = points.reduce((last, { step }) => Math.max(last, step), 1);
  const xOf = (step: number) => round((step / lastStep) * plot.width);
  const place = ({ step, value }: Value) => ({
    x: xOf(step),
    y: round((1 - (Math.min(value, high) - low) / (high - low)) * plot.height),
  });
  const path = (line: readonly Value[]) =>
    line
      .map(place)
      .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`)
      .join('');
  return {
    steps: path(steps),
    train: path(train),
    trainDots: train.map(place),
    watched: path(watched),
    watchedDots: watched.map(place),
    ticks:
      points.length === 0
        ? []
        : ticksBetween(low, high).map(({ value, text }) => ({ text, y: place({ step: 0, value }).y })),
    epochs: epochsOf(points, Math.max(1, Math.floor(plot.width / EPOCH_WIDTH))).map(({ epoch, step }) => ({
      epoch,
      x: xOf(step),
    })),
    lastStep,
    summary: summaryOf(steps.length > 0 ? steps : train, watched, lastStep),
  };
}

/** Round values in a range, each with as many digits as the distance between them needs. */
function ticksBetween(low: number, high: number): readonly { readonly value: number; readonly text: string }[] {
  const values = scaleLinear([low, high], [0, 1]).ticks(TICKS);
  const distance = (values[1] ?? 1) - (values[0] ?? 0);
  const digits = Math.max(0, Math.ceil(-Math.log10(distance) - 1e-9));
  return values.map((value) => ({
    value,
    text: digits > 6 || Math.abs(value) >= 1e6 ? value.toExponential(1) : value.toFixed(digits),
  }));
}

function epochsOf(
  points: readonly LossPoint[],
  most: number,
): readonly { readonly epoch: number; readonly step: number }[] {
  const ends = points.flatMap(({ epoch, step }) => (epoch === undefined ? [] : [{ epoch, step }]));
  const last = ends.at(-1);
  if (last === undefined) return [];
  const every = scaleLinear([0, last.epoch], [0, 1]).ticks(Math.min(most, last.epoch)).filter(Number.isInteger);
  const wanted = new Set(every);
  return ends.filter(({ epoch }) => wanted.has(epoch));
}

type Value = { readonly step: number; readonly value: number };

function valuesOf(points: readonly LossPoint[], name: 'loss' | 'epochLoss' | 'evalLoss'): readonly Value[] {
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
