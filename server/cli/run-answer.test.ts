import { describe, expect, it } from 'vitest';

import type { ErrorInfo } from '../../lib/errors';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { describeRun } from './run-answer';

function failedWith(error: ErrorInfo): RunSnapshot {
  return {
    runId: 'run_0000000000000000',
    runNumber: 7,
    pipeline: 'taxi',
    pipelineVersion: 1,
    cursor: 1,
    state: 'failed',
    queuedAt: '2026-01-01T00:00:00.000Z',
    nodes: {
      examples: {
        node: 'examples',
        component: 'CsvExampleGen',
        upstream: [],
        state: 'failed',
        decision: 'execute',
        reason: '',
        attempts: [],
        outputs: {},
        error,
      },
    },
  };
}

describe('describeRun', () => {
  it('shows the details of a failure that is our own fault, as its sentence says', () => {
    const error: ErrorInfo = {
      code: 'internal',
      message: 'It went wrong.',
      cause: 'TypeError: x\n    at y',
      retryable: false,
    };
    expect(describeRun(failedWith(error))).toMatch(/examples failed: It went wrong\.\nTypeError: x\n {4}at y$/);
  });

  it('spares the details of a failure that is not', () => {
    const error: ErrorInfo = { code: 'invalid-input', message: 'Line 3.', cause: 'Error: x', retryable: false };
    expect(describeRun(failedWith(error))).toMatch(/examples failed: Line 3\.$/);
  });
});
