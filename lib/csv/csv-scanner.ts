/**
 * CSV records from chunks of bytes, by the rules of TFX's CsvExampleGen: the delimiter is a comma, a record goes on over
 * line ends while its number of quotes is odd, cells follow Python's `csv.reader`, blank lines are skipped. Bytes are
 * kept as they are (a line end inside quotes too), in one buffer that never outgrows the longest record and a chunk.
 */

import { csvError, sizeText } from './csv-error';
import { LONGEST_SIGNATURE, OTHER_FORMATS, UTF8_MARK } from './file-signature';
import { findInvalidUtf8 } from './utf8';

/** One record. It is used again for the next one: whoever keeps a cell copies it. */
export type CsvRecord = {
  /** The buffer that holds the cells: cell `i` is `bytes[starts[i]] … bytes[ends[i] - 1]`, unquoted. */
  bytes: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  /** 1 where the cell was quoted. */
  quoted: Uint8Array;
  count: number;
  /** Line on which the record begins, from 1. */
  line: number;
};

/** What a {@link CsvScanner} needs to know. */
export type CsvScannerOptions = {
  /** Name of the file for messages. */
  readonly file: string;
  /** Longest record in bytes, without its line end. */
  readonly maxRecordBytes: number;
  /** What a blank line after the header is: nothing, as in TFX, or a row whose cells are all empty. Default `skip`. */
  readonly blankLines?: 'skip' | 'empty-row';
  /** Called for every record; the first one is the header, and every other has as many cells. */
  readonly onRecord: (record: CsvRecord) => void;
};

const ORDINARY = 0;
const COMMA = 1;
const QUOTE = 2;
const LINE_FEED = 3;
const RETURN = 4;
const HIGH = 5;

const CLASS = new Uint8Array(256);
CLASS[0x2c] = COMMA;
CLASS[0x22] = QUOTE;
CLASS[0x0a] = LINE_FEED;
CLASS[0x0d] = RETURN;
CLASS.fill(HIGH, 0x80);

/** Where the scan stands between two bytes. */
const PLAIN = 0;
const QUOTED = 1;
const AFTER_QUOTE = 2;
const AFTER_RETURN = 3;

/** Values of `quoted` while a record is scanned: a cell that still holds doubled or literal quotes has to be unescaped. */
const AS_IT_IS = 1;
const ESCAPED = 2;

const FIRST_BUFFER_BYTES = 65_536;

/** Scans one file: {@link push} its chunks in order, then {@link end}. Throws `invalid-input` at the first mistake. */
export class CsvScanner {
  private bytes = new Uint8Array(FIRST_BUFFER_BYTES);
  private length = 0;
  private at = 0;
  private state = PLAIN;
  private started = false;
  private recordStart = 0;
  private cellStart = 0;
  private cellFlag = 0;
  private quotes = 0;
  private high = false;
  private escaped = false;
  private returnAt = 0;
  private line = 1;
  private quoteLine = 1;
  private columns = 0;
  private readonly record: CsvRecord = {
    bytes: this.bytes,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    quoted: new Uint8Array(64),
    count: 0,
    line: 1,
  };

  constructor(private readonly options: CsvScannerOptions) {}

  /** Scans the next bytes of the file. The chunk may be used again afterwards. */
  push(chunk: Uint8Array): void {
    this.makeRoom(chunk.length);
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
    if (!this.started && !this.skipMark(false)) return;
    this.scan();
    // Two more for a line end that is not complete yet; the exact check follows where the record ends.
    if (this.length - this.recordStart > this.options.maxRecordBytes + 2) throw this.tooLong();
  }

  /** Ends the file: hands over a last record without a line end, and refuses an open quote or a file without a header. */
  end(): void {
    if (!this.started) this.skipMark(true);
    this.scan();
    if (this.state === QUOTED) {
      throw csvError(
        { file: this.options.file, line: this.quoteLine },
        'a quoted cell begins here and never ends',
        'Close the quote, or remove it, and run again.',
      );
    }
    if (this.recordStart < this.length) {
      if (this.state === AFTER_RETURN) this.endRecord(this.returnAt);
      else {
        this.endCell(this.state === AFTER_QUOTE ? this.at - 1 : this.at);
        this.endRecord(this.at);
      }
    }
    if (this.columns === 0) {
      throw this.error('the file is empty', 'Its first line must name the columns. Check that this is the right file.');
    }
  }

