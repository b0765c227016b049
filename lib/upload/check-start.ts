/**
 * Looks at the start of a file before anything is sent, so that a wrong one is told at once. It is the reader of the
 * ExampleGen that looks; what is wrong further down is found when the whole file is profiled.
 */

import { CsvScanner } from '../csv/csv-scanner';
import { readHeader } from '../csv/header';
import { AppError, errorSentences } from '../errors';

/** A file to be looked at. */
export type LookedAt = {
  readonly name: string;
  readonly sizeBytes: number;
  /** Bytes from `start` up to `end` or the end of the file. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
};

/** Formats of tables that are read. */
export type TableFormat = 'csv' | 'parquet';

const MEGABYTE = 1_048_576;
/** How far a CSV is scanned before it is sent, in bytes; further where its first rows are longer. */
const SCANNED_BYTES = MEGABYTE;
/** CsvExampleGen's default for `maxLineBytes`. */
const MAX_RECORD_BYTES = 16_777_216;
const NUL_WITHIN = 65_536;
const PARQUET_TAIL = 4;

type Signature = { readonly bytes: string; readonly name: string; readonly nextStep: string };
const EXPORT = 'Export the table as CSV or Parquet and bring that.';
const UNPACK = 'Unpack it and bring what is inside.';

/** First bytes (as Latin-1) of what people bring, and what to call it. */
const OTHERS: readonly Signature[] = [
  { bytes: '\u001f\u008b', name: 'compressed with gzip', nextStep: UNPACK },
  { bytes: '\u0028\u00b5\u002f\u00fd', name: 'compressed with Zstandard', nextStep: UNPACK },
  { bytes: 'BZh', name: 'compressed with bzip2', nextStep: UNPACK },
  { bytes: '\u00fd7zXZ', name: 'compressed with xz', nextStep: UNPACK },
  { bytes: 'PK\u0003\u0004', name: 'a ZIP archive or an Excel workbook', nextStep: EXPORT },
  { bytes: '\u00d0\u00cf\u0011\u00e0', name: 'an old Excel workbook', nextStep: EXPORT },
  { bytes: '%PDF', name: 'a PDF document', nextStep: EXPORT },
  { bytes: '\u0089PNG', name: 'a picture', nextStep: 'Bring a table: CSV or Parquet.' },
  { bytes: 'SQLite format 3', name: 'an SQLite database', nextStep: EXPORT },
  { bytes: 'ARROW1', name: 'an Arrow file', nextStep: EXPORT },
  { bytes: 'ORC', name: 'an ORC file', nextStep: EXPORT },
  { bytes: 'Obj\u0001', name: 'an Avro file', nextStep: EXPORT },
  { bytes: '\u0089HDF', name: 'an HDF5 file', nextStep: EXPORT },
  { bytes: 'PARE', name: 'encrypted Parquet', nextStep: 'Write it without encryption.' },
];

/** The format of a file that can be brought. Throws `invalid-input` with what is wrong and what to do. */
export async function checkStart(file: LookedAt): Promise<TableFormat> {
  const { name, sizeBytes, read } = file;
  const refuse = (what: string, nextStep: string) => new AppError('invalid-input', `${name} ${what}.`, { nextStep });
  if (sizeBytes === 0) {
    throw refuse('is empty', 'Check that this is the right file and that it was written to its end.');
  }
  const start = await read(0, NUL_WITHIN);
  const text = new TextDecoder('utf-8').decode(start.subarray(0, 1_024));
  const latin = asLatin1(start.subarray(0, 16));
  if (latin.startsWith('PAR1')) {
    if (asLatin1(await read(sizeBytes - PARQUET_TAIL, sizeBytes)) === 'PAR1') return 'parquet';
    throw refuse('is cut off: the description at the end of a Parquet file is missing', 'Copy or write it again.');
  }
  const other = OTHERS.find(({ bytes }) => latin.startsWith(bytes));
  if (other !== undefined) throw refuse(`is ${other.name}`, other.nextStep);
  if (/^\s*[[{]/.test(text) && /\.(json|jsonl|ndjson|geojson)$/i.test(name)) throw refuse('is JSON', EXPORT);
  // UTF-16 has its own sentence, from the scanner.
  if (start.includes(0) && !latin.startsWith('\u00ff\u00fe') && !latin.startsWith('\u00fe\u00ff')) {
    throw refuse('is not text: it holds bytes that no CSV has', EXPORT);
  }
  await scanStart(file);
  return 'csv';
}

async function scanStart({ name, sizeBytes, read }: LookedAt): Promise<void> {
  const seen = { columns: 0, rows: 0, separator: new SeparatorClue() };
  const scanner = new CsvScanner({
    file: name,
    maxRecordBytes: MAX_RECORD_BYTES,
    onRecord: (record) => {
      if (seen.columns === 0) seen.columns = readHeader(record, name).length;
      else seen.rows++;
      if (seen.columns === 1) seen.separator.add(record.bytes.subarray(record.starts[0], record.ends[0]));
    },
  });
  let at = 0;
  while (at < sizeBytes && (at < SCANNED_BYTES || seen.rows === 0)) {
    const end = Math.min(sizeBytes, at + MEGABYTE);
    scanner.push(await read(at, end));
    at = end;
  }
  if (at >= sizeBytes) scanner.end();
  const separator = seen.separator.found(seen.rows);
  if (separator !== undefined) {
    throw new AppError('invalid-input', `${name} separates its columns with ${separator}, not with commas.`, {
      nextStep: 'Save it with commas and bring that.',
    });
  }
  if (seen.rows === 0) {
    throw new AppError('invalid-input', `${name} has a header, but no rows.`, {
      nextStep: 'Check that this is the right file; at least one row is needed.',
    });
  }
}

const SEPARATORS = [
  { byte: 0x3b, name: 'semicolons' },
  { byte: 0x09, name: 'tabs' },
  { byte: 0x7c, name: 'bars' },
] as const;
/** Lines that are looked at. */
const CLUE_LINES = 20;

/** Notices another separator: one column by commas, and the same number of semicolons, tabs or bars in every line. */
class SeparatorClue {
  private lines = 0;
  private readonly counts = SEPARATORS.map(() => 0);
  private readonly isSteady = SEPARATORS.map(() => true);

  add(line: Uint8Array): void {
    if (this.lines >= CLUE_LINES) return;
    SEPARATORS.forEach(({ byte }, index) => {
      const count = line.filter((each) => each === byte).length;
      if (this.lines === 0) this.counts[index] = count;
      else if (count !== this.counts[index]) this.isSteady[index] = false;
    });
    this.lines++;
  }

  found(rows: number): string | undefined {
    if (rows === 0) return undefined;
    return SEPARATORS.find((_, index) => (this.counts[index] ?? 0) > 0 && this.isSteady[index])?.name;
  }
}

/** What is wrong with a file as running text, from anything that {@link checkStart} throws; undefined where it is a fault of ours. */
export function refusalText(thrown: unknown): string | undefined {
  return thrown instanceof AppError ? errorSentences(thrown) : undefined;
}

function asLatin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
