/** What the address of the rows screen says, read without trust: what is not understood is left out. */

import * as z from 'zod';

import { zRowQuery, type RowQuery } from './row-query';

/** Which features are shown, and how. */
export const zShownColumns = z.strictObject({
  /** Features that stay at the left, in this order. */
  pinned: z.array(z.string()).default([]),
  hidden: z.array(z.string()).default([]),
});
/** See {@link zShownColumns}. */
export type ShownColumns = z.infer<typeof zShownColumns>;

/** A row that is looked at: its split and its position there. */
export type ChosenRow = { readonly split: string; readonly position: number };

/** The screen's state. */
export type RowsScreen = {
  readonly query: RowQuery;
  readonly columns: ShownColumns;
  readonly row: ChosenRow | undefined;
  /** A statement; undefined where the rows themselves are shown. */
  readonly sql: string | undefined;
};

/** Search parameters that the screen uses. */
export type RowsParams = {
  readonly rows?: string;
  readonly columns?: string;
  readonly row?: string;
  readonly sql?: string;
};

/** Reads the address. */
export function readRowsScreen(params: { get(name: keyof RowsParams): string | null }): RowsScreen {
  return {
    query: parse(zRowQuery, params.get('rows')) ?? zRowQuery.parse({}),
    columns: parse(zShownColumns, params.get('columns')) ?? zShownColumns.parse({}),
    row: readRow(params.get('row')),
    sql: params.get('sql') ?? undefined,
  };
}

/** The parameter of a query; undefined where it asks for every row. */
export function queryParam(query: RowQuery): string | undefined {
  const { splits, where, search, sort } = query;
  if (splits === undefined && where.length === 0 && search === undefined && sort === undefined) return undefined;
  return JSON.stringify({ ...query, ...(where.length === 0 && { where: undefined }) });
}

/** The parameter of the shown features; undefined where all are shown as they come. */
export function columnsParam({ pinned, hidden }: ShownColumns): string | undefined {
  return pinned.length + hidden.length === 0 ? undefined : JSON.stringify({ pinned, hidden });
}

/** The parameter of a row: `train:4091`, counted from 0. */
export function rowParam({ split, position }: ChosenRow): string {
  return `${split}:${position}`;
}

function readRow(text: string | null): ChosenRow | undefined {
  const match = /^(.+):(\d{1,15})$/.exec(text ?? '');
  return match?.[1] === undefined ? undefined : { split: match[1], position: Number(match[2]) };
}

function parse<T extends z.ZodType>(schema: T, text: string | null): z.output<T> | undefined {
  if (text === null) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
