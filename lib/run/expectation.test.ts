import { describe, expect, it } from 'vitest';

import { expectedRunMs } from './expectation';

const execute = (expectedMs: number | undefined, ...upstream: string[]) => ({
  decision: 'execute' as const,
  upstream,
  expectedMs,
});

describe('expectedRunMs', () => {
  it('is the longest way, not the sum', () => {
    const nodes = { a: execute(10), b: execute(5, 'a'), c: execute(7, 'a'), d: execute(1, 'b', 'c') };
    expect(expectedRunMs(nodes)).toBe(18);
  });

  it('counts what is reused as nothing', () => {
    const reused = { decision: 'reuse' as const, upstream: [], expectedMs: 90 };
    expect(expectedRunMs({ a: reused, b: execute(5, 'a') })).toBe(5);
  });

  it('is unknown while a node that executes never ran, and where nothing executes', () => {
    expect(expectedRunMs({ a: execute(10), b: execute(undefined, 'a') })).toBeUndefined();
    expect(expectedRunMs({ a: { decision: 'reuse', upstream: [] } })).toBeUndefined();
    expect(expectedRunMs({})).toBeUndefined();
  });
});
