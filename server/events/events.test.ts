import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RunId } from '../../lib/ids';
import { seedRun } from '../testing/seed-run';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { appendEvents } from './append-events';
import { openEventFeed, type EventFeed } from './event-feed';
import { readEvents } from './read-events';
import { tailEvents } from './tail-events';

const log = (message: string) => ({ type: 'node.logged', node: 'a', attempt: 1, level: 'info', message }) as const;

describe('events', () => {
  let database: TestDatabase;
  let feed: EventFeed;
  beforeAll(async () => {
    database = await openTestDatabase();
    feed = openEventFeed({ url: database.url, applicationName: 'sluice-test' });
  });
  afterAll(async () => {
    await feed[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  const newRun = () => seedRun(database.db, { nodes: { a: { component: 'NoOp' } } });
  const append = (runId: RunId, ...messages: string[]) =>
    database.db.transaction((tx) => appendEvents(tx, runId, messages.map(log)));

  /** Follows a run until `count` events have come, or the signal ends it. */
  async function collect(runId: RunId, after: number, count: number): Promise<number[]> {
    const stop = new AbortController();
    const seqs: number[] = [];
    for await (const event of tailEvents({ db: database.db, feed }, { runId, after, signal: stop.signal })) {
      seqs.push(event.seq);
      if (seqs.length === count) stop.abort();
    }
    return seqs;
  }

  it('numbers events without a gap when many append at once', async () => {
    const runId = await newRun();
    await Promise.all(Array.from({ length: 30 }, (_, i) => append(runId, `${i}`, `${i}`)));
    const events = await readEvents(database.db, runId, 0);
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 61 }, (_, i) => i + 1));
  });

  it('leaves no number behind when the transaction rolls back', async () => {
    const runId = await newRun();
    const undone = database.db.transaction(async (tx) => {
      await appendEvents(tx, runId, [log('x')]);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await append(runId, 'y')).toBe(2);
  });

  it('refuses a run that does not exist', async () => {
    await expect(append('run_0000000000000000' as RunId, 'x')).rejects.toThrow('does not exist');
  });

  it('yields backlog, then live events, each once', async () => {
    const runId = await newRun();
    await append(runId, 'a', 'b');
    const following = collect(runId, 1, 40);
    await Promise.all(Array.from({ length: 40 }, (_, i) => append(runId, `${i}`)));
    expect(await following).toEqual(Array.from({ length: 40 }, (_, i) => i + 2));
  });

  it('delivers an event that is committed while it waits', async () => {
    const runId = await newRun();
    await collect(runId, 0, 1);
    const following = collect(runId, 1, 1);
    await append(runId, 'now');
    expect(await following).toHaveLength(1);
  });

  it('ends quietly when its signal aborts while it waits', async () => {
    const runId = await newRun();
    const stop = new AbortController();
    const tail = tailEvents({ db: database.db, feed }, { runId, after: 1, signal: stop.signal });
    const next = tail.next();
    stop.abort();
    expect((await next).done).toBe(true);
  });

  it('goes on after its connections were cut, without a gap', async () => {
    const runId = await newRun();
    const following = collect(runId, 0, 3);
    await append(runId, 'before');
    await database.db
      .execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      )
      .catch(() => undefined);
    await append(runId, 'after').catch(() => append(runId, 'after'));
    expect(await following).toEqual([1, 2, 3]);
  });
});
