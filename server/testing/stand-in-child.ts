/**
 * A child of the launcher that keeps the contract and does no work: it takes the title of what it stands for, answers the
 * health question when it is given a port, and fails or hangs where a test asks for it.
 */

import http from 'node:http';
import path from 'node:path';

import { announceReady, exitWithParent, readChildEnvironment } from '../launcher/child';

const environment = readChildEnvironment();
const name = path.basename(process.argv[1] ?? '', '.mjs');
if (process.env['STAND_IN_FAILS'] === name) throw new Error('this child was told to fail');

const server = http.createServer((_request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ nonce: environment.nonce }));
});
const alive = setInterval(() => undefined, 60_000);

exitWithParent({
  title: `sluice-${name}`,
  stop: () => {
    if (process.env['STAND_IN_HANGS'] === name) for (;;);
    clearInterval(alive);
    server.closeAllConnections();
  },
});

if (environment.port === undefined) announceReady();
else
  server.listen(environment.port, '127.0.0.1', () => {
    announceReady();
  });
