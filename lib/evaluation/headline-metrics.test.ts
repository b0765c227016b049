import { describe, expect, it } from 'vitest';

import type { MetricsEntry } from './evaluation-files';
import { headlineMetrics } from './headline-metrics';

const entry = (given: Partial<MetricsEntry>): MetricsEntry => ({
  slice: [],
  model: 'candidate',
  output: '',
  metrics: {},
  ...given,
});

describe('the headline of an evaluation', () => {
  it('holds the finite figures of the candidate over all rows', () => {
    expect(
      headlineMetrics([
        entry({ metrics: { auc: 0.95, precision: 'NaN', matrix: { cells: [] } } }),
        entry({ slice: [['day', 1]], metrics: { auc: 0.1 } }),
        entry({ model: 'baseline', metrics: { auc: 0.2 } }),
        entry({ isDiff: true, metrics: { auc: 0.3 } }),
        entry({ subKey: { classId: 1 }, metrics: { auc: 0.4 } }),
        entry({ aggregation: 'macro', metrics: { precision: 0.7 } }),
      ]),
    ).toEqual({ auc: 0.95, 'macro precision': 0.7 });
  });

  it('takes the weighted figures where there are both', () => {
    const both = [entry({ weighted: false, metrics: { auc: 0.1 } }), entry({ weighted: true, metrics: { auc: 0.2 } })];
    expect(headlineMetrics(both)).toEqual({ auc: 0.2 });
  });

  it('is empty where all rows together were not evaluated', () => {
    expect(headlineMetrics([entry({ slice: [['day', 1]], metrics: { auc: 0.1 } })])).toEqual({});
  });
});
