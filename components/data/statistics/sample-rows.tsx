'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import type { DataArtifact } from '../../../lib/artifact/data-family';
import { rowsAddress, type RowCondition } from '../../../lib/artifact/row-query';
import { formatQuantity, formatValue, NO_VALUE } from '../../../lib/format/number';
import { useTRPC } from '../../trpc/client';

/** Props of {@link SampleRows}. */
export type SampleRowsProps = {
  readonly examples: DataArtifact;
  readonly splits: readonly string[];
  readonly condition: RowCondition;
  /** The feature first, then those that tell something of the rows. */
  readonly columns: readonly string[];
};

const SHOWN = 3;

/** A few real rows, how many there are, and the way to all of them. */
export function SampleRows({ examples, splits, condition, columns }: SampleRowsProps) {
  const trpc = useTRPC();
  const query = { splits: [...splits], where: [condition] };
  // An artifact never changes.
  const kept = { staleTime: Infinity };
  const page = useQuery(
    trpc.rows.page.queryOptions(
      { artifactId: examples.id, query, offset: 0, limit: SHOWN, columns: [...columns] },
      kept,
    ),
  );
  const count = useQuery(trpc.rows.count.queryOptions({ artifactId: examples.id, query }, kept));
  const matches = count.data?.matches;
  if (page.error !== null || count.error !== null)
    return <p className="text-12 text-text-3">The rows behind it cannot be read now.</p>;
  return (
    <div className="min-w-0">
      {page.data !== undefined && page.data.rows.length > 0 && (
        <table className="w-full table-fixed text-12">
          <caption className="sr-only">Some of these rows</caption>
          <thead>
            <tr className="h-6 text-11 text-text-3">
              {columns.map((column) => (
                <th key={column} scope="col" title={column} dir="auto" className="truncate pr-3">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.data.rows.map(({ split, position, cells }) => (
              <tr key={`${split} ${position}`} className="h-5">
                {columns.map((column, at) => (
                  <td
                    key={column}
                    dir="auto"
                    title={describeCell(cells[at])}
                    className={`truncate pr-3 ${at === 0 ? 'font-semibold' : ''}`}
                  >
                    {describeCell(cells[at])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {matches === 0 && <p className="text-12 text-text-3">No row of {splits.join(' and ')} is in it.</p>}
      {matches !== undefined && matches > 0 && (
        <Link href={rowsAddress(examples, query)} className="text-12 font-medium text-accent hover:underline">
          {matches === 1 ? 'Open this row' : `Open these ${formatQuantity(matches, 'row')}`}
        </Link>
      )}
    </div>
  );
}

function describeCell(cell: unknown): string {
  if (cell === null || cell === undefined) return NO_VALUE;
  if (typeof cell === 'number') return formatValue(cell);
  if (Array.isArray(cell)) return `[${cell.map(describeCell).join(', ')}]`;
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
