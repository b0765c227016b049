import { splitFolder } from './artifact';

/** Where a file of an artifact is downloaded: `/api/artifacts/<id>/files/<path>`; `path` is the one inside the artifact. */
export function artifactFileAddress(artifactId: string, path: string): string {
  return `/api/artifacts/${artifactId}/files/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** Where a file of one split is downloaded. */
export function splitFileAddress(artifactId: string, split: string, fileName: string): string {
  return artifactFileAddress(artifactId, `${splitFolder(split)}/${fileName}`);
}
