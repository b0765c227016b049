/** From a claim to a task: parameters, input artifacts with their files, source digests, the key, the attempt's folder. */

import path from 'node:path';

import type { Catalog } from '../../lib/catalog/index';
import type { ComponentSpec } from '../../lib/catalog/component-spec';
import { AppError } from '../../lib/errors';
import { formatJsonPath } from '../../lib/json/json-path';
import { cacheKeyOf, keyPartsOf, type KeyParts } from '../../lib/pipeline/cache-key';
import { inputSources, type PipelineNode } from '../../lib/pipeline/pipeline';
import { resolveParams } from '../../lib/pipeline/resolve-params';
import { digestSources } from '../artifacts/source-digests';
import type { Database } from '../db/client';
import { toStorageError } from '../duckdb/storage-error';
import type { Claim } from '../runs/lifecycle/claim';
import { findNodeArtifacts, type NodeArtifact, type RunDocument } from '../runs/lifecycle/run-inputs';
import type { Lease } from '../runs/lifecycle/transition';
import { artifactFolder, checkpointFolder, unfinishedName } from '../storage/artifact-store';
import { deliveryFolder } from '../storage/delivery-folder';
import { makeFolder } from '../storage/make-folder';
import type { NodeTask, TaskInput } from './node-task';
import { resolveModel } from './resolve-model';

/** What tasks are prepared with. */
export type PrepareContext = {
  readonly db: Database;
  readonly catalog: Catalog;
  /** Root of the artifact store. Absolute. */
  readonly artifactsFolder: string;
  readonly limits: NodeTask['limits'];
};

/** A task, and what its publication will need. */
export type PreparedTask = {
  readonly task: NodeTask;
  readonly pipelineId: string;
  readonly component: string;
  readonly key: KeyParts;
  readonly cacheKey: string;
  /** Ids of the input artifacts in order, by port. */
  readonly inputIds: { readonly [port: string]: readonly string[] };
};

/** Folder of an attempt's unfinished outputs: names the lease, so that a sweep knows whose it was. */
export function attemptFolder(root: string, { runId, leaseToken, nodeId }: Lease): string {
  return path.join(root, unfinishedName(`${runId}-${leaseToken}-${nodeId}`));
}

/** Prepares the task of a claim and makes its folder. Throws an `AppError` with what is missing. */
export async function prepareTask(context: PrepareContext, claim: Claim, run: RunDocument): Promise<PreparedTask> {
  const node = run.document.nodes[claim.nodeId];
  const spec = context.catalog[claim.component];
  if (node === undefined || spec === undefined) {
    throw new AppError('unsupported', `This version of Sluice has no component ${claim.component}.`);
  }
  const { params } = resolveParams(run.document, claim.nodeId);
  const artifacts = await findNodeArtifacts(context.db, claim.runId, sourcesOf(node));
  const port = spec.resolves;
  const resolved = port === undefined ? undefined : await resolveModel(context, run, { nodeId: claim.nodeId, port });
  // What was found is an input like any other: part of the key, checked, and seen in the lineage.
  const inputs = {
    ...pickInputs(spec, node, artifacts),
    ...(resolved !== undefined && { [resolved.port]: [resolved] }),
  };
  const sources = await digestSources(context.db, {
    spec,
    node: claim.nodeId,
    params,
    baseFolder: run.baseFolder,
  });
  const pipeline = run.document.name;
  const key = keyPartsOf(spec, { params, inputs: mapPorts(inputs, ({ ref }) => ref.digest), sources, pipeline });
  const folder = attemptFolder(context.artifactsFolder, claim);
  await makeFolder(folder).catch((error: unknown) => {
    throw toStorageError(error, 'making a folder for the outputs');
  });
  return {
    task: {
      node: claim.nodeId,
      component: claim.component,
      params,
      inputs: mapPorts(inputs, (input) => toTaskInput(context.artifactsFolder, input)),
      folder,
      baseFolder: run.baseFolder,
      checkpointFolder: checkpointFolder(context.artifactsFolder, claim, cacheKeyOf(key)),
      deliveryFolder: deliveryFolder(context.artifactsFolder, pipeline),
      limits: context.limits,
    },
    pipelineId: run.pipelineId,
    component: claim.component,
    key,
    cacheKey: cacheKeyOf(key),
    inputIds: mapPorts(inputs, ({ ref }) => ref.id),
  };
}

/** The node whose source files are looked at again. */
export type SourcesOfTask = {
  readonly run: Pick<RunDocument, 'document' | 'baseFolder'>;
  /** From the key of the prepared task. */
  readonly sources: KeyParts['sources'];
};

/**
 * Throws `busy` when a source file is not what it was when the task was prepared: the outputs would be kept, and reused,
 * under a digest of bytes that the node may not have read. Call it between computing and publishing.
 */
export async function confirmSources(
  { db, catalog }: Pick<PrepareContext, 'db' | 'catalog'>,
  { nodeId, component }: Pick<Claim, 'nodeId' | 'component'>,
  { run, sources }: SourcesOfTask,
): Promise<void> {
  const spec = catalog[component];
  if (spec?.sources === undefined) return;
  const { params } = resolveParams(run.document, nodeId);
  const now = await digestSources(db, { spec, node: nodeId, params, baseFolder: run.baseFolder });
  for (const param of Object.keys({ ...sources, ...now }))
    for (const file of Object.keys({ ...sources[param], ...now[param] }))
      if (sources[param]?.[file] !== now[param]?.[file])
        throw new AppError('busy', `The file ${file} of ${param} changed while ${nodeId} was reading it.`, {
          nextStep: 'Run again when whoever writes it is done.',
          path: formatJsonPath(['nodes', nodeId, 'params', param]),
        });
}

type Inputs = { readonly [port: string]: readonly NodeArtifact[] };

function sourcesOf(node: PipelineNode): readonly string[] {
  const ports = Object.keys(node.inputs ?? {});
  return [...new Set(ports.flatMap((port) => inputSources(node, port).map((source) => source.node)))];
}

/**
 * The artifacts of each input port in document order. A source that came out empty gives none. Throws `artifact-missing`
 * where an input that must be there has none.
 */
export function pickInputs(spec: ComponentSpec, node: PipelineNode, artifacts: readonly NodeArtifact[]): Inputs {
  const inputs: Record<string, readonly NodeArtifact[]> = {};
  for (const [port, { optional }] of Object.entries(spec.inputs)) {
    const sources = inputSources(node, port);
    const picked = sources.flatMap((source) =>
      artifacts.filter((artifact) => artifact.node === source.node && artifact.port === source.port),
    );
    const [first] = sources;
    if (first !== undefined && picked.length === 0 && optional !== true) {
      throw new AppError('artifact-missing', `${first.node} has no ${first.port} to take in this run.`, {
        nextStep: `Run ${first.node} first: --to ${first.node}.`,
      });
    }
    inputs[port] = picked;
  }
  return inputs;
}

function mapPorts<T>(inputs: Inputs, map: (input: NodeArtifact) => T): Record<string, T[]> {
  return Object.fromEntries(Object.entries(inputs).map(([port, list]) => [port, list.map(map)]));
}

function toTaskInput(root: string, { ref, files, publishedAtMs }: NodeArtifact): TaskInput {
  const { id, type, digest, properties } = ref;
  const folder = artifactFolder(root, ref.uri);
  return { id, type, digest, folder, properties, files: [...files], publishedAtMs };
}
