/** Every problem of a pipeline file: of its text, its shape, its meaning, and of the files that it names. */

import type { Catalog } from '../../lib/catalog/index';
import { AppError } from '../../lib/errors';
import { hasErrors, problem, type Problem } from '../../lib/pipeline/problem';
import { readPipeline } from '../../lib/pipeline/read-pipeline';
import { resolveParams } from '../../lib/pipeline/resolve-params';
import { specOf } from '../../lib/pipeline/spec-of';
import { validatePipeline } from '../../lib/pipeline/validate';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import { checkSources } from '../artifacts/source-digests';

/** A pipeline file as it was read, and the folder it lies in: relative paths start there. Absolute. */
export type PipelineText = { readonly text: string; readonly baseFolder: string };

/** Problems in document order; empty when it can run. Source files are looked at, not read. */
export async function validatePipelineText(
  { text, baseFolder }: PipelineText,
  catalog: Catalog,
): Promise<readonly Problem[]> {
  const read = readPipeline(text);
  if (!read.ok) return read.error;
  const problems = validatePipeline(read.value, catalog);
  return [...problems, ...(await findSourceProblems(read.value, { catalog, baseFolder, known: problems }))];
}

/** What {@link findSourceProblems} looks at. */
export type SourceContext = {
  readonly catalog: Catalog;
  readonly baseFolder: string;
  /** Problems that are known already. */
  readonly known: readonly Problem[];
};

/** Problems of source files, of the nodes whose parameters are right: the others name no file for sure. */
export async function findSourceProblems(pipeline: Pipeline, context: SourceContext): Promise<readonly Problem[]> {
  const { catalog, baseFolder, known } = context;
  const problems: Problem[] = [];
  for (const [node, { component }] of Object.entries(pipeline.nodes)) {
    const spec = specOf(catalog, component);
    if (spec?.sources === undefined || hasErrors(known.filter((item) => item.node === node))) continue;
    const { params, incomplete } = resolveParams(pipeline, node);
    if (incomplete) continue;
    try {
      await checkSources({ spec, node, params, baseFolder });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const next = error.nextStep === undefined ? '' : ` ${error.nextStep}`;
      problems.push(problem('missing-file', `${error.message}${next}`, { node, path: error.path }));
    }
  }
  return problems;
}
