import path from 'node:path';

/** Names that a file system reads as something else, and the mark of what is unfinished. */
const HIDDEN = /^\./;
/** What some file system refuses in a name. */
const REFUSED = /[<>:"|?*]/g;

/**
 * Where a pipeline hands out what leaves the artifact store, unless a parameter says otherwise: `pushed/<pipeline>` beside
 * the store, in the data folder. Pipelines whose names differ only in what file systems refuse share it, and their
 * versions still never collide.
 */
export function deliveryFolder(artifactsFolder: string, pipeline: string): string {
  const name = pipeline.replaceAll(REFUSED, '_').replace(HIDDEN, '_');
  return path.join(path.dirname(artifactsFolder), 'pushed', name);
}
