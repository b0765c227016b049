import { describe, expect, it } from 'vitest';

import { mayPass } from './start-server';

describe('a start that ended before the server answered', () => {
  it.each([
    ['was killed before it printed anything', '', true],
    ['was killed after its first lines', '2026-11-24 10:00:00 UTC [7] LOG:  starting PostgreSQL 18.4', true],
    ['lost its startup process', 'LOG:  startup process (PID 9) was terminated by signal 9: Killed', true],
    ['met the remains of a killed one', 'FATAL:  lock file "postmaster.pid" already exists', true],
    ['found no room', 'FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device', false],
    ['found data of another version', 'FATAL:  database files are incompatible with server', false],
    ['refused its settings', 'postgres: could not access directory "/data"', false],
  ])('tells whether another try makes sense: it %s', (_what, printed, expected) => {
    expect(mayPass(printed)).toBe(expected);
  });
});
