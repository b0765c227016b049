'use client';

import { CircleSlash2 } from 'lucide-react';
import { useMemo, useState } from 'react';

import { formatValue } from '../../lib/format/number';
import { cellWords, readListText, toModelCell } from '../../lib/model/form-cell';
import type { FormField } from '../../lib/model/model-form';
import type { TransformCell } from '../../lib/transform/apply-transform';
import { Combobox } from '../ui/form/combobox';
import { describedByOf, Field } from '../ui/form/field';
import { IconToggle } from '../ui/form/icon-toggle';
import { NumberField } from '../ui/form/number-field';
import { TextField } from '../ui/form/text-field';
import { RangeSlider } from './range-slider';

/** Props of {@link ValueField}. */
export type ValueFieldProps = {
  readonly id: string;
  readonly field: FormField;
  /** What the row holds, before it was changed. */
  readonly before: TransformCell;
  readonly cell: TransformCell;
  readonly isChanged: boolean;
  readonly onChange: (cell: TransformCell) => void;
};

const KIND_WORDS = { INT: 'a whole number', FLOAT: 'a number', STRING: 'a text' } as const;

/** One value of the row, in the control that fits its kind. Every value may be missing. */
export function ValueField({ id, field, before, cell, isChanged, onChange }: ValueFieldProps) {
  const { column, kind, isList, tokens } = field;
  const [draft, setDraft] = useState<string>();
  const messages =
    draft === undefined
      ? []
      : [{ severity: 'error' as const, text: `This is no ${isList ? 'list of values' : KIND_WORDS[kind].slice(2)}.` }];
  const help = `The model reads ${isList ? 'a list here, with commas between' : KIND_WORDS[kind]}.`;
  const describedBy = describedByOf({ id, help, messages });
  const control = { id, describedBy, isInvalid: draft !== undefined };
  const placeholder = cell === null ? 'missing' : undefined;
  return (
    <Field
      id={id}
      label={column}
      help={help}
      layout="above"
      isChanged={isChanged}
      messages={messages}
      note={noteOf({ field, before, cell, isChanged })}
    >
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          {isList ? (
            <TextField
              {...control}
              value={draft ?? cellWords(cell)}
              placeholder={placeholder}
              onChange={(text) => {
                const values = readListText(text, kind);
                setDraft(values === undefined ? text : undefined);
                if (values !== undefined) onChange(values);
              }}
            />
          ) : tokens !== undefined ? (
            <TokenField control={control} field={field} cell={cell} onChange={onChange} />
          ) : kind === 'STRING' ? (
            <TextField {...control} value={cellWords(cell)} placeholder={placeholder} onChange={onChange} />
          ) : (
            <NumberCell
              control={control}
              field={field}
              cell={cell}
              onChange={onChange}
              draft={draft}
              onDraft={setDraft}
              placeholder={placeholder}
            />
          )}
        </div>
        <IconToggle
          label={`${column} is missing`}
          icon={CircleSlash2}
          isOn={cell === null}
          onChange={(isMissing) => {
            setDraft(undefined);
            onChange(isMissing ? null : (before ?? field.start ?? emptyOf(field)));
          }}
        />
      </div>
    </Field>
  );
}

type Control = { readonly id: string; readonly describedBy: string | undefined; readonly isInvalid: boolean };
type CellProps = Pick<ValueFieldProps, 'field' | 'cell' | 'onChange'> & { readonly control: Control };

function TokenField({ control, field, cell, onChange }: CellProps) {
  const options = useMemo(() => (field.tokens ?? []).map((value) => ({ value })), [field.tokens]);
  return (
    <Combobox
      {...control}
      label={`Values of ${field.column}`}
      options={options}
      value={cellWords(cell)}
      placeholder={cell === null ? 'missing' : undefined}
      emptyText="The vocabulary is empty: every value is a new one."
      note="From the training rows. Any other text is taken too."
      onChange={(text) => {
        onChange(toModelCell(text, field));
      }}
    />
  );
}

type NumberCellProps = CellProps & {
  readonly draft: string | undefined;
  readonly onDraft: (draft: string | undefined) => void;
  readonly placeholder: string | undefined;
};

function NumberCell({ control, field, cell, onChange, draft, onDraft, placeholder }: NumberCellProps) {
  const { kind, range, column } = field;
  const number = cell === null || typeof cell === 'object' ? undefined : Number(cell);
  const isFinite = number !== undefined && Number.isFinite(number);
  const take = (value: number | undefined) => {
    if (value === undefined) onChange(null);
    else if (kind === 'INT' && !Number.isInteger(value)) onDraft(String(value));
    else onChange(value);
  };
  return (
    <>
      <NumberField
        {...control}
        value={isFinite ? number : undefined}
        onChange={take}
        draft={draft}
        onDraft={onDraft}
        placeholder={number !== undefined && !isFinite ? 'not a number' : placeholder}
        step={kind === 'INT' || range === undefined ? 1 : stepOf(range.high - range.low)}
      />
      {range !== undefined && (
        <RangeSlider
          label={`${column}, slider`}
          range={range}
          isWhole={kind === 'INT'}
          value={isFinite ? number : undefined}
          onChange={(value) => {
            onDraft(undefined);
            onChange(value);
          }}
        />
      )}
    </>
  );
}

/** A hundredth of the range or less, as a power of ten. */
function stepOf(width: number): number {
  return 10 ** Math.floor(Math.log10(width / 100));
}

function emptyOf({ kind, isList }: FormField): TransformCell {
  if (isList) return [];
  return kind === 'STRING' ? '' : 0;
}

type NoteOf = Pick<ValueFieldProps, 'field' | 'before' | 'cell' | 'isChanged'>;

function noteOf({ field, before, cell, isChanged }: NoteOf): string | undefined {
  const notes = [
    isChanged ? `was ${before === null ? 'missing' : wordsOf(before)}` : '',
    isUnseen(field, cell) ? 'not in the vocabulary' : '',
    cell === '' ? 'an empty text' : '',
  ].filter((note) => note !== '');
  return notes.length === 0 ? undefined : notes.join(', ');
}

function wordsOf(cell: TransformCell): string {
  return typeof cell === 'number' ? formatValue(cell) : cell === '' ? 'an empty text' : cellWords(cell);
}

function isUnseen({ tokens }: FormField, cell: TransformCell): boolean {
  return tokens !== undefined && cell !== null && typeof cell !== 'object' && !tokens.includes(String(cell));
}
