/** Profiles CSV files by the rules with which CsvExampleGen reads them, the whole of them or as much as fits the time. */

import { ColumnKinds } from '../../lib/csv/column-kinds';
import { CsvScanner, type CsvRecord } from '../../lib/csv/csv-scanner';
import { readHeader, requireSameHeader } from '../../lib/csv/header';
import { AppError } from '../../lib/errors';
import { shownOf, type TableProfile } from '../../lib/proposal/table-profile';
import { shownText, ValueCounter } from '../../lib/proposal/value-counter';
import { readChunks } from '../storage/read-chunks';
import type { SourceFile } from '../storage/source-files';

/** How much is read before a person is shown what there is. */
export type ProfileBudget = {
  readonly signal: AbortSignal;
  /** Default 256 MB: a second or two. */
  readonly maxBytes?: number;
  /** In ms; default 4,000. */
  readonly maxMs?: number;
};

const MAX_BYTES = 256_000_000;
const MAX_MS = 4_000;
/** CsvExampleGen's default for `maxLineBytes`. */
const MAX_RECORD_BYTES = 16_777_216;

/** See the module. Throws the scanner's sentence for a file that is no CSV, or has a header alone. */
export async function profileCsv(files: readonly SourceFile[], budget: ProfileBudget): Promise<TableProfile> {
  const { signal, maxBytes = MAX_BYTES, maxMs = MAX_MS } = budget;
  const until = performance.now() + maxMs;
  const table = new CsvTable();
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  let bytesRead = 0;
  const isSpent = () => bytesRead < sizeBytes && (bytesRead >= maxBytes || performance.now() > until);
  for (const file of files) {
    if (isSpent()) break;
    const scanner = table.scannerOf(file.name);
    for await (const chunk of readChunks(file.path, signal)) {
      scanner.push(chunk);
      bytesRead += chunk.length;
      if (isSpent()) break;
    }
    if (!isSpent()) scanner.end();
  }
  const [first] = files;
  if (table.rows === 0) {
    throw new AppError('invalid-input', `${first?.name ?? ''} has a header, but no rows.`, {
      nextStep: 'Check that this is the right file; at least one row is needed.',
    });
  }
  const isWhole = bytesRead >= sizeBytes;
  return {
    format: 'csv',
    files: files.length,
    sizeBytes,
    rows: isWhole ? table.rows : Math.round((table.rows * sizeBytes) / bytesRead),
    isRowsExact: isWhole,
    rowsRead: table.rows,
    ...table.columns(),
  };
}

class CsvTable {
  rows = 0;
  private names: readonly string[] | undefined;
  private firstFile = '';
  private kinds = new ColumnKinds(0);
  private counters: ValueCounter[] = [];
  private missing: number[] = [];
  private readonly sample: (string | null)[][] = [];
  private shown = 0;

  /** A scanner for the next file; its first record is the header. */
  scannerOf(file: string): CsvScanner {
    let isHeader = true;
    return new CsvScanner({
      file,
      maxRecordBytes: MAX_RECORD_BYTES,
      onRecord: (record) => {
        if (isHeader) this.takeHeader(readHeader(record, file), file);
        else this.takeRow(record);
        isHeader = false;
      },
    });
  }

  columns(): Pick<TableProfile, 'columns' | 'sample'> {
    const kinds = this.kinds.featureKinds();
    const columns = (this.names ?? []).map((name, index) => {
      const counter = this.counters[index];
      return {
        name,
        kind: kinds[index] ?? 'NONE',
        isTime: false,
        isList: false,
        missing: this.missing[index] ?? 0,
        distinct: Math.min(counter?.distinct ?? 0, this.rows),
        isDistinctExact: counter?.isExact ?? true,
        values: counter?.shown(this.shown) ?? [],
      };
    });
    return { columns, sample: this.sample };
  }

  private takeHeader(header: readonly string[], file: string): void {
    if (this.names !== undefined) {
      requireSameHeader({ first: this.firstFile, file }, this.names, header);
      return;
    }
    this.names = header;
    this.firstFile = file;
    this.kinds = new ColumnKinds(header.length);
    this.counters = header.map(() => new ValueCounter());
    this.missing = header.map(() => 0);
    this.shown = shownOf(header.length);
  }

  private takeRow(record: CsvRecord): void {
    const { bytes, starts, ends, count } = record;
    this.rows++;
    this.kinds.add(record);
    for (let column = 0; column < count; column++) {
      const start = starts[column] ?? 0;
      const end = ends[column] ?? 0;
      if (start === end) this.missing[column] = (this.missing[column] ?? 0) + 1;
      else this.counters[column]?.add(bytes, start, end);
    }
    if (this.sample.length < this.shown) this.sample.push(textsOf(record));
  }
}

function textsOf({ bytes, starts, ends, count }: CsvRecord): (string | null)[] {
  return Array.from({ length: count }, (_, column) => {
    const start = starts[column] ?? 0;
    const end = ends[column] ?? 0;
    return start === end ? null : shownText(bytes, start, end);
  });
}
