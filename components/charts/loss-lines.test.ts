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
    expect(lines.steps).toBe('M10 0L50 25L100 37.5');
    expect(lines.watchedDots).toEqual([
      { x: 50, y: 12.5 },
      { x: 100, y: 25 },
    ]);
    expect(lines.summary).toBe('Loss over 10 steps, from 1.000 to 0.2500; smallest eval loss 0.5000');
  });

  it('have round values beside them, with the digits that tell them apart', () => {
    const text = (loss: number) => lossLines([{ step: 1, loss }], plot).ticks.map((tick) => tick.text);
    expect(text(0.59)).toEqual(['0.0', '0.2', '0.4']);
    expect(text(0.061)).toEqual(['0.00', '0.02', '0.04', '0.06']);
    expect(text(70)).toEqual(['0', '20', '40', '60']);
  });

  it('stand over the ends of epochs, as many as there is room for', () => {
    const ends = Array.from({ length: 20 }, (_, index) => ({ step: (index + 1) * 10, epoch: index + 1, epochLoss: 1 }));
    expect(lossLines(ends, plot).epochs).toEqual([
      { epoch: 10, x: 50 },
      { epoch: 20, x: 100 },
    ]);
    expect(lossLines(ends, plot).trainDots).toHaveLength(20);
  });

  it('are thinned to what the width can show', () => {
    const points = Array.from({ length: 10_000 }, (_, index) => ({ step: index + 1, loss: 1 / (index + 1) }));
    expect(lossLines(points, plot).steps.split('L').length).toBeLessThanOrEqual(100);
  });

  it('say so while there is none', () => {
    expect(lossLines([], plot)).toMatchObject({
      steps: '',
      train: '',
      watched: '',
      ticks: [],
      epochs: [],
      summary: 'No loss yet',
    });
  });
});
