import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest } from './test-counts.mjs';

const GREEN = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] };
const BROKEN_FILE = { status: 'failed', assertionResults: [] };
const FAILED_FILE = { status: 'failed', assertionResults: [{ status: 'failed' }] };

describe('counting the tests of a stage', () => {
  it('takes the figures of a good run', () => {
    expect(countVitest(GREEN, true)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(countPlaywright({ stats: { expected: 2, unexpected: 0, flaky: 1, skipped: 1 }, errors: [] }, true)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 1,
    });
  });

  it('fails when a runner left no report', () => {
    expect(countVitest(undefined, true)).toMatchObject({ passed: 0, failed: 1 });
    expect(countPlaywright(undefined, true)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('fails when no test ran', () => {
    expect(countVitest({ ...GREEN, numPassedTests: 0 }, true)).toMatchObject({ passed: 0, failed: 1, skipped: 1 });
    expect(
      countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 4 }, errors: [] }, true),
    ).toMatchObject({ passed: 0, failed: 1 });
  });

  it('fails when the runner ended badly although every test passed', () => {
    expect(countVitest(GREEN, false)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('counts a file that does not load as one failure, and a failed test once', () => {
    expect(countVitest({ ...GREEN, testResults: [BROKEN_FILE] }, false)).toMatchObject({ passed: 3, failed: 1 });
    expect(countVitest({ ...GREEN, numFailedTests: 1, testResults: [FAILED_FILE] }, false)).toMatchObject({
      passed: 3,
      failed: 1,
    });
  });

  it('counts the errors of browser tests outside any test', () => {
    const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
    expect(countPlaywright({ stats, errors: [{}] }, false)).toMatchObject({ passed: 1, failed: 2 });
  });
});
