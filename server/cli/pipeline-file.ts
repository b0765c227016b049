/** Pipeline files named on the command line. */

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import { MAX_PIPELINE_TEXT, readPipeline } from '../../lib/pipeline/read-pipeline';
import type { PipelineText } from '../pipelines/validate-pipeline';
import { InvalidPipelineError } from '../runs/plan-run';

/** The document of a file, and the folder against which its paths are resolved. */
export type PipelineDocument = { readonly document: Pipeline; readonly baseFolder: string };

/** A character of UTF-8 has at most so many bytes. */
const MAX_BYTES_PER_CHARACTER = 4;

/** True when what stands for `FILE|NAME` is a file: it looks like a path, or it exists. */
export async function isPipelineFile(target: string): Promise<boolean> {
  if (/[\\/]/.test(target) || target.endsWith('.json')) return true;
  return stat(target).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Reads the text of a pipeline file. Throws `not-found` or `invalid-input` with the path and the reason. */
export async function readPipelineText(file: string): Promise<PipelineText> {
  const place = path.resolve(file);
  const bytes = await readBytes(place);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), baseFolder: path.dirname(place) };
  } catch (cause) {
    throw new AppError('invalid-input', `${place} is not UTF-8 text.`, {
      cause,
      nextStep: 'A pipeline file is JSON in UTF-8. Is it the right file?',
    });
  }
}

/** Reads a pipeline file. Throws `invalid-pipeline` with all problems of its text and shape. */
export async function readPipelineFile(file: string): Promise<PipelineDocument> {
  const { text, baseFolder } = await readPipelineText(file);
  const read = readPipeline(text);
  if (!read.ok) throw new InvalidPipelineError(read.error);
  return { document: read.value, baseFolder };
}

async function readBytes(place: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(place);
    if (size > MAX_PIPELINE_TEXT * MAX_BYTES_PER_CHARACTER)
      throw new AppError('invalid-input', `${place} has ${size} bytes: too large for a pipeline file.`, {
        nextStep: 'Is it the right file? A data file is named inside a pipeline file.',
      });
    return await readFile(place);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw describeReadError(error, place);
  }
}

function describeReadError(cause: unknown, place: string): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('not-found', `There is no file ${place}.`, {
        cause,
        nextStep: 'Check the path; a stored pipeline is named without "/" and ".json".',
      });
    case 'EISDIR':
      return new AppError('invalid-input', `${place} is a folder.`, { cause, nextStep: 'Name a pipeline file.' });
    case 'EACCES':
      return new AppError('forbidden', `${place} may not be read.`, { cause, nextStep: 'Check its permissions.' });
    default:
      return new AppError('invalid-input', `${place} cannot be read (${String(code)}).`, { cause });
  }
}
