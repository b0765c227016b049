/** What a run would do, without starting it: the same plan that `start-run` stores and the engine obeys. */

import { AppError } from '../../lib/errors';
import type { Catalog } from '../../lib/catalog/index';
import { blockingProblems } from '../../lib/pipeline/blocking-problems';
import { graphOf, type Graph } from '../../lib/pipeline/graph';
import { applyLaunchValues, type LaunchValues } from '../../lib/pipeline/launch-values';
import type { NodeId, Pipeline } from '../../lib/pipeline/pipeline';
import {
  nodesInPlan,
  planRun as planOf,
  type KnownExecution,
  type Plan,
  type SourceTrouble,
} from '../../lib/pipeline/plan';
import type { SourceDigests } from '../../lib/pipeline/cache-key';
import type { Problem } from '../../lib/pipeline/problem';
import { resolveParams } from '../../lib/pipeline/resolve-params';
import { selectNodes, type Selection } from '../../lib/pipeline/selection';
import { specOf } from '../../lib/pipeline/spec-of';
import { validatePipeline } from '../../lib/pipeline/validate';
import { digestSources } from '../artifacts/source-digests';
import { findPipeline } from '../pipelines/pipeline-repository';
import { findBlessedModels } from './blessed-models';
import { findLatestExecutions, openKeyLookup, type ArtifactState } from './reuse';
import type { RunContext } from './run-context';

/** What a run is asked to do. */
export type RunRequest = {
  /** A stored pipeline by name or id, or a document that has passed `readPipeline`, with the folder of its file. */
  readonly pipeline: { readonly name: string } | { readonly document: Pipeline; readonly baseFolder: string };
  readonly values: LaunchValues;
  readonly selection: Selection;
  /** False executes every selected node. */
  readonly reuse: boolean;
};

/** A plan with what it is a plan of. */
export type PlannedRun = {
  /** The document as it was stored or given. */
  readonly document: Pipeline;
  /** The document as it runs: values set at launch are in it. */
  readonly launched: Pipeline;
  readonly baseFolder: string;
  readonly plan: Plan;
  /** Artifacts that the disk says something else of than the tables. */
  readonly found: ReadonlyMap<string, ArtifactState>;
};

/**
 * Plans a run. Throws `not-found` for an unknown pipeline, and `invalid-pipeline` with the first problem's sentence,
 * node and path when the pipeline cannot run; every problem is in {@link InvalidPipelineError.problems}.
 */
export async function planRun(context: RunContext, request: RunRequest): Promise<PlannedRun> {
  const { db, catalog, artifactsFolder } = context;
  const { document, baseFolder, pipelineId } = await findDocument(context, request);
  const { launched, graph, selected } = prepareLaunch(document, request, catalog);

  const nodes = [...nodesInPlan(graph, selected)];
  const sources = new Map<string, SourceDigests | SourceTrouble>();
  for (const id of nodes) {
    const spec = specOf(catalog, launched.nodes[id]?.component ?? '');
    if (spec?.sources === undefined) continue;
    const { params } = resolveParams(launched, id);
    sources.set(id, await digestsOrTrouble(digestSources(db, { spec, node: id, params, baseFolder })));
  }
  const reuse = { db, artifactsFolder, found: new Map<string, ArtifactState>() };
  const known = pipelineId === undefined ? undefined : await findLatestExecutions(reuse, pipelineId, nodes);
  const resolves = nodes.some((id) => specOf(catalog, launched.nodes[id]?.component ?? '')?.resolves !== undefined);
  const planning = planOf({
    pipeline: launched,
    catalog,
    pipelineId: pipelineId ?? '',
    selected,
    reuse: request.reuse,
    sources,
    latest: known ?? new Map<string, KnownExecution>(),
    blessed: pipelineId !== undefined && resolves ? await findBlessedModels(reuse, pipelineId) : [],
  });
  const lookUp = openKeyLookup(reuse);
  let step = planning.next();
  while (!step.done) step = planning.next(await lookUp(step.value));
  return { document, launched, baseFolder, plan: step.value, found: reuse.found };
}

/** What a launch is, before anything outside the document was looked at. */
export type Launch = {
  /** The document with the values set at launch in it. */
  readonly launched: Pipeline;
  readonly graph: Graph;
  readonly selected: ReadonlySet<NodeId>;
};

/**
 * Checks what a document and a request say by themselves, in any process. Throws {@link InvalidPipelineError} when the
 * selected part cannot run; what is wrong elsewhere in the document does not keep it back.
 */
export function prepareLaunch(
  document: Pipeline,
  request: Pick<RunRequest, 'values' | 'selection'>,
  catalog: Catalog,
): Launch {
  const applied = applyLaunchValues(document, request.values);
  if (!applied.ok) throw new InvalidPipelineError(applied.error);
  const launched = applied.value;
  const graph = graphOf(launched, catalog);
  const selection = selectNodes(graph, request.selection);
  if (!selection.ok) throw new InvalidPipelineError([selection.error]);
  const selected = selection.value;
  const problems = validatePipeline(launched, catalog, { at: 'launch' });
  const blocking = blockingProblems({ pipeline: launched, graph, selected, problems });
  if (blocking.length > 0) throw new InvalidPipelineError(blocking);
  return { launched, graph, selected };
}

/** A pipeline that cannot run, with all that is wrong with it. Message, node and path are those of the first error, or of a circle. */
export class InvalidPipelineError extends AppError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter((item) => item.severity === 'error');
    // A circle is the root of whatever else is wrong with the wires in it.
    const first = errors.find(({ code }) => code === 'cycle') ?? errors[0];
    const rest = errors.length - 1;
    const more = rest > 0 ? ` (and ${rest} more ${rest === 1 ? 'problem' : 'problems'}: see "validate")` : '';
    super('invalid-pipeline', `${first?.message ?? 'The pipeline cannot run.'}${more}`, {
      node: first?.node,
      path: first?.path,
    });
    this.problems = problems;
  }
}

async function findDocument({ db }: RunContext, { pipeline }: RunRequest) {
  if ('document' in pipeline) {
    const stored = await findPipeline(db, pipeline.document.name);
    return { document: pipeline.document, baseFolder: pipeline.baseFolder, pipelineId: stored?.id };
  }
  const stored = await findPipeline(db, pipeline.name);
  if (stored === undefined)
    throw new AppError('not-found', `There is no pipeline "${pipeline.name}".`, {
      nextStep: 'See the list with "pipelines list", or give the path of a pipeline file.',
    });
  return { document: stored.document, baseFolder: stored.baseFolder, pipelineId: stored.id };
}

/** A file that is not there blocks its node; anything else (a lost database) ends the planning. */
async function digestsOrTrouble(digests: Promise<SourceDigests>): Promise<SourceDigests | SourceTrouble> {
  try {
    return await digests;
  } catch (error) {
    if (!(error instanceof AppError) || error.path === undefined) throw error;
    const next = error.nextStep === undefined ? '' : ` ${error.nextStep}`;
    return { message: `${error.message}${next}`, path: error.path };
  }
}
