/** Work that several may wait for and that ends when nobody does any more; what is done is kept within a bound. */

import { AppError } from '../../../lib/errors';

/** What is under way or done. */
type Entry<T> = {
  readonly value: T;
  readonly end: AbortController;
  users: number;
  settled: boolean;
};

/** How work is begun, weighed and told from other work. */
export type SharedWorkOptions<T> = {
  /** Most bytes of all that is kept while nobody uses it. */
  readonly maxBytes: number;
  readonly bytesOf: (value: T) => number;
  /** False for what failed or was ended: it is not kept. */
  readonly isKept: (value: T) => boolean;
};

/** See the module. The least recently used goes first. */
export class SharedWork<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly options: SharedWorkOptions<T>) {}

  /**
   * Uses the work of this key, begun when it is not there. `begin` gives the value at once and tells by its promise when
   * nothing will be added to it.
   */
  async use<R>(
    key: string,
    begin: (end: AbortSignal) => { readonly value: T; readonly done: Promise<void> },
    use: (value: T) => Promise<R>,
  ): Promise<R> {
    const entry = this.enter(key, begin);
    entry.users++;
    try {
      return await use(entry.value);
    } finally {
      entry.users--;
      this.leave(key, entry);
    }
  }

  private enter(key: string, begin: Parameters<SharedWork<T>['use']>[1]): Entry<T> {
    const known = this.entries.get(key);
    if (known !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known;
    }
    const end = new AbortController();
    const { value, done } = begin(end.signal);
    const entry: Entry<T> = { value, end, users: 0, settled: false };
    this.entries.set(key, entry);
    void done.then(() => {
      entry.settled = true;
      this.leave(key, entry);
    });
    return entry;
  }

  private leave(key: string, entry: Entry<T>): void {
    if (entry.users > 0) return;
    const isKept = entry.settled && this.options.isKept(entry.value);
    if (!isKept) {
      entry.end.abort(new AppError('canceled', 'Nobody waits for this any more.'));
      if (this.entries.get(key) === entry) this.entries.delete(key);
      return;
    }
    let bytes = 0;
    for (const each of this.entries.values()) bytes += this.options.bytesOf(each.value);
    for (const [other, { users, value }] of this.entries) {
      if (bytes <= this.options.maxBytes) break;
      if (users > 0) continue;
      bytes -= this.options.bytesOf(value);
      this.entries.delete(other);
    }
  }
}
