import { describe, expect, it } from 'vitest';

import { prepareEdges } from './prepare-edges';

const places = (bars: number, width = 20) =>
  Array.from({ length: bars }, (_, bar) => ({ left: bar * width, right: (bar + 1) * width }));
const base = { kind: 'equal', isUnit: false, isCutLow: false, isCutHigh: false, room: 40 } as const;

describe('the labels below a histogram', () => {
  it('are every second edge where every one has no room', () => {
    const labels = prepareEdges({ ...base, edges: [0, 1, 2, 3, 4], places: places(4) });
    expect(labels.map(({ value, x }) => [value, x])).toEqual([
      [0, 0],
      [2, 40],
      [4, 80],
    ]);
  });

  it('stand below their bars where a bar is one whole number', () => {
    const labels = prepareEdges({ ...base, edges: [0, 1, 2], isUnit: true, places: places(2, 50) });
    expect(labels.map(({ value, x }) => [value, x])).toEqual([
      [0, 25],
      [1, 75],
    ]);
  });

  it('say what a cut tail holds', () => {
    const labels = prepareEdges({
      ...base,
      edges: [-9, 0, 5, 10, 999],
      isCutLow: true,
      isCutHigh: true,
      places: places(4, 60),
    });
    expect(labels.map(({ value, sign }) => `${sign}${value}`)).toEqual(['<0', '5', '>10']);
  });
});
