import { describe, expect, it } from 'vitest';

import { Random } from '../random';
import { compareMetrics, compareSlices, type ComparedRows } from './compare-versions';
import { comparedMetrics, gain, type ScoredRows } from './compared-metric';
import { pairedIntervals } from './paired-bootstrap';

const ROWS = 2_000;

/** Labels by chance, and scores that follow them with noise. */
function scored(seed: number, noise: number): ScoredRows {
  const random = Random.of(1);
  const labels = Float64Array.from({ length: ROWS }, () => (random.number() < 0.3 ? 1 : 0));
  const own = Random.of(seed);
  const scores = labels.map((label) => {
    const drawn = (label + 0.5) / 2 + noise * (own.number() - 0.5);
    return Math.min(0.999, Math.max(0.001, drawn));
  });
  return { labels, scores, classes: 1 };
}

const binary = (...versions: readonly ScoredRows[]): ComparedRows => ({
  task: 'binary',
  labels: versions[0]?.labels ?? new Float64Array(),
  classes: 1,
  weights: undefined,
  scores: versions.map(({ scores }) => scores),
});

describe('pairedIntervals', () => {
  it('is as wide as the standard error of paired differences says', () => {
    const [a, b] = [scored(2, 1), scored(3, 1.2)];
    const loss = comparedMetrics('binary').filter(({ name }) => name === 'binary_crossentropy');
    const [[interval] = []] = pairedIntervals({
      metrics: loss,
      versions: [a, b],
      weights: undefined,
      seed: 5,
      replicas: 1_000,
    });
    const lossOf = ({ labels, scores }: ScoredRows) =>
      labels.map((y, row) => -Math.log(y === 1 ? (scores[row] ?? 0) : 1 - (scores[row] ?? 0)));
    const [lossA, lossB] = [lossOf(a), lossOf(b)];
    const differences = lossB.map((value, row) => value - (lossA[row] ?? 0));
    const mean = differences.reduce((sum, value) => sum + value, 0) / ROWS;
    const error = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / ROWS / ROWS);
    expect(interval?.lower).toBeCloseTo(mean - 1.96 * error, 2);
    expect(interval?.upper).toBeCloseTo(mean + 1.96 * error, 2);
  });

  it('gives the same interval for the same seed', () => {
    const request = {
      metrics: comparedMetrics('binary'),
      versions: [scored(2, 1), scored(3, 1)],
      weights: undefined,
      seed: 9,
    };
    expect(pairedIntervals(request)).toEqual(pairedIntervals(request));
  });

  it('says nothing where a metric is not defined', () => {
    const rows = { labels: new Float64Array(5), scores: new Float64Array(5).fill(0.2), classes: 1 };
    const found = pairedIntervals({
      metrics: comparedMetrics('binary'),
      versions: [rows, rows],
      weights: undefined,
      seed: 1,
    });
    expect(found[0]).toEqual([undefined]);
  });
});

describe('compareMetrics', () => {
  it.each(['binary', 'regression'] as const)('resamples every metric of %s around its figure', (task) => {
    const rows = { ...binary(scored(2, 0.9), scored(3, 0.9)), task };
    for (const { name, values } of compareMetrics(rows)) {
      const [, second] = values;
      expect(second?.interval, name).toBeDefined();
      expect(second?.interval?.lower, name).toBeLessThanOrEqual((second?.difference ?? 0) + 1e-3);
      expect(second?.interval?.upper, name).toBeGreaterThanOrEqual((second?.difference ?? 0) - 1e-3);
    }
  });

  it('tells the better version from the worse, and equal ones from neither', () => {
    const [good, bad] = [scored(2, 0.8), scored(3, 2)];
    const verdicts = (rows: ComparedRows) => compareMetrics(rows).map(({ name, values }) => [name, values[1]?.verdict]);
    expect(verdicts(binary(good, bad))).toContainEqual(['auc', 'worse']);
    expect(verdicts(binary(bad, good))).toContainEqual(['auc', 'better']);
    expect(verdicts(binary(good, good))).toContainEqual(['auc', 'undecided']);
    expect(verdicts(binary(good, bad))).toContainEqual(['mean_prediction', undefined]);
  });

  it('compares classes by accuracy and loss', () => {
    const labels = Float64Array.from([0, 1, 2, 0]);
    const right = Float64Array.from([0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.8, 0.1, 0.1]);
    const wrong = Float64Array.from([0.1, 0.8, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.8, 0.1, 0.1]);
    const rows: ComparedRows = { task: 'multi-class', labels, classes: 3, weights: undefined, scores: [right, wrong] };
    const [accuracy, loss] = compareMetrics(rows);
    expect(accuracy?.values.map(({ value }) => value)).toEqual([1, 0.75]);
    expect(loss?.values[0]?.value).toBeCloseTo(-Math.log(0.8), 10);
  });
});

it('puts the slice that lost most first', () => {
  const good = scored(2, 0.8);
  const mixed = { ...good, scores: good.scores.map((score, row) => (row < 500 ? 1 - score : score)) };
  const slice = (name: string, from: number, to: number) => ({
    key: [['part', name]] as const,
    rows: Int32Array.from({ length: to - from }, (_, index) => from + index),
  });
  const slices = [slice('late', 500, ROWS), slice('early', 0, 500), slice('few', 0, 3)];
  const found = compareSlices(binary(good, mixed), slices, { metric: 'binary_accuracy', minRows: 10 });
  expect(found.map(({ slice: [[, name] = ['', '']] }) => name)).toEqual(['early', 'late']);
  expect(found[0]?.values[1]?.verdict).toBe('worse');
  expect(found[1]?.values[1]?.difference).toBe(0);
});

it.each([
  ['higher', 0.9, 0.8, 0.1],
  ['lower', 0.9, 0.8, -0.1],
  ['one', 1.2, 0.7, 0.1],
  ['none', 5, 1, 0],
] as const)('counts %s: from %d to %d as %d', (better, value, reference, expected) => {
  expect(gain({ better }, value, reference)).toBeCloseTo(expected, 12);
});