  private scan(): void {
    const { bytes, length } = this;
    let { at } = this;
    while (at < length) {
      if (this.state === PLAIN) at = skipOrdinary(bytes, at, length);
      if (at === length) break;
      let kind = CLASS[bytes[at] ?? 0] ?? 0;
      if (this.state === PLAIN) {
        if (kind === COMMA) {
          this.endCell(at);
          this.cellStart = at + 1;
        } else if (kind === LINE_FEED) this.endLine(at);
        else if (kind === QUOTE) this.quoteInPlain(at);
        else if (kind === RETURN) {
          if (at > this.recordStart) this.endCell(at);
          this.toAfterReturn(at);
        } else this.high = true;
      } else if (this.state === QUOTED) {
        while (kind !== QUOTE && kind !== LINE_FEED && kind !== HIGH && ++at < length)
          kind = CLASS[bytes[at] ?? 0] ?? 0;
        if (at === length) break;
        if (kind === QUOTE) {
          this.quotes++;
          this.state = AFTER_QUOTE;
        } else if (kind === LINE_FEED) {
          if (this.quotes % 2 === 0) throw this.strayQuote();
          this.line++;
        } else this.high = true;
      } else if (this.state === AFTER_QUOTE) this.afterQuote(kind, at);
      else if (kind === LINE_FEED) {
        this.endRecord(this.returnAt);
        this.nextRecord(at + 1);
      } else if (kind !== RETURN) {
        throw this.error(
          'a carriage return stands alone outside quotes',
          'End lines with a line feed, or with carriage return and line feed, and run again.',
        );
      }
      at++;
    }
    this.at = at;
  }

  private quoteInPlain(at: number): void {
    this.quotes++;
    if (at !== this.cellStart) return;
    this.state = QUOTED;
    this.quoteLine = this.line;
    this.cellStart = at + 1;
    this.cellFlag = AS_IT_IS;
  }

  private afterQuote(kind: number, at: number): void {
    this.state = PLAIN;
    if (kind === COMMA) {
      this.endCell(at - 1);
      this.cellStart = at + 1;
    } else if (kind === LINE_FEED) {
      this.endCell(at - 1);
      this.endRecord(at);
      this.nextRecord(at + 1);
    } else if (kind === RETURN) {
      this.endCell(at - 1);
      this.toAfterReturn(at);
    } else {
      this.cellFlag = ESCAPED;
      this.escaped = true;
      if (kind === HIGH) this.high = true;
      if (kind === QUOTE) {
        this.quotes++;
        this.state = QUOTED;
      }
    }
  }

  private toAfterReturn(at: number): void {
    this.state = AFTER_RETURN;
    this.returnAt = at;
  }

  private endLine(at: number): void {
    if (at > this.recordStart) {
      this.endCell(at);
      this.endRecord(at);
    } else this.endRecord(at);
    this.nextRecord(at + 1);
  }

  private endCell(end: number): void {
    const { record } = this;
    const cell = record.count++;
    // A row with too many cells is only counted: it must not cost memory before it is refused.
    if (this.columns > 0 && cell >= this.columns) return;
    if (cell === record.starts.length) this.growCells();
    record.starts[cell] = this.cellStart;
    record.ends[cell] = end;
    record.quoted[cell] = this.cellFlag;
    this.cellFlag = 0;
  }

  private growCells(): void {
    const { record } = this;
    const grown = record.starts.length * 2;
    const starts = new Int32Array(grown);
    const ends = new Int32Array(grown);
    const quoted = new Uint8Array(grown);
    starts.set(record.starts);
    ends.set(record.ends);
    quoted.set(record.quoted);
    record.starts = starts;
    record.ends = ends;
    record.quoted = quoted;
  }

  /** Checks the record that ends before `end` and hands it over; a blank line has no cell. */
  private endRecord(end: number): void {
    const { record } = this;
    if (end - this.recordStart > this.options.maxRecordBytes) throw this.tooLong();
    if (this.quotes % 2 === 1) throw this.strayQuote();
    if (this.high) this.checkEncoding(end);
    if (record.count === 0) {
      if (this.columns === 0) {
        throw this.error('the line is blank', 'The first line must name the columns: remove what stands before it.');
      }
      if (this.options.blankLines !== 'empty-row') return;
      for (let cell = 0; cell < this.columns; cell++) this.endCell(this.cellStart);
    }
    if (this.columns === 0) this.columns = record.count;
    else if (record.count !== this.columns) {
      throw this.error(
        `the row has ${record.count} ${record.count === 1 ? 'cell' : 'cells'}, but the header names ${this.columns} ${this.columns === 1 ? 'column' : 'columns'}`,
        'Give every row one cell per column; quote a cell that holds a comma.',
      );
    }
    if (this.escaped) this.unescape();
    record.bytes = this.bytes;
    this.options.onRecord(record);
  }

