import { describe, expect, it } from 'vitest';

import { prepareHistogram } from './prepare-histogram';

const BOX = { width: 100, height: 20 } as const;
const PLAIN = { isShare: false, isLog: false } as const;

describe('the marks of a histogram', () => {
  it('are bars of the first side and an outline of the second on one scale', () => {
    const marks = prepareHistogram({
      ...BOX,
      counts: [
        [1, 2],
        [4, 0],
      ],
      scale: PLAIN,
    });
    expect(marks.bars).toBe('M0 20V15H49V20zM50 20V10H99V20z');
    expect(marks.outline).toBe('M0 20V0H50V20H100V20');
    expect(marks.top).toBe(4);
  });

  it('compare shares where the sides differ in size', () => {
    const marks = prepareHistogram({
      ...BOX,
      counts: [
        [100, 100],
        [1, 1],
      ],
      scale: { isShare: true, isLog: false },
    });
    expect(marks.top).toBe(0.5);
    expect(marks.bars).toBe('M0 20V0H49V20zM50 20V0H99V20z');
    expect(marks.outline).toBe('M0 20V0H50V0H100V20');
  });

  it('show what is rare by logarithm, and keep 0 at 0', () => {
    const { heightOf } = prepareHistogram({ ...BOX, counts: [[0, 9, 99]], scale: { isShare: false, isLog: true } });
    expect([0, 9, 99].map(heightOf)).toEqual([0, expect.closeTo(10, 9), 20]);
  });

  it('set a tail apart', () => {
    const marks = prepareHistogram({
      ...BOX,
      counts: [
        [1, 1],
        [1, 1],
      ],
      scale: PLAIN,
      isCutHigh: true,
    });
    expect(marks.places).toEqual([
      { left: 0, right: 48 },
      { left: 52, right: 100 },
    ]);
    expect(marks.outline).toBe('M0 20V0H48V20M52 20V0H100V20');
  });

  it('are seen however small, and none where there is nothing', () => {
    const rare = prepareHistogram({ ...BOX, counts: [[1_000_000, 1]], scale: PLAIN });
    expect(rare.heightOf(1)).toBe(0.75);
    const nothing = prepareHistogram({ ...BOX, counts: [null, [0, 0]], scale: { isShare: true, isLog: true } });
    expect([nothing.bars, nothing.top]).toEqual(['', 0]);
    expect(nothing.outline).not.toContain('NaN');
  });
});
