/** Errors that a person or a program can act on: one closed list of codes, carried unchanged through every process. */

import * as z from 'zod';

/** The closed list of error codes. The code decides the HTTP status, the exit code and whether a retry makes sense. */
export const ERROR_CODES = [
  'not-found',
  'conflict',
  'invalid-input',
  'invalid-pipeline',
  'busy',
  'canceled',
  'timed-out',
  'unsupported',
  'forbidden',
  'component-failed',
  'artifact-missing',
  'artifact-damaged',
  'storage-full',
  'storage-denied',
  'fenced',
  'lost',
  'unavailable',
  'internal',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What an {@link AppError} becomes when it crosses a process, the database or the network. */
export const zErrorInfo = z.object({
  code: z.enum(ERROR_CODES),
  /** One sentence or two for the person: what happened, to what, and what to do next. Never holds content of the data. */
  message: z.string(),
  /** What to do next, where it is certain and not already in the message. */
  nextStep: z.string().optional(),
  /** The technical cause, for "Copy details". */
  cause: z.string().optional(),
  /** True when the same attempt may succeed later (disk full, connection lost); such a failure is retried with back-off. */
  retryable: z.boolean(),
  /** The node the error belongs to, where there is one. */
  node: z.string().optional(),
  /** Where in a document or file: a JSON path (`nodes.trainer.params.epochs`) or `file.csv:12`. */
  path: z.string().optional(),
});
/** See {@link zErrorInfo}. */
export type ErrorInfo = z.infer<typeof zErrorInfo>;

/** The message and what to do next as running text, with a full stop between them. */
export function errorSentences({ message, nextStep }: Pick<ErrorInfo, 'message' | 'nextStep'>): string {
  if (nextStep === undefined) return message;
  return `${message}${/[.!?]$/.test(message) ? '' : '.'} ${nextStep}`;
}

/** Options of {@link AppError}. */
export type AppErrorOptions = {
  readonly nextStep?: string | undefined;
  readonly cause?: unknown;
  /** Default: true for `storage-full`, `unavailable`, `busy`, `lost`; false otherwise. */
  readonly retryable?: boolean | undefined;
  readonly node?: string | undefined;
  readonly path?: string | undefined;
};

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['storage-full', 'unavailable', 'busy', 'lost']);

/** An expected failure: thrown by use-cases and executors, mapped once at each door (tRPC, command line, engine). */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly nextStep: string | undefined;
  readonly retryable: boolean;
  readonly node: string | undefined;
  readonly path: string | undefined;

  /** `message` is the person's sentence: what happened, to what, what to do next. */
  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.nextStep = options.nextStep;
    this.retryable = options.retryable ?? RETRYABLE.has(code);
    this.node = options.node;
    this.path = options.path;
  }
}

/** The plain form of any thrown value. What is not an {@link AppError} becomes `internal`, with its text as the cause. */
export function toErrorInfo(thrown: unknown): ErrorInfo {
  if (thrown instanceof AppError) {
    return {
      code: thrown.code,
      message: thrown.message,
      retryable: thrown.retryable,
      ...(thrown.nextStep !== undefined && { nextStep: thrown.nextStep }),
      ...(thrown.cause !== undefined && { cause: describeCause(thrown.cause) }),
      ...(thrown.node !== undefined && { node: thrown.node }),
      ...(thrown.path !== undefined && { path: thrown.path }),
    };
  }
  return {
    code: 'internal',
    message: 'Something in Sluice itself went wrong. The details below help to find it.',
    cause: describeCause(thrown),
    retryable: false,
  };
}

/** The error that an {@link ErrorInfo} describes, on the other side of a process boundary. */
export function fromErrorInfo(info: ErrorInfo): AppError {
  return new AppError(info.code, info.message, {
    nextStep: info.nextStep,
    cause: info.cause,
    retryable: info.retryable,
    node: info.node,
    path: info.path,
  });
}

function describeCause(cause: unknown): string {
  if (cause instanceof Error) return cause.stack ?? `${cause.name}: ${cause.message}`;
  return typeof cause === 'string' ? cause : JSON.stringify(cause);
}
