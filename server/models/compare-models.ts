/** Compares versions of registered models: refuses where they were not measured on the same rows, and says why. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { MODEL_INFO_FILE, zModelInfo, type ModelTask } from '../../lib/artifact/model-info';
import { zComparison } from '../../lib/comparison/comparison-answer';
import { versionFacts, zVersionFact, type KeyedStep } from '../../lib/comparison/version-differences';
import { AppError } from '../../lib/errors';
import { zModelVersion, type ModelVersion, type VersionReference } from '../../lib/model/model';
import type { KeyParts } from '../../lib/pipeline/cache-key';
import type { Executor } from '../db/client';
import { findArtifactFolder } from '../query/artifact-files';
import type { ComparisonAnswer, zComparisonRequest } from '../query/comparison/comparison-message';
import { findKeys, findMade } from './key-repository';
import { loadLineage } from './lineage-repository';
import { requireVersion } from './model-repository';

/** What is compared with what. */
export type CompareRequest = {
  /** Two to ten versions; differences are to the first. */
  readonly versions: readonly VersionReference[];
  /** By which slices are compared. Default: the metric that decides. */
  readonly metric?: string | undefined;
  /** Slices with fewer rows are left out. Default 1. */
  readonly minRows?: number | undefined;
};

/** What is needed to compare. */
export type CompareContext = {
  readonly db: Executor;
  /** Root of the artifact store. Absolute. */
  readonly artifactsFolder: string;
  /** Compares predictions: the query process does, or whoever has no other work. */
  readonly measure: (request: z.input<typeof zComparisonRequest>) => Promise<ComparisonAnswer>;
};

/** The versions, what they are made of, and the figures, or the sentence that says why there are none. */
export const zModelComparison = z.object({
  versions: z.array(zModelVersion.extend({ model: z.string() })),
  facts: z.array(zVersionFact),
  result: z.discriminatedUnion('comparable', [
    z.object({ comparable: z.literal(true), comparison: zComparison }),
    z.object({ comparable: z.literal(false), reason: z.string() }),
  ]),
});
/** See {@link zModelComparison}. */
export type ModelComparison = z.output<typeof zModelComparison>;

/** See the module. Throws `not-found` where a version does not exist. */
export async function compareModels(context: CompareContext, request: CompareRequest): Promise<ModelComparison> {
  const versions: ModelComparison['versions'] = [];
  for (const reference of request.versions) {
    const { model, version } = await requireVersion(context.db, reference);
    if (versions.some(({ id }) => id === version.id))
      throw new AppError('invalid-input', `${model.name} v${version.number} is named twice.`, {
        nextStep: 'Compare two to ten different versions.',
      });
    versions.push({ ...version, model: model.name });
  }
  const measured = await Promise.all(versions.map((version) => findMeasured(context, version)));
  const facts = [...versionFacts(measured.map(({ steps }) => steps))];
  const refusal = refusalOf(versions, measured);
  if (refusal !== undefined) return { versions, facts, result: { comparable: false, reason: refusal } };
  const [first] = measured;
  const folders = measured.flatMap(({ evaluation }) => evaluation?.uri ?? []);
  const result = await context.measure({
    type: 'comparison',
    folders,
    task: first?.task ?? 'binary',
    ...(request.metric !== undefined && { metric: request.metric }),
    ...(request.minRows !== undefined && { minRows: request.minRows }),
  });
  return { versions, facts, result };
}

type Measured = {
  readonly task: ModelTask;
  readonly steps: readonly KeyedStep[];
  readonly evaluation: { readonly uri: string; readonly key: KeyParts } | undefined;
};

async function findMeasured({ db, artifactsFolder }: CompareContext, version: ModelVersion): Promise<Measured> {
  const model = await findMade(db, version.modelArtifactId);
  if (model === undefined)
    throw new AppError('artifact-missing', `The model of v${version.number} is no longer recorded.`);
  const lineage = await loadLineage(db, model.executionId);
  const keys = await findKeys(
    db,
    lineage.map(({ executionId }) => executionId),
  );
  const steps = lineage.flatMap(({ executionId, node, outputs }): KeyedStep[] => {
    const key = keys.get(executionId);
    const schemas = outputs.filter(({ type }) => type === 'Schema').map(({ digest }) => digest);
    return key === undefined ? [] : [{ node, key, schemas }];
  });
  const evaluation = version.evaluation === null ? undefined : await findMade(db, version.evaluation.id);
  return {
    task: await readTask(artifactsFolder, model.uri),
    steps: evaluation === undefined ? steps : [...steps, { node: evaluation.node, key: evaluation.key, schemas: [] }],
    evaluation,
  };
}

async function readTask(store: string, uri: string): Promise<ModelTask> {
  const file = path.join(await findArtifactFolder(store, uri), MODEL_INFO_FILE);
  return zModelInfo.parse(JSON.parse(await readFile(file, 'utf8'))).task;
}

function refusalOf(versions: ModelComparison['versions'], measured: readonly Measured[]): string | undefined {
  const nameOf = (index: number) => {
    const version = versions[index];
    return version === undefined ? '' : `${version.model} v${version.number}`;
  };
  const [first] = measured;
  for (const [index, { task, evaluation }] of measured.entries()) {
    if (evaluation === undefined)
      return `${nameOf(index)} was pushed without an evaluation, so that nothing is known of its predictions.`;
    if (task !== first?.task)
      return `These versions do different things: ${nameOf(0)} is ${first?.task ?? ''}, ${nameOf(index)} is ${task}.`;
    const [mine, theirs] = [first.evaluation?.key.inputs['examples'], evaluation.key.inputs['examples']];
    if (mine?.join() !== theirs?.join())
      return `These versions were evaluated on different data: the Examples of ${nameOf(0)} (${short(mine)}) and of ${nameOf(index)} (${short(theirs)}) are not the same. Evaluate both on the same Examples to compare them.`;
  }
  return undefined;
}

function short(digests: readonly string[] | undefined): string {
  return digests?.[0]?.slice(0, 8) ?? 'none';
}
