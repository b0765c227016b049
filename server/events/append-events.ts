/**
 * The only writer of the event log. Numbers are given under the run row's lock, in the caller's transaction, so that
 * they have no gap and an event exists exactly when the change it tells of does.
 */

import { sql } from 'drizzle-orm';

import type { RunId } from '../../lib/ids';
import type { RunEventBody } from '../../lib/run/run-event';
import type { Transaction } from '../db/client';
import { CANCEL_PAYLOAD, EVENTS_CHANNEL, WORK_CHANNEL } from './channels';

/** Events after which a worker may have something to do. */
const WAKES_WORKERS: ReadonlySet<RunEventBody['type']> = new Set(['run.queued', 'run.retried']);

/**
 * Appends events to a run's log and tells listeners on commit; workers too, where there is something for them.
 * Returns the number of the last event. Throws when the run does not exist.
 */
export async function appendEvents(tx: Transaction, runId: RunId, bodies: readonly RunEventBody[]): Promise<number> {
  if (bodies.length === 0) return 0;
  const wakeWorkers = bodies.some((body) => WAKES_WORKERS.has(body.type));
  const cancels = bodies.some(({ type }) => type === 'run.cancel-requested' || type === 'node.finish-requested');
  const result = await tx.execute<{ seq: number }>(sql`
    with bumped as (
      update runs set last_seq = last_seq + ${bodies.length} where id = ${runId} returning last_seq
    ), added as (
      insert into run_events (run_id, seq, body)
      select ${runId}, bumped.last_seq - ${bodies.length} + item.position, item.body
      from bumped, jsonb_array_elements(${JSON.stringify(bodies)}::jsonb) with ordinality as item (body, position)
    )
    select last_seq as seq,
      pg_notify(${EVENTS_CHANNEL}, ${runId} || ':' || last_seq),
      case when ${wakeWorkers} then pg_notify(${WORK_CHANNEL}, '') end,
      case when ${cancels} then pg_notify(${WORK_CHANNEL}, ${CANCEL_PAYLOAD}) end
    from bumped`);
  const seq = result.rows[0]?.seq;
  if (seq === undefined) throw new Error(`events for a run that does not exist: ${runId}`);
  return seq;
}
