import { expect, it } from 'vitest';

import { toDatasetFigures, zDatasetFigures } from './feature-figures';
import { toStatistics, fromStatistics, type StatisticsList } from './statistics';
import { DATASET_FEATURE_STATISTICS_LIST } from '../tfmd/statistics-messages';
import { decodeMessage } from '../tfmd/message';

const EMPTY: StatisticsList = decodeMessage(DATASET_FEATURE_STATISTICS_LIST, new Uint8Array());

it('an empty file has no datasets, hence no figures', () => {
  expect(toStatistics(fromStatistics(EMPTY)).datasets.map(toDatasetFigures)).toEqual([]);
});

it('writes what JSON cannot hold as text, and leaves out what a kind does not have', () => {
  // Field by field in the wire format: numExamples 3; a FLOAT feature "x" with mean NaN, min -Infinity, max 2.
  const f64 = (value: number) => [...new Uint8Array(new Float64Array([value]).buffer)];
  const common = [0x08, 2, 0x10, 1];
  const numeric = [0x0a, common.length, ...common, 0x11, ...f64(NaN), 0x29, ...f64(-Infinity), 0x39, ...f64(2)];
  const feature = [0x0a, 1, 0x78, 0x10, 1, 0x1a, numeric.length, ...numeric];
  const dataset = [0x10, 3, 0x1a, feature.length, ...feature];
  const list = toStatistics(Uint8Array.from([0x0a, dataset.length, ...dataset]));
  const [figures] = list.datasets.map(toDatasetFigures);
  expect(zDatasetFigures.parse(JSON.parse(JSON.stringify(figures)))).toEqual({
    examples: 3,
    features: [
      {
        name: 'x',
        type: 'FLOAT',
        present: 2,
        missing: 1,
        mean: 'NaN',
        stdDev: 0,
        zeros: 0,
        min: '-Infinity',
        median: 0,
        max: 2,
      },
    ],
  });
});
