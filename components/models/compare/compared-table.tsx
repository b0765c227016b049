import type { ReactNode } from 'react';

import { SeriesKey } from '../../charts/series-key';
import { versionLook } from './version-looks';

/** Props of {@link ComparedTable}. */
export type ComparedTableProps = {
  readonly caption: string;
  /** Head of the first column. */
  readonly first: string;
  readonly names: readonly string[];
  readonly children: ReactNode;
};

/** A table with a column for each version; many versions scroll sideways under a first column that stays. */
export function ComparedTable({ caption, first, names, children }: ComparedTableProps) {
  return (
    <div className="overflow-x-auto" role="region" aria-label={caption} tabIndex={0}>
      <table className="w-full text-12 [&_th:first-child]:sticky [&_th:first-child]:left-0 [&_th:first-child]:bg-surface">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="h-8 border-b border-border text-11 text-text-3">
            <th scope="col" className="min-w-24 text-left font-medium tablet:min-w-36">
              {first}
            </th>
            {names.map((name, index) => (
              <th key={name} scope="col" className="min-w-30 pl-3 text-right font-medium tablet:min-w-36 tablet:pl-4">
                <span className="inline-flex flex-col items-end">
                  <SeriesKey look={versionLook(index)} name={name} />
                  {index === 0 && <span className="font-normal">the reference</span>}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
