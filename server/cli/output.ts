/**
 * What a command prints. With `--json` standard output holds exactly one JSON document and nothing else; everything for
 * people goes to standard error. Without it, answers go to standard output, so that they can be piped.
 */

import { errorSentences, toErrorInfo, type ErrorInfo } from '../../lib/errors';

/** Exit codes of every verb. */
export const EXIT = {
  done: 0,
  /** The run failed, or Sluice did. */
  failed: 1,
  /** The call or the file is wrong. */
  refused: 2,
  canceled: 130,
} as const;

/** Errors that are the caller's to mend: the call, the file, or what they name. */
const CALLER_ERRORS: ReadonlySet<ErrorInfo['code']> = new Set([
  'not-found',
  'conflict',
  'invalid-input',
  'invalid-pipeline',
  'busy',
  'unsupported',
  'forbidden',
]);

/** Ends the process at once, whatever is still to be done. */
export function exitWith(code: number): never {
  process.exit(code);
}

/** Writes the one JSON document. */
export function printDocument(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Writes lines of the answer for people. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Tells the person something that is not the answer: progress, notices, errors. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Reports a thrown value as the call demands, and returns the exit code for it. */
export function reportError(thrown: unknown, options: { readonly json: boolean }): number {
  const error = toErrorInfo(thrown);
  say(describeError(error));
  if (options.json) printDocument({ error: errorDocument(error) });
  if (error.code === 'canceled') return EXIT.canceled;
  return CALLER_ERRORS.has(error.code) ? EXIT.refused : EXIT.failed;
}

/** The error as a document of the contract: what happened and what to do, the node and the place where known. */
export function errorDocument(error: ErrorInfo): { message: string; node?: string; path?: string } {
  return {
    message: errorSentences(error),
    ...(error.node !== undefined && { node: error.node }),
    ...(error.path !== undefined && { path: error.path }),
  };
}

function describeError(error: ErrorInfo): string {
  const place = [error.node !== undefined && `node ${error.node}`, error.path].filter(Boolean).join(', ');
  const text = `Error${place === '' ? '' : ` (${place})`}: ${errorSentences(error)}`;
  return [text, ...details(error)].join('\n');
}

/** The technical cause, where it is worth its lines: Sluice itself is at fault, or a program it started said why. */
export function details(error: ErrorInfo): readonly string[] {
  const isWorthIt = error.code === 'internal' || error.code === 'unavailable';
  return isWorthIt && error.cause !== undefined ? [error.cause] : [];
}
