import { describe, expect, it } from 'vitest';

import { freshName } from './fresh-name';

describe('freshName', () => {
  it('keeps a name that is free and counts on from one that is not', () => {
    expect(freshName('Penguins', ['Flights'])).toBe('Penguins');
    expect(freshName('Penguins', ['Penguins', 'Penguins 2'])).toBe('Penguins 3');
  });

  it('stays within the longest name that a pipeline may have', () => {
    const long = 'x'.repeat(250);
    const taken = freshName(long, []);
    expect(taken).toHaveLength(200);
    expect(freshName(long, [taken])).toBe(`${'x'.repeat(198)} 2`);
  });
});
