/** What the address of an evaluation says, read without trust: what is not understood is left out. */

import * as z from 'zod';

import { zModelRole, zRowsMark, zSliceKey, type RowsMark } from './evaluated-rows';
import type { SliceKey } from './slices';

/** Curves that can be looked at large. */
export const CURVES = ['roc', 'pr', 'calibration'] as const;
/** See {@link CURVES}. */
export type CurveName = (typeof CURVES)[number];

/** In which order slices stand. */
export const SLICE_ORDERS = ['worst', 'fell', 'rows', 'name'] as const;
/** See {@link SLICE_ORDERS}; `fell`: what got worse most against the baseline. */
export type SliceOrder = (typeof SLICE_ORDERS)[number];

/** See the module. */
export type EvaluationScreen = {
  readonly slice: SliceKey;
  /** By its name in results; undefined: the first that there is. */
  readonly metric: string | undefined;
  readonly threshold: number;
  /** Of the baseline, where each has its own. */
  readonly baselineThreshold: number | undefined;
  readonly classId: number;
  /** Whose scores and matrix of classes are drawn. */
  readonly model: 'candidate' | 'baseline';
  /** Undefined: all of them, small. */
  readonly curve: CurveName | undefined;
  readonly isByRows: boolean;
  readonly find: string;
  /** Least rows of a slice that is listed. */
  readonly leastRows: number;
  readonly order: SliceOrder | undefined;
  /** The rows that are looked at. */
  readonly mark: RowsMark | undefined;
};

/** Search parameters that the screen uses. */
export type EvaluationParams = Partial<
  Record<
    | 'slice'
    | 'metric'
    | 'threshold'
    | 'baseline'
    | 'class'
    | 'model'
    | 'curve'
    | 'by'
    | 'find'
    | 'least'
    | 'order'
    | 'mark',
    string | undefined
  >
>;

/** The threshold where nobody chose one. */
export const DEFAULT_THRESHOLD = 0.5;

/** Reads the address. */
export function readEvaluationScreen(params: { get(name: keyof EvaluationParams): string | null }): EvaluationScreen {
  return {
    slice: json(zSliceKey, params.get('slice')) ?? [],
    metric: params.get('metric') ?? undefined,
    threshold: share(params.get('threshold')) ?? DEFAULT_THRESHOLD,
    baselineThreshold: share(params.get('baseline')),
    classId: whole(params.get('class')) ?? 0,
    model: zModelRole.catch('candidate').parse(params.get('model')),
    curve: z
      .enum(CURVES)
      .optional()
      .catch(undefined)
      .parse(params.get('curve') ?? undefined),
    isByRows: params.get('by') === 'rows',
    find: params.get('find') ?? '',
    leastRows: whole(params.get('least')) ?? 0,
    order: z
      .enum(SLICE_ORDERS)
      .optional()
      .catch(undefined)
      .parse(params.get('order') ?? undefined),
    mark: json(zRowsMark, params.get('mark')),
  };
}

/** The parameter of a slice; undefined for all rows. */
export function sliceParam(key: SliceKey): string | undefined {
  return key.length === 0 ? undefined : JSON.stringify(key);
}

function share(text: string | null): number | undefined {
  if (text === null || text.trim() === '') return undefined;
  const value = Number(text);
  return value >= 0 && value <= 1 ? value : undefined;
}

function whole(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function json<T extends z.ZodType>(schema: T, text: string | null): z.output<T> | undefined {
  if (text === null) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
