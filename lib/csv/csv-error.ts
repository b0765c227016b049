/** The sentences of everything that can be wrong with a CSV file: the file, the line, the limit, what to do; never a cell's content. */

import { AppError } from '../errors';

/** A place in a file, for a message and for a program. Lines and columns count from 1; columns are characters. */
export type CsvPlace = { readonly file: string; readonly line: number; readonly column?: number | undefined };

/** An `invalid-input` error at a place of a CSV file. `message` is the sentence after the place, without its full stop. */
export function csvError(place: CsvPlace, message: string, nextStep: string): AppError {
  const where = `${place.file}, line ${place.line}${place.column === undefined ? '' : `, column ${place.column}`}`;
  return new AppError('invalid-input', `${where}: ${message}.`, {
    nextStep,
    path: `${place.file}:${place.line}${place.column === undefined ? '' : `:${place.column}`}`,
  });
}

/** A size in the unit a person would choose, for messages about limits. */
export function sizeText(bytes: number): string {
  if (bytes >= 1_048_576 && bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB (${bytes} bytes)`;
  return `${bytes} bytes`;
}
