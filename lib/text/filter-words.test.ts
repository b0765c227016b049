import { expect, it } from 'vitest';

import { filterByWords } from './filter-words';

it('keeps what has every word, beginnings first, in order otherwise', () => {
  const items = ['Go to runs', 'Run to here', 'Open its runs', 'Undo'];
  expect(filterByWords(items, 'RUN', (text) => text)).toEqual(['Run to here', 'Go to runs', 'Open its runs']);
  expect(filterByWords(items, ' to  runs ', (text) => text)).toEqual(['Go to runs']);
  expect(filterByWords(items, '', (text) => text)).toBe(items);
});
