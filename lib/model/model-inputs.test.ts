import { describe, expect, it } from 'vitest';

import { deepWidthOf, modelInputs, modelLabels, outputsOf, rawLabels, wideDepthOf } from './model-inputs';

const deep = [
  { feature: 'fare', width: 1 },
  { feature: 'kind', width: 3 },
];
const wide = [
  { feature: 'company', depth: 4 },
  { feature: 'hour', depth: 2 },
];

describe('the inputs of layers', () => {
  it('lie row by row, each feature behind the one before', () => {
    const inputs = modelInputs(
      { deep, wide },
      { fare: [1.5, -2], kind: [[0, 1, 0], 2], company: [3, 0], hour: [[0, 1], 1] },
      2,
    );
    expect([...inputs.deep]).toEqual([1.5, 0, 1, 0, -2, 0, 0, 1]);
    expect([...inputs.wide]).toEqual([3, 1, 0, 1]);
  });

  it('take nothing from a value that is missing, unseen or outside', () => {
    const inputs = modelInputs(
      { deep, wide },
      { fare: [null, Number.NaN, 3], kind: [[0, 0, 0], -1, null], company: [-1, 4, null], hour: [[0, 0], 0.5, 7] },
      3,
    );
    expect([...inputs.deep]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0]);
    expect([...inputs.wide]).toEqual([4, 2, 4, 2, 4, 2]);
  });

  it('take nothing from a feature that is not there, whatever its name', () => {
    const inputs = modelInputs({ deep: [{ feature: 'constructor', width: 1 }], wide: [wide[0] ?? never()] }, {}, 1);
    expect([...inputs.deep, ...inputs.wide]).toEqual([0, 4]);
  });

  it('are as wide as their features together', () => {
    expect(deepWidthOf({ deep })).toBe(4);
    expect(wideDepthOf({ wide })).toBe(6);
    expect(outputsOf({ task: 'binary', label: { feature: 'y', column: 'y' } })).toBe(1);
    expect(outputsOf({ task: 'multi-class', label: { feature: 'y', column: 'y', classes: ['a', 'b', 'c'] } })).toBe(3);
  });
});

describe('the labels of rows', () => {
  const label = { feature: 'y', column: 'species' };

  it('are the numbers themselves for regression, and for binary but for those below zero', () => {
    const features = { y: [1, null, [-1], 0] };
    expect([...modelLabels({ task: 'regression', label }, features, 4)]).toEqual([1, Number.NaN, -1, 0]);
    expect([...modelLabels({ task: 'binary', label }, features, 4)]).toEqual([1, Number.NaN, Number.NaN, 0]);
  });

  it('are numbers of a vocabulary, or places in the list of classes', () => {
    const texts = { task: 'multi-class' as const, label: { ...label, classes: ['Gentoo', 'Adelie'] } };
    expect([...modelLabels(texts, { y: [1, -1, 0] }, 3)]).toEqual([1, Number.NaN, 0]);
    expect([...modelLabels(texts, { y: ['Adelie', 'Dodo', null] }, 3)]).toEqual([1, -1, Number.NaN]);
    const years = { task: 'multi-class' as const, label: { ...label, classes: [2007, 2009] } };
    expect([...modelLabels(years, { y: [2009n, 2007, 2008] }, 3)]).toEqual([1, 0, -1]);
  });

  it('are found by the text of the column they come from', () => {
    const info = { task: 'multi-class' as const, label: { ...label, classes: ['Gentoo', 'Adelie'] } };
    expect([...rawLabels(info, ['Adelie', ['Gentoo'], 'Dodo', null])]).toEqual([1, 0, -1, Number.NaN]);
    expect([...rawLabels({ task: 'binary', label }, [1, 0n, null])]).toEqual([1, 0, Number.NaN]);
  });
});

function never(): never {
  throw new Error('the table has a first row');
}