  private nextRecord(start: number): void {
    this.line++;
    this.recordStart = start;
    this.cellStart = start;
    this.cellFlag = 0;
    this.quotes = 0;
    this.high = false;
    this.escaped = false;
    this.state = PLAIN;
    this.record.count = 0;
    this.record.line = this.line;
  }

  /** Removes the outer and doubled quotes of cells in place: unescaped text is never longer. */
  private unescape(): void {
    const { starts, ends, quoted, count } = this.record;
    for (let cell = 0; cell < count; cell++) {
      if (quoted[cell] !== ESCAPED) continue;
      quoted[cell] = AS_IT_IS;
      ends[cell] = unescapeCell(this.bytes, starts[cell] ?? 0, ends[cell] ?? 0);
    }
  }

  private checkEncoding(end: number): void {
    const bad = findInvalidUtf8(this.bytes, this.recordStart, end);
    if (bad === -1) return;
    let line = this.record.line;
    let column = 1;
    for (let at = this.recordStart; at < bad; at++) {
      const byte = this.bytes[at] ?? 0;
      if (byte === 0x0a) {
        line++;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) column++;
    }
    throw csvError(
      { file: this.options.file, line, column },
      'the text is not valid UTF-8',
      'Save the file as UTF-8 (it may be Latin-1 or Windows-1252) and run again.',
    );
  }

  private makeRoom(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const from = this.recordStart;
    const kept = this.length - from;
    if (kept + more > this.bytes.length) {
      const grown = new Uint8Array(Math.max(kept + more, this.bytes.length * 2));
      grown.set(this.bytes.subarray(from, this.length));
      this.bytes = grown;
    } else this.bytes.copyWithin(0, from, this.length);
    this.length = kept;
    this.at -= from;
    this.cellStart -= from;
    this.returnAt -= from;
    this.recordStart = 0;
    const { starts, ends, count } = this.record;
    for (let cell = 0; cell < Math.min(count, starts.length); cell++) {
      starts[cell] = (starts[cell] ?? 0) - from;
      ends[cell] = (ends[cell] ?? 0) - from;
    }
  }

  /** Passes over a byte-order mark. False while too few bytes are there to tell. */
  private skipMark(isWhole: boolean): boolean {
    if (this.length < LONGEST_SIGNATURE && !isWhole) return false;
    this.started = true;
    const { bytes } = this;
    const starts = (signature: readonly number[]) =>
      signature.length <= this.length && signature.every((byte, at) => bytes[at] === byte);
    const other = OTHER_FORMATS.find(({ signature }) => starts(signature));
    if (other !== undefined) throw this.error(`the file is ${other.name}, not CSV text in UTF-8`, other.nextStep);
    if (starts(UTF8_MARK)) {
      this.at = UTF8_MARK.length;
      this.recordStart = this.at;
      this.cellStart = this.at;
    }
    return true;
  }

  private tooLong(): Error {
    const open = this.state === QUOTED ? `; a quote that opens on line ${this.quoteLine} may never close` : '';
    return this.error(
      `the record is longer than the limit of ${sizeText(this.options.maxRecordBytes)}${open}`,
      'Check the line ends and the quotes there, or raise maxLineBytes.',
    );
  }

  private strayQuote(): Error {
    return this.error(
      'a quote stands inside a cell that is not quoted, and no other closes it',
      'Put the whole cell in quotes and double each quote inside it.',
    );
  }

  private error(message: string, nextStep: string): Error {
    return csvError({ file: this.options.file, line: this.record.line }, message, nextStep);
  }
}

/** Offset of the next byte that may end or change a plain cell. Most bytes are between "-" and DEL: they need no table. */
function skipOrdinary(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if ((byte <= 0x2c || byte >= 0x80) && CLASS[byte] !== ORDINARY) return at;
    at++;
  }
  return end;
}

/** Python's `csv.reader` after an opening quote: `""` is a quote, a single one ends quoting, what follows is literal. */
function unescapeCell(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  let isQuoted = true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (isQuoted && CLASS[byte] === QUOTE) {
      if (at + 1 < end && CLASS[bytes[at + 1] ?? 0] === QUOTE) at++;
      else {
        isQuoted = false;
        continue;
      }
    }
    bytes[to++] = byte;
  }
  return to;
}
