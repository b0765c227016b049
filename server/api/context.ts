/** What every procedure works with, opened once per process and hung on the global object: Next may load modules twice. */

import type { Catalog } from '../../lib/catalog/index';
import { COMPONENTS } from '../../lib/catalog/index';
import type { Database } from '../db/client';
import { openEventFeed, type EventFeed } from '../events/event-feed';
import { readChildEnvironment } from '../launcher/child';
import { dataFolderAt } from '../launcher/data-folder';
import type { UploadPlace } from '../uploads/start-upload';
import { webDatabase } from '../web/database';

/** See the module. */
export type ApiContext = {
  readonly db: Database;
  readonly feed: EventFeed;
  readonly catalog: Catalog;
  /** Root of the artifact store. Absolute. */
  readonly artifactsFolder: string;
  /** Where uploads go and what they may take. */
  readonly uploads: UploadPlace;
  /** Where versions of curated schemas lie. Absolute. */
  readonly schemasFolder: string;
  /** Socket of the query process. */
  readonly querySocket: string;
};

const KEY = Symbol.for('sluice.web.api-context');
const holder = globalThis as typeof globalThis & { [KEY]?: ApiContext };

/** The context of this web process. */
export function apiContext(): ApiContext {
  return (holder[KEY] ??= openContext());
}

function openContext(): ApiContext {
  const { databaseUrl, dataFolder, querySocket, uploadLimitBytes } = readChildEnvironment();
  const folder = dataFolderAt(dataFolder);
  return {
    db: webDatabase().db,
    feed: openEventFeed({ url: databaseUrl, applicationName: 'sluice-web-events' }),
    catalog: COMPONENTS,
    artifactsFolder: folder.artifacts,
    uploads: { root: folder.uploads, limitBytes: uploadLimitBytes },
    schemasFolder: folder.schemas,
    querySocket,
  };
}
