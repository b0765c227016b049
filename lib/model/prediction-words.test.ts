import { describe, expect, it } from 'vitest';

import type { ModelInfo } from '../artifact/model-info';
import { moveText, outcomesOf, predictionSentence } from './prediction-words';

const INFO: ModelInfo = {
  format: 'sluice.model/1',
  template: 'linear',
  task: 'multi-class',
  label: { feature: 'species', column: 'species', classes: ['Adelie', 'Gentoo'] },
  deep: [],
  wide: [],
  training: { rows: 1, evalRows: 0, epochs: 1, bestEpoch: 1, steps: 1, parameters: 1, loss: 0 },
};

describe('words of a prediction', () => {
  it('names the class with the best score, and what the label says', () => {
    const outcomes = outcomesOf(INFO, { now: [0.25, 0.75], before: [0.5, 0.5], label: 0 });
    expect(outcomes.map(({ name, isBest, isTrue }) => [name, isBest, isTrue])).toEqual([
      ['Adelie', false, true],
      ['Gentoo', true, false],
    ]);
    expect(predictionSentence(INFO, outcomes)).toBe(
      'species is Gentoo with a score of 0.7500, +0.2500 by the changes.',
    );
  });

  it('says of a probability how far it moved, and nothing where it did not', () => {
    const info: ModelInfo = { ...INFO, task: 'binary', label: { feature: 'tipped', column: 'tipped' } };
    const moved = outcomesOf(info, { now: [0.1], before: [0.3], label: Number.NaN });
    expect(predictionSentence(info, moved)).toBe('tipped has a probability of 0.1000, −0.2000 by the changes.');
    expect(moveText({ now: 0.300_01, before: 0.3 }, 'binary')).toBeUndefined();
    expect(moveText({ now: 1_500, before: 300 }, 'regression')).toBe('+1,200');
  });
});
