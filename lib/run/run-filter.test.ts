import { describe, expect, it } from 'vitest';

import { parseRunFilter, zRunFilter } from './run-filter';

describe('parseRunFilter', () => {
  it.each([
    ['', {}],
    ['is:failed pipeline:taxi', { is: ['failed'], pipeline: ['taxi'] }],
    ['IS:Warning by:you 47', { is: ['warning'], by: ['you'], text: ['47'] }],
    ['#47', { text: ['47'] }],
    ['pipeline:"Bird strikes" is:complete is:complete', { pipeline: ['Bird strikes'], is: ['complete'] }],
    ['is:', { text: ['is:'] }],
    ['"never closed', { text: ['never closed'] }],
  ])('reads %j', (text, filter) => {
    expect(parseRunFilter(text)).toEqual({ filter, unknown: [] });
  });

  it('names the flags that it does not know, and goes on', () => {
    expect(parseRunFilter('is:odd auc:>0.9 taxi')).toEqual({
      filter: { text: ['taxi'] },
      unknown: ['is:odd', 'auc:>0.9'],
    });
  });

  it('gives what the server takes, whatever is typed', () => {
    const { filter } = parseRunFilter(`${'word '.repeat(50)} ${'x'.repeat(900)}`);
    expect(zRunFilter.safeParse(filter).success).toBe(true);
  });
});
