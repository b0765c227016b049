'use client';

import { zPipelineId, type PipelineId } from '../../lib/ids';
import {
  NEWEST_FIRST,
  parseRunFilter,
  RUN_FLAGS,
  RUN_SORTS,
  type RunFilter,
  type RunFlag,
  type RunSort,
} from '../../lib/run/run-filter';
import { useAddress } from '../shell/use-address';

/** What of the list of runs stands in the address. */
export type RunListAddress = {
  /** As it is typed. */
  readonly text: string;
  readonly flag: RunFlag | undefined;
  readonly pipelineId: PipelineId | undefined;
  readonly startedBy: string | undefined;
  readonly sort: RunSort;
  /** From 1 on. */
  readonly page: number;
  /** All of the above that narrows the list, joined. */
  readonly filter: RunFilter;
  /** Flags of the text that are none. */
  readonly unknown: readonly string[];
};

/** A change of the address; undefined takes away. Every change but that of the page begins at the first page. */
export type RunListChange = {
  readonly text?: string | undefined;
  readonly flag?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly startedBy?: string | undefined;
  readonly sort?: RunSort | undefined;
  readonly page?: number | undefined;
};

/** The view of the list of runs as the address says it, and the way to change it. */
export function useRunListAddress() {
  const { params, push, replace } = useAddress();
  const set = (change: RunListChange) => {
    const next: Record<string, string | undefined> = { page: pageText(change.page) };
    if ('text' in change) next['q'] = textOrNothing(change.text);
    if ('flag' in change) next['is'] = change.flag;
    if ('pipeline' in change) next['pipeline'] = change.pipeline;
    if ('startedBy' in change) next['by'] = change.startedBy;
    if ('sort' in change) next['sort'] = sortText(change.sort);
    // Typing is one view that comes to be, not a step for each letter.
    if ('text' in change) replace(next);
    else push(next);
  };
  return { address: readAddress(params), set };
}

function readAddress(params: URLSearchParams): RunListAddress {
  const text = params.get('q') ?? '';
  const { filter, unknown } = parseRunFilter(text);
  const flag = RUN_FLAGS.find((one) => one === params.get('is'));
  const pipeline = zPipelineId.safeParse(params.get('pipeline'));
  const pipelineId = pipeline.success ? pipeline.data : undefined;
  const startedBy = textOrNothing(params.get('by') ?? undefined);
  const page = Number(params.get('page') ?? 1);
  const flags = [...new Set([...(filter.is ?? []), ...(flag === undefined ? [] : [flag])])];
  return {
    text,
    flag,
    pipelineId,
    startedBy,
    sort: readSort(params.get('sort')),
    page: Number.isInteger(page) && page > 0 ? page : 1,
    filter: {
      ...filter,
      ...(flags.length > 0 && { is: flags }),
      ...(pipelineId !== undefined && { pipelineId }),
      ...(startedBy !== undefined && { startedBy }),
    },
    unknown,
  };
}

/** `took` is the shortest first, `-took` the longest. */
function readSort(text: string | null): RunSort {
  const by = RUN_SORTS.find((one) => one === text?.replace(/^-/, ''));
  return text === null || by === undefined ? NEWEST_FIRST : { by, descending: text.startsWith('-') };
}

function sortText(sort: RunSort | undefined): string | undefined {
  if (sort === undefined || (sort.by === NEWEST_FIRST.by && sort.descending)) return undefined;
  return `${sort.descending ? '-' : ''}${sort.by}`;
}

function pageText(page: number | undefined): string | undefined {
  return page === undefined || page <= 1 ? undefined : String(page);
}

function textOrNothing(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
