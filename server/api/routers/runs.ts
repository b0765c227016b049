import { tracked, type TrackedEnvelope } from '@trpc/server';
import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zArtifactId, zPipelineId, zRunId } from '../../../lib/ids';
import { zPipeline } from '../../../lib/pipeline/pipeline';
import { zSelection } from '../../../lib/pipeline/selection';
import type { RunSnapshot } from '../../../lib/run/fold-run';
import { NEWEST_FIRST, zRunFilter, zRunSort } from '../../../lib/run/run-filter';
import { zRunEvent, type RunEvent } from '../../../lib/run/run-event';
import { readEvents } from '../../events/read-events';
import { tailEvents } from '../../events/tail-events';
import { cancelRun } from '../../runs/cancel-run';
import { finishNode } from '../../runs/finish-node';
import { findLatestRun, listRecentPipelines, zLatestRun, zRecentPipeline } from '../../runs/latest-run-repository';
import { retryRun } from '../../runs/retry-run';
import { getRun } from '../../runs/run-history-repository';
import { readRunGrid, zRunGrid } from '../../runs/run-grid-repository';
import { findArtifactUses, findPreviousRun, zArtifactUses, zPreviousRun } from '../../runs/run-neighbours-repository';
import { countRuns, findRunHead, listRunPage, listStarters, zRunRow } from '../../runs/run-page-repository';
import { startRun } from '../../runs/start-run';
import { procedure, router } from '../trpc';

const STARTED_BY = 'you';
const MAX_PAGE = 200;
const MAX_GRID = 60;
/** Events that come with a run; earlier ones are asked for. */
const RECENT_EVENTS = 500;

const zRunInput = z.strictObject({ runId: zRunId });
const zStarted = z.object({ id: zRunId, number: z.number().int() });

