import { describe, expect, it } from 'vitest';

import { lossLines } from './loss-lines';

const plot = { width: 100, height: 50 };

describe('the lines of a loss', () => {
  it('go from the first step to the last, on one scale', () => {
    const lines = lossLines(
      [
        { step: 1, loss: 1 },
        { step: 5, loss: 0.5, evalLoss: 0.75 },
        { step: 10, loss: 0.25, evalLoss: 0.5 },
      ],
      plot,
    );
    expect(lines.train).toBe('M10 0L50 25L100 37.5');
    expect(lines.watchedDots).toEqual([
      { x: 50, y: 12.5 },
      { x: 100, y: 25 },
    ]);
    expect(lines.summary).toBe('Loss over 10 steps, from 1.000 to 0.2500; smallest eval loss 0.5000');
  });

  it('are thinned to what the width can show', () => {
    const points = Array.from({ length: 10_000 }, (_, index) => ({ step: index + 1, loss: 1 / (index + 1) }));
    expect(lossLines(points, plot).train.split('L').length).toBeLessThanOrEqual(100);
  });

  it('say so while there is none', () => {
    expect(lossLines([], plot)).toMatchObject({ train: '', watched: '', summary: 'No loss yet' });
  });
});
