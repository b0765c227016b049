'use client';

import { useState } from 'react';

import type { JsonPath } from '../../../lib/json/json-path';
import { describedByOf, Field, type FieldMessage } from '../../ui/form/field';
import { NumberField } from '../../ui/form/number-field';
import { useEditorStore } from './editor-context';
import { fieldId } from './field-focus';

/** Props of {@link LimitField}. */
export type LimitFieldProps = {
  /** In the document. */
  readonly place: JsonPath;
  readonly label: string;
  readonly help: string;
  readonly unit?: string | undefined;
  /** In the unit of the field; undefined where nothing is set. */
  readonly value: number | undefined;
  readonly isWhole: boolean;
  readonly min: number;
  readonly max: number;
  /** What holds while nothing is set. Undefined: no limit. */
  readonly initial?: number | undefined;
  readonly onChange: (value: number | undefined) => void;
};

/** A number of the document's own (not of a component) with bounds: what lies outside is not carried out, and says so. */
export function LimitField(props: LimitFieldProps) {
  const { place, label, help, unit, value, isWhole, min, max, initial, onChange } = props;
  const store = useEditorStore();
  const [draft, setDraft] = useState<string>();
  const [outside, setOutside] = useState<number>();
  const id = fieldId(place);
  const text = draft ?? (outside === undefined ? undefined : String(outside));
  const sentence =
    draft !== undefined
      ? 'This is not a number.'
      : outside !== undefined
        ? `${isWhole ? 'A whole number from' : 'From'} ${min} to ${max}. The value is as before.`
        : undefined;
  const messages: readonly FieldMessage[] = sentence === undefined ? [] : [{ severity: 'error', text: sentence }];
  const isChanged = value !== undefined && value !== initial;
  return (
    <Field
      id={id}
      label={label}
      help={help}
      messages={messages}
      isChanged={isChanged}
      note={isChanged ? `default ${initial ?? 'no limit'}` : undefined}
      onReset={
        isChanged
          ? () => {
              onChange(undefined);
              store.getState().endBurst();
            }
          : undefined
      }
    >
      <NumberField
        id={id}
        value={value ?? initial}
        draft={text}
        placeholder="No limit"
        unit={unit}
        min={min}
        max={max}
        describedBy={describedByOf({ id, help, messages })}
        isInvalid={messages.length > 0}
        onDraft={setDraft}
        onChange={(next) => {
          const isFitting = next === undefined || (next >= min && next <= max && (!isWhole || Number.isInteger(next)));
          setOutside(isFitting ? undefined : next);
          if (isFitting) onChange(next);
        }}
        onDone={() => {
          store.getState().endBurst();
        }}
      />
    </Field>
  );
}
