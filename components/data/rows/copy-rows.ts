'use client';

import { useQueryClient } from '@tanstack/react-query';

import type { RowQuery } from '../../../lib/artifact/row-query';
import { formatQuantity } from '../../../lib/format/number';
import type { ArtifactId } from '../../../lib/ids';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { showToast } from '../../ui/toast';
import { copiedCell, type PlacedRow } from './cell-text';

/** Most rows and features that are copied at once. */
const MAX_ROWS = 200;
const MAX_COLUMNS = 200;

/** Puts a text where it can be pasted, and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(`${what} copied.`);
  } catch {
    showToast('The browser does not let the page copy.', { tone: 'failed' });
  }
}

/** What is copied. */
export type CopyRows = {
  /** One cell, whole even where the grid shows its beginning only. */
  readonly cell: (row: PlacedRow, column: string) => void;
  /** Rows from `start` to before `end`, with the names of the features, as a spreadsheet takes them. */
  readonly rows: (start: number, end: number) => void;
};

/** Copies from the rows of a query. */
export function useCopyRows(artifactId: ArtifactId, query: RowQuery, names: readonly string[]): CopyRows {
  const trpc = useTRPC();
  const client = useQueryClient();
  const failed = (error: unknown) => {
    showToast(toShownError(error).message, { tone: 'failed' });
  };
  const copyCell = async ({ split, position }: PlacedRow, column: string) => {
    const whole = await client.query(
      trpc.rows.row.queryOptions({ artifactId, split, position }, { staleTime: Infinity }),
    );
    const index = whole.columns.findIndex(({ name }) => name === column);
    await copyText(copiedCell(whole.row.cells[index] ?? null), 'The cell');
  };
  const copyRows = async (start: number, end: number) => {
    const limit = Math.min(end - start, MAX_ROWS);
    const columns = names.slice(0, MAX_COLUMNS);
    const { rows } = await client.query(
      trpc.rows.page.queryOptions(
        { artifactId, query, offset: start, limit, columns },
        { staleTime: Infinity, gcTime: 0 },
      ),
    );
    const lines = [columns, ...rows.map(({ cells }) => cells.map(copiedCell))];
    const left = end - start > limit || names.length > columns.length ? `, of ${columns.length} features` : '';
    await copyText(
      lines.map((line) => line.map(tabbed).join('\t')).join('\n'),
      `${formatQuantity(rows.length, 'row')}${left}`,
    );
  };
  return {
    cell: (row, column) => {
      copyCell(row, column).catch(failed);
    },
    rows: (start, end) => {
      copyRows(start, end).catch(failed);
    },
  };
}

/** A field between tabs: quoted where it holds what separates fields. */
function tabbed(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
