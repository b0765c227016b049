'use client';

import { useState } from 'react';

import { controlAria, controlLook, type ControlProps } from './control';

/** Props of {@link NumberField}. */
export type NumberFieldProps = Omit<ControlProps<number | undefined>, 'onChange'> & {
  /** The number that the text means; undefined where it is empty. Not called for text that means none. */
  readonly onChange: (value: number | undefined) => void;
  /** Text that means no number, kept by the owner so that it outlives the field; undefined where there is none. */
  readonly draft: string | undefined;
  /** The text has become (or ceased to be) something that means no number. */
  readonly onDraft: (draft: string | undefined) => void;
  /** Behind the number: `rows`. */
  readonly unit?: string | undefined;
  /** What holds while the field is empty. */
  readonly placeholder?: string | undefined;
  /** Of arrow keys. Default 1. */
  readonly step?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly label?: string | undefined;
};

/** What a text means as a number: digits, a sign, a decimal point, an exponent; commas and spaces between digits are passed over. */
export function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replaceAll(/(?<=\d)[ ,_\u00a0](?=\d{3}(\D|$))/g, '')
    .replace('−', '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** As people read it, without losing a digit. */
const SHOWN = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 17 });

/** A number as text. What does not mean a number stays as it was typed and is never lost. */
export function NumberField(props: NumberFieldProps) {
  const { id, value, onChange, onDone, draft, onDraft, unit, placeholder, step = 1, min, max, label } = props;
  // While a person types, the text is theirs: `1e` and `0.` are on the way to a number.
  const [typed, setTyped] = useState<string>();
  const text = typed ?? draft ?? (value === undefined ? '' : SHOWN.format(value));
  const take = (next: string) => {
    setTyped(next);
    const number = readNumber(next);
    onDraft(number === undefined && next.trim() !== '' ? next : undefined);
    if (number !== undefined) onChange(number);
    else if (next.trim() === '') onChange(undefined);
  };
  const stepBy = (by: number) => {
    const from = value ?? readNumber(placeholder ?? '') ?? 0;
    // Steps of 0.1 must not leave 0.30000000000000004 behind.
    const next = Number((from + by).toPrecision(12));
    take(String(Math.max(min ?? -Infinity, Math.min(max ?? Infinity, next))));
  };
  return (
    <span className="relative block">
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        value={text}
        placeholder={placeholder}
        onChange={(event) => {
          take(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          stepBy((event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1));
        }}
        onFocus={() => {
          // Without the commas, which would be in the way.
          if (draft === undefined && value !== undefined) setTyped(String(value));
        }}
        onBlur={() => {
          setTyped(undefined);
          onDone?.();
        }}
        {...controlAria(props)}
        className={`${controlLook()} ${unit === undefined ? '' : 'pr-12'}`}
      />
      {unit !== undefined && (
        <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-11 text-text-3">
          {unit}
        </span>
      )}
    </span>
  );
}
