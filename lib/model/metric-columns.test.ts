import { describe, expect, it } from 'vitest';

import { metricColumns, metricLabel } from './metric-columns';

describe('the metrics of a table of versions', () => {
  it('are those of any version, most telling first, without counts', () => {
    const versions = [{ metrics: { recall: 0.1, example_count: 5 } }, { metrics: { zebra: 1, auc: 0.9, apple: 2 } }];
    expect(metricColumns(versions)).toEqual(['auc', 'recall', 'apple', 'zebra']);
  });

  it.each([
    ['auc', 'AUC'],
    ['mean_label', 'Mean label'],
    ['macro f1_score', 'Macro F1'],
    ['weighted macro precision', 'Weighted macro precision'],
    ['root_mean_squared_error', 'RMSE'],
  ])('%s is called %s', (name, label) => {
    expect(metricLabel(name)).toBe(label);
  });
});
