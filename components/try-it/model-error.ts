import { toErrorInfo } from '../../lib/errors';
import type { ShownError } from '../shell/error-panel';

/** What a failure of the model means for a person. */
export function modelError(error: unknown): ShownError {
  const { message, nextStep, code, path, cause } = toErrorInfo(error);
  return { message, nextStep, details: [code, path, cause].filter((part) => part !== undefined).join('\n') };
}
