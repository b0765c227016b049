/** Keeps what an executor says within bounds: so many lines an attempt, so much text a line, progress now and then. */

import { thinPoints } from '../../lib/run/progress-points';
import type { AttemptVoice } from '../engine/run-node';
import type { FromNode } from '../engine/node-task';

/** Lines of the log that are kept per attempt; what comes after is counted. */
export const MAX_LINES = 1_000;
/** Characters of a line that are kept. */
export const MAX_LINE_LENGTH = 2_000;
/** Shortest time between two reports of progress, in ms. */
const PROGRESS_INTERVAL_MS = 100;

/** A voice that has to be ended: the last progress and the number of dropped lines are said then. */
export type BoundedVoice = AttemptVoice & { readonly end: () => void };

/** Makes the voice of one attempt. */
export function makeVoice(line: {
  readonly signal: AbortSignal;
  readonly finish: AbortSignal;
  readonly send: (message: FromNode) => void;
}): BoundedVoice {
  let lines = 0;
  let waiting: Extract<FromNode, { readonly type: 'progressed' }> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let saidAt = -PROGRESS_INTERVAL_MS;
  const sayProgress = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === undefined) return;
    saidAt = performance.now();
    line.send(waiting);
    waiting = undefined;
  };
  return {
    signal: line.signal,
    finish: line.finish,
    log(message, level = 'info') {
      lines += 1;
      if (lines <= MAX_LINES) line.send({ type: 'logged', level, message: shorten(message) });
    },
    progress({ share, message, points = [] }) {
      const kept = [...(waiting?.points ?? []), ...points];
      waiting = {
        type: 'progressed',
        ...(share !== undefined && Number.isFinite(share) && { share: Math.min(1, Math.max(0, share)) }),
        ...(message !== undefined && { message: shorten(message) }),
        ...(kept.length > 0 && { points: [...thinPoints(kept)] }),
      };
      const pause = saidAt + PROGRESS_INTERVAL_MS - performance.now();
      if (pause <= 0) sayProgress();
      else timer ??= setTimeout(sayProgress, pause);
    },
    end() {
      sayProgress();
      const dropped = lines - MAX_LINES;
      if (dropped <= 0) return;
      const message = `${dropped} more ${dropped === 1 ? 'line was' : 'lines were'} dropped: an attempt keeps ${MAX_LINES}.`;
      line.send({ type: 'logged', level: 'warning', message });
    },
  };
}

function shorten(text: string): string {
  const dropped = text.length - MAX_LINE_LENGTH;
  return dropped <= 0 ? text : `${text.slice(0, MAX_LINE_LENGTH)}… (${dropped} more characters)`;
}
