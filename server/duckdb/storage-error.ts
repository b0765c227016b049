import { AppError } from '../../lib/errors';

/**
 * What DuckDB or the file system throws, as an {@link AppError} where room is the reason: the disk is full or not
 * writable, or the memory limit is reached. Everything else is returned as it is.
 */
export function toStorageError(thrown: unknown, doing: string): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return thrown;
  const text = thrown.message;
  if (/ENOSPC|No space left|disk quota|EDQUOT|failed to offload|max_temp_directory_size/i.test(text)) {
    return new AppError('storage-full', `The disk is full: ${doing} did not fit.`, {
      nextStep: 'Free some space and run again; what was done before is kept.',
      cause: thrown,
    });
  }
  if (/EACCES|EPERM|EROFS|Permission denied|Read-only file system/i.test(text)) {
    return new AppError('storage-denied', `The folder may not be written to: ${doing} failed.`, {
      nextStep: 'Check the rights of the data folder.',
      cause: thrown,
    });
  }
  if (/out of memory/i.test(text)) {
    return new AppError('component-failed', 'The data need more memory than this node may use.', {
      nextStep: 'Raise the memory limit of node processes, then run again.',
      cause: thrown,
    });
  }
  return thrown;
}
