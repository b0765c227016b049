/**
 * The columns of a node's output, known before anything runs: from what its newest execution made where nothing has
 * changed since, else from its source files, else from what it made before the change.
 */

import path from 'node:path';

import * as z from 'zod';

import { SCHEMA_FILE } from '../../lib/artifact/data-schema';
import type { ArtifactRef } from '../../lib/artifact/artifact';
import type { ComponentSpec } from '../../lib/catalog/component-spec';
import { AppError } from '../../lib/errors';
import { planSplits } from '../../lib/example/split-config';
import { zInputConfig, zOutputConfig } from '../../lib/example/split-params';
import type { Arriving, ArrivingColumn } from '../../lib/pipeline/arriving-columns';
import { cacheKeyOf, keyPartsOf } from '../../lib/pipeline/cache-key';
import type { KnownExecution } from '../../lib/pipeline/plan';
import { specOf } from '../../lib/pipeline/spec-of';
import { digestSources } from '../artifacts/source-digests';
import { askQueryProcess } from '../query/client';
import { findLatestExecutions } from '../runs/reuse';
import type { RunContext } from '../runs/run-context';
import { artifactFolder } from '../storage/artifact-store';
import { findPipeline } from './pipeline-repository';
import { readSchemaColumns, readSourceColumns } from './source-columns';

/** Whose columns are asked for. */
export type ColumnsQuestion = {
  readonly pipelineId: string;
  readonly node: string;
  readonly component: string;
  /** After `$param`, as the editor has them now. */
  readonly params: { readonly [name: string]: unknown };
  /** The output. Empty: the node's own source files. */
  readonly port: string;
};

/** What columns are found with. */
export type ColumnsContext = RunContext & { readonly querySocket: string; readonly signal: AbortSignal };

/** See the module. What cannot be known is an answer with its reason, not an error. */
export async function findColumns(context: ColumnsContext, question: ColumnsQuestion): Promise<Arriving> {
  const { pipelineId, node, component } = question;
  const spec = specOf(context.catalog, component);
  const stored = await findPipeline(context.db, pipelineId);
  if (spec === undefined || stored === undefined) return unknown(`There is no component "${component}".`);
  const parsed = spec.params.safeParse(question.params);
  if (!parsed.success) return unknown(`The parameters of ${node} are not complete: its columns are not known.`);
  const subject: Subject = { ...question, spec, baseFolder: stored.baseFolder, parsed: parsed.data };

  const reuse = { db: context.db, artifactsFolder: context.artifactsFolder, found: new Map() };
  const latest = (await findLatestExecutions(reuse, pipelineId, [node])).get(node);
  const isCurrent =
    latest?.damage === undefined && latest !== undefined && (await isUnchanged(context, subject, latest));
  if (latest !== undefined && isCurrent) {
    const made = await columnsOfOutput(context, subject, latest);
    if (made !== undefined) return { ...made, isCurrent: true };
  }
  const read = await columnsOfSource(context, subject);
  if (read.state === 'known') return read;
  const before =
    latest?.damage === undefined && latest !== undefined ? await columnsOfOutput(context, subject, latest) : undefined;
  return before === undefined ? read : { ...before, isCurrent: false };
}

type Subject = ColumnsQuestion & {
  readonly spec: ComponentSpec;
  readonly baseFolder: string;
  readonly parsed: unknown;
};
type Known = Extract<Arriving, { readonly state: 'known' }>;

function unknown(reason: string): Arriving {
  return { state: 'unknown', reason };
}

/** True where component, parameters and source files are what they were; inputs are judged where they are made. */
async function isUnchanged({ db }: ColumnsContext, subject: Subject, latest: KnownExecution): Promise<boolean> {
  if (latest.key === undefined) return false;
  const { spec, params, node, baseFolder } = subject;
  try {
    const sources = spec.sources === undefined ? {} : await digestSources(db, { spec, node, params, baseFolder });
    return cacheKeyOf(keyPartsOf(spec, { params, inputs: latest.key.inputs, sources })) === latest.cacheKey;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function columnsOfOutput(
  context: ColumnsContext,
  { spec, port }: Subject,
  { outputs, runNumber }: KnownExecution,
): Promise<Known | undefined> {
  const name = port === '' ? Object.keys(spec.outputs)[0] : port;
  const artifact = outputs[name ?? '']?.[0];
  if (artifact === undefined) return undefined;
  const columns = await columnsOfArtifact(context, artifact);
  if (columns === undefined) return undefined;
  const splits = splitNamesOf(artifact);
  return { state: 'known', columns, splits, seenIn: `run ${runNumber}`, isCurrent: true };
}

async function columnsOfArtifact(
  { artifactsFolder, querySocket, signal }: ColumnsContext,
  artifact: ArtifactRef,
): Promise<readonly ArrivingColumn[] | undefined> {
  const splits = splitNamesOf(artifact);
  try {
    switch (artifact.type) {
      case 'Examples': {
        const of = { folder: artifact.uri, splits: [...splits] };
        return (await askQueryProcess({ type: 'columns', of }, { socket: querySocket, signal })).columns;
      }
      case 'ExampleStatistics': {
        const [split] = splits;
        if (split === undefined) return undefined;
        const request = { type: 'statistics' as const, folder: artifact.uri, split };
        const { datasets } = await askQueryProcess(request, { socket: querySocket, signal });
        return (datasets[0]?.features ?? []).map(({ name, type }) => ({ name, kind: type }));
      }
      case 'Schema':
        return await readSchemaColumns(
          path.join(artifactFolder(artifactsFolder, artifact.uri), SCHEMA_FILE),
          SCHEMA_FILE,
        );
      default:
        return undefined;
    }
  } catch (error) {
    // Whatever is wrong with the artifact is said where it is looked at; here the source may still tell.
    if (error instanceof AppError && error.code !== 'canceled') return undefined;
    throw error;
  }
}

function splitNamesOf({ properties }: ArtifactRef): readonly string[] {
  return z.array(z.string()).safeParse(properties['splitNames']).data ?? [];
}

async function columnsOfSource(context: ColumnsContext, subject: Subject): Promise<Arriving> {
  const { spec, node, baseFolder, parsed } = subject;
  const { querySocket, signal } = context;
  try {
    for (const source of spec.sources?.(parsed) ?? []) {
      const read = await readSourceColumns({ source, baseFolder, querySocket, signal });
      if (read !== undefined) return { state: 'known', ...read, splits: plannedSplits(parsed), isCurrent: true };
    }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'canceled') return unknown(error.message);
    throw error;
  }
  return unknown(`Run ${node} once to see its columns.`);
}

const zSplitParams = z.looseObject({ inputConfig: zInputConfig, outputConfig: zOutputConfig });

/** The splits that an ExampleGen is going to write. */
function plannedSplits(params: unknown): readonly string[] {
  const parsed = zSplitParams.safeParse(params);
  return parsed.success ? planSplits(parsed.data).names : [];
}
