/**
 * Where artifacts lie on disk: `<type>/<artifact id>/` below the store's root, unfinished ones below `.tmp-…` beside
 * them, so that a rename publishes and a sweep finds what was left. The database says which of them exist.
 */

import path from 'node:path';

import { AppError } from '../../lib/errors';

/** What marks a folder of unfinished outputs: anything below the root whose name contains it is nobody's artifact. */
export const UNFINISHED_MARK = '.tmp';

/** The place of a published artifact, relative to the root, with `/`. */
export function artifactUri(type: string, id: string): string {
  return `${type}/${id}`;
}

/** A name for a folder of unfinished outputs, directly below the root. `owner` makes it unique: attempt, process. */
export function unfinishedName(owner: string): string {
  return `${UNFINISHED_MARK}-${owner.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`;
}

/** Folder below the root where node runs keep what is not finished yet. */
export const CHECKPOINTS_FOLDER = '.checkpoints';

/** Where attempts of one node run leave for each other what they have: absolute, of this run and key alone. */
export function checkpointFolder(
  root: string,
  { runId, nodeId }: { readonly runId: string; readonly nodeId: string },
  cacheKey: string,
): string {
  const name = `${runId}-${nodeId}-${cacheKey.slice(0, 16)}`.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  return path.join(root, CHECKPOINTS_FOLDER, name);
}

/** The absolute folder of a uri. Throws `forbidden` when it leads out of the store or into an unfinished output. */
export function artifactFolder(root: string, uri: string): string {
  const steps = uri.split('/');
  const isInside = steps.every((step) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(step) && !step.includes(UNFINISHED_MARK));
  if (!isInside)
    throw new AppError('forbidden', 'The address of an artifact leads out of the artifact store.', {
      nextStep: 'The database may be damaged: look at the table "artifacts".',
    });
  return path.join(root, ...steps);
}
