import { readFileSync } from 'node:fs';
import path from 'node:path';

import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';

const SERVER = path.resolve(import.meta.dirname, '../..');
/** The owners of the state columns of runs and node runs. */
const OWNERS = ['runs/lifecycle/transition.ts', 'runs/lifecycle/claim.ts'];
/** Updates one of the two tables and sets its state, in SQL or through Drizzle. */
const WRITES = [
  /update\s+(runs|node_runs)\b[^`]*?\bset\b(?:(?!\bwhere\b)[^`])*?\bstate\s*=\s*'/i,
  /\.update\((runs|nodeRuns)\)\s*\.set\(\{[^}]*\bstate\b/,
];

const writes = (text: string): boolean => WRITES.some((pattern) => pattern.test(text));

describe('the states of runs and node runs', () => {
  it('have one owner', () => {
    const files = globSync(['**/*.ts', '!**/*.test.ts'], { cwd: SERVER });
    expect(files.length).toBeGreaterThan(50);
    const writers = files.filter((file) => writes(readFileSync(path.join(SERVER, file), 'utf8')));
    expect(writers.sort()).toEqual([...OWNERS].sort());
  });

  it('would be seen to be written elsewhere', () => {
    expect(writes("sql`update runs set finished_at = now(), state = 'failed'`")).toBe(true);
    expect(writes("tx.update(nodeRuns)\n  .set({ reason: null, state: 'queued' })")).toBe(true);
    expect(writes('tx.update(runs).set({ cancelRequestedAt: now })')).toBe(false);
  });
});
