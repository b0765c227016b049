/** Registered models: their versions, written by `publish` alone, and the names that people give to versions. */

import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';

import type { MetricValues, VersionGate } from '../../../lib/model/model';
import { artifacts, executions } from './artifacts';
import { pipelines } from './pipelines';
import { runs } from './runs';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** One row per registered model: what a pipeline pushes, or each of its Pushers where it has several. */
export const models = pgTable(
  'models',
  {
    id: text().primaryKey(),
    pipelineId: text('pipeline_id')
      .notNull()
      .references(() => pipelines.id),
    /** Node that tells it from other models of the pipeline; empty where it is the only one. */
    qualifier: text().notNull(),
    /** Node that pushed its newest version. */
    nodeId: text('node_id').notNull(),
    createdAt: moment('created_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [unique('models_once').on(table.pipelineId, table.qualifier)],
);

/** One row per pushed version, numbered from 1. */
export const modelVersions = pgTable(
  'model_versions',
  {
    id: text().primaryKey(),
    modelId: text('model_id')
      .notNull()
      .references(() => models.id),
    number: integer().notNull(),
    executionId: text('execution_id')
      .notNull()
      .references(() => executions.id),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    nodeId: text('node_id').notNull(),
    pushedArtifactId: text('pushed_artifact_id')
      .notNull()
      .unique()
      .references(() => artifacts.id),
    modelArtifactId: text('model_artifact_id')
      .notNull()
      .references(() => artifacts.id),
    modelDigest: text('model_digest').notNull(),
    blessingArtifactId: text('blessing_artifact_id').references(() => artifacts.id),
    evaluationArtifactId: text('evaluation_artifact_id').references(() => artifacts.id),
    gate: text().$type<VersionGate>().notNull(),
    /** Metrics over all rows, as the evaluation says them; empty without one. */
    metrics: jsonb().$type<MetricValues>().notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    /** Absolute folder of the pushed copy. */
    destination: text().notNull(),
    /** Last step of the destination. */
    pushedVersion: text('pushed_version').notNull(),
    createdAt: moment('created_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    unique('model_versions_once').on(table.modelId, table.number),
    index('model_versions_by_artifact').on(table.modelArtifactId),
  ],
);

/** Which version a name points to now. */
export const modelAliases = pgTable(
  'model_aliases',
  {
    modelId: text('model_id')
      .notNull()
      .references(() => models.id),
    alias: text().notNull(),
    versionId: text('version_id')
      .notNull()
      .references(() => modelVersions.id),
  },
  (table) => [primaryKey({ columns: [table.modelId, table.alias] })],
);

/** Every time a name was set, moved or taken away. Never changed. */
export const modelAliasHistory = pgTable(
  'model_alias_history',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    modelId: text('model_id')
      .notNull()
      .references(() => models.id),
    alias: text().notNull(),
    /** Number of the version that it pointed to before; null where it is new. */
    fromNumber: integer('from_number'),
    /** Null where it was taken away. */
    toNumber: integer('to_number'),
    author: text().notNull(),
    note: text().notNull(),
    createdAt: moment('created_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [index('model_alias_history_by_model').on(table.modelId, table.id)],
);
