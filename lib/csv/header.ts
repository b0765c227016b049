/** The names of the columns: the first record of a CSV file. */

import { AppError } from '../errors';
import { csvError } from './csv-error';
import type { CsvRecord } from './csv-scanner';

/**
 * The column names of a header record. White space around the whole line does not count, as in TFX; quotes do, unlike
 * there (TFX splits the header at every comma). Refuses names that are there twice, and NUL characters.
 */
export function readHeader(record: CsvRecord, file: string): readonly string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const last = record.count - 1;
  const names = Array.from({ length: record.count }, (_, cell) => {
    const name = decoder.decode(record.bytes.subarray(record.starts[cell], record.ends[cell]));
    if (record.quoted[cell] !== 0) return name;
    const left = cell === 0 ? name.trimStart() : name;
    return cell === last ? left.trimEnd() : left;
  });
  const place = { file, line: record.line };
  if (names.some((name) => name.includes('\0'))) {
    throw csvError(place, 'a column name holds a NUL character', 'The file may be UTF-16 text: save it as UTF-8.');
  }
  const positions = new Map<string, number>();
  names.forEach((name, index) => {
    const before = positions.get(name);
    if (before !== undefined) {
      throw csvError(
        place,
        `columns ${before + 1} and ${index + 1} have the same name`,
        'Give every column a name of its own.',
      );
    }
    positions.set(name, index);
  });
  return names;
}

/** True when both headers name the same columns in the same order. */
export function isSameHeader(names: readonly string[], header: readonly string[]): boolean {
  return names.length === header.length && names.every((name, index) => name === header[index]);
}

/** Throws `invalid-input` with what is different where a later file of an input split has another header than the first. */
export function requireSameHeader(
  { first, file }: { readonly first: string; readonly file: string },
  names: readonly string[],
  header: readonly string[],
): void {
  if (isSameHeader(names, header)) return;
  const different =
    names.length === header.length
      ? `column ${names.findIndex((name, index) => name !== header[index]) + 1} has another name`
      : `${names.length} columns there, ${header.length} here`;
  throw new AppError('invalid-input', `${file} has another header than ${first}: ${different}.`, {
    nextStep: 'Files of one input split need the same columns in the same order: use one input split for each header.',
    path: `${file}:1`,
  });
}
