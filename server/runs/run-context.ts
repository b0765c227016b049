/** What the use-cases of runs work with. */

import type { Catalog } from '../../lib/catalog/index';
import type { Database } from '../db/client';

/** Passed in by each door (web, command line, tests); nothing here is global. */
export type RunContext = {
  readonly db: Database;
  /** The shipped components; tests add their own. */
  readonly catalog: Catalog;
  /** Root of the artifact store. Absolute. */
  readonly artifactsFolder: string;
};
