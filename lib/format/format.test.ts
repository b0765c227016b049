import { describe, expect, it } from 'vitest';

import { formatBytes, formatCount, formatProgress, formatQuantity, formatShare, formatValue } from './number';
import { formatDuration, formatLogTime, formatMoment } from './time';

describe('numbers', () => {
  it.each([
    [15_002, '15,002'],
    [0, '0'],
    [undefined, '–'],
    [Number.NaN, '–'],
  ])('writes the count %s as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('counts one thing in the singular', () => {
    expect([formatQuantity(1, 'row'), formatQuantity(0, 'row'), formatQuantity(2, 'anomaly', 'anomalies')]).toEqual([
      '1 row',
      '0 rows',
      '2 anomalies',
    ]);
  });

  it.each([
    [0.268, '26.8 %'],
    [0, '0 %'],
    [1, '100 %'],
    [0.0001, '<0.1 %'],
    [0.9999, '>99.9 %'],
  ])('writes the share %s as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('says 100 % of a progress only when it is all', () => {
    expect([0.999, 1].map(formatProgress)).toEqual(['99 %', '100 %']);
  });

  it.each([
    [999, '999 B'],
    [41_400, '41 KB'],
    [1_234_567, '1.2 MB'],
    [999_999, '1.0 MB'],
  ])('writes %s bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [-0.0113, '−0.0113'],
    [12_345.678, '12,345.7'],
    [Infinity, '∞'],
    [0.1 + 0.2, '0.3'],
    [Number.NaN, '–'],
    [1e-7, '1.000e-7'],
    [1_409_012_345.678, '1,409,012,345.7'],
    [3.4028e38, '3.403e+38'],
  ])('writes the value %s as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});

describe('times', () => {
  it.each([
    [0, '<0.01 s'],
    [40, '0.04 s'],
    [400, '0.4 s'],
    [38_300, '38.3 s'],
    [59_970, '1:00'],
    [110_000, '1:50'],
    [7_500_000, '2 h 05'],
    [273_600_000, '3 d 4 h'],
    [undefined, '–'],
  ])('writes %s ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  const now = new Date(2026, 10, 24, 9, 30);
  it.each([
    [new Date(2026, 10, 24, 9, 13), '09:13'],
    [new Date(2026, 10, 23, 17, 12), 'Yesterday 17:12'],
    [new Date(2026, 10, 14, 11, 2), '14 Nov 11:02'],
    [new Date(2025, 10, 24, 9, 13), '24 Nov 2025'],
  ])('writes %s as %s', (moment, text) => {
    expect(formatMoment(moment, now)).toBe(text);
  });

  it('writes a line of a log to the millisecond', () => {
    expect(formatLogTime(new Date(2026, 10, 24, 9, 13, 20, 14))).toBe('09:13:20.014');
  });
});
