/**
 * Asks the query process. Never loads DuckDB: the web process and the command line use this module.
 * One connection a question: a query process that dies costs the questions it held, and the next one finds its successor.
 */

import { createConnection } from 'node:net';

import { AppError, fromErrorInfo } from '../../lib/errors';
import { ANSWERS, MAX_ANSWER_BYTES, zQueryReply, type AnswerOf, type QueryRequest } from './query-message';

/** Options of {@link askQueryProcess}. */
export type AskOptions = {
  /** Path of the query process' socket (`SLUICE_QUERY_SOCKET`). */
  readonly socket: string;
  /** Ends the question; the query process then stops computing the answer. */
  readonly signal?: AbortSignal | undefined;
  /** When to give up waiting, in ms. Default 70,000: longer than any statement may take. */
  readonly timeoutMs?: number | undefined;
};

/** Room for the reply's frame around a full answer. */
const MAX_REPLY_BYTES = MAX_ANSWER_BYTES * 2;
const DEFAULT_TIMEOUT_MS = 70_000;

/**
 * Sends one request and returns its parsed answer. Throws the query process' own {@link AppError}, `unavailable` when it
 * cannot be reached or ends before it answers, `timed-out` or `canceled`.
 */
export async function askQueryProcess<R extends QueryRequest>(
  request: R,
  options: AskOptions,
): Promise<AnswerOf<R['type']>> {
  const reply = zQueryReply.parse(JSON.parse(await exchange(`${JSON.stringify(request)}\n`, options)));
  if (!reply.ok) throw fromErrorInfo(reply.error);
  // The parser of a request type returns the answer of that type; TypeScript cannot follow the lookup.
  return ANSWERS[request.type].parse(reply.value) as AnswerOf<R['type']>;
}

function exchange(line: string, { socket, signal, timeoutMs = DEFAULT_TIMEOUT_MS }: AskOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(canceled());
      return;
    }
    const connection = createConnection(socket);
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => {
      fail(new AppError('timed-out', `The query process did not answer within ${timeoutMs / 1000} s.`));
    }, timeoutMs);
    const onAbort = () => {
      fail(canceled());
    };
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      connection.destroy();
    };
    const fail = (error: AppError) => {
      settle();
      reject(error);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    connection.on('connect', () => connection.write(line));
    connection.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_REPLY_BYTES) fail(new AppError('internal', 'The query process sent more than it may.'));
    });
    connection.on('error', (cause) => {
      fail(unavailable(cause));
    });
    connection.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      if (!text.endsWith('\n')) {
        fail(unavailable());
        return;
      }
      settle();
      resolve(text);
    });
  });
}

function unavailable(cause?: unknown): AppError {
  return new AppError('unavailable', 'The query process ended before it answered.', {
    nextStep: 'Ask again: it is started anew within seconds.',
    cause,
  });
}

function canceled(): AppError {
  return new AppError('canceled', 'The question was withdrawn.');
}
