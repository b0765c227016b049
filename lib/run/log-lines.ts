/** What nodes said, as lines: which of them are shown, where a word stands in them, and as a text to keep. */

import type { RunEvent } from './run-event';

/** One line of a log. `at` is ISO 8601 in UTC. */
export type LogLine = {
  readonly seq: number;
  readonly at: string;
  readonly node: string;
  readonly attempt: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
};

/** Whose lines. Without a node those of all; an attempt means one of that node. */
export type LogChoice = { readonly node?: string | undefined; readonly attempt?: number | undefined };

/** The lines among events, in order. */
export function logLines(events: readonly RunEvent[], { node, attempt }: LogChoice): readonly LogLine[] {
  return events.flatMap(({ seq, at, body }) => {
    if (body.type !== 'node.logged') return [];
    if (node !== undefined && body.node !== node) return [];
    if (attempt !== undefined && body.attempt !== attempt) return [];
    return [{ seq, at, node: body.node, attempt: body.attempt, level: body.level, message: body.message }];
  });
}

/** Indices of the lines that hold a text, in either case. None for an empty text. */
export function findLines(lines: readonly Pick<LogLine, 'message'>[], text: string): readonly number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap(({ message }, index) => (message.toLowerCase().includes(wanted) ? [index] : []));
}

/** A message cut where a text stands in it: odd pieces are the text. */
export function splitAtText(message: string, text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [message];
  const lower = message.toLowerCase();
  // Letters whose lower case is longer move everything after them; then nothing is marked.
  if (lower.length !== message.length) return [message];
  const pieces: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    pieces.push(message.slice(from, at), message.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...pieces, message.slice(from)];
}

/** Lines as a text file: time, node, attempt, level and message, a line each. */
export function logText(lines: readonly LogLine[]): string {
  return lines
    .map(({ at, node, attempt, level, message }) => `${at}  ${node}  attempt ${attempt}  ${level}  ${message}\n`)
    .join('');
}
