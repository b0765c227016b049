/** The places of rows, one after another as they are found: the first page need not wait for the last row. */
export class MatchingPlaces {
  private places: Uint32Array = new Uint32Array(1 << 12);
  private count = 0;
  private state: 'growing' | 'complete' | 'failed' = 'growing';
  private failure: unknown;
  private waiting: { readonly needed: number; readonly settle: () => void }[] = [];

  /** Bytes held. */
  get bytes(): number {
    return this.places.byteLength;
  }

  /** True when no more will come. */
  get isComplete(): boolean {
    return this.state === 'complete';
  }

  /** Adds places from the words of BIGINTs. */
  addWords(words: Uint32Array): void {
    const added = words.length / 2;
    if (this.count + added > this.places.length) {
      const larger = new Uint32Array(Math.max(this.count + added, this.places.length * 2));
      larger.set(this.places.subarray(0, this.count));
      this.places = larger;
    }
    for (let row = 0; row < added; row++) this.places[this.count + row] = words[row * 2] ?? 0;
    this.count += added;
    this.tell();
  }

  /** No more will come. `all` replaces what was added. */
  complete(all?: Uint32Array): void {
    if (all !== undefined) this.count = all.length;
    this.places = all ?? this.places.slice(0, this.count);
    this.state = 'complete';
    this.tell();
  }

  /** Ends the waiting of all with this error. */
  fail(error: unknown): void {
    this.state = 'failed';
    this.failure = error;
    this.tell();
  }

  /** Resolves when so many are there, or no more will come; rejects when they could not be found. */
  async atLeast(needed: number): Promise<void> {
    if (this.state === 'growing' && this.count < needed) {
      await new Promise<void>((settle) => {
        this.waiting.push({ needed, settle });
      });
    }
    if (this.state === 'failed') throw this.failure;
  }

  /** Some of them. */
  slice(start: number, end: number): Uint32Array {
    return this.places.slice(Math.min(start, this.count), Math.min(end, this.count));
  }

  /** How many were found so far; all of them once it is complete. */
  get found(): number {
    return this.count;
  }

  private tell(): void {
    const still: typeof this.waiting = [];
    for (const each of this.waiting) {
      if (this.state === 'growing' && this.count < each.needed) still.push(each);
      else each.settle();
    }
    this.waiting = still;
  }
}
