/** The process that command lines fork where no studio runs: `main DATA_FOLDER`. */

import { serveInBackground } from './background';
import { findInstallation } from './installation';

serveInBackground(process.argv[2] ?? '', findInstallation());
