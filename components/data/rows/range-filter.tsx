'use client';

import { useId, useState } from 'react';

import type { RowCondition } from '../../../lib/artifact/row-query';
import { plainNumber } from '../../../lib/artifact/row-words';
import { Button } from '../../ui/button';
import { NumberField } from '../../ui/form/number-field';
import { cellText, type RowsColumn } from './cell-text';

/** Props of {@link RangeFilter}. */
export type RangeFilterProps = {
  readonly column: RowsColumn;
  readonly conditions: readonly RowCondition[];
  /** Least and greatest value among the rows that all other conditions leave. */
  readonly bounds:
    { readonly min?: number | string | undefined; readonly max?: number | string | undefined } | undefined;
  readonly onChange: (conditions: readonly RowCondition[]) => void;
};

/** From a number to another, both inclusive; what is left empty is open. */
export function RangeFilter({ column, conditions, bounds, onChange }: RangeFilterProps) {
  const id = useId();
  const given = conditions.find((condition) => condition.op === 'between');
  const range = given?.op === 'between' ? given : undefined;
  const [min, setMin] = useState(() => typed(range?.min));
  const [max, setMax] = useState(() => typed(range?.max));
  const [drafts, setDrafts] = useState<{ readonly min?: string | undefined; readonly max?: string | undefined }>({});
  const problem =
    drafts.min !== undefined || drafts.max !== undefined
      ? 'Only numbers: digits, a sign, a decimal point.'
      : min !== undefined && max !== undefined && min > max
        ? `From ${plainNumber(min)} is above to ${plainNumber(max)}.`
        : undefined;
  const apply = () => {
    if (problem !== undefined) return;
    if (min === undefined && max === undefined) onChange([]);
    else
      onChange([
        {
          column: column.name,
          op: 'between',
          ...(min !== undefined && { min: column.kind === 'FLOAT' ? Math.min(min, Math.fround(min)) : min }),
          ...(max !== undefined && { max: column.kind === 'FLOAT' ? Math.max(max, Math.fround(max)) : max }),
        },
      ]);
  };
  return (
    <form
      aria-label="Range"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <div className="flex items-center gap-1">
        <NumberField
          id={`${id}-min`}
          label="From"
          value={min}
          draft={drafts.min}
          placeholder={bounds?.min === undefined ? 'from' : cellText(bounds.min, column.kind)}
          onChange={setMin}
          onDraft={(draft) => {
            setDrafts((now) => ({ ...now, min: draft }));
          }}
          describedBy={`${id}-problem`}
        />
        <span className="text-text-3">to</span>
        <NumberField
          id={`${id}-max`}
          label="To"
          value={max}
          draft={drafts.max}
          placeholder={bounds?.max === undefined ? 'to' : cellText(bounds.max, column.kind)}
          onChange={setMax}
          onDraft={(draft) => {
            setDrafts((now) => ({ ...now, max: draft }));
          }}
          describedBy={`${id}-problem`}
        />
        <Button type="submit" size="small" disabled={problem !== undefined}>
          Apply
        </Button>
      </div>
      <p id={`${id}-problem`} role="status" className="text-11 text-st-failed empty:hidden">
        {problem}
      </p>
    </form>
  );
}

/** A bound as it was typed: a float32 by its shortest form. */
function typed(bound: number | undefined): number | undefined {
  return bound === undefined ? undefined : Number(plainNumber(bound).replace('−', '-'));
}
