/** When a failed attempt is followed by another one, and after which pause. */

import type { ErrorCode, ErrorInfo } from '../errors';
import type { ExecutionPolicy } from '../pipeline/pipeline';

/** Attempts lost to the infrastructure (a killed process, a dead worker) that do not consume a retry. */
export const MAX_LOSSES = 3;

/** Share by which a delay is varied, so that failures of the same moment do not return at the same moment. */
export const RETRY_JITTER = 0.2;

const DEFAULT_DELAY_MS = 1_000;
const DEFAULT_MAX_DELAY_MS = 60_000;

/** Codes that say the same thing again however often one tries. */
const PERMANENT: ReadonlySet<ErrorCode> = new Set([
  'not-found',
  'conflict',
  'invalid-input',
  'invalid-pipeline',
  'canceled',
  'unsupported',
  'forbidden',
  'artifact-missing',
  'artifact-damaged',
  'fenced',
]);

/** True for a failure that no retry can cure. An error marked `retryable` never is. */
export function isPermanent(error: Pick<ErrorInfo, 'code' | 'retryable'>): boolean {
  return !error.retryable && PERMANENT.has(error.code);
}

/** A failed attempt, as far as the decision needs it. */
export type FailedAttempt = {
  readonly error: Pick<ErrorInfo, 'code' | 'retryable'>;
  /** Failures of this node so far that consumed a retry, this one included: 1 for the first. */
  readonly failures: number;
  /** From 0 to 1, at random. */
  readonly random: number;
};

/**
 * The pause before the next attempt in ms: `base · 2^k` with k = 0 for the first retry, ± 20 %, and never above the cap.
 * Undefined when none follows: `retries` are used up, or the error is permanent.
 */
export function retryDelayMs(policy: ExecutionPolicy | undefined, attempt: FailedAttempt): number | undefined {
  if (isPermanent(attempt.error) || attempt.failures > (policy?.retries ?? 0)) return undefined;
  const base = policy?.retryDelayMs ?? DEFAULT_DELAY_MS;
  const cap = policy?.retryMaxDelayMs ?? DEFAULT_MAX_DELAY_MS;
  const delay = Math.min(cap, base * 2 ** (attempt.failures - 1));
  return Math.round(Math.min(cap, delay * (1 + RETRY_JITTER * (2 * attempt.random - 1))));
}
