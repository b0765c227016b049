/** A verb's way to the studio of its data folder: database, event feed and query process, kept for as long as it works. */

import { COMPONENTS } from '../../lib/catalog/index';
import { openDatabase, type Database } from '../db/client';
import { databaseLost, isConnectionLoss } from '../db/connection-loss';
import { openEventFeed, type EventFeed } from '../events/event-feed';
import { attach, type Attachment } from '../launcher/attach';
import type { RunContext } from '../runs/run-context';
import type { Call } from './call';
import { say } from './output';

/** What a verb works with. */
export type Studio = {
  readonly db: Database;
  readonly context: RunContext;
  /** Path of the query process' socket. */
  readonly querySocket: string;
  /** Root of the artifact store. Absolute. */
  readonly artifactsFolder: string;
  readonly openFeed: () => EventFeed;
};

/**
 * Runs `work` on the studio of the data folder, starting what is missing, and leaves it as it was found. When the studio
 * ends meanwhile, another one is started: what waits on the database goes on there.
 */
export async function withStudio<T>(call: Call, work: (studio: Studio) => Promise<T>): Promise<T> {
  const first = await attach(call);
  if (first.welcome.build !== call.installation.build)
    say('Note: the studio that runs here was started from another version of Sluice. Start it again to use this one.');
  const held = holdStudio(call, first);
  const { databaseUrl: url, querySocket } = first.welcome;
  const { artifacts: artifactsFolder } = first.folder;
  try {
    await using client = openDatabase({ url, applicationName: 'sluice-cli' });
    const { db } = client;
    const studio: Studio = {
      db,
      context: { db, catalog: COMPONENTS, artifactsFolder },
      querySocket,
      artifactsFolder,
      openFeed: () => openEventFeed({ url, applicationName: 'sluice-cli-events' }),
    };
    return await Promise.race([work(studio), held.failed]);
  } catch (error) {
    throw isConnectionLoss(error) ? databaseLost(error) : error;
  } finally {
    await held.release();
  }
}

/** Joins again whenever the studio is lost; the embedded database keeps its address. */
function holdStudio(call: Call, first: Attachment) {
  let current = first;
  let isReleased = false;
  const hold = async (): Promise<never> => {
    for (;;) {
      await current.lost;
      if (isReleased) return new Promise<never>(() => undefined);
      say('The studio ended; starting what this command needs.');
      current = await attach(call);
    }
  };
  const failed = hold();
  failed.catch(() => undefined);
  return {
    failed,
    release: async () => {
      isReleased = true;
      await current.leave();
    },
  };
}
