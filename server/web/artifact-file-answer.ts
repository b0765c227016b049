/** Hands out one file of an artifact as a download. Who may ask is decided before Next sees the request. */

import { AppError } from '../../lib/errors';
import { zArtifactId } from '../../lib/ids';
import { openArtifactFile } from '../artifacts/open-artifact-file';
import { readChildEnvironment } from '../launcher/child';
import { dataFolderAt } from '../launcher/data-folder';
import { webDatabase } from './database';

const STATUS: Partial<Record<AppError['code'], number>> = { 'not-found': 404, 'artifact-missing': 404, forbidden: 403 };

/** The answer to `GET /api/artifacts/<id>/files/<path>`; `path` is already decoded, step by step. */
export async function artifactFileAnswer(address: {
  readonly artifactId: string;
  readonly path: readonly string[];
}): Promise<Response> {
  const artifactId = zArtifactId.safeParse(address.artifactId);
  if (!artifactId.success) return refuse('There is no such artifact.', 404);
  try {
    const file = await openArtifactFile(webDatabase().db, {
      store: dataFolderAt(readChildEnvironment().dataFolder).artifacts,
      artifactId: artifactId.data,
      file: address.path.join('/'),
    });
    return new Response(file.stream, {
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Length': String(file.sizeBytes),
        'Content-Disposition': `attachment; filename="${file.downloadName}"`,
        // The content of an artifact never changes, but its folder may go.
        'Cache-Control': 'private, no-cache',
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refuse(error.message, STATUS[error.code] ?? 500);
  }
}

function refuse(message: string, status: number): Response {
  return new Response(`${message}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
