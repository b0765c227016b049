/**
 * What was done to a document, in order: undo and redo of every command, none of which knows it. Entries hold whole
 * documents; since commands keep what they do not touch, a thousand entries cost little more than one.
 */

import type { Pipeline } from './pipeline';

/** The document after one change. */
export type HistoryEntry = {
  /** What was done, for the list: `Add StatisticsGen`. */
  readonly label: string;
  /** When, in ms since 1970. */
  readonly atMs: number;
  readonly document: Pipeline;
  /** Changes that follow one another with the same burst are one entry: a field being typed into, one drag. */
  readonly burst?: string | undefined;
};

/** Entries from the oldest to the newest; `index` is where the document stands. Never empty. */
export type History = { readonly entries: readonly HistoryEntry[]; readonly index: number };

/** Oldest entries fall out beyond so many. */
const MAX_ENTRIES = 500;

/** The history of a document that was just opened. */
export function openHistory(document: Pipeline, atMs: number): History {
  return { entries: [{ label: 'Opened', atMs, document }], index: 0 };
}

/** The document as it stands. */
export function currentDocument({ entries, index }: History): Pipeline {
  const entry = entries[index];
  if (entry === undefined) throw new Error('a history is never empty');
  return entry.document;
}

/** Adds an entry after the current one; what had been undone is given up. The same document adds nothing. */
export function record(history: History, entry: HistoryEntry): History {
  const current = history.entries[history.index];
  if (current?.document === entry.document) return history;
  const joins = entry.burst !== undefined && current?.burst === entry.burst && history.index > 0;
  const kept = history.entries.slice(0, history.index + (joins ? 0 : 1));
  const entries = [...kept, entry].slice(-MAX_ENTRIES);
  return { entries, index: entries.length - 1 };
}

/** Ends a burst: the next change with the same name is an entry of its own. With `beginsWith` only a burst of such a name. */
export function endBurst(history: History, beginsWith = ''): History {
  const current = history.entries[history.index];
  if (current?.burst?.startsWith(beginsWith) !== true) return history;
  const { burst: _ended, ...entry } = current;
  return { ...history, entries: history.entries.with(history.index, entry) };
}

/** Goes to an entry; out of range goes to the nearest one. */
export function travel(history: History, index: number): History {
  const bounded = Math.max(0, Math.min(history.entries.length - 1, index));
  return bounded === history.index ? history : { ...history, index: bounded };
}
