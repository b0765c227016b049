/**
 * The web process (`sluice-web`): Next behind our own HTTP server, on the loopback interface alone. Our own server, since
 * `next start` waits for open event streams when it is asked to stop, and since every request is guarded before Next sees it.
 */

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import next from 'next';

import { announceReady, exitWithParent, readChildEnvironment } from '../launcher/child';
import { findInstallation } from '../launcher/installation';
import { refuseRequest } from './request-guard';
import { contentSecurityPolicy, SECURITY_HEADERS } from './security-headers';

const NONCE_BYTES = 18;

/** Headers with which a proxy speaks for somebody else: there is no proxy before us, so nobody may. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto'];

const environment = readChildEnvironment();
const isDevelopment = process.env['SLUICE_DEV'] === '1';
const server = createServer();

exitWithParent({
  title: 'sluice-web',
  stop: () => {
    server.close();
    // Event streams never end by themselves here; browsers come back with their cursor.
    server.closeAllConnections();
  },
});

const app = next({
  dev: isDevelopment,
  dir: findInstallation().checkout,
  hostname: '127.0.0.1',
  port: environment.port ?? 0,
});
await app.prepare();
const handle = app.getRequestHandler();

server.on('request', (request: IncomingMessage, response: ServerResponse) => {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const policy = isDevelopment ? undefined : contentSecurityPolicy(nonce);
  if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
  for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);

  const refusal = refuseRequest({ method: request.method ?? 'GET', headers: request.headers }, listeningPort());
  if (refusal !== undefined) {
    response.writeHead(refusal.status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    response.end(`${refusal.message}\n`);
    return;
  }
  for (const name of PROXY_HEADERS) delete request.headers[name];
  // Next reads the nonce from the policy of the request.
  delete request.headers['content-security-policy-report-only'];
  if (policy === undefined) delete request.headers['content-security-policy'];
  else request.headers['content-security-policy'] = policy;
  void handle(request, response);
});

server.listen(environment.port ?? 0, '127.0.0.1', () => {
  announceReady({ port: listeningPort() });
});

function listeningPort(): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : (environment.port ?? 0);
}
