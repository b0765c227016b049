'use client';

import { useState } from 'react';

import { controlAria, controlLook, type ControlProps } from './control';
import { readNumber } from './number-field';

/** Props of {@link NumbersField}. */
export type NumbersFieldProps = ControlProps<readonly number[]> & {
  /** Text that means no list of numbers, kept by the owner so that it outlives the field. */
  readonly draft: string | undefined;
  readonly onDraft: (draft: string | undefined) => void;
  readonly label?: string | undefined;
};

/** A list of numbers on one line: `100, 70, 50`. */
export function NumbersField(props: NumbersFieldProps) {
  const { id, value, onChange, onDone, draft, onDraft, label } = props;
  const [typed, setTyped] = useState<string>();
  return (
    <input
      id={id}
      type="text"
      autoComplete="off"
      aria-label={label}
      value={typed ?? draft ?? value.join(', ')}
      placeholder="Numbers, with commas between"
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        const numbers = readNumbers(text);
        onDraft(numbers === undefined ? text : undefined);
        if (numbers !== undefined) onChange(numbers);
      }}
      onBlur={() => {
        setTyped(undefined);
        onDone?.();
      }}
      {...controlAria(props)}
      className={controlLook()}
    />
  );
}

function readNumbers(text: string): readonly number[] | undefined {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  const numbers = parts.flatMap((part) => readNumber(part) ?? []);
  return numbers.length === parts.length ? numbers : undefined;
}
