/** Numbers compared with a tolerance, also inside lists. For tests. */

import { expect } from 'vitest';

/** Fails where a number is further away than the tolerance, relative to the expected one and absolute below 1. */
export function expectClose(actual: unknown, expected: unknown, tolerance = 1e-6): void {
  if (Array.isArray(expected)) {
    expect(actual).toHaveLength(expected.length);
    for (const [index, item] of expected.entries()) expectClose((actual as unknown[])[index], item, tolerance);
  } else if (typeof expected === 'number' && Number.isFinite(expected)) {
    expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
  } else expect(actual).toEqual(expected);
}
