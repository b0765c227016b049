/** Something that is done from time to time. */
export type Repeated = {
  /** Does it soon, whatever the time. */
  readonly now: () => void;
  /** Ends it; settles when the last one is over. */
  readonly stop: () => Promise<void>;
};

/** Does `work` every so many ms, never twice at once; what it throws goes to `onError`. */
export function repeat(work: () => Promise<void>, intervalMs: number, onError: (error: unknown) => void): Repeated {
  let stopped = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const start = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    if (running !== undefined) {
      again = true;
      return;
    }
    again = false;
    running = work()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (again) start();
        else if (!stopped) timer = setTimeout(start, intervalMs);
      });
  };
  timer = setTimeout(start, intervalMs);
  return {
    now: start,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
