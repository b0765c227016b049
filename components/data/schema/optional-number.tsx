'use client';

import { useState } from 'react';

import { Field } from '../../ui/form/field';
import { NumberField } from '../../ui/form/number-field';
import { TextField } from '../../ui/form/text-field';

/** Props of {@link OptionalNumber}. */
export type OptionalNumberProps = {
  readonly id: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly isWhole?: boolean | undefined;
};

/** A number that may be left out. What is no number, or lies outside, is refused under the field and changes nothing. */
export function OptionalNumber(props: OptionalNumberProps) {
  const { id, label, help, value, onChange, min, max, step, isWhole = false } = props;
  const [draft, setDraft] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const messages = [
    ...(draft === undefined ? [] : [{ severity: 'error' as const, text: 'This is no number.' }]),
    ...(refused === undefined ? [] : [{ severity: 'error' as const, text: refused }]),
  ];
  return (
    <Field id={id} label={label} help={help} messages={messages}>
      <NumberField
        id={id}
        value={value}
        draft={draft}
        onDraft={setDraft}
        placeholder="not set"
        {...(step !== undefined && { step })}
        {...(min !== undefined && { min })}
        {...(max !== undefined && { max })}
        isInvalid={messages.length > 0}
        onChange={(next) => {
          const problem = next === undefined ? undefined : problemOf(next, { min, max, isWhole });
          setRefused(problem);
          if (problem === undefined) onChange(next);
        }}
      />
    </Field>
  );
}

type Bounds = { readonly min: number | undefined; readonly max: number | undefined; readonly isWhole: boolean };

function problemOf(value: number, { min, max, isWhole }: Bounds): string | undefined {
  if (isWhole && !Number.isSafeInteger(value)) return 'A whole number is needed.';
  if (min !== undefined && value < min) return `At least ${min}.`;
  return max !== undefined && value > max ? `At most ${max}.` : undefined;
}

/** Props of {@link OptionalInteger}. */
export type OptionalIntegerProps = {
  readonly id: string;
  readonly label: string;
  readonly value: bigint | undefined;
  readonly onChange: (value: bigint | undefined) => void;
};

const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** A whole number of 64 bits that may be left out. */
export function OptionalInteger({ id, label, value, onChange }: OptionalIntegerProps) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? (value === undefined ? '' : String(value));
  const parsed = parseInteger(text);
  const messages =
    parsed === null ? [{ severity: 'error' as const, text: 'A whole number of 64 bits is needed.' }] : [];
  return (
    <Field id={id} label={label} messages={messages}>
      <TextField
        id={id}
        value={text}
        placeholder="not set"
        isInvalid={parsed === null}
        onChange={(next) => {
          setTyped(next);
          const number = parseInteger(next);
          if (number !== null) onChange(number);
        }}
        onDone={() => {
          if (parsed !== null) setTyped(undefined);
        }}
      />
    </Field>
  );
}

/** Undefined for nothing, null for text that is no such number. */
function parseInteger(text: string): bigint | undefined | null {
  const plain = text.trim().replaceAll(',', '').replace('−', '-');
  if (plain === '') return undefined;
  if (!/^-?\d{1,19}$/.test(plain)) return null;
  const value = BigInt(plain);
  return value < INT64.min || value > INT64.max ? null : value;
}
