import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT } from '../../lib/pipeline/pipeline';
import { newId } from '../db/new-id';
import { pipelines } from '../db/schema/index';
import { seedRun } from '../testing/seed-run';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { getRun, listRuns, requireRunId } from './run-history-repository';

const MANY = 100_000;

describe('the history of runs', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
    const document = JSON.stringify({ format: PIPELINE_FORMAT, name: 'many', nodes: {} });
    for (const name of ['many', 'other'])
      await database.db
        .insert(pipelines)
        .values({ id: newId('pipe'), name, currentVersion: 1, baseFolder: '/tmp', createdAt: sql`now()` });
    await database.db.execute(sql`
      insert into runs (id, pipeline_id, pipeline_version, document, base_folder, request, state)
      select 'run_' || lpad(i::text, 16, '0'),
        (select id from pipelines where name = case when i % 1000 = 0 then 'other' else 'many' end),
        1, ${document}::jsonb, '/tmp', '{}',
        case when i % 500 = 7 then 'failed' else 'complete' end
      from generate_series(1, ${MANY}::int) as i`);
    await database.db.execute(sql`analyze runs`);
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  it.each([
    ['all', {}, MANY],
    ['one page further', { before: 50_000 }, 49_999],
    ['of one pipeline', { pipeline: 'other' }, MANY],
    ['of one state', { state: 'failed' as const }, 99_507],
  ])('lists runs, newest first, among 100,000: %s', async (_what, options, first) => {
    const value = await listRuns(database.db, { ...options, limit: 50 });
    expect(value).toHaveLength(50);
    expect(value[0]?.number).toBe(first);
    const numbers = value.map((run) => run.number);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  });

  it('walks through every run once, page by page', async () => {
    const seen: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await listRuns(database.db, { pipeline: 'other', limit: 40, before });
      if (page.length === 0) break;
      seen.push(...page.map((run) => run.number));
      before = page.at(-1)?.number;
    }
    expect(seen).toHaveLength(MANY / 1000);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('finds a run by number, by id, by a beginning of its id and as the latest', async () => {
    const id = await seedRun(database.db, { nodes: { a: { component: 'NoOp' } } });
    const run = await getRun(database.db, id);
    expect(await requireRunId(database.db, id)).toBe(id);
    expect(await requireRunId(database.db, id.slice(0, -1))).toBe(id);
    expect(await requireRunId(database.db, `#${run.runNumber}`)).toBe(id);
    expect(await requireRunId(database.db, String(run.runNumber))).toBe(id);
    expect(await requireRunId(database.db, 'latest')).toBe(id);
  });

  it.each([
    ['run_000000000000', 'invalid-input'],
    ['run_', 'not-found'],
    ['run', 'not-found'],
    ['run_%%%%', 'not-found'],
    ['999999999', 'not-found'],
    ['', 'not-found'],
  ])('refuses %j', async (name, code) => {
    await expect(requireRunId(database.db, name)).rejects.toMatchObject({ code });
  });
});
