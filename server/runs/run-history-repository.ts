/** Runs as people look at them: the list, one run folded from its events, and what they may call it. Reads only. */

import { and, desc, eq, like, lt } from 'drizzle-orm';

import { AppError } from '../../lib/errors';
import { zRunId, type RunId } from '../../lib/ids';
import { emptyRun, foldRun, type RunSnapshot } from '../../lib/run/fold-run';
import type { RunState } from '../../lib/run/run';
import type { Executor } from '../db/client';
import { pipelines, runs } from '../db/schema/index';
import { readEvents } from '../events/read-events';

/** A run in a list. Times are ISO 8601 in UTC. */
export type RunSummary = {
  readonly id: RunId;
  /** What people say: "run 47". */
  readonly number: number;
  readonly pipeline: string;
  readonly pipelineVersion: number;
  readonly state: RunState;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
};

/** Which runs to list. */
export type ListRunsOptions = {
  /** At most so many. Default 100, at most 1,000. */
  readonly limit?: number | undefined;
  /** Only those of this pipeline, by name. */
  readonly pipeline?: string | undefined;
  /** Only those in this state. */
  readonly state?: RunState | undefined;
  /** Only those with a smaller number: the next page. */
  readonly before?: number | undefined;
};

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** Runs, newest first. */
export async function listRuns(db: Executor, options: ListRunsOptions = {}): Promise<readonly RunSummary[]> {
  const rows = await db
    .select({
      id: runs.id,
      number: runs.number,
      pipeline: pipelines.name,
      pipelineVersion: runs.pipelineVersion,
      state: runs.state,
      createdAt: runs.createdAt,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
    })
    .from(runs)
    .innerJoin(pipelines, eq(pipelines.id, runs.pipelineId))
    .where(
      and(
        options.pipeline === undefined ? undefined : eq(pipelines.name, options.pipeline),
        options.state === undefined ? undefined : eq(runs.state, options.state),
        options.before === undefined ? undefined : lt(runs.number, options.before),
      ),
    )
    .orderBy(desc(runs.number))
    .limit(Math.min(options.limit ?? DEFAULT_LIMIT, MAX_LIMIT));
  return rows.map((row) => ({
    ...row,
    id: zRunId.parse(row.id),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}

/**
 * The id of the run that a person names by its number (`47`, `#47`), its id, a beginning of its id that no other run
 * has, or `latest`. Throws `not-found`, and `invalid-input` where several ids begin so.
 */
export async function requireRunId(db: Executor, name: string): Promise<RunId> {
  const number = /^#?(\d{1,9})$/.exec(name)?.[1];
  const wanted =
    name === 'latest'
      ? undefined
      : number === undefined
        ? like(runs.id, `${escapeLike(name)}%`)
        : eq(runs.number, Number(number));
  // A beginning shorter than this names nothing for certain, and would look through every run.
  const isTooShort = name !== 'latest' && number === undefined && !/^run_[0-9a-z]{2,}$/.test(name);
  if (isTooShort) throw noSuchRun(name);
  const [row, other] = await db
    .select({ id: runs.id })
    .from(runs)
    .where(wanted)
    .orderBy(desc(runs.number))
    .limit(name === 'latest' ? 1 : 2);
  if (row === undefined) throw noSuchRun(name);
  if (other !== undefined)
    throw new AppError('invalid-input', `More than one run has an id that begins with "${name}".`, {
      nextStep: 'Give more of the id, or the number of the run.',
    });
  return zRunId.parse(row.id);
}

/** A run as it is now, folded from its events; its `cursor` is where to follow from. Throws `not-found`. */
export async function getRun(db: Executor, runId: RunId): Promise<RunSnapshot> {
  let run = emptyRun(runId);
  for (;;) {
    const events = await readEvents(db, runId, run.cursor);
    if (events.length === 0) break;
    run = foldRun(run, events);
  }
  if (run.cursor === 0) throw noSuchRun(runId);
  return run;
}

function noSuchRun(name: string): AppError {
  return new AppError('not-found', `There is no run "${name}".`, {
    nextStep: 'Name a run by its number or id, as "runs list" shows them.',
  });
}

/** `_` and `%` of a name stand for themselves. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
