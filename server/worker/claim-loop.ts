/** Looks for work when there may be some: after a notification, when a process is free, when a pause is over, and by the clock. */

/** What the loop does. */
export type ClaimLoopOptions = {
  /** Looks once; true when there was something, so that it looks again. */
  readonly work: () => Promise<boolean>;
  readonly pollMs: number;
  readonly onError: (error: unknown) => void;
};

/** The loop. */
export type ClaimLoop = {
  readonly start: () => void;
  readonly wake: () => void;
  readonly wakeIn: (ms: number) => void;
  /** True while it is looking. */
  readonly isClaiming: () => boolean;
  /** Ends it; settles when the last look is over. */
  readonly stop: () => Promise<void>;
};

/** Makes a loop that waits to be started. */
export function openClaimLoop(options: ClaimLoopOptions): ClaimLoop {
  let started = false;
  let stopped = false;
  let woken = false;
  let looking: Promise<void> | undefined;
  let poll: NodeJS.Timeout | undefined;
  const pauses = new Set<NodeJS.Timeout>();

  const look = async (): Promise<void> => {
    do {
      woken = false;
      try {
        if (await options.work()) woken = true;
      } catch (error) {
        options.onError(error);
        return;
      }
    } while (woken && !isStopped());
  };
  const isStopped = (): boolean => stopped;
  const wake = (): void => {
    woken = true;
    if (!started || stopped || looking !== undefined) return;
    clearTimeout(poll);
    looking = look().finally(() => {
      looking = undefined;
      if (!stopped) poll = setTimeout(wake, options.pollMs);
    });
  };
  return {
    start() {
      started = true;
      wake();
    },
    wake,
    wakeIn(ms) {
      const pause = setTimeout(() => {
        pauses.delete(pause);
        wake();
      }, ms + 1);
      pauses.add(pause);
    },
    isClaiming: () => looking !== undefined,
    async stop() {
      stopped = true;
      clearTimeout(poll);
      for (const pause of pauses) clearTimeout(pause);
      await looking;
    },
  };
}
