/** Executions (published outcomes of node runs) and the artifacts they took and made. Written by `publish` alone. */

import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';

import type { ArtifactProperties } from '../../../lib/artifact/artifact';
import { runs } from './runs';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** One row per published execution: at most one per node of a run. */
export const executions = pgTable(
  'executions',
  {
    id: text().primaryKey(),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    pipelineId: text('pipeline_id').notNull(),
    nodeId: text('node_id').notNull(),
    component: text().notNull(),
    /** Digest of `key`: equal keys mean the same outputs. */
    cacheKey: text('cache_key').notNull(),
    /** What went into the key, kept so that a difference can be named. */
    key: jsonb().$type<Record<string, unknown>>().notNull(),
    attempt: integer().notNull(),
    startedAt: moment('started_at').notNull(),
    finishedAt: moment('finished_at').notNull(),
  },
  (table) => [
    unique('executions_once').on(table.runId, table.nodeId),
    index('executions_by_key').on(table.cacheKey, table.finishedAt),
    index('executions_by_node').on(table.pipelineId, table.nodeId, table.finishedAt),
  ],
);

/** A file of an artifact: path inside its folder, with `/`. */
export type ArtifactFile = { readonly path: string; readonly sizeBytes: number; readonly digest: string };

/** One row per artifact; its files lie under `uri` in the artifact store and never change. */
export const artifacts = pgTable(
  'artifacts',
  {
    id: text().primaryKey(),
    type: text().notNull(),
    digest: text().notNull(),
    uri: text().notNull().unique(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    properties: jsonb().$type<ArtifactProperties>().notNull(),
    files: jsonb().$type<readonly ArtifactFile[]>().notNull(),
    executionId: text('execution_id')
      .notNull()
      .references(() => executions.id),
    port: text().notNull(),
    position: integer().notNull().default(0),
    /** `live`, or what was last found wrong on disk: `missing`, `damaged`. */
    state: text().$type<'live' | 'missing' | 'damaged'>().notNull().default('live'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('artifacts_by_digest').on(table.digest),
    index('artifacts_by_execution').on(table.executionId),
    index('artifacts_by_time').on(table.createdAt),
    index('artifacts_blessings')
      .on(table.createdAt)
      .where(sql`type = 'ModelBlessing'`),
  ],
);

/** The artifacts that an execution took, by port. */
export const executionInputs = pgTable(
  'execution_inputs',
  {
    executionId: text('execution_id')
      .notNull()
      .references(() => executions.id),
    port: text().notNull(),
    position: integer().notNull(),
    artifactId: text('artifact_id')
      .notNull()
      .references(() => artifacts.id),
  },
  (table) => [
    primaryKey({ columns: [table.executionId, table.port, table.position] }),
    index('execution_inputs_by_artifact').on(table.artifactId),
  ],
);

/** Digests of source files, remembered by size, modification time and inode so that a large file is read once. */
export const sourceFiles = pgTable('source_files', {
  path: text().primaryKey(),
  sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
  /** Nanoseconds since 1970, as text: more than a double holds. */
  modifiedNs: text('modified_ns').notNull(),
  inode: text().notNull(),
  digest: text().notNull(),
  checkedAt: moment('checked_at').notNull().defaultNow(),
});
