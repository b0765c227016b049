import { expect, it } from 'vitest';

import { zRunId } from '../ids';
import { eventWords, withoutPassedProgress } from './event-words';
import type { RunEvent, RunEventBody } from './run-event';

const bodies: readonly RunEventBody[] = [
  { type: 'node.progressed', node: 'a', attempt: 1, share: 0.1 },
  { type: 'node.progressed', node: 'b', attempt: 1, share: 0.2 },
  { type: 'node.logged', node: 'a', attempt: 1, level: 'info', message: 'half' },
  { type: 'node.progressed', node: 'a', attempt: 1, share: 0.9 },
];
const events: readonly RunEvent[] = bodies.map((body, index) => ({
  runId: zRunId.parse('run_0123456789abcdef'),
  seq: index + 1,
  at: '2026-11-24T09:00:00.000Z',
  body,
}));

it('keeps the last progress of each node and everything that is not progress', () => {
  expect(withoutPassedProgress(events).map(({ seq }) => seq)).toEqual([2, 3, 4]);
});

it('says how an attempt ended and when the next one comes', () => {
  const ended: RunEventBody = {
    type: 'node.attempt-ended',
    node: 'a',
    attempt: 1,
    outcome: 'timed-out',
    durationMs: 700,
    retryInMs: 66_000,
  };
  expect(eventWords(ended)).toBe('Attempt 1 ended after 0.7 s: timed out, next one in 1:06');
});
