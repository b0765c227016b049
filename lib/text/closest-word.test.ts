import { describe, expect, it } from 'vitest';

import { closestWord, didYouMean, listNames } from './closest-word';

const COMPONENTS = ['CsvExampleGen', 'StatisticsGen', 'SchemaGen', 'Trainer'];

describe('the closest word', () => {
  it.each([
    ['CsvExampleGn', 'CsvExampleGen'],
    ['csvexamplegen', 'CsvExampleGen'],
    ['StatisitcsGen', 'StatisticsGen'],
    ['Trainre', 'Trainer'],
    ['SchemaGenerator', undefined],
    ['Pusher', undefined],
    ['', undefined],
  ])('for %j is %s', (word, closest) => {
    expect(closestWord(word, COMPONENTS)).toBe(closest);
  });

  it('counts a swap of neighbours as one slip', () => {
    expect(closestWord('ab', ['ba', 'xy'])).toBe('ba');
  });

  it('finds nothing near a word of one letter', () => {
    expect(closestWord('a', ['b', 'c'])).toBeUndefined();
  });

  it('does not compare words of absurd length', () => {
    expect(closestWord('x'.repeat(1_000_000), ['x'.repeat(1_000_001)])).toBeUndefined();
  });

  it('asks as a sentence, or says nothing', () => {
    expect(didYouMean('inputBas', ['inputBase'])).toBe(' Did you mean "inputBase"?');
    expect(didYouMean('zzz', ['inputBase'])).toBe('');
  });
});

describe('names in a sentence', () => {
  it.each([
    [[], 'none'],
    [['a'], '"a"'],
    [['a', 'b', 'c'], '"a", "b" and "c"'],
    [['a', 'b', 'c', 'd'], '"a", "b" and 2 more'],
  ])('%j', (names, text) => {
    expect(listNames(names, names.length > 3 ? 2 : 8)).toBe(text);
  });
});
