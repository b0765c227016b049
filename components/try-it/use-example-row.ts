import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { ArtifactId } from '../../lib/ids';
import { toModelCell, type PortableCell } from '../../lib/model/form-cell';
import type { TransformRow } from '../../lib/transform/apply-transform';
import { useAddress } from '../shell/use-address';
import { useTRPC } from '../trpc/client';
import type { OpenedModel } from './model-messages';

/** A split that rows are taken from. */
export type RowSplit = { readonly name: string; readonly rows: number };

/** A row of the data behind a model. */
export type ExampleRow = {
  readonly split: string;
  readonly position: number;
  readonly row: TransformRow;
  /** What the column of the label holds. */
  readonly label: PortableCell;
};

/** Rows of the data behind a model, one at a time; the address says which: `row=eval:12`. */
export type ExampleRows = {
  readonly isPending: boolean;
  readonly error: unknown;
  /** Empty where the data is not known. */
  readonly splits: readonly RowSplit[];
  readonly split: RowSplit | undefined;
  readonly position: number;
  readonly example: ExampleRow | undefined;
  readonly go: (split: string, position: number) => void;
};

type Columns = Pick<OpenedModel, 'fields' | 'label'>;

/** Rows that a model has not learned from tell more. */
const PREFERRED = ['eval', 'test', 'validation'];

/** See {@link ExampleRows}. */
export function useExampleRow(artifactId: ArtifactId, { fields, label }: Columns): ExampleRows {
  const trpc = useTRPC();
  const { params, replace } = useAddress();
  const data = useQuery(trpc.models.examplesBehind.queryOptions({ artifactId }, { staleTime: Infinity }));
  const examples = data.data?.examples ?? undefined;
  const known = useQuery(
    trpc.rows.columns.queryOptions(
      { artifactId: examples?.id ?? artifactId },
      { staleTime: Infinity, enabled: examples !== undefined },
    ),
  );
  const names = new Set(known.data?.columns.map(({ name }) => name));
  const fits = fields.some(({ column }) => names.has(column));
  const splits = fits ? (known.data?.splits ?? []).filter(({ rows }) => rows > 0) : [];
  const [askedSplit, askedPosition] = askedRow(params.get('row'));
  const split =
    splits.find(({ name }) => name === askedSplit) ??
    splits.find(({ name }) => PREFERRED.includes(name)) ??
    splits.at(-1);
  const position = Math.min(askedPosition, (split?.rows ?? 1) - 1);
  const input = (at: number) => ({ artifactId: examples?.id ?? artifactId, split: split?.name ?? '-', position: at });
  const row = useQuery(
    trpc.rows.row.queryOptions(input(position), {
      staleTime: Infinity,
      enabled: split !== undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const example = useMemo(
    () => (row.data === undefined ? undefined : toExample(row.data, { fields, label })),
    [row.data, fields, label],
  );
  const hasNext = split !== undefined && position + 1 < split.rows;
  // The next row is at hand when it is asked for.
  useQuery(trpc.rows.row.queryOptions(input(position + 1), { staleTime: Infinity, enabled: hasNext }));
  return {
    isPending: data.isPending || (examples !== undefined && known.isPending) || (split !== undefined && row.isPending),
    error: data.error ?? known.error ?? row.error,
    splits,
    split,
    position,
    example,
    go: (to, at) => {
      replace({ row: `${to}:${at}` });
    },
  };
}

function askedRow(text: string | null): readonly [string, number] {
  const at = text?.lastIndexOf(':') ?? -1;
  const position = Number(text?.slice(at + 1));
  if (text === null || at < 0 || !Number.isSafeInteger(position) || position < 0) return ['', 0];
  return [text.slice(0, at), position];
}

type FoundRow = {
  readonly columns: readonly { readonly name: string }[];
  readonly row: { readonly split: string; readonly position: number; readonly cells: readonly PortableCell[] };
};

function toExample({ columns, row }: FoundRow, { fields, label }: Columns): ExampleRow {
  const cells = new Map(columns.map(({ name }, index) => [name, row.cells[index] ?? null]));
  const wanted = label === undefined ? fields : [...fields, label];
  return {
    split: row.split,
    position: row.position,
    row: Object.fromEntries(
      wanted.map((field) => [field.column, toModelCell(cells.get(field.column) ?? null, field)] as const),
    ),
    label: label === undefined ? null : (cells.get(label.column) ?? null),
  };
}
