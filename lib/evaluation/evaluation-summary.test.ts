import { describe, expect, it } from 'vitest';

import type { MetricsEntry } from './evaluation-files';
import { evaluationSummary, summaryWords, zEvaluationSummary } from './evaluation-summary';

const entry = (metrics: MetricsEntry['metrics'], parts: Partial<MetricsEntry> = {}): MetricsEntry => ({
  slice: [],
  model: 'candidate',
  output: '',
  metrics,
  ...parts,
});

describe('what an evaluation says of itself', () => {
  it.each([
    {
      name: 'the AUC over all rows, its change, and the verdict',
      entries: [
        entry({ example_count: 10, binary_accuracy: 0.8, auc: 0.912 }),
        entry({ auc: 0.5 }, { slice: [['city', 'Bern']] }),
        entry({ auc: 0.9 }, { model: 'baseline' }),
        entry({ auc: 0.012 }, { isDiff: true }),
      ],
      isBlessed: true,
      words: 'AUC 0.912 (+0.012) · blessed',
    },
    {
      name: 'the accuracy of several classes, without a threshold',
      entries: [entry({ example_count: 10, sparse_categorical_accuracy: 0.75 })],
      isBlessed: undefined,
      words: 'Accuracy 0.750',
    },
    {
      name: 'an error of a regression that grew',
      entries: [entry({ mean_squared_error: 2 }), entry({ mean_squared_error: -0.5 }, { isDiff: true })],
      isBlessed: false,
      words: 'MSE 2.000 (−0.500) · not blessed',
    },
    {
      name: 'any other figure by its own name',
      entries: [entry({ example_count: 3, mean_label: 0.5 })],
      isBlessed: undefined,
      words: 'mean label 0.500',
    },
    {
      name: 'counts alone say nothing',
      entries: [entry({ example_count: 3 })],
      isBlessed: undefined,
      words: undefined,
    },
    {
      name: 'a figure that is not defined says nothing',
      entries: [entry({ auc: 'NaN' })],
      isBlessed: false,
      words: 'not blessed',
    },
  ])('$name', ({ entries, isBlessed, words }) => {
    expect(summaryWords(zEvaluationSummary.parse(evaluationSummary(entries, isBlessed)))).toBe(words);
  });
});
