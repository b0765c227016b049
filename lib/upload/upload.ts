/** Files that a person brought at one time: what the browser tells of them, and how far they have come. */

import * as z from 'zod';

import { zUploadId } from '../ids';

/** Most files of one upload. */
export const MAX_UPLOAD_FILES = 1_000;
/** Bytes that travel in one request; a lost connection costs at most so many. */
export const CHUNK_BYTES = 8_388_608;

/** A file as the browser describes it before it is sent. */
export const zOfferedFile = z.strictObject({
  /** As the person called it; shown, and cleaned before it becomes a name on disk. */
  name: z.string().max(1_000),
  sizeBytes: z.number().int().min(0),
  /** Time of its last change, in ms since 1970: tells the file that was begun from one of the same name. */
  modifiedAtMs: z.number().int(),
});
/** See {@link zOfferedFile}. */
export type OfferedFile = z.infer<typeof zOfferedFile>;

/** An upload and how far each of its files has come. */
export const zUpload = z.object({
  id: zUploadId,
  createdAt: z.string(),
  state: z.enum(['unfinished', 'finished']),
  files: z.array(zOfferedFile.extend({ storedName: z.string(), receivedBytes: z.number().int() })),
});
/** See {@link zUpload}. */
export type Upload = z.infer<typeof zUpload>;

/** Bytes that have arrived and bytes in all. */
export function uploadProgress(upload: Pick<Upload, 'files'>): { readonly received: number; readonly total: number } {
  return {
    received: upload.files.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
    total: upload.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

/** What an upload is called: its file, or the first of several. */
export function uploadTitle({ files }: { readonly files: readonly { readonly name: string }[] }): string {
  const [first] = files;
  const name = first?.name ?? '';
  return files.length > 1 ? `${name} and ${files.length - 1} more` : name;
}
