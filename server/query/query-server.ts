/** The socket of the query process: reads a request, answers it, closes. How it is answered is passed in. */

import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';

import { AppError, toErrorInfo } from '../../lib/errors';
import { MAX_REQUEST_BYTES, zQueryRequest, type ParsedQueryRequest, type QueryReply } from './query-message';

/** Answers a request. `signal` aborts when whoever asked has gone. */
export type Answer = (request: ParsedQueryRequest, signal: AbortSignal) => Promise<unknown>;

const OWNER_ONLY = 0o600;

/** Listens on a local socket that only its owner may open. Resolves when it listens. */
export function listenForQueries(socketPath: string, answer: Answer): Promise<Server> {
  const server = createServer((socket) => {
    serve(socket, answer);
  });
  // A socket file that a killed predecessor left behind; the launcher starts one query process at a time.
  if (process.platform !== 'win32') rmSync(socketPath, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const previous = process.umask(0o177);
    server.listen(socketPath, () => {
      if (process.platform !== 'win32') chmodSync(socketPath, OWNER_ONLY);
      resolve(server);
    });
    process.umask(previous);
  });
}

function serve(socket: Socket, answer: Answer): void {
  const gone = new AbortController();
  let text = '';
  let asked = false;
  socket.setEncoding('utf8');
  socket.on('error', () => {
    socket.destroy();
  });
  socket.on('close', () => {
    gone.abort();
  });
  // Nobody ends their side while they wait for the answer: whoever does has gone.
  socket.on('end', () => {
    socket.destroy();
  });
  socket.on('data', (chunk: string) => {
    if (asked) return;
    text += chunk;
    const end = text.indexOf('\n');
    if (end < 0 && text.length <= MAX_REQUEST_BYTES) return;
    asked = true;
    void reply(end < 0 ? undefined : text.slice(0, end), answer, gone.signal).then((line) => {
      if (!socket.destroyed) socket.end(`${JSON.stringify(line)}\n`);
    });
  });
}

async function reply(line: string | undefined, answer: Answer, signal: AbortSignal): Promise<QueryReply> {
  try {
    if (line === undefined)
      throw new AppError('invalid-input', `The request is longer than ${MAX_REQUEST_BYTES} bytes.`);
    return { ok: true, value: await answer(parseRequest(line), signal) };
  } catch (error) {
    return { ok: false, error: toErrorInfo(error) };
  }
}

function parseRequest(line: string): ParsedQueryRequest {
  try {
    return zQueryRequest.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError('invalid-input', 'The query process does not know this request.', { cause });
  }
}
