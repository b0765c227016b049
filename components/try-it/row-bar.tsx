import { ChevronLeft, ChevronRight } from 'lucide-react';

import { formatCount } from '../../lib/format/number';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import type { ExampleRows } from './use-example-row';

/** Which row of the data stands in the form, and the way to the next one. */
export function RowBar({ rows }: { readonly rows: ExampleRows }) {
  const { splits, split, position, go } = rows;
  if (split === undefined)
    return rows.isPending ? null : (
      <p className="text-12 text-text-2">
        The rows that the model was made from are not here: the values begin in the middle of what it learned.
      </p>
    );
  return (
    <>
      <Select
        label="split"
        value={split.name}
        options={splits.map(({ name }) => ({ value: name, label: name }))}
        onChange={(name) => {
          go(name, 0);
        }}
      />
      <span className="text-12 whitespace-nowrap text-text-2" aria-live="polite">
        row {formatCount(position + 1)} of {formatCount(split.rows)}
      </span>
      <Button
        aria-label="Previous row"
        disabled={position === 0}
        onClick={() => {
          go(split.name, position - 1);
        }}
      >
        <ChevronLeft size={14} aria-hidden="true" />
      </Button>
      <Button
        onClick={() => {
          go(split.name, (position + 1) % split.rows);
        }}
      >
        Next row
        <ChevronRight size={14} aria-hidden="true" />
      </Button>
    </>
  );
}
