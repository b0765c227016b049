/** Follows a run to its end, cancels it on Ctrl-C, and answers with it. */

import { emptyRun, foldRun, type RunSnapshot } from '../../lib/run/fold-run';
import { isFinalRunState } from '../../lib/run/run';
import type { RunId } from '../../lib/ids';
import { tailEvents } from '../events/tail-events';
import { cancelRun } from '../runs/cancel-run';
import type { Call } from './call';
import { EXIT, exitWith, print, printDocument, reportError, say } from './output';
import { describeRun, toRunAnswer } from './run-answer';
import { openRunDisplay } from './run-display';
import type { Studio } from './studio';

/** Options of {@link followRun}. */
export type FollowOptions = {
  readonly runId: RunId;
  /** `seq` of the last event that does not count: events up to it are folded but not shown, nor do they end it. */
  readonly after?: number;
  /** False: Ctrl-C leaves without canceling. Default true. */
  readonly cancelsOnSignal?: boolean;
};

/** Follows a run until it has ended, prints it, and returns the exit code for its state. */
export async function followRun(call: Call, studio: Studio, options: FollowOptions): Promise<number> {
  const run = await untilFinished(studio, options);
  printRun(call, studio, run);
  return exitCodeOf(run);
}

/** Prints a run, as `--json` or for people. */
export function printRun(call: Call, studio: Studio, run: RunSnapshot): void {
  if (call.json) printDocument(toRunAnswer(run, studio.artifactsFolder));
  else print(describeRun(run));
}

/** The exit code that a run's state means: 0 complete, 1 failed, 130 canceled. */
export function exitCodeOf({ state }: RunSnapshot): number {
  if (state === 'failed') return EXIT.failed;
  return state === 'canceled' ? EXIT.canceled : EXIT.done;
}

async function untilFinished(studio: Studio, options: FollowOptions): Promise<RunSnapshot> {
  const { runId, after = 0, cancelsOnSignal = true } = options;
  const end = new AbortController();
  const display = openRunDisplay();
  const signals = cancelsOnSignal ? cancelOnSignal(studio, runId) : undefined;
  await using feed = studio.openFeed();
  let run = emptyRun(runId);
  try {
    for await (const event of tailEvents({ db: studio.db, feed }, { runId, after: 0, signal: end.signal })) {
      run = foldRun(run, [event]);
      if (event.seq <= after) continue;
      display.update(run, [event]);
      if (event.body.type === 'run.finished' && isFinalRunState(run.state)) end.abort();
    }
  } finally {
    signals?.[Symbol.dispose]();
    display.end();
  }
  return run;
}

/** The first signal cancels the run and waits for its end; a second one leaves at once. */
function cancelOnSignal(studio: Studio, runId: RunId): Disposable {
  let asked = 0;
  const onSignal = () => {
    asked++;
    if (asked > 1) exitWith(EXIT.canceled);
    say('Canceling the run… (again to leave at once)');
    cancelRun(studio.db, runId, 'command line').catch((error: unknown) => {
      reportError(error, { json: false });
    });
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    [Symbol.dispose]: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
