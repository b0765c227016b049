/**
 * The local socket through which command lines use a running studio. A connection is also a claim to it: a studio that
 * command lines started ends with the last connection, however that ended. One JSON message a line.
 */

import { chmodSync, rmSync } from 'node:fs';
import net from 'node:net';
import readline from 'node:readline';

import * as z from 'zod';

import { toErrorInfo, zErrorInfo } from '../../lib/errors';

/** What the owner of a data folder tells a client once it can serve. */
export const zWelcome = z.object({
  type: z.literal('welcome'),
  build: z.string(),
  /** Password included: the socket is open to its user alone. */
  databaseUrl: z.string(),
  querySocket: z.string(),
  url: z.string().optional(),
});
/** See {@link zWelcome}. */
export type Welcome = z.infer<typeof zWelcome>;

/** What a client may ask for: the page of the studio, on a certain port or on any. */
const zRequest = z.object({ type: z.literal('open-web'), port: z.number().int().optional() });
/** Answers to {@link zRequest}. */
export const zAnswer = z.union([
  z.object({ type: z.literal('web'), url: z.string() }),
  z.object({ type: z.literal('failed'), error: zErrorInfo }),
]);

/** Options of {@link listenForClients}. */
export type ControlOptions = {
  readonly socket: string;
  /** Settles when the studio can serve. */
  readonly welcome: () => Promise<Welcome>;
  readonly openWeb: (port: number | undefined) => Promise<string>;
  readonly onJoin: () => void;
  /** Told how many are left. `wait` keeps the one that leaves on the line until this process has ended. */
  readonly onLeave: (left: number) => 'goodbye' | 'wait';
};

/** The listening end. */
export type Control = {
  /** Takes no new client from now on; those that wait see the connection refused and look again. */
  readonly close: () => void;
};

/** Listens on the local socket. The caller owns the data folder, so a socket file that is there is a leftover. */
export async function listenForClients(options: ControlOptions): Promise<Control> {
  if (process.platform !== 'win32') rmSync(options.socket, { force: true });
  const clients = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    clients.add(socket);
    options.onJoin();
    socket.on('error', () => undefined);
    socket.once('end', () => {
      leave(socket);
    });
    socket.once('close', () => {
      leave(socket);
    });
    serve(socket, options);
  });
  const leave = (socket: net.Socket) => {
    if (!clients.delete(socket)) return;
    if (options.onLeave(clients.size) === 'goodbye') socket.end();
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.socket, resolve);
  });
  if (process.platform !== 'win32') chmodSync(options.socket, 0o600);
  return {
    close: () => {
      server.close();
    },
  };
}

function serve(socket: net.Socket, options: ControlOptions): void {
  const send = (message: unknown) => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  options.welcome().then(send, () => {
    socket.destroy();
  });
  const lines = readline.createInterface({ input: socket });
  lines.on('line', (line) => {
    const request = zRequest.safeParse(parseJson(line));
    if (!request.success) {
      socket.destroy();
      return;
    }
    options.openWeb(request.data.port).then(
      (url) => {
        send({ type: 'web', url });
      },
      (error: unknown) => {
        send({ type: 'failed', error: toErrorInfo(error) });
      },
    );
  });
}

/** JSON of a line, or undefined where it is none. */
export function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
