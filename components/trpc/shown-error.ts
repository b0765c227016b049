import * as z from 'zod';

import { zErrorInfo } from '../../lib/errors';
import type { ShownError } from '../shell/error-panel';

const zApiError = z.object({ data: z.object({ app: zErrorInfo }) });

/** What a person is told of a failed request: the server's own sentence, or that it did not answer. */
export function toShownError(error: unknown): ShownError {
  const parsed = zApiError.safeParse(error);
  if (parsed.success) {
    const { message, nextStep, code, path, cause } = parsed.data.data.app;
    const details = [code, path, cause].filter((part) => part !== undefined).join('\n');
    return { message, nextStep, details };
  }
  return {
    message: 'The studio does not answer.',
    nextStep: 'Does it still run? Runs go on without this page; it asks again by itself.',
    details: String(error),
  };
}
