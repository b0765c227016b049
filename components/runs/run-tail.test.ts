import { afterEach, expect, it, vi } from 'vitest';

import { makeId } from '../../lib/ids';
import { emptyRun } from '../../lib/run/fold-run';
import type { RunEvent } from '../../lib/run/run-event';
import { createApiClient } from '../trpc/client';
import { RunTail } from './run-tail';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('a run whose end another tab tells is not shown as lost, though this tab was not answered', async () => {
  // Every stream is taken by other tabs, and the studio answers nothing.
  vi.stubGlobal('navigator', {
    locks: {
      request: (_name: string, _options: object, work: (lock: null) => Promise<boolean>) => work(null),
    },
  });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no answer')));
  const runId = makeId('run', new Uint8Array(16).fill(7));
  const run = emptyRun(runId);
  const tail = new RunTail(createApiClient(), { run, recent: [] });
  tail.start();
  await vi.waitFor(() => {
    expect(tail.getState().lostAt).toBeDefined();
  });

  const end: RunEvent = {
    runId,
    seq: 1,
    at: '2026-11-24T10:00:00.000Z',
    body: { type: 'run.finished', state: 'complete' },
  };
  const other = new BroadcastChannel(`sluice-run-${run.runId}`);
  other.postMessage(end);
  await vi.waitFor(() => {
    expect(tail.getState().run.state).toBe('complete');
  });
  expect(tail.getState().lostAt).toBeUndefined();
  other.close();
  tail.stop();
});
