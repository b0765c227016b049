/** Which runs a list shows, and the text in which people say so: `is:failed pipeline:taxi by:you 47`. */

import * as z from 'zod';

import { zPipelineId } from '../ids';
import { RUN_STATES } from './run';

/** What a run can be, beside its state: with anomalies, or with every node reused. */
export const RUN_FLAGS = [...RUN_STATES, 'warning', 'reused'] as const;
/** One of {@link RUN_FLAGS}. */
export type RunFlag = (typeof RUN_FLAGS)[number];

const MAX_WORDS = 10;
const zWord = z.string().min(1).max(200);

/** Parser of a {@link RunFilter}. */
export const zRunFilter = z.strictObject({
  /** All of these. */
  is: z.array(z.enum(RUN_FLAGS)).max(RUN_FLAGS.length).optional(),
  /** The one of this number. */
  number: z.number().int().positive().optional(),
  pipelineId: zPipelineId.optional(),
  /** Parts of the pipeline's name. */
  pipeline: z.array(zWord).max(MAX_WORDS).optional(),
  /** Exactly who or what started it. */
  startedBy: zWord.optional(),
  /** Parts of who or what started it. */
  by: z.array(zWord).max(MAX_WORDS).optional(),
  /** Each is the number of the run, or a part of the pipeline's name or of who started it. */
  text: z.array(zWord).max(MAX_WORDS).optional(),
});
/** Which runs: every condition holds. Without any, all of them. Letters count the same in either case. */
export type RunFilter = z.infer<typeof zRunFilter>;

/** What sorts a list. `started` is also the order of the numbers. */
export const RUN_SORTS = ['started', 'took', 'pipeline'] as const;
/** Parser of a {@link RunSort}. */
export const zRunSort = z.strictObject({ by: z.enum(RUN_SORTS), descending: z.boolean() });
/** How a list is sorted. */
export type RunSort = z.infer<typeof zRunSort>;

/** The newest first. */
export const NEWEST_FIRST: RunSort = { by: 'started', descending: true };

/** A text as a filter, with the flags that are none. */
export type ParsedRunFilter = { readonly filter: RunFilter; readonly unknown: readonly string[] };

/** Reads a text: words apart from each other, `"…"` keeps words together, `name:value` is a flag. Never fails. */
export function parseRunFilter(text: string): ParsedRunFilter {
  const is: RunFlag[] = [];
  const lists = { pipeline: [] as string[], by: [] as string[], text: [] as string[] };
  const unknown: string[] = [];
  for (const { flag, value } of wordsOf(text)) {
    if (value === '') continue;
    if (flag === 'is') {
      const known = RUN_FLAGS.find((one) => one === value.toLowerCase());
      if (known === undefined) unknown.push(`is:${value}`);
      else if (!is.includes(known)) is.push(known);
    } else if (flag === 'pipeline' || flag === 'by') lists[flag].push(value);
    else if (flag === undefined) lists.text.push(value.replace(/^#(?=\d+$)/, ''));
    else unknown.push(`${flag}:${value}`);
  }
  const short = (list: readonly string[]) => list.slice(0, MAX_WORDS);
  const filter: RunFilter = {
    ...(is.length > 0 && { is }),
    ...(lists.pipeline.length > 0 && { pipeline: short(lists.pipeline) }),
    ...(lists.by.length > 0 && { by: short(lists.by) }),
    ...(lists.text.length > 0 && { text: short(lists.text) }),
  };
  return { filter, unknown };
}

type Word = { readonly flag: string | undefined; readonly value: string };

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi)) {
    const value = (match[2] ?? match[3] ?? '').slice(0, 200);
    words.push({ flag: match[1]?.toLowerCase(), value });
  }
  return words;
}
