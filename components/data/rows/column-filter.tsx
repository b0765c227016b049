'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';

import type { RowCondition, RowQuery } from '../../../lib/artifact/row-query';
import { formatCount, formatQuantity } from '../../../lib/format/number';
import type { ArtifactId } from '../../../lib/ids';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { cellText, type RowsColumn } from './cell-text';
import { RangeFilter } from './range-filter';

/** Props of {@link ColumnFilter}. */
export type ColumnFilterProps = {
  readonly artifactId: ArtifactId;
  readonly query: RowQuery;
  readonly column: RowsColumn;
  /** Takes the place of all conditions on this feature. */
  readonly onChange: (conditions: readonly RowCondition[]) => void;
};

/** Values offered at once. */
const OFFERED = 100;

type Of<T extends RowCondition['op']> = Extract<RowCondition, { op: T }>;

/** What of a feature is wanted: its values with their rows, a range, a text, or whether there is a value at all. */
export function ColumnFilter({ artifactId, query, column, onChange }: ColumnFilterProps) {
  const trpc = useTRPC();
  const [holding, setHolding] = useState('');
  const { sort: _, ...filter } = query;
  const values = useQuery(
    trpc.rows.values.queryOptions(
      { artifactId, query: filter, column: column.name, limit: OFFERED, ...(holding !== '' && { holding }) },
      { staleTime: Infinity, placeholderData: keepPreviousData, trpc: { abortOnUnmount: true } },
    ),
  );
  const own = query.where.filter((condition) => condition.column === column.name);
  const chosen = own.find((condition): condition is Of<'in'> => condition.op === 'in');
  const toggle = (value: string | number) => {
    const before = chosen?.values ?? [];
    const next = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
    onChange(next.length === 0 ? [] : [{ column: column.name, op: 'in', values: next }]);
  };
  const isNumber = column.kind === 'INT' || column.kind === 'FLOAT';
  const { data } = values;
  return (
    <div className="flex w-72 flex-col gap-2 text-12">
      {isNumber && <RangeFilter column={column} conditions={own} bounds={data} onChange={onChange} />}
      <PresenceButtons column={column} conditions={own} data={data} onChange={onChange} />
      {column.kind !== 'NONE' && (
        <TextLine
          holding={holding}
          onHolding={setHolding}
          onContains={(text) => {
            onChange([{ column: column.name, op: 'contains', text }]);
          }}
        />
      )}
      {values.error !== null && <ErrorPanel error={toShownError(values.error)} onRetry={() => void values.refetch()} />}
      {values.isPending && column.kind !== 'NONE' && (
        <p role="status" className="animate-late text-text-3">
          Counting the values
        </p>
      )}
      {data !== undefined && column.kind !== 'NONE' && (
        <>
          <ul className="max-h-64 overflow-y-auto" aria-label={`Values of ${column.name}`}>
            {data.values.map(({ value, rows }) => (
              <li key={`${typeof value} ${value}`}>
                <label className="flex min-h-6 items-center gap-2 rounded-control px-1 hover:bg-hover max-tablet:min-h-11">
                  <input
                    type="checkbox"
                    checked={chosen?.values.includes(value) ?? false}
                    onChange={() => {
                      toggle(value);
                    }}
                  />
                  <bdi className="min-w-0 flex-1 truncate" title={String(value)}>
                    {cellText(value, column.kind)}
                  </bdi>
                  <span className="text-text-3">{formatCount(rows)}</span>
                </label>
              </li>
            ))}
          </ul>
          <p className="text-11 text-text-3">
            {data.values.length < data.distinct
              ? `${formatCount(data.values.length)} of ${formatQuantity(data.distinct, 'value')}, the most frequent ones first`
              : formatQuantity(data.distinct, 'different value')}
          </p>
        </>
      )}
    </div>
  );
}

type PresenceProps = {
  readonly column: RowsColumn;
  readonly conditions: readonly RowCondition[];
  readonly data: { readonly missing: number; readonly notANumber: number } | undefined;
  readonly onChange: ColumnFilterProps['onChange'];
};

function PresenceButtons({ column, conditions, data, onChange }: PresenceProps) {
  const choices: { readonly condition: RowCondition; readonly label: string }[] = [
    { condition: { column: column.name, op: 'missing' }, label: `Missing${counted(data?.missing)}` },
    { condition: { column: column.name, op: 'present' }, label: 'Present' },
  ];
  if (column.nullMeans === 'empty-list' || column.isList)
    choices.push({ condition: { column: column.name, op: 'valueCount', max: 0 }, label: 'No value' });
  if (column.kind === 'FLOAT' && (data?.notANumber ?? 0) > 0)
    choices.push({
      condition: { column: column.name, op: 'notANumber' },
      label: `Not a number${counted(data?.notANumber)}`,
    });
  return (
    <div role="group" aria-label="Presence" className="flex flex-wrap gap-1">
      {choices.map(({ condition, label }) => {
        const isOn = conditions.some((each) => each.op === condition.op);
        return (
          <Button
            key={condition.op}
            size="small"
            aria-pressed={isOn}
            look={isOn ? 'ink' : 'plain'}
            onClick={() => {
              onChange(isOn ? [] : [condition]);
            }}
          >
            {label}
          </Button>
        );
      })}
    </div>
  );
}

function counted(rows: number | undefined): string {
  return rows === undefined ? '' : ` ${formatCount(rows)}`;
}

type TextLineProps = {
  readonly holding: string;
  readonly onHolding: (text: string) => void;
  readonly onContains: (text: string) => void;
};

/** Narrows the offered values; Enter takes all rows that contain the text. */
function TextLine({ holding, onHolding, onContains }: TextLineProps) {
  const id = useId();
  return (
    <form
      className="flex items-center gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (holding !== '') onContains(holding);
      }}
    >
      <label htmlFor={id} className="sr-only">
        Values that contain
      </label>
      <input
        id={id}
        type="search"
        dir="auto"
        value={holding}
        placeholder="Find values"
        autoComplete="off"
        maxLength={1_000}
        onChange={(event) => {
          onHolding(event.target.value);
        }}
        className="h-7 min-w-0 flex-1 rounded-control border border-border-strong bg-surface px-2 max-tablet:h-11"
      />
      <Button type="submit" size="small" disabled={holding === ''}>
        Contains this
      </Button>
    </form>
  );
}
