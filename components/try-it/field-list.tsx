'use client';

import { useId, useState } from 'react';

import { formatQuantity } from '../../lib/format/number';
import type { FormField } from '../../lib/model/model-form';
import type { TransformCell, TransformRow } from '../../lib/transform/apply-transform';
import { Button } from '../ui/button';
import { TextField } from '../ui/form/text-field';
import { ValueField } from './value-field';

/** Props of {@link FieldList}. */
export type FieldListProps = {
  readonly fields: readonly FormField[];
  readonly before: TransformRow;
  readonly now: TransformRow;
  readonly changed: ReadonlySet<string>;
  readonly onChange: (column: string, cell: TransformCell) => void;
};

/** From so many fields on they can be searched. */
const MANY = 13;
/** Fields drawn before somebody asks for the others. */
const FIRST = 60;

/** A field for each column that the model reads. */
export function FieldList({ fields, before, now, changed, onChange }: FieldListProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [isWhole, setWhole] = useState(false);
  const words = search.trim().toLowerCase();
  const found = fields.filter(({ column }) => column.toLowerCase().includes(words));
  const shown = isWhole ? found : found.slice(0, FIRST);
  return (
    <>
      {fields.length >= MANY && (
        <div className="max-w-80 px-4 pb-2 tablet:px-5">
          <TextField
            id={`${id}-search`}
            label="Search the fields"
            placeholder={`Search ${formatQuantity(fields.length, 'field')}`}
            value={search}
            onChange={setSearch}
          />
        </div>
      )}
      <div className="grid tablet:grid-cols-2 tablet:px-1">
        {shown.map((field) => (
          <ValueField
            key={field.column}
            id={`${id}-${fields.indexOf(field)}`}
            field={field}
            before={before[field.column] ?? null}
            cell={now[field.column] ?? null}
            isChanged={changed.has(field.column)}
            onChange={(cell) => {
              onChange(field.column, cell);
            }}
          />
        ))}
      </div>
      {found.length === 0 && <p className="px-4 text-12 text-text-2 tablet:px-5">No field has this in its name.</p>}
      {found.length > shown.length && (
        <p className="px-4 pt-2 tablet:px-5">
          <Button
            onClick={() => {
              setWhole(true);
            }}
          >
            Show {formatQuantity(found.length - shown.length, 'more field')}
          </Button>
        </p>
      )}
    </>
  );
}
