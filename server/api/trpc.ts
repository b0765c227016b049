/** The procedures' common ground: context, one mapping of errors, how event streams live and end. */

import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';

import { AppError, toErrorInfo, type ErrorCode, type ErrorInfo } from '../../lib/errors';
import type { ApiContext } from './context';

/** A stream ends by itself after so long, in ms; the browser comes back with its cursor. Reconnecting is the normal path. */
const STREAM_MS = 300_000;
/** Signs of life on a silent stream, in ms, and how long a browser waits for one before it reconnects. */
const PING_MS = 500;
const SILENCE_MS = 2_000;

const CODES: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  'invalid-input': 'BAD_REQUEST',
  'invalid-pipeline': 'UNPROCESSABLE_CONTENT',
  busy: 'TOO_MANY_REQUESTS',
  canceled: 'CLIENT_CLOSED_REQUEST',
  'timed-out': 'TIMEOUT',
  unsupported: 'NOT_IMPLEMENTED',
  forbidden: 'FORBIDDEN',
  'component-failed': 'UNPROCESSABLE_CONTENT',
  'artifact-missing': 'NOT_FOUND',
  'artifact-damaged': 'UNPROCESSABLE_CONTENT',
  'storage-full': 'INTERNAL_SERVER_ERROR',
  'storage-denied': 'INTERNAL_SERVER_ERROR',
  fenced: 'CONFLICT',
  lost: 'SERVICE_UNAVAILABLE',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
};

const t = initTRPC.context<ApiContext>().create({
  isDev: false,
  sse: {
    maxDurationMs: STREAM_MS,
    ping: { enabled: true, intervalMs: PING_MS },
    client: { reconnectAfterInactivityMs: SILENCE_MS },
  },
  errorFormatter: ({ shape, error }) => {
    const app = describe(error);
    return { ...shape, message: app.message, data: { ...shape.data, app } };
  },
});

/** Every error becomes an {@link ErrorInfo}; the technical cause stays in the log of the web process unless it is ours. */
function describe(error: TRPCError): ErrorInfo {
  if (error.cause instanceof AppError) return toErrorInfo(error.cause);
  if (error.code === 'BAD_REQUEST') {
    return { code: 'invalid-input', message: 'The request is not one that Sluice knows.', retryable: false };
  }
  if (error.code === 'NOT_FOUND') {
    return { code: 'not-found', message: 'There is no such procedure. Load the page again.', retryable: false };
  }
  return toErrorInfo(error.cause ?? error);
}

/** Builds routers. */
export const router = t.router;

/** A procedure whose {@link AppError}s become HTTP statuses, with the error itself in `data.app`. */
export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (!(cause instanceof AppError)) return result;
  throw new TRPCError({ code: CODES[cause.code], message: cause.message, cause });
});
