/**
 * Runs, their node runs and their events. State columns are projections of the event log, written in the transaction
 * that appends the event, by the engine alone (`server/runs/run-lifecycle`).
 */

import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

import type { Pipeline } from '../../../lib/pipeline/pipeline';
import type { NodeState, PlanDecision, RunState, StateReason } from '../../../lib/run/run';
import type { RunEventBody } from '../../../lib/run/run-event';
import { pipelines } from './pipelines';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** One row per run. `number` is what people say: "Run 47". */
export const runs = pgTable(
  'runs',
  {
    id: text().primaryKey(),
    number: integer().notNull().generatedAlwaysAsIdentity().unique(),
    pipelineId: text('pipeline_id')
      .notNull()
      .references(() => pipelines.id),
    pipelineVersion: integer('pipeline_version').notNull(),
    /** The document as it runs: parameters set at launch are already in it. */
    document: jsonb().$type<Pipeline>().notNull(),
    baseFolder: text('base_folder').notNull(),
    /** What was asked for: selection, overrides, reuse, who or what started it. */
    request: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Who or what started it, from `request`, so that lists can look for it. */
    startedBy: text('started_by')
      .notNull()
      .generatedAlwaysAs(sql`coalesce(request ->> 'by', 'unknown')`),
    /** What it was expected to take when it was queued, in ms; null where an earlier execution is missing. */
    expectedMs: doublePrecision('expected_ms'),
    /** Nodes that found anomalies. */
    warnings: integer().notNull().default(0),
    state: text().$type<RunState>().notNull().default('queued'),
    cancelRequestedAt: moment('cancel_requested_at'),
    /** When the whole run times out. */
    deadlineAt: moment('deadline_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    /** `seq` of the last event; whoever appends holds this row's lock. */
    lastSeq: integer('last_seq').notNull().default(0),
  },
  (table) => [
    index('runs_by_state').on(table.state, table.number),
    index('runs_by_pipeline').on(table.pipelineId, table.number),
    index('runs_by_starter').on(table.startedBy, table.number),
    index('runs_by_duration').on(sql`(finished_at - started_at)`, table.number),
    index('runs_warned')
      .on(table.number)
      .where(sql`warnings > 0`),
    index('runs_unfinished')
      .on(table.number)
      .where(sql`state in ('queued', 'running')`),
  ],
);

/** A process that computes a node run: enough to end exactly it, and never a stranger that took its number. */
export type ProcessRecord = {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot, from the operating system. */
  readonly startedTicks: string;
  readonly host: string;
  /** Value of `SLUICE_NODE_PROCESS` in its environment, which its children inherit wherever they move. */
  readonly marker: string;
};

/** One row per node of a run. */
export const nodeRuns = pgTable(
  'node_runs',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    nodeId: text('node_id').notNull(),
    component: text().notNull(),
    /** Nodes whose outputs this one takes, each once, in document order; selected or not. */
    upstream: text().array().notNull(),
    state: text().$type<NodeState>().notNull().default('queued'),
    reason: text().$type<StateReason>(),
    /** Selected nodes upstream that are not final yet; 0 and `queued` means claimable. */
    waitingOn: integer('waiting_on').notNull(),
    /** False for nodes that this run does not touch. */
    selected: boolean().notNull().default(true),
    /** What the plan decided, obeyed by the worker: `execute`, or `reuse` of `reuse_execution_id`. */
    decision: text().$type<PlanDecision>().notNull(),
    /**
     * False while its inputs have to be looked at before it can be claimed: whether a gate is open, whether what it needs
     * came out empty.
     */
    admitted: boolean().notNull().default(true),
    /** The earlier execution whose outputs stand for this node's: for `reuse`, and for nodes outside the selection. */
    reuseExecutionId: text('reuse_execution_id'),
    /** Anomalies that its outputs hold. */
    anomalies: integer().notNull().default(0),
    attempt: integer().notNull().default(0),
    /** Failures that consumed a retry. */
    failures: integer().notNull().default(0),
    /** Attempts lost to the infrastructure, which consume none, up to a cap. */
    losses: integer().notNull().default(0),
    /** Raised by every claim: whoever holds an older one is fenced off. */
    leaseToken: bigint('lease_token', { mode: 'number' }).notNull().default(0),
    leaseOwner: text('lease_owner'),
    leaseExpiresAt: moment('lease_expires_at'),
    process: jsonb().$type<ProcessRecord>(),
    /** Not to be claimed before this moment (back-off). */
    notBefore: moment('not_before'),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    /** When somebody asked the node to end with what it has. */
    finishRequestedAt: moment('finish_requested_at'),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.nodeId] }),
    index('node_runs_claimable')
      .on(table.runId, table.nodeId)
      .where(sql`state = 'queued' and waiting_on = 0`),
    index('node_runs_reusable')
      .on(table.runId, table.nodeId)
      .where(sql`state = 'queued' and waiting_on = 0 and decision = 'reuse'`),
    index('node_runs_to_admit')
      .on(table.runId, table.nodeId)
      .where(sql`state = 'queued' and waiting_on = 0 and not admitted`),
    index('node_runs_by_reuse')
      .on(table.reuseExecutionId)
      .where(sql`reuse_execution_id is not null`),
    index('node_runs_open')
      .on(table.runId, table.nodeId)
      .where(sql`state in ('queued', 'running')`),
    index('node_runs_leased')
      .on(table.leaseExpiresAt)
      .where(sql`state = 'running'`),
  ],
);

/** The append-only log: `(run, seq)` without gaps. */
export const runEvents = pgTable(
  'run_events',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    at: moment('at')
      .notNull()
      .default(sql`clock_timestamp()`),
    body: jsonb().$type<RunEventBody>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.seq] }),
    index('run_events_failures')
      .on(table.runId, table.seq)
      .where(sql`body ->> 'type' = 'node.failed'`),
  ],
);
