/**
 * Saves the document while it is edited: some time after the last change, at once when asked to. It never overwrites what
 * somebody else saved: then it stops and holds both documents, until a person has decided.
 */

import { createStore, type StoreApi } from 'zustand';
import * as z from 'zod';

import { zErrorInfo, type ErrorInfo } from '../../../lib/errors';
import { stableJson } from '../../../lib/hash';
import type { Pipeline } from '../../../lib/pipeline/pipeline';

/** A document as the server holds it. */
export type ServerDraft = { readonly revision: number; readonly document: Pipeline };

/** The server's side. */
export type DraftServer = {
  /** Returns the new revision. Rejects with an answer that holds an `ErrorInfo`, or with anything else when there is no answer. */
  readonly save: (draft: ServerDraft) => Promise<number>;
  readonly load: () => Promise<ServerDraft>;
};

/** How safe the document is. */
export type SaveState =
  /** `at`: when, in ms since 1970; undefined while nothing was changed here. */
  | { readonly status: 'saved'; readonly at?: number | undefined }
  | { readonly status: 'waiting' }
  | { readonly status: 'saving' }
  /** No answer since then; it is tried again and again. */
  | { readonly status: 'offline'; readonly since: number }
  /** The server will not have it; the next change is tried again. */
  | { readonly status: 'refused'; readonly error: ErrorInfo }
  | { readonly status: 'conflict'; readonly theirs: ServerDraft };

/** See the module. */
export type DraftState = {
  readonly save: SaveState;
  /** The document that both sides last agreed upon. */
  readonly base: Pipeline;
  readonly revision: number;
};

const AFTER_CHANGE_MS = 600;
const AGAIN_AFTER_MS = 2_000;

const zAnswer = z.object({ data: z.object({ app: zErrorInfo }) });

/** See the module. */
export class DraftSaver {
  readonly state: StoreApi<DraftState>;
  private wanted: Pipeline;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly server: DraftServer,
    opened: ServerDraft,
    private readonly now: () => number,
  ) {
    this.wanted = opened.document;
    this.state = createStore(() => ({
      save: { status: 'saved' as const },
      base: opened.document,
      revision: opened.revision,
    }));
  }

  /** The document is now this one. */
  change(document: Pipeline): void {
    if (document === this.wanted) return;
    this.wanted = document;
    if (this.isBlocked() || this.running !== undefined) return;
    clearTimeout(this.timer);
    if (document === this.state.getState().base) {
      this.set({ status: 'saved' });
      return;
    }
    if (this.state.getState().save.status !== 'offline') this.set({ status: 'waiting' });
    this.timer = setTimeout(() => void this.flush(), AFTER_CHANGE_MS);
  }

  /** Saves now what is not saved. True when the server then has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.isBlocked()) return false;
    await (this.running ??= this.run().finally(() => {
      this.running = undefined;
    }));
    return this.isSaved();
  }

  /** True when nothing would be lost by leaving. */
  isSaved(): boolean {
    return this.wanted === this.state.getState().base;
  }

  /** The server was heard to be at this revision. */
  async notice(revision: number): Promise<void> {
    if (revision <= this.state.getState().revision || this.running !== undefined || this.isBlocked()) return;
    const theirs = await this.server.load().catch(() => undefined);
    if (theirs === undefined || this.running !== undefined) return;
    this.compare(theirs);
  }

  /** Gives up what was changed here and returns what is there, which the caller shows. */
  takeTheirs(): Pipeline | undefined {
    const { save } = this.state.getState();
    if (save.status !== 'conflict') return undefined;
    const { revision, document } = save.theirs;
    this.wanted = document;
    this.state.setState({ revision, base: document, save: { status: 'saved', at: this.now() } });
    return document;
  }

  /** Saves what is here over what is there. */
  async keepMine(): Promise<boolean> {
    const { save } = this.state.getState();
    if (save.status !== 'conflict') return false;
    const { revision, document } = save.theirs;
    this.state.setState({ revision, base: document, save: { status: 'waiting' } });
    return this.flush();
  }

  /** Tries no more. */
  dispose(): void {
    clearTimeout(this.timer);
  }

  private isBlocked(): boolean {
    return this.state.getState().save.status === 'conflict';
  }

  private async run(): Promise<void> {
    while (!this.isSaved()) {
      const document = this.wanted;
      const { revision, save } = this.state.getState();
      if (save.status !== 'offline') this.set({ status: 'saving' });
      try {
        const saved = await this.server.save({ revision, document });
        this.state.setState({ revision: saved, base: document, save: { status: 'saved', at: this.now() } });
      } catch (error) {
        await this.failed(error);
        return;
      }
    }
  }

  private async failed(error: unknown): Promise<void> {
    const answer = zAnswer.safeParse(error);
    if (!answer.success) {
      const { save } = this.state.getState();
      this.set({ status: 'offline', since: save.status === 'offline' ? save.since : this.now() });
      this.timer = setTimeout(() => void this.flush(), AGAIN_AFTER_MS);
      return;
    }
    const { app } = answer.data.data;
    const theirs = app.code === 'conflict' ? await this.server.load().catch(() => undefined) : undefined;
    // A name that another pipeline has is a conflict too, but nobody changed this document.
    if (theirs === undefined || theirs.revision === this.state.getState().revision)
      this.set({ status: 'refused', error: app });
    else this.compare(theirs);
  }

  /** Two who made the same change have no quarrel. */
  private compare(theirs: ServerDraft): void {
    if (stableJson(theirs.document) === stableJson(this.wanted))
      this.state.setState({ revision: theirs.revision, base: this.wanted, save: { status: 'saved', at: this.now() } });
    else if (theirs.revision > this.state.getState().revision) this.set({ status: 'conflict', theirs });
  }

  private set(save: SaveState): void {
    this.state.setState({ save });
  }
}
