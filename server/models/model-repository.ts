/** Registered models and their versions as they are stored. Reads only; `publish` registers versions. */

import { sql, type SQL } from 'drizzle-orm';
import * as z from 'zod';

import { AppError } from '../../lib/errors';
import {
  zModelSummary,
  zModelVersion,
  zRegisteredModel,
  type ModelSummary,
  type ModelVersion,
  type RegisteredModel,
  type VersionReference,
} from '../../lib/model/model';
import type { Executor } from '../db/client';

/** More models than a list shows. */
const MAX_MODELS = 500;
/** More versions of one model than a list shows. */
const MAX_VERSIONS = 1_000;

const MODEL_NAME = sql`case when m.qualifier = '' then p.name else p.name || '/' || m.qualifier end`;

const zModelRow = z.object({
  id: z.string(),
  name: z.string(),
  pipelineId: z.string(),
  pipelineName: z.string(),
  versionCount: z.coerce.number(),
});

async function selectModels(db: Executor, rest: SQL): Promise<RegisteredModel[]> {
  const found = await db.execute(sql`
    select m.id, ${MODEL_NAME} as name, m.pipeline_id as "pipelineId", p.name as "pipelineName",
           (select count(*) from model_versions v where v.model_id = m.id) as "versionCount"
      from models m join pipelines p on p.id = m.pipeline_id ${rest}`);
  return found.rows.map((row) => {
    const { id, name, pipelineId, pipelineName, versionCount } = zModelRow.parse(row);
    return zRegisteredModel.parse({ id, name, versionCount, pipeline: { id: pipelineId, name: pipelineName } });
  });
}

/** Every registered model with its newest version, the newest first. */
export async function listModels(db: Executor): Promise<ModelSummary[]> {
  const models = await selectModels(db, sql`limit ${MAX_MODELS}`);
  const ids = models.map(({ id }) => id);
  const newest = await selectVersions(
    db,
    sql`v.model_id = any(${sql.param(ids)}::text[])
      and v.number = (select max(number) from model_versions o where o.model_id = v.model_id) order by v.created_at desc`,
  );
  const aliases = await db.execute(sql`
    select a.model_id as model, a.alias, v.number from model_aliases a join model_versions v on v.id = a.version_id
     order by a.alias collate "C"`);
  const rows = aliases.rows.map((row) => zAliasRow.parse(row));
  return newest.flatMap((version) => {
    const model = models.find(({ id }) => id === version.modelId);
    if (model === undefined) return [];
    const own = rows.filter((row) => row.model === model.id).map(({ alias, number }) => ({ alias, number }));
    return [zModelSummary.parse({ ...model, newest: version, aliases: own })];
  });
}

const zAliasRow = z.object({ model: z.string(), alias: z.string(), number: z.number() });

/** A registered model by its id. Throws `not-found`. */
export async function requireModel(db: Executor, modelId: string): Promise<RegisteredModel> {
  const [model] = await selectModels(db, sql`where m.id = ${modelId}`);
  if (model === undefined) throw noModel(modelId);
  return model;
}

/** A registered model by its name or id. Throws `not-found`. */
export async function requireModelNamed(db: Executor, name: string): Promise<RegisteredModel> {
  const [model] = await selectModels(db, sql`where ${MODEL_NAME} = ${name} or m.id = ${name} limit 1`);
  if (model === undefined) throw noModel(name);
  return model;
}

function noModel(name: string): AppError {
  return new AppError('not-found', `There is no registered model "${name}".`, {
    nextStep: 'Run a pipeline with a Pusher; "models list" and the screen Models show what was pushed.',
  });
}

/** The versions of a model, newest first. */
export async function listVersions(db: Executor, modelId: string): Promise<ModelVersion[]> {
  return selectVersions(db, sql`v.model_id = ${modelId} order by v.number desc limit ${MAX_VERSIONS}`);
}

/** The version that a person names, with its model. Throws `not-found`. */
export async function requireVersion(
  db: Executor,
  reference: VersionReference,
): Promise<{ readonly model: RegisteredModel; readonly version: ModelVersion }> {
  if (reference.kind === 'id') {
    const [version] = await selectVersions(db, sql`v.id = ${reference.id}`);
    if (version === undefined) throw noVersion(`the id ${reference.id}`);
    return { model: await requireModel(db, version.modelId), version };
  }
  const model = await requireModelNamed(db, reference.model);
  const [version] = await selectVersions(
    db,
    reference.kind === 'number'
      ? sql`v.model_id = ${model.id} and v.number = ${reference.number}`
      : sql`v.id = (select version_id from model_aliases where model_id = ${model.id} and alias = ${reference.alias})`,
  );
  if (version === undefined)
    throw noVersion(
      reference.kind === 'number'
        ? `the number ${reference.number}: "${model.name}" has ${model.versionCount}`
        : `the alias ${reference.alias} of "${model.name}"`,
    );
  return { model, version };
}

function noVersion(what: string): AppError {
  return new AppError('not-found', `There is no version with ${what}.`, {
    nextStep: '"models show NAME" and the screen of the model list its versions and aliases.',
  });
}

/** The version that an artifact was pushed as: its `PushedModel`, or the newest of its `Model`. Undefined without one. */
export async function findVersionOfArtifact(db: Executor, artifactId: string): Promise<ModelVersion | undefined> {
  const [version] = await selectVersions(
    db,
    sql`v.pushed_artifact_id = ${artifactId} or v.model_artifact_id = ${artifactId} order by v.created_at desc limit 1`,
  );
  return version;
}

const zVersionRow = z.object({
  id: z.string(),
  modelId: z.string(),
  number: z.number(),
  aliases: z.array(z.string()),
  gate: z.string(),
  metrics: z.unknown(),
  sizeBytes: z.coerce.number(),
  destination: z.string(),
  pushedVersion: z.string(),
  runId: z.string(),
  runNumber: z.number(),
  pipelineVersion: z.number(),
  node: z.string(),
  executionId: z.string(),
  pushedArtifactId: z.string(),
  modelArtifactId: z.string(),
  modelDigest: z.string(),
  evaluationId: z.string().nullable(),
  blessingId: z.string().nullable(),
  createdAt: z.coerce.date(),
});

async function selectVersions(db: Executor, rest: SQL): Promise<ModelVersion[]> {
  const found = await db.execute(sql`
    select v.id, v.model_id as "modelId", v.number, v.gate, v.metrics, v.size_bytes as "sizeBytes", v.destination,
           v.pushed_version as "pushedVersion", v.run_id as "runId", r.number as "runNumber",
           r.pipeline_version as "pipelineVersion", v.node_id as node, v.execution_id as "executionId",
           v.pushed_artifact_id as "pushedArtifactId", v.model_artifact_id as "modelArtifactId",
           v.model_digest as "modelDigest", v.evaluation_artifact_id as "evaluationId",
           v.blessing_artifact_id as "blessingId", v.created_at as "createdAt",
           array(select alias from model_aliases a where a.version_id = v.id order by alias collate "C") as aliases
      from model_versions v join runs r on r.id = v.run_id
     where ${rest}`);
  return found.rows.map((row) => {
    const { runId, runNumber, evaluationId, blessingId, createdAt, ...version } = zVersionRow.parse(row);
    return zModelVersion.parse({
      ...version,
      run: { id: runId, number: runNumber },
      evaluation: evaluationId === null ? null : { id: evaluationId, type: 'ModelEvaluation' },
      blessing: blessingId === null ? null : { id: blessingId, type: 'ModelBlessing' },
      createdAt: createdAt.toISOString(),
    });
  });
}
