/** Carries what a running attempt says into the event log: the first note at once, the others in batches. */

import type { RunEventBody } from '../../lib/run/run-event';
import type { Note } from '../runs/lifecycle/record-notes';
import type { Lease } from '../runs/lifecycle/transition';
import type { TaskNote } from './fork-node';

/** Shortest time between two batches, in ms. */
const BATCH_INTERVAL_MS = 25;

/** Notes of one attempt. */
export type Notes = {
  readonly add: (note: TaskNote) => void;
  /** Ends the batches and returns what was not recorded, to go into the log with the attempt's end. */
  readonly close: () => Promise<readonly RunEventBody[]>;
};

/** `record` appends a batch; false when somebody else owns the node run by now, which `onFenced` is told once. */
export function openNotes(
  lease: Lease,
  record: (notes: readonly Note[]) => Promise<boolean>,
  onFenced: () => void,
): Notes {
  let waiting: Note[] = [];
  let timer: NodeJS.Timeout | undefined;
  let recording: Promise<void> | undefined;
  let recordedAt = -BATCH_INTERVAL_MS;
  let closed = false;

  const recordBatch = async (batch: readonly Note[]): Promise<void> => {
    try {
      if (await record(batch)) return;
      closed = true;
      onFenced();
    } catch {
      // The database is away: the batch is put back and goes with the next one, or with the attempt's end.
      waiting = [...batch, ...waiting];
    }
  };
  const flush = (): void => {
    timer = undefined;
    if (recording !== undefined || waiting.length === 0 || closed) return;
    const batch = waiting;
    waiting = [];
    recordedAt = performance.now();
    recording = recordBatch(batch).finally(() => {
      recording = undefined;
      if (waiting.length > 0 && !closed) schedule();
    });
  };
  const schedule = (): void => {
    timer ??= setTimeout(flush, Math.max(0, recordedAt + BATCH_INTERVAL_MS - performance.now()));
  };
  return {
    add(note) {
      if (closed) return;
      waiting = [...waiting, toEvent(lease, note)];
      if (performance.now() - recordedAt >= BATCH_INTERVAL_MS && timer === undefined) flush();
      else schedule();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await recording;
      return waiting;
    },
  };
}

function toEvent({ nodeId, attempt }: Lease, note: TaskNote): Note {
  if (note.type === 'logged') {
    return { type: 'node.logged', node: nodeId, attempt, level: note.level, message: note.message };
  }
  return {
    type: 'node.progressed',
    node: nodeId,
    attempt,
    ...(note.share !== undefined && { share: note.share }),
    ...(note.message !== undefined && { message: note.message }),
    ...(note.points !== undefined && { points: note.points }),
  };
}