/** Runs: the list, one run and its events, live; start, cancel, retry. */
export const runsRouter = router({
  list: procedure
    .input(
      z.strictObject({
        ...zRunFilter.shape,
        sort: zRunSort.default(NEWEST_FIRST),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(MAX_PAGE),
      }),
    )
    .output(
      z.object({
        runs: z.array(zRunRow),
        /** Runs that the filter lets through, and those of them that are not over. */
        total: z.number().int(),
        unfinished: z.number().int(),
      }),
    )
    .query(async ({ ctx, input: { sort, offset, limit, ...filter } }) => {
      const [rows, counts] = await Promise.all([
        listRunPage(ctx.db, { filter, sort, offset, limit }),
        countRuns(ctx.db, filter),
      ]);
      return { runs: rows, total: counts.all, unfinished: counts.unfinished };
    }),

  /** The last runs of a pipeline, node by node. */
  grid: procedure
    .input(z.strictObject({ pipelineId: zPipelineId, limit: z.number().int().min(1).max(MAX_GRID) }))
    .output(zRunGrid)
    .query(({ ctx, input }) => readRunGrid(ctx.db, input)),

  /** Who and what has started runs. */
  starters: procedure.output(z.array(z.string())).query(({ ctx }) => listStarters(ctx.db)),

  /** The last complete run of the pipeline before this one, in which something computed; null where there is none. */
  previous: procedure
    .input(zRunInput)
    .output(zPreviousRun.nullable())
    .query(async ({ ctx, input }) => (await findPreviousRun(ctx.db, input.runId)) ?? null),

  /** Executions that took any of these artifacts, in whatever run. */
  usesOf: procedure
    .input(z.strictObject({ artifactIds: z.array(zArtifactId).min(1).max(MAX_PAGE) }))
    .output(zArtifactUses)
    .query(({ ctx, input }) => findArtifactUses(ctx.db, input.artifactIds)),

  get: procedure
    .input(zRunInput)
    .output(
      z.object({
        pipelineId: zPipelineId,
        document: zPipeline,
        startedBy: z.string(),
        /** What was asked for, so that it can be asked for again. */
        selection: zSelection,
        reuse: z.boolean(),
        /** Folded from events that were parsed when they were read; its `cursor` is where to follow from. */
        run: z.custom<RunSnapshot>(),
        /** The last events up to the cursor, in order. */
        recent: z.array(zRunEvent),
      }),
    )
    .query(async ({ ctx, input: { runId } }) => {
      const head = await findRunHead(ctx.db, runId);
      if (head === undefined) {
        throw new AppError('not-found', 'There is no run at this address.', {
          nextStep: 'Look for it in the list of runs.',
        });
      }
      const run = await getRun(ctx.db, runId);
      const recent = await readEvents(ctx.db, runId, Math.max(0, run.cursor - RECENT_EVENTS));
      return {
        pipelineId: head.pipelineId,
        document: head.document,
        startedBy: head.startedBy,
        selection: head.selection,
        reuse: head.reuse,
        run,
        recent: recent.filter(({ seq }) => seq <= run.cursor),
      };
    }),

  /** The newest run of a pipeline; null before the first. */
  latest: procedure
    .input(z.strictObject({ pipelineId: zPipelineId }))
    .output(zLatestRun.nullable())
    .query(async ({ ctx, input }) => (await findLatestRun(ctx.db, input.pipelineId)) ?? null),

  /** Pipelines with their newest run, the last one first. */
  recentPipelines: procedure
    .input(z.strictObject({ limit: z.number().int().min(1).max(20) }))
    .output(z.array(zRecentPipeline))
    .query(({ ctx, input }) => listRecentPipelines(ctx.db, input.limit)),

  /** Events above `after`, at most 1,000: how a page that holds no stream keeps up, and how earlier ones are shown. */
  events: procedure
    .input(z.strictObject({ runId: zRunId, after: z.number().int().min(0) }))
    .output(z.array(zRunEvent))
    .query(async ({ ctx, input: { runId, after } }) => [...(await readEvents(ctx.db, runId, after))]),

  /** Every event above the cursor, in order and without a gap, then live ones. Ends on schedule; come back with the last id. */
  onEvents: procedure
    .input(
      z.object({
        runId: zRunId,
        after: z.number().int().min(0),
        /** Set by the browser when it reconnects: the `seq` of the last event that it got. */
        lastEventId: z.coerce.number().int().min(0).nullish(),
      }),
    )
    .output(z.custom<AsyncIterable<TrackedEnvelope<RunEvent>>>())
    .subscription(async function* ({ ctx, input, signal }) {
      const after = Math.max(input.after, input.lastEventId ?? 0);
      const events = tailEvents(ctx, { runId: input.runId, after, signal: signal ?? new AbortController().signal });
      for await (const event of events) yield tracked(String(event.seq), event);
    }),

  start: procedure
    .input(
      z.strictObject({
        pipelineId: zPipelineId,
        reuse: z.boolean(),
        /** Default: every node. */
        selection: zSelection.default({ type: 'all' }),
      }),
    )
    .output(zStarted)
    .mutation(async ({ ctx, input }) => {
      const { id, number } = await startRun(
        ctx,
        {
          pipeline: { name: input.pipelineId },
          values: { params: {}, set: [] },
          selection: input.selection,
          reuse: input.reuse,
        },
        STARTED_BY,
      );
      return { id, number };
    }),

  cancel: procedure
    .input(zRunInput)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await cancelRun(ctx.db, input.runId, STARTED_BY);
      return null;
    }),

  finishNode: procedure
    .input(z.object({ runId: zRunId, node: z.string() }))
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await finishNode(ctx, { ...input, by: STARTED_BY });
      return null;
    }),

  retry: procedure
    .input(zRunInput)
    .output(z.object({ nodes: z.array(z.string()) }))
    .mutation(async ({ ctx, input }) => ({ nodes: [...(await retryRun(ctx.db, input.runId))] })),
});
