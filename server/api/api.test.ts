import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

import { COMPONENTS } from '../../lib/catalog/index';
import { zRunEvent, type RunEvent } from '../../lib/run/run-event';
import { appendEvents } from '../events/append-events';
import { openEventFeed, type EventFeed } from '../events/event-feed';
import { seedRun } from '../testing/seed-run';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { appRouter } from './root';

const NODES = {
  examples: { component: 'CsvExampleGen', params: { inputBase: 'a.csv' } },
  statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
};

/** What travels: the id that the browser hands back, and the event. */
const zTracked = z.tuple([z.string(), zRunEvent], z.unknown());

let database: TestDatabase;
let feed: EventFeed;
const api = (signal = new AbortController().signal) =>
  appRouter.createCaller(
    {
      db: database.db,
      feed,
      catalog: COMPONENTS,
      artifactsFolder: '/nowhere',
      querySocket: '/nowhere/query.sock',
      uploads: { root: '/nowhere/uploads', limitBytes: 1_000 },
      schemasFolder: '/nowhere',
    },
    { signal },
  );

beforeAll(async () => {
  database = await openTestDatabase();
  feed = openEventFeed({ url: database.url, applicationName: 'test-events' });
});

afterAll(async () => {
  await feed[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

describe('runs', () => {
  it('are paged from the newest on, and filtered', async () => {
    const ids = [];
    for (let run = 0; run < 5; run++) ids.unshift(await seedRun(database.db, { nodes: NODES }));
    const first = await api().runs.list({ limit: 2 });
    expect(first).toMatchObject({ total: 5, unfinished: 5 });
    expect(first.runs.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.runs[0]?.nodes).toEqual([
      { node: 'examples', state: 'queued' },
      { node: 'statistics', state: 'queued' },
    ]);
    const second = await api().runs.list({ limit: 3, offset: 2 });
    expect(second.runs.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(await api().runs.list({ limit: 5, is: ['failed'] })).toMatchObject({ runs: [], total: 0 });
  });

  it('come with their snapshot, its cursor and the events up to it', async () => {
    const runId = await seedRun(database.db, { nodes: NODES });
    const { run, recent, document } = await api().runs.get({ runId });
    expect(run).toMatchObject({ runId, state: 'queued', cursor: 1 });
    expect(recent.map(({ seq }) => seq)).toEqual([1]);
    expect(Object.keys(document.nodes)).toHaveLength(2);
  });

  it('send every event above the cursor once, in order, and then live ones', async () => {
    const runId = await seedRun(database.db, { nodes: NODES });
    const controller = new AbortController();
    const events = await api(controller.signal).runs.onEvents({ runId, after: 0 });
    const seen: number[] = [];
    const append = (message: string) =>
      database.db.transaction((tx) =>
        appendEvents(tx, runId, [{ type: 'node.logged', node: 'examples', attempt: 1, level: 'info', message }]),
      );
    await append('before');
    for await (const item of events) {
      const [id, event] = zTracked.parse(item);
      expect(id).toBe(String(event.seq));
      seen.push(event.seq);
      if (seen.length === 2) await append('live');
      if (seen.length === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
    controller.abort();
  });

  it('resume after the last event that a browser got', async () => {
    const runId = await seedRun(database.db, { nodes: NODES });
    await database.db.transaction((tx) => appendEvents(tx, runId, [{ type: 'run.started' }]));
    const controller = new AbortController();
    const events = await api(controller.signal).runs.onEvents({ runId, after: 0, lastEventId: 1 });
    const got: RunEvent[] = [];
    for await (const item of events) {
      got.push(zTracked.parse(item)[1]);
      break;
    }
    expect(got.map(({ seq }) => seq)).toEqual([2]);
    controller.abort();
  });

  it('are canceled, and cannot be twice once they have ended', async () => {
    const runId = await seedRun(database.db, { nodes: NODES });
    await api().runs.cancel({ runId });
    expect((await api().runs.get({ runId })).run.state).toBe('canceled');
    await expect(api().runs.cancel({ runId })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await api().runs.retry({ runId })).nodes.toSorted()).toEqual(['examples', 'statistics']);
  });
});

describe('what goes wrong', () => {
  it('keeps its code and its sentence', async () => {
    const missing = api().runs.get({ runId: 'run_0000000000000000' });
    await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'There is no run at this address.' });
    const pipeline = api().pipelines.get({ pipelineId: 'pipe_0000000000000000' });
    await expect(pipeline).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const artifact = api().artifacts.rows({
      artifactId: 'art_0000000000000000',
      split: 'train',
      offset: 0,
      limit: 1,
    });
    await expect(artifact).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is refused before anything happens where the request is not one', async () => {
    await expect(api().runs.list({ limit: 10_000 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
