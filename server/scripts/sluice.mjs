#!/usr/bin/env node
/** The command `sluice`: installs what is missing, bundles what changed, then runs the verb in the same process. */

import { openCommandLine } from './set-up.mjs';

await openCommandLine(process.argv.slice(2));
