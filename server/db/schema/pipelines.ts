/** Pipelines and their versions. A version is never changed once it exists. */

import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

import type { Pipeline } from '../../../lib/pipeline/pipeline';

/** One row per pipeline; `name` is what people and `sluice run NAME` use. */
export const pipelines = pgTable('pipelines', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  currentVersion: integer('current_version').notNull(),
  /** The document as it is being edited, where it differs from the current version. */
  draft: jsonb().$type<Pipeline>(),
  /** Counts the changes of the document, edits included: who saves says which one they had seen. */
  revision: integer().notNull().default(1),
  /** Absolute folder against which relative paths in parameters are resolved (that of the imported file). */
  baseFolder: text('base_folder').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});

/** The document of each version, numbered from 1. */
export const pipelineVersions = pgTable(
  'pipeline_versions',
  {
    pipelineId: text('pipeline_id')
      .notNull()
      .references(() => pipelines.id),
    version: integer().notNull(),
    document: jsonb().$type<Pipeline>().notNull(),
    /** Digest of the document: the same document makes no new version. */
    digest: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.pipelineId, table.version] })],
);
