'use client';

import { useState } from 'react';
import * as z from 'zod';

import { FieldMessages } from './field';
import { controlAria, controlLook, type ControlProps } from './control';

/** Props of {@link JsonField}. */
export type JsonFieldProps = Omit<ControlProps<unknown>, 'onChange'> & {
  /** The value of the text; undefined where the text is empty. Not called while it cannot be read. */
  readonly onChange: (value: JsonValue | undefined) => void;
  /** Text that is not JSON, kept by the owner so that it outlives the field. */
  readonly draft: string | undefined;
  readonly onDraft: (draft: string | undefined) => void;
  readonly label?: string | undefined;
  readonly rows?: number | undefined;
};

/** A JSON value. */
type JsonValue = z.core.util.JSONType;

/** What is read has just been found to be JSON: no schema can say more. */
function readJson(text: string): JsonValue {
  return z.json().parse(JSON.parse(text));
}

/** The place of a mistake, counted from 1, and a sentence about it. */
export function explainJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? (/end of JSON/i.test(message) ? text.length : NaN));
    if (Number.isNaN(at)) return 'This is not JSON.';
    if (at >= text.length) return 'The text ends before the JSON does: a quote, bracket or brace is missing.';
    const before = text.slice(0, at).split('\n');
    return `This is not JSON from line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} on.`;
  }
}

/** Any value as JSON text. What cannot be read stays as it was typed, with the place of the mistake. */
export function JsonField(props: JsonFieldProps) {
  const { id, value, onChange, onDone, draft, onDraft, label, rows = 5 } = props;
  const [typed, setTyped] = useState<string>();
  const text = typed ?? draft ?? (value === undefined ? '' : JSON.stringify(value, undefined, 2));
  const mistake = text.trim() === '' ? undefined : explainJson(text);
  return (
    <>
      <textarea
        id={id}
        value={text}
        rows={rows}
        spellCheck={false}
        autoComplete="off"
        aria-label={label}
        onChange={(event) => {
          const next = event.target.value;
          setTyped(next);
          if (next.trim() === '') {
            onDraft(undefined);
            onChange(undefined);
            return;
          }
          const isReadable = explainJson(next) === undefined;
          onDraft(isReadable ? undefined : next);
          if (isReadable) onChange(readJson(next));
        }}
        onBlur={() => {
          setTyped(undefined);
          onDone?.();
        }}
        {...controlAria({ ...props, isInvalid: mistake !== undefined || props.isInvalid })}
        className={`${controlLook({ font: 'mono', size: 'block' })} resize-y whitespace-pre`}
      />
      {mistake !== undefined && <FieldMessages messages={[{ severity: 'error', text: mistake }]} />}
    </>
  );
}
