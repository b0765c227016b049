import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sql } from 'drizzle-orm';

import { zPipelineId, zRunId } from '../../lib/ids';
import { NEWEST_FIRST, type RunFilter, type RunSort } from '../../lib/run/run-filter';
import { seedManyRuns } from '../testing/seed-many-runs';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { listRecentPipelines } from './latest-run-repository';
import { readRunGrid } from './run-grid-repository';
import { findArtifactUses, findPreviousRun } from './run-neighbours-repository';
import { countRuns, listRunPage, listStarters } from './run-page-repository';

const RUNS = 400;

let database: TestDatabase;
const page = (filter: RunFilter, options: { readonly sort?: RunSort; readonly offset?: number } = {}) =>
  listRunPage(database.db, { filter, sort: options.sort ?? NEWEST_FIRST, offset: options.offset ?? 0, limit: 20 });

beforeAll(async () => {
  database = await openTestDatabase();
  await seedManyRuns(database.db, RUNS);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

describe('a list of runs', () => {
  it('is the newest first, to any depth, and never shows a run twice', async () => {
    const seen: number[] = [];
    for (let offset = 0; offset < RUNS; offset += 20)
      seen.push(...(await page({}, { offset })).map((run) => run.number));
    expect(seen).toEqual(Array.from({ length: RUNS }, (_, index) => RUNS - index));
  });

  it.each<readonly [string, RunFilter, (number: number) => boolean]>([
    ['failed', { is: ['failed'] }, (n) => n % 11 === 0],
    ['warned', { is: ['warning'] }, (n) => n % 11 !== 0 && n % 17 !== 0 && n % 5 === 0],
    ['reused', { is: ['reused'] }, (n) => n % 11 !== 0 && n % 17 !== 0 && n % 3 === 0],
    ['both at once', { is: ['complete', 'warning'] }, (n) => n % 11 !== 0 && n % 17 !== 0 && n % 5 === 0],
    ['of a pipeline by a part of its name', { pipeline: ['BIRD'] }, (n) => n % 8 === 0],
    ['by who started it', { startedBy: 'first start' }, (n) => n % 3 === 2],
    ['by a part of who started it', { by: ['line'] }, (n) => n % 3 === 1],
    ['by a word that is a number', { text: ['47'] }, (n) => n === 47],
    ['by a word in the name of the pipeline', { text: ['peng'] }, (n) => n % 8 === 1],
    ['by its number', { number: 7 }, (n) => n === 7],
    ['by signs that mean something in SQL', { text: ['%'] }, () => false],
  ])('is filtered: %s', async (_, filter, belongs) => {
    const wanted = Array.from({ length: RUNS }, (__, index) => RUNS - index).filter(belongs);
    expect(await countRuns(database.db, filter)).toEqual({ all: wanted.length, unfinished: 0 });
    expect((await page(filter)).map(({ number }) => number)).toEqual(wanted.slice(0, 20));
  });

  it('is sorted by what runs took, and by the name of the pipeline', async () => {
    const longest = await page({}, { sort: { by: 'took', descending: true } });
    const took = longest.map((run) => Date.parse(run.finishedAt ?? '') - Date.parse(run.startedAt ?? ''));
    expect(took).toEqual(took.toSorted((a, b) => b - a));
    const named = await page({}, { sort: { by: 'pipeline', descending: false } });
    expect(named.map(({ pipeline }) => pipeline)).toEqual(Array.from({ length: 20 }, () => 'Bird strikes'));
    expect(named[0]?.number).toBe(400);
  });

  it('says of each run which node failed and why, and which found anomalies', async () => {
    const [failed] = await page({ is: ['failed'] });
    expect(failed?.failure).toEqual({ node: 'transform', message: 'Loss is NaN at step 40: learningRate 0.5.' });
    expect(failed).toMatchObject({ number: 396, nodeCount: 8 });
    const [warned] = await page({ is: ['warning'] });
    expect(warned?.nodes.filter(({ warns }) => warns)).toEqual([expect.objectContaining({ node: 'validator' })]);
  });

  it('names whoever started runs, once each', async () => {
    expect(await listStarters(database.db)).toEqual(['command line', 'first start', 'you']);
  });
});

describe('what stands beside runs', () => {
  it('is the grid of the last runs of a pipeline, the oldest first', async () => {
    const [newest] = await page({ pipeline: ['Penguins'] });
    const grid = await readRunGrid(database.db, { pipelineId: zPipelineId.parse(newest?.pipelineId), limit: 5 });
    expect(grid.runs.map(({ number }) => number)).toEqual([361, 369, 377, 385, 393]);
    expect(grid.nodes).toEqual([
      'examples',
      'statistics',
      'schema',
      'validator',
      'transform',
      'trainer',
      'evaluator',
      'pusher',
    ]);
    for (const run of grid.runs) expect(run.cells).toHaveLength(8);
    expect(grid.runs[3]?.cells[1]).toEqual({ state: 'failed' });
    expect(grid.runs[3]?.cells[2]).toEqual({ state: 'skipped' });
  });

  it('is every pipeline with its newest run', async () => {
    const recent = await listRecentPipelines(database.db, 3);
    expect(recent.map(({ lastRun }) => lastRun.number)).toEqual([400, 399, 398]);
    expect(recent[0]?.lastRun).toMatchObject({ mark: 'warning', words: 'Run 400: complete, 1 warning' });
  });

  it('is the complete run before, with the times of what computed', async () => {
    await database.db.execute(sql`
      update node_runs set started_at = r.created_at + interval '1 second', finished_at = r.created_at + interval '3 seconds'
      from runs r where r.id = node_runs.run_id and r.number = 392 and node_id = 'examples'`);
    const before = await findPreviousRun(database.db, zRunId.parse('run_0000000000000400'));
    expect(before).toEqual({
      id: 'run_0000000000000392',
      number: 392,
      nodes: [{ node: 'examples', fromMs: 1_000, toMs: 3_000 }],
    });
    expect(await findPreviousRun(database.db, zRunId.parse('run_0000000000000001'))).toBeUndefined();
  });

  it('is nobody where nobody took an artifact', async () => {
    expect(await findArtifactUses(database.db, [])).toEqual({ uses: [], total: 0 });
  });
});
