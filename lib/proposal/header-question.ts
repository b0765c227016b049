/** Whether the first line of a CSV names its columns: an ExampleGen always takes it for names, and a person may know better. */

import type { TableProfile } from './table-profile';

/** A number as a cell may hold it. */
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/**
 * Why the first line looks like data rather than names, in a sentence; undefined where nothing speaks for that. Blank
 * names, numbers over columns of numbers, and names that come again among a column's own values speak for it.
 */
export function suspectHeader({ format, columns }: Pick<TableProfile, 'format' | 'columns'>): string | undefined {
  if (format !== 'csv' || columns.length === 0) return undefined;
  const numeric = columns.filter(({ kind }) => kind === 'INT' || kind === 'FLOAT');
  const numbers = columns.filter(({ name }) => NUMBER.test(name));
  if (numbers.length > 0 && numbers.length >= numeric.length / 2) {
    return `${numbers.length} of ${columns.length} names in the first line are numbers.`;
  }
  const repeated = columns.filter(
    ({ name, kind, values }) => kind === 'STRING' && name !== '' && values.some(({ text }) => text === name),
  );
  if (repeated.length > 0 && numeric.every(({ name }) => NUMBER.test(name))) {
    return `${repeated.length} of ${columns.length} names in the first line also stand in the rows below.`;
  }
  const blank = columns.filter(({ name }) => name.trim() === '');
  // One blank name is the usual mark of a column of row numbers.
  if (blank.length > 1) return `${blank.length} of ${columns.length} names in the first line are blank.`;
  return undefined;
}

/** Names for columns that have none: `column_1`, `column_2`… */
export function plainNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `column_${index + 1}`);
}
