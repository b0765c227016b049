import { mkdir } from 'node:fs/promises';

/**
 * Makes one folder in an existing one; true when it was not there before. Not `mkdir` with `recursive`: on a read-only
 * disk that one says "no such file", so that nobody learns the reason.
 */
export async function makeFolder(place: string): Promise<boolean> {
  try {
    await mkdir(place);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
