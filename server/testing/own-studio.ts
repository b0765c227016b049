/**
 * Serves a data folder with stand-in children: `own-studio DATA INSTALLATION_JSON [PORT]` is a studio with a page until
 * SIGTERM; `own-studio DATA` is the background host, as a command line forks it (installation in `STAND_IN`).
 */

import { untilAskedToStop } from '../cli/stop-signals';
import type { Installation } from '../launcher/installation';
import { serveInBackground } from '../launcher/background';
import { startHost } from '../launcher/host';
import { toErrorInfo } from '../../lib/errors';

const [dataFolder = '', given, port] = process.argv.slice(2);

async function studio(installation: Installation): Promise<void> {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const claim = await startHost({ dataFolder, kind: 'studio', installation, notify: say });
  if (claim.state === 'held') {
    say(`HELD ${claim.owner.pid} ${claim.owner.url ?? '-'}`);
    process.exit(2);
  }
  void untilAskedToStop()
    .then(() => claim.host.stop())
    .then(() => process.exit(0));
  try {
    say(`READY ${await claim.host.openWeb(port === undefined ? undefined : Number(port))}`);
  } catch (error) {
    say(`FAILED ${JSON.stringify(toErrorInfo(error))}`);
    await claim.host.stop();
    process.exit(1);
  }
}

// What a test passes is its own installation, made a moment ago.
const parse = (json: string) => JSON.parse(json) as Installation;
if (given !== undefined) await studio(parse(given));
else serveInBackground(dataFolder, parse(process.env['STAND_IN'] ?? ''));
