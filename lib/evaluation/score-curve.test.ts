import { describe, expect, it } from 'vitest';

import { BinaryProblem } from '../metrics/binary-problem';
import { SCORE_BUCKETS, type ScoreSeries } from './evaluation-answers';
import { nearestThreshold, toScoreCurve } from './score-curve';

const ROWS = [
  { p: 0, y: 0 },
  { p: 0.1, y: 1 },
  { p: 0.25, y: 0 },
  { p: 0.5, y: 1 },
  { p: 0.5, y: 0 },
  { p: 0.50001, y: 1 },
  { p: 0.9, y: 1 },
  { p: 1, y: 1 },
];

const bucketOf = (p: number) => Math.min(SCORE_BUCKETS + 1, Math.ceil(p * SCORE_BUCKETS));

function series(rows: readonly { readonly p: number; readonly y: number }[]): ScoreSeries {
  const buckets = [...new Set(rows.map(({ p }) => bucketOf(p)))].toSorted((a, b) => a - b);
  const count = (label: number) =>
    buckets.map((bucket) => rows.filter(({ p, y }) => y === label && bucketOf(p) === bucket).length);
  return { model: 'candidate', buckets, positives: count(1), negatives: count(0), calibration: [] };
}

describe('a curve of scores', () => {
  it('counts at every threshold as the metrics do', () => {
    const curve = toScoreCurve(series(ROWS), false);
    const problem = new BinaryProblem({
      labels: Float64Array.from(ROWS, ({ y }) => y),
      predictions: Float64Array.from(ROWS, ({ p }) => p),
      weights: new Float64Array(ROWS.length).fill(1),
    });
    for (const threshold of [0, 0.0999, 0.1, 0.25, 0.4999, 0.5, 0.5001, 0.9, 0.9999, 1])
      expect([threshold, curve.at(threshold)]).toEqual([threshold, problem.exactly(threshold)]);
  });

  it('begins its ROC at nothing predicted positive and ends it at everything', () => {
    const { roc, precisionRecall } = toScoreCurve(series(ROWS), false);
    expect(roc[0]).toEqual({ x: 0, y: 0 });
    expect(roc.at(-1)).toEqual({ x: 1, y: 1 });
    expect(precisionRecall.at(-1)).toEqual({ x: 1, y: 5 / 8 });
  });

  it('has no ROC where all rows are of one class', () => {
    const { roc, precisionRecall } = toScoreCurve(series(ROWS.filter(({ y }) => y === 1)), false);
    expect(roc).toEqual([]);
    expect(precisionRecall.length).toBeGreaterThan(0);
    expect(toScoreCurve(series([]), false)).toMatchObject({ positive: 0, negative: 0, roc: [], precisionRecall: [] });
  });

  it('puts every row into one bar', () => {
    const bars = toScoreCurve(series([...ROWS, { p: 1.5, y: 1 }]), false).bars(4);
    expect(bars.map(({ positive, negative }) => [positive, negative])).toEqual([
      [1, 2],
      [1, 1],
      [1, 0],
      [3, 0],
    ]);
    expect(bars.map(({ above, to }) => [above, to])).toEqual([
      [0, 0.25],
      [0.25, 0.5],
      [0.5, 0.75],
      [0.75, 1],
    ]);
  });

  it('takes weights where they are wanted and there', () => {
    const given: ScoreSeries = {
      ...{ model: 'candidate', buckets: [2_000, 8_000], positives: [0, 1], negatives: [1, 0], calibration: [] },
      weighted: { positives: [0, 2.5], negatives: [0.5, 0] },
    };
    expect(toScoreCurve(given, true).at(0.5)).toEqual({ tp: 2.5, fp: 0, fn: 0, tn: 0.5 });
    expect(toScoreCurve(given, false).at(0.5)).toEqual({ tp: 1, fp: 0, fn: 0, tn: 1 });
    expect(toScoreCurve({ ...given, weighted: undefined }, true).at(0.5)).toEqual({ tp: 1, fp: 0, fn: 0, tn: 1 });
  });

  it('takes thresholds to the nearest that is exact', () => {
    expect([0.123456, -1, 2].map(nearestThreshold)).toEqual([0.1235, 0, 1]);
  });
});
