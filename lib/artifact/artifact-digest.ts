/** What makes two artifacts the same: the names, sizes and bytes of their files. */

import { digestOf } from '../hash';

/** A file of an artifact: path inside its folder with `/`, and the SHA-256 of its bytes as 64 hex digits. */
export type DigestedFile = { readonly path: string; readonly sizeBytes: number; readonly digest: string };

/** Digest of an artifact: SHA-256 over path, size and digest of its files, in code-unit order of the paths. */
export function artifactDigest(files: readonly DigestedFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return digestOf(sorted.map((file) => [file.path, file.sizeBytes, file.digest]));
}
