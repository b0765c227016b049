import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ErrorInfo } from '../../../lib/errors';
import { PIPELINE_FORMAT, type Pipeline } from '../../../lib/pipeline/pipeline';
import { DraftSaver, type ServerDraft } from './draft-saver';

const aPipeline = (description: string): Pipeline => ({
  format: PIPELINE_FORMAT,
  name: 'Trips',
  description,
  nodes: {},
});

class Refusal extends Error {
  readonly data: { readonly app: ErrorInfo };
  constructor(code: ErrorInfo['code']) {
    super(code);
    this.data = { app: { code, message: 'No.', retryable: false } };
  }
}

/** A server in memory that checks revisions as ours does. */
class MemoryServer {
  isDown = false;
  takenName: string | undefined;
  constructor(public draft: ServerDraft) {}
  readonly save = async ({ revision, document }: ServerDraft): Promise<number> => {
    await Promise.resolve();
    if (this.isDown) throw new TypeError('fetch failed');
    if (revision !== this.draft.revision || document.name === this.takenName) throw new Refusal('conflict');
    this.draft = { revision: revision + 1, document };
    return this.draft.revision;
  };
  readonly load = () => Promise.resolve(this.draft);
}

function open() {
  const server = new MemoryServer({ revision: 1, document: aPipeline('before') });
  const saver = new DraftSaver(server, server.draft, () => Date.now());
  const status = () => saver.state.getState().save.status;
  return { server, saver, status };
}

describe('DraftSaver', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('saves once, some time after the last of several changes', async () => {
    const { server, saver, status } = open();
    saver.change(aPipeline('a'));
    await vi.advanceTimersByTimeAsync(500);
    saver.change(aPipeline('b'));
    await vi.advanceTimersByTimeAsync(500);
    expect(status()).toBe('waiting');
    expect(server.draft.revision).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(status()).toBe('saved');
    expect(server.draft).toMatchObject({ revision: 2, document: { description: 'b' } });
  });

  it('saves at once when asked to, with what changed while it saved', async () => {
    const { server, saver } = open();
    saver.change(aPipeline('a'));
    const flushed = saver.flush();
    saver.change(aPipeline('b'));
    expect(await flushed).toBe(true);
    expect(server.draft).toMatchObject({ revision: 3, document: { description: 'b' } });
  });

  it('saves nothing when everything was undone', async () => {
    const { server, saver, status } = open();
    const opened = server.draft.document;
    saver.change(aPipeline('a'));
    saver.change(opened);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(status()).toBe('saved');
    expect(server.draft.revision).toBe(1);
  });

  it('keeps trying while there is no answer, and loses nothing', async () => {
    const { server, saver, status } = open();
    server.isDown = true;
    saver.change(aPipeline('a'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(status()).toBe('offline');
    expect(saver.isSaved()).toBe(false);
    server.isDown = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(status()).toBe('saved');
    expect(server.draft.document.description).toBe('a');
  });

  it('never overwrites what somebody else saved', async () => {
    const { server, saver, status } = open();
    server.draft = { revision: 2, document: aPipeline('theirs') };
    saver.change(aPipeline('mine'));
    expect(await saver.flush()).toBe(false);
    expect(status()).toBe('conflict');
    saver.change(aPipeline('mine, changed'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.draft.document.description).toBe('theirs');
  });

  it('takes theirs, or saves over theirs on purpose', async () => {
    const taking = open();
    taking.server.draft = { revision: 2, document: aPipeline('theirs') };
    await taking.saver.notice(2);
    expect(taking.saver.takeTheirs()?.description).toBe('theirs');
    expect(taking.saver.isSaved()).toBe(true);

    const keeping = open();
    keeping.server.draft = { revision: 2, document: aPipeline('theirs') };
    keeping.saver.change(aPipeline('mine'));
    await keeping.saver.flush();
    expect(await keeping.saver.keepMine()).toBe(true);
    expect(keeping.server.draft).toMatchObject({ revision: 3, document: { description: 'mine' } });
  });

  it('has no quarrel with somebody who made the same change', async () => {
    const { server, saver, status } = open();
    server.draft = { revision: 2, document: aPipeline('same') };
    saver.change(aPipeline('same'));
    expect(await saver.flush()).toBe(true);
    expect(status()).toBe('saved');
  });

  it('calls a name that is taken refused, not a conflict', async () => {
    const { server, saver, status } = open();
    server.takenName = 'Trips';
    saver.change(aPipeline('a'));
    await saver.flush();
    expect(status()).toBe('refused');
  });
});
