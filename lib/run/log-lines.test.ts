import { describe, expect, it } from 'vitest';

import { zRunId } from '../ids';
import { findLines, logLines, logText, splitAtText } from './log-lines';
import type { RunEvent, RunEventBody } from './run-event';

const runId = zRunId.parse('run_0123456789abcdef');
const said = (node: string, attempt: number, message: string): RunEventBody => ({
  type: 'node.logged',
  node,
  attempt,
  level: 'info',
  message,
});
const events = [
  said('a', 1, 'One'),
  { type: 'run.started' } as const,
  said('a', 2, 'two ONE'),
  said('b', 1, 'three'),
].map((body, index): RunEvent => ({ runId, seq: index + 1, at: '2026-11-24T09:13:20.914Z', body }));

describe('a log', () => {
  it('holds what the nodes said, of one node and attempt where that is asked for', () => {
    expect(logLines(events, {}).map(({ seq }) => seq)).toEqual([1, 3, 4]);
    expect(logLines(events, { node: 'a' }).map(({ seq }) => seq)).toEqual([1, 3]);
    expect(logLines(events, { node: 'a', attempt: 2 }).map(({ seq }) => seq)).toEqual([3]);
  });

  it('is searched in either case', () => {
    expect(findLines(logLines(events, {}), ' one')).toEqual([0, 1]);
    expect(findLines(logLines(events, {}), '  ')).toEqual([]);
  });

  it.each([
    ['two ONE one', 'one', ['two ', 'ONE', ' ', 'one', '']],
    ['nothing', 'one', ['nothing']],
    ['İone', 'one', ['İone']],
    ['all', '', ['all']],
  ])('cuts %j at %j', (message, text, pieces) => {
    expect(splitAtText(message, text)).toEqual(pieces);
    expect(splitAtText(message, text).join('')).toBe(message);
  });

  it('is a text of one line each', () => {
    expect(logText(logLines(events, { node: 'b' }))).toBe('2026-11-24T09:13:20.914Z  b  attempt 1  info  three\n');
  });
});
