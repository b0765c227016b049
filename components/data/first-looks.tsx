'use client';

import { artifactHeadline } from '../../lib/run/run-words';
import { RowsPreview } from './rows-preview';
import type { DataViewProps } from './views';

/** A page of rows. */
export function LookAtRows({ artifact }: DataViewProps) {
  return (
    <div className="min-h-0 flex-1 overflow-auto px-4 tablet:px-5">
      <RowsPreview artifact={artifact} />
    </div>
  );
}

/** What an artifact says of itself. */
export function LookAtSummary({ artifact }: DataViewProps) {
  return <p className="px-4 py-3 tablet:px-5">{artifactHeadline(artifact) ?? artifact.type}</p>;
}
