import { describe, expect, it } from 'vitest';

import type { RowCondition } from './row-query';
import { conditionSentence, sortWords } from './row-words';

describe('a condition in words', () => {
  it.each<[RowCondition, string]>([
    [{ column: 'pay', op: 'in', values: ['Cash'] }, 'pay is Cash'],
    [{ column: 'pay', op: 'in', values: ['a', 'b'] }, 'pay is a or b'],
    [{ column: 'n', op: 'in', values: [1, 2, 3, 4, -5] }, 'n is 1, 2, 3 or 2 more'],
    [{ column: 'n', op: 'in', values: [1, 2, 3, -4] }, 'n is 1, 2, 3 or −4'],
    [{ column: 'pay', op: 'notIn', values: ['a', ''] }, 'pay is neither missing nor a nor “”'],
    [{ column: 'n', op: 'between', min: 0, max: 5 }, 'n from 0 to 5'],
    [{ column: 'n', op: 'between', min: -1, max: 5, maxExcluded: true }, 'n from −1 to below 5'],
    [{ column: 'n', op: 'between', min: 5, max: 5 }, 'n is 5'],
    [{ column: 'n', op: 'between', min: 5 }, 'n at least 5'],
    [{ column: 'n', op: 'between', max: 5 }, 'n at most 5'],
    [{ column: 'n', op: 'between', max: 5, maxExcluded: true }, 'n below 5'],
    [{ column: 'f', op: 'between', min: Math.fround(0.1), max: 0.123456789 }, 'f from 0.1 to 0.123456789'],
    [{ column: 'n', op: 'between' }, 'n is a number'],
    [{ column: 's', op: 'contains', text: 'cab' }, 's contains “cab”'],
    [{ column: 's', op: 'missing' }, 's is missing'],
    [{ column: 's', op: 'present' }, 's is present'],
    [{ column: 'f', op: 'notANumber' }, 'f is not a number'],
    [{ column: 's', op: 'valueCount', max: 0 }, 's has no value'],
    [{ column: 's', op: 'valueCount', min: 1, max: 1 }, 's has 1 value'],
    [{ column: 's', op: 'valueCount', min: 2, max: 3 }, 's has 2 to 3 values'],
    [{ column: 's', op: 'valueCount', min: 2 }, 's has at least 2 values'],
    [{ column: 's', op: 'valueCount', max: 2 }, 's has at most 2 values'],
  ])('%j: %s', (condition, words) => {
    expect(conditionSentence(condition)).toBe(words);
  });

  it('says the order', () => {
    expect(sortWords({ column: 'fare', direction: 'desc' })).toBe('sorted by fare, descending');
  });
});
