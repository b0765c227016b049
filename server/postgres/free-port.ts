/** Free ports on loopback. A port can be taken between the question and its use: whoever asks must be ready to ask again. */

import net from 'node:net';

/** The interface that everything in Sluice listens on. */
export const LOOPBACK = '127.0.0.1';

/** True when nobody listens on this port of the loopback interface. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await bind(port)) !== undefined;
}

/** A port that nobody listens on, chosen by the operating system. */
export async function findFreePort(): Promise<number> {
  const port = await bind(0);
  if (port === undefined) throw new Error('the operating system gave no free port on loopback');
  return port;
}

function bind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : undefined);
      });
    });
  });
}
