/** Answers `PUT /api/uploads/<upload>/<file>?offset=…`: the next bytes of a file, passed to the disk as they come. */

import * as z from 'zod';

import { AppError, toErrorInfo, type ErrorCode } from '../../lib/errors';
import { zUploadId } from '../../lib/ids';
import { readChildEnvironment } from '../launcher/child';
import { dataFolderAt } from '../launcher/data-folder';
import { receiveChunk } from '../uploads/receive-chunk';

const zAddress = z.object({
  uploadId: zUploadId,
  file: z.coerce.number().int().min(0),
  offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});

const STATUS: Partial<Record<ErrorCode, number>> = {
  'not-found': 404,
  conflict: 409,
  'invalid-input': 400,
  canceled: 409,
  'storage-full': 507,
  'storage-denied': 500,
};

/** How many bytes of the file have arrived, as `{ "receivedBytes": n }`; an error is an `ErrorInfo` with its status. */
export async function uploadChunkAnswer(
  request: Request,
  address: { readonly uploadId: string; readonly file: string },
): Promise<Response> {
  try {
    const parsed = zAddress.safeParse({ ...address, offset: new URL(request.url).searchParams.get('offset') });
    if (!parsed.success) throw new AppError('not-found', 'There is no upload at this address.');
    const { uploadId, file, offset } = parsed.data;
    const { uploads } = dataFolderAt(readChildEnvironment().dataFolder);
    const receivedBytes = await receiveChunk(uploads, { id: uploadId, file, offset, bytes: request.body ?? nothing() });
    return Response.json({ receivedBytes });
  } catch (error) {
    const info = toErrorInfo(error);
    return Response.json(info, { status: STATUS[info.code] ?? 500 });
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // A request without a body brings no byte.
}
