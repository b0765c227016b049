/** Schemas that people curate, version by version, and what they decided about anomalies. Neither is ever changed. */

import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

import type { DecidedAnomaly, SchemaOrigin } from '../../../lib/artifact/schema-version';
import { pipelines } from './pipelines';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** The text of each version of a node's schema, numbered from 1. The file that the pipeline reads holds the same text. */
export const schemaVersions = pgTable(
  'schema_versions',
  {
    pipelineId: text('pipeline_id')
      .notNull()
      .references(() => pipelines.id),
    /** The node that the schema comes from when the version is made. */
    nodeId: text('node_id').notNull(),
    number: integer().notNull(),
    text: text().notNull(),
    /** SHA-256 of the text. */
    digest: text().notNull(),
    /** What it was made from. */
    origin: jsonb().$type<SchemaOrigin>().notNull(),
    note: text().notNull(),
    author: text().notNull(),
    featureCount: integer('feature_count').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.pipelineId, table.nodeId, table.number] })],
);

/** One row per decision about the anomalies of one feature. */
export const anomalyDecisions = pgTable(
  'anomaly_decisions',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    pipelineId: text('pipeline_id')
      .notNull()
      .references(() => pipelines.id),
    /** The node that found the anomalies. */
    nodeId: text('node_id').notNull(),
    /** The anomalies that were looked at. */
    artifactId: text('artifact_id').notNull(),
    /** Number of the run that found them. */
    runNumber: integer('run_number').notNull(),
    decision: text().$type<'accepted'>().notNull(),
    /** What was found. */
    anomaly: jsonb().$type<DecidedAnomaly>().notNull(),
    schemaNodeId: text('schema_node_id').notNull(),
    schemaVersion: integer('schema_version').notNull(),
    author: text().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('anomaly_decisions_by_node').on(table.pipelineId, table.nodeId, table.createdAt)],
);
