/**
 * `npm start`: installs what is missing, bundles what changed, then is `sluice start` in the same process, so that
 * signals reach it directly. Runs before anything is installed: `node:` imports only.
 */

import { openCommandLine } from './set-up.mjs';

await openCommandLine(['start', ...process.argv.slice(2)]);
