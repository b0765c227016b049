/**
 * Follows one run: a snapshot, then its events, folded by the same function as on the server.
 *
 * A browser allows six connections to a host, and a stream holds one for as long as it lives. So all tabs together hold
 * at most {@link STREAM_SLOTS} streams, each under a lock that the browser frees when its tab is closed or hidden. A tab
 * without a slot hears what the tabs with one pass on, asks each second beside that, and takes a stream as soon as one is
 * free. Either way nothing is missed: everybody starts from the cursor, and takes only what follows on it.
 */

import { foldRun, type RunSnapshot } from '../../lib/run/fold-run';
import { isFinalRunState } from '../../lib/run/run';
import { zRunEvent, type RunEvent } from '../../lib/run/run-event';
import { zRunId } from '../../lib/ids';
import type { ApiClient } from '../trpc/client';

/** Streams that all tabs of this browser hold at once; the rest of the six is for pages and questions. */
const STREAM_SLOTS = 3;
const ASK_EVERY_MS = 1_000;
/** What the server gives at once. */
const EARLIER_EVENTS = 1_000;
/** A question that is not answered within this time counts as a lost connection. */
const ANSWER_WITHIN_MS = 2_000;
const RECONNECT_AFTER_MS = 1_000;
/** Events are folded together that arrive within this time, so that a thousand of them cost few drawings. */
const FLUSH_AFTER_MS = 16;

/** What is known of a run at this moment. */
export type TailState = {
  readonly run: RunSnapshot;
  /** The events that this page has, in order: the recent ones it began with and all since. */
  readonly events: readonly RunEvent[];
  /** When the connection was lost, in milliseconds since 1970; absent while it holds. */
  readonly lostAt?: number;
};

/** A run that is followed; `useLiveRun` shows it. */
export class RunTail {
  private state: TailState;
  private readonly listeners = new Set<() => void>();
  private pending: RunEvent[] = [];
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private following: AbortController | undefined;
  private channel: BroadcastChannel | undefined;

  constructor(
    private readonly client: ApiClient,
    initial: { readonly run: RunSnapshot; readonly recent: readonly RunEvent[] },
  ) {
    this.state = { run: initial.run, events: initial.recent };
  }

  readonly getState = (): TailState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Follows until the run has ended, or until {@link stop}. Does nothing when it follows already. */
  start(): void {
    if (this.following !== undefined || isFinalRunState(this.state.run.state)) return;
    const controller = new AbortController();
    this.following = controller;
    this.listen();
    void this.follow(controller.signal).finally(() => {
      if (this.following === controller) this.following = undefined;
    });
  }

  /** Lets go of stream and slot; what is known stays. */
  stop(): void {
    this.following?.abort();
    this.following = undefined;
    this.channel?.close();
    this.channel = undefined;
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    this.flush();
  }

  /** Takes in what another question has found: a newer snapshot, as after a retry that somebody else asked for. */
  catchUp(run: RunSnapshot, recent: readonly RunEvent[]): void {
    this.flush();
    const known = this.state.run.cursor;
    if (run.cursor <= known) return;
    const next = recent.filter(({ seq }) => seq > known);
    this.connected();
    if (next[0]?.seq === known + 1) this.take(next);
    else this.set({ ...this.state, run, events: recent });
    this.flush();
  }

  /** Brings in the events before those that are known, up to a thousand. Does nothing when all are there. */
  async loadEarlier(): Promise<void> {
    const first = this.state.events[0]?.seq ?? 1;
    if (first <= 1) return;
    const input = { runId: zRunId.parse(this.state.run.runId), after: Math.max(0, first - 1 - EARLIER_EVENTS) };
    const found = await this.client.runs.events.query(input);
    const { events } = this.state;
    if (events[0]?.seq !== first) return;
    this.set({ ...this.state, events: [...found.filter(({ seq }) => seq < first), ...events] });
  }

  /** Hears what a tab with a stream of the same run passes on. */
  private listen(): void {
    this.channel?.close();
    this.channel = new BroadcastChannel(`sluice-run-${this.state.run.runId}`);
    this.channel.addEventListener('message', ({ data }) => {
      const event = zRunEvent.safeParse(data);
      if (!event.success) return;
      this.take([event.data]);
      // What another tab has just heard is news, whether or not this one's last question was answered.
      this.connected();
    });
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.isOver()) {
      const streamed = await withSlot(signal, () => this.stream(signal));
      if (streamed || signal.aborted || this.isOver()) continue;
      await this.ask(signal);
      await pause(ASK_EVERY_MS, signal);
    }
    // Nobody asks any more: an unanswered question of before must not be shown as a loss for ever.
    if (this.isOver()) this.connected();
  }

  private isOver(): boolean {
    return isFinalRunState(this.state.run.state);
  }

  private get cursor(): number {
    return this.pending.at(-1)?.seq ?? this.state.run.cursor;
  }

  /** One stream, until it ends, fails or is let go. */
  private async stream(signal: AbortSignal): Promise<void> {
    const failed = await new Promise<boolean>((resolve) => {
      const subscription = this.client.runs.onEvents.subscribe(
        { runId: zRunId.parse(this.state.run.runId), after: this.cursor },
        {
          onData: ({ data }) => {
            this.connected();
            this.take([zRunEvent.parse(data)]);
            this.channel?.postMessage(data);
            if (data.body.type === 'run.finished') end(false);
          },
          onConnectionStateChange: ({ state }) => {
            if (state === 'pending') this.connected();
            else if (state === 'connecting') this.lost();
          },
          onError: () => {
            end(true);
          },
          onComplete: () => {
            end(false);
          },
        },
      );
      const onAbort = () => {
        end(false);
      };
      const end = (withError: boolean) => {
        signal.removeEventListener('abort', onAbort);
        subscription.unsubscribe();
        resolve(withError);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
    this.flush();
    if (!failed || signal.aborted) return;
    this.lost();
    await pause(RECONNECT_AFTER_MS, signal);
  }

  private async ask(signal: AbortSignal): Promise<void> {
    try {
      const input = { runId: zRunId.parse(this.state.run.runId), after: this.cursor };
      const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
      this.take(await this.client.runs.events.query(input, { signal: within }));
      this.connected();
    } catch {
      if (!signal.aborted) this.lost();
    }
  }

  private take(events: readonly RunEvent[]): void {
    for (const event of events) if (event.seq === this.cursor + 1) this.pending.push(event);
    if (this.pending.length > 0)
      this.flushTimer ??= setTimeout(() => {
        this.flush();
      }, FLUSH_AFTER_MS);
  }

  private flush(): void {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    if (this.pending.length === 0) return;
    const { run, events } = this.state;
    const taken = this.pending;
    this.pending = [];
    this.set({ ...this.state, run: foldRun(run, taken), events: [...events, ...taken] });
  }

  private lost(): void {
    if (this.state.lostAt === undefined) this.set({ ...this.state, lostAt: Date.now() });
  }

  private connected(): void {
    if (this.state.lostAt === undefined) return;
    const { lostAt: _lostAt, ...rest } = this.state;
    this.set(rest);
  }

  private set(state: TailState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** Runs `work` under the first free slot. Resolves to false at once when every slot is taken. */
async function withSlot(signal: AbortSignal, work: () => Promise<void>): Promise<boolean> {
  for (let slot = 0; slot < STREAM_SLOTS; slot++) {
    if (signal.aborted) return false;
    const got = await navigator.locks.request(`sluice-stream-${slot}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) return false;
      await work();
      return true;
    });
    if (got) return true;
  }
  return false;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
