import { AppError } from '../../lib/errors';

/** What the file system says while an upload is written, in words. `what` names the upload: `trips.csv`. */
export function toUploadError(thrown: unknown, what: string): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error) || !('code' in thrown)) return thrown;
  switch (thrown.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('storage-full', `The disk of the data folder is full: ${what} did not fit.`, {
        nextStep: 'Free some space and go on, or cancel the upload, which removes what has arrived.',
        cause: thrown,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('storage-denied', `The data folder may not be written to: ${what} was not kept.`, {
        nextStep: 'Check the rights of its folder "uploads".',
        cause: thrown,
      });
    case 'ENOENT':
      return new AppError('not-found', `The upload of ${what} is not there any more: it was canceled or removed.`, {
        nextStep: 'Choose the file again.',
        cause: thrown,
      });
    default:
      return thrown;
  }
}
