/** When a long-running command should end: on a signal, however often it comes, and when the npm that started it is gone. */

const PARENT_POLL_MS = 500;

/** Settles at the first reason to stop. Later signals change nothing: the stop under way ends within seconds. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const ask = () => {
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    // npm passes a terminal's Ctrl-C on, but dies alone of a SIGTERM or SIGKILL of its own.
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) ask();
    }, PARENT_POLL_MS).unref();
  });
}
