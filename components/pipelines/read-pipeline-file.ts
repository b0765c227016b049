import type { Problem } from '../../lib/pipeline/problem';
import { problem } from '../../lib/pipeline/problem';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import { MAX_PIPELINE_TEXT, readPipeline } from '../../lib/pipeline/read-pipeline';
import { err, type Result } from '../../lib/result';

/** A file that somebody chose or dropped, as a document, or every problem of it with its place. */
export async function readPipelineFile(file: File): Promise<Result<Pipeline, readonly Problem[]>> {
  // A character takes at most four bytes: a larger file is not worth reading.
  if (file.size > 4 * MAX_PIPELINE_TEXT)
    return err([problem('too-large', `${file.name} is too large for a pipeline.`)]);
  return readPipeline(await file.text());
}
