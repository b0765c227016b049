import { expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { matchWords } from './match-words';

it.each([
  ['Evaluator', 'eval', 0],
  ['Evaluator', ' Eval ', 0],
  ['ExampleValidator', 'validator', 1],
  ['CsvExampleGen', 'eval', 2],
  ['CsvExampleGen', '', 0],
  ['CsvExampleGen', 'csv nothing', undefined],
] as const)('%s answers "%s" with %s', (type, query, expected) => {
  expect(matchWords(COMPONENTS[type], query)).toBe(expected);
});
