/** Cells of a form: from the rows that a screen holds, from what a person types, and as a line of JSON. */

import type { TransformValue } from '../transform/apply-step';
import type { TransformCell, TransformRow } from '../transform/apply-transform';
import type { TransformKind } from '../transform/transform-graph';
import type { FormField } from './model-form';

/** A cell as rows travel: missing is null; what JSON cannot hold (NaN, infinities, integers beyond 2⁵³) is text. */
export type PortableCell = string | number | null | readonly PortableCell[];

/** The same cell as a model reads it. A value that is not of the kind is missing. */
export function toModelCell(cell: PortableCell, { kind, isList }: Pick<FormField, 'kind' | 'isList'>): TransformCell {
  if (cell === null) return null;
  if (typeof cell !== 'object') {
    const value = toValue(cell, kind);
    return value === undefined ? null : isList ? [value] : value;
  }
  const values = cell.flatMap((item) => {
    const value = item === null || typeof item === 'object' ? undefined : toValue(item, kind);
    return value === undefined ? [] : [value];
  });
  return isList ? values : (values[0] ?? null);
}

function toValue(value: string | number, kind: TransformKind): TransformValue | undefined {
  if (kind === 'STRING') return String(value);
  if (kind === 'FLOAT') {
    const number = Number(value);
    return Number.isNaN(number) && value !== 'NaN' ? undefined : number;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : undefined;
  return /^-?\d{1,19}$/.test(value) ? toWhole(value) : undefined;
}

function toWhole(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** A row as examples store it: floats in single precision. */
export function storedRow(row: TransformRow, fields: readonly Pick<FormField, 'column' | 'kind'>[]): TransformRow {
  const floats = new Set(fields.filter(({ kind }) => kind === 'FLOAT').map(({ column }) => column));
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [column, floats.has(column) ? toSingle(cell) : cell]),
  );
}

function toSingle(cell: TransformCell): TransformCell {
  if (cell === null) return null;
  return typeof cell === 'object' ? cell.map((value) => Math.fround(Number(value))) : Math.fround(Number(cell));
}

/** What a person typed into a field of a list: values between commas. Undefined where one of them is none of the kind. */
export function readListText(text: string, kind: TransformKind): readonly TransformValue[] | undefined {
  if (text.trim() === '') return [];
  const values = text.split(',').map((part) => (part.trim() === '' ? undefined : toValue(part.trim(), kind)));
  const read = values.filter((value) => value !== undefined);
  return read.length === values.length ? read : undefined;
}

/** Cells as a person reads and types them; missing is an empty text. */
export function cellWords(cell: TransformCell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? cell.map(String).join(', ') : String(cell);
}

/** True for the same content. */
export function isSameCell(a: TransformCell, b: TransformCell): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return Object.is(a, b);
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

/** A row as a line that `models predict` reads: whole numbers and shortest decimals as they are, missing is null. */
export function rowLine(row: TransformRow, fields: readonly Pick<FormField, 'column'>[]): string {
  const parts = fields.map(({ column }) => `${JSON.stringify(column)}: ${cellJson(row[column] ?? null)}`);
  return `{${parts.join(', ')}}`;
}

function cellJson(cell: TransformCell): string {
  if (cell === null) return 'null';
  if (typeof cell === 'object') return `[${cell.map(cellJson).join(', ')}]`;
  if (typeof cell === 'string') return JSON.stringify(cell);
  // JSON has no NaN; what is missing comes nearest.
  return typeof cell === 'number' && !Number.isFinite(cell) ? 'null' : String(cell);
}
