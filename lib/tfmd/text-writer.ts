/** Writes a message in protobuf's text format, fields by number as TFX's tools do, text outside ASCII as it is. */

import type { Message, MessageValue, ValueKind } from './message';
import { textFieldName } from './text-names';

const INDENT = '  ';

/** The text of a message; every field that is set stands in it. */
export function writeText<M extends Message>(message: M, value: MessageValue<M>): string {
  const lines: string[] = [];
  writeFields(message, value, { lines, indent: '' });
  return lines.map((line) => `${line}\n`).join('');
}

type Output = { readonly lines: string[]; readonly indent: string };

function writeFields(message: Message, value: unknown, { lines, indent }: Output): void {
  // The value is that of the message, field by field; the compiler cannot follow a loop over both.
  const values = value as { readonly [field: string]: unknown };
  for (const [name, field] of Object.entries(message.fields)) {
    const fieldValue = values[name];
    if (fieldValue === undefined) continue;
    if (field.presence === 'plain' && Object.is(fieldValue, field.codec.zero)) continue;
    const { kind } = field.codec;
    for (const item of Array.isArray(fieldValue) ? (fieldValue as readonly unknown[]) : [fieldValue]) {
      if (kind.type !== 'message') lines.push(`${indent}${textFieldName(name)}: ${scalarText(kind, item)}`);
      else {
        lines.push(`${indent}${textFieldName(name)} {`);
        writeFields(kind.message, item, { lines, indent: indent + INDENT });
        lines.push(`${indent}}`);
      }
    }
  }
}

function scalarText(kind: ValueKind, value: unknown): string {
  if (value instanceof Uint8Array) return `"${escapeBytes(value)}"`;
  if (kind.type === 'real' && typeof value === 'number') return realText(value, kind.isSinglePrecision);
  return kind.type === 'string' ? `"${escapeText(String(value))}"` : String(value);
}

/** The shortest digits that give the same number again, with a point as in Python: `1.0`. */
function realText(value: number, isSinglePrecision: boolean): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const text = Object.is(value, -0) ? '-0' : isSinglePrecision ? shortestSingle(value) : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function shortestSingle(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === Math.fround(value)) return text;
  }
  return String(Number(value.toPrecision(9)));
}

const LETTERS: { readonly [character: string]: string } = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '"': String.raw`\"`,
  "'": String.raw`\'`,
  '\\': String.raw`\\`,
};

/** A text with quotes, backslashes and control characters escaped as in C; everything else stays readable. */
export function escapeText(text: string): string {
  return text.replaceAll(
    /[\u0000-\u001F\u007F"'\\]/g,
    (character) => LETTERS[character] ?? octal(character.charCodeAt(0)),
  );
}

function escapeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 0x80 ? escapeText(String.fromCharCode(byte)) : octal(byte))).join('');
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}
