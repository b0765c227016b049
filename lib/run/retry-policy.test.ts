import { describe, expect, it } from 'vitest';

import { isPermanent, retryDelayMs } from './retry-policy';

const failed = { code: 'component-failed', retryable: false } as const;

describe('retryDelayMs', () => {
  it.each([
    { failures: 1, delay: 1_000 },
    { failures: 2, delay: 2_000 },
    { failures: 3, delay: 4_000 },
    { failures: 4, delay: 4_000 },
  ])('F10 waits $delay ms after failure $failures with base 1 s and cap 4 s', ({ failures, delay }) => {
    const policy = { retries: 9, retryDelayMs: 1_000, retryMaxDelayMs: 4_000 };
    expect(retryDelayMs(policy, { error: failed, failures, random: 0.5 })).toBe(delay);
    expect(retryDelayMs(policy, { error: failed, failures, random: 0 })).toBe(delay * 0.8);
    expect(retryDelayMs(policy, { error: failed, failures, random: 1 })).toBe(Math.min(4_000, delay * 1.2));
  });

  it('A8 gives n + 1 attempts for n retries', () => {
    const attempts = [1, 2, 3, 4].filter(
      (failures) => retryDelayMs({ retries: 3 }, { error: failed, failures, random: 0 }) !== undefined,
    );
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('never retries by default', () => {
    expect(retryDelayMs(undefined, { error: failed, failures: 1, random: 0 })).toBeUndefined();
  });

  it('A8 never retries a permanent code', () => {
    const error = { code: 'invalid-input', retryable: false } as const;
    expect(isPermanent(error)).toBe(true);
    expect(retryDelayMs({ retries: 3 }, { error, failures: 1, random: 0 })).toBeUndefined();
  });

  it('retries a full or forbidden disk, which a person can mend', () => {
    expect(isPermanent({ code: 'storage-full', retryable: true })).toBe(false);
    expect(isPermanent({ code: 'storage-denied', retryable: true })).toBe(false);
  });
});
