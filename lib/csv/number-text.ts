/**
 * Numbers in cells, by Python's grammar of `int(bytes)` and `float(bytes)`, on bytes and without making strings on the
 * usual path: these functions see every cell of a file, twice.
 */

/** What a cell's text is: nothing, an integer that fits signed 64 bit, a floating-point number, or text. Ordered: a column's kind is the greatest of its cells. */
export const CELL_KIND = { EMPTY: 0, INT: 1, FLOAT: 2, STRING: 3 } as const;
/** One of {@link CELL_KIND}. */
export type CellKind = (typeof CELL_KIND)[keyof typeof CELL_KIND];

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const UNDERSCORE = 0x5f;
const ZERO = 0x30;
const LOWER = 0x20;
const INT64_MAX_TEXT = '9223372036854775807';
const INT64_MIN_TEXT = '9223372036854775808';

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/**
 * The kind of one cell. Surrounding ASCII white space, one sign and `_` between digits are accepted; an integer that
 * does not fit signed 64 bit is text, as in TFX; `nan`, `inf` and `infinity` are numbers in any case.
 */
export function cellKind(bytes: Uint8Array, start: number, end: number): CellKind {
  if (start === end) return CELL_KIND.EMPTY;
  let at = start;
  const first = bytes[at];
  if (first === MINUS || first === PLUS) at++;
  const digits = at;
  while (at < end && isDigit(bytes[at])) at++;
  const whole = at - digits;
  if (at === end && whole > 0 && whole < 19) return CELL_KIND.INT;
  if (at < end && bytes[at] === DOT) {
    at++;
    const fraction = at;
    while (at < end && isDigit(bytes[at])) at++;
    if (at === end && whole + at - fraction > 0) return CELL_KIND.FLOAT;
  }
  return rareKind(bytes, start, end);
}

/** The whole grammar, for cells that are neither plain integers nor plain decimals. */
function rareKind(bytes: Uint8Array, start: number, end: number): CellKind {
  let from = start;
  let to = end;
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  let at = from;
  if (bytes[at] === MINUS || bytes[at] === PLUS) at++;
  if (at >= to) return CELL_KIND.STRING;
  const whole = digitRun(bytes, at, to);
  if (whole === to) return fitsInt64(bytes, from, to) ? CELL_KIND.INT : CELL_KIND.STRING;
  if (isWord(bytes, at, to)) return CELL_KIND.FLOAT;
  let seen = whole > at;
  at = whole;
  if (bytes[at] === DOT) {
    const fraction = digitRun(bytes, at + 1, to);
    seen ||= fraction > at + 1;
    at = fraction;
  }
  if (!seen) return CELL_KIND.STRING;
  if (at < to && (Number(bytes[at]) | LOWER) === 0x65) {
    at++;
    if (bytes[at] === MINUS || bytes[at] === PLUS) at++;
    const exponent = digitRun(bytes, at, to);
    if (exponent === at) return CELL_KIND.STRING;
    at = exponent;
  }
  return at === to ? CELL_KIND.FLOAT : CELL_KIND.STRING;
}

/** End of a run of digits with single underscores between them; `at` itself where there is none. A trailing underscore is left outside. */
function digitRun(bytes: Uint8Array, at: number, end: number): number {
  let to = at;
  while (to < end && isDigit(bytes[to])) {
    to++;
    if (to + 1 < end && bytes[to] === UNDERSCORE && isDigit(bytes[to + 1])) to++;
  }
  return to;
}

function isWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 3 && end - start !== 8) return false;
  const word = asciiText(bytes, start, end).toLowerCase();
  return word === 'nan' || word === 'inf' || word === 'infinity';
}

function fitsInt64(bytes: Uint8Array, start: number, end: number): boolean {
  const text = cleanText(bytes, start, end);
  const digits = text.replace(/^[+-]?0*/, '');
  if (digits.length !== 19) return digits.length < 19;
  return digits <= (text.startsWith('-') ? INT64_MIN_TEXT : INT64_MAX_TEXT);
}

/** Text of a cell that is known to be ASCII, without surrounding space and underscores. */
function cleanText(bytes: Uint8Array, start: number, end: number): string {
  return asciiText(bytes, start, end).trim().replaceAll('_', '');
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(Number(bytes[at]));
  return text;
}

/**
 * Writes an INT cell as two's complement: the low half at `target[at]`, the high half at `target[at + 1]`, which is an
 * int64 in memory on every machine that Node runs on. False where the cell is not an INT.
 */
export function writeInt64(cell: Cell, target: Int32Array, at: number): boolean {
  const { bytes, start, end } = cell;
  const negative = bytes[start] === MINUS;
  const digits = negative || bytes[start] === PLUS ? start + 1 : start;
  if (end - digits <= 15) {
    let from = digits;
    let value = 0;
    while (from < end && isDigit(bytes[from])) value = value * 10 + (Number(bytes[from++]) - ZERO);
    if (from === end && from > digits) {
      if (negative) value = -value;
      target[at] = value | 0;
      target[at + 1] = Math.floor(value / 4_294_967_296) | 0;
      return true;
    }
  }
  if (cellKind(bytes, start, end) !== CELL_KIND.INT) return false;
  const value = BigInt.asUintN(64, bigOf(cleanText(bytes, start, end)));
  target[at] = Number(value & 0xffff_ffffn) | 0;
  target[at + 1] = Number(value >> 32n) | 0;
  return true;
}

function bigOf(text: string): bigint {
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text.startsWith('+') ? text.slice(1) : text);
}

/** A cell's place in a buffer: `bytes[start] … bytes[end - 1]`. */
export type Cell = { readonly bytes: Uint8Array; readonly start: number; readonly end: number };

const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const NEGATIVE_NAN_BITS = 0xffc0_0000;
const NAN_BITS = 0x7fc0_0000;
const toFloat32 = new Float32Array(1);
const float32Bits = new Uint32Array(toFloat32.buffer);

/**
 * Writes the bits of an INT or FLOAT cell as float32: parsed to a double first and then rounded, as TFX does, which
 * differs in the last bit from rounding once. Up to 15 digits and a power of ten up to 22 the product below is the
 * correctly rounded double (W. D. Clinger, "How to read floating point numbers accurately", 1990); the rest goes the
 * long way. False where the cell is no number.
 */
export function writeFloat32(cell: Cell, target: Uint32Array, to: number): boolean {
  const { bytes, start, end } = cell;
  let at = start;
  const negative = bytes[at] === MINUS;
  if (negative || bytes[at] === PLUS) at++;
  if (end - at <= 16) {
    let mantissa = 0;
    let digits = at;
    let scale = 0;
    while (at < end && isDigit(bytes[at])) mantissa = mantissa * 10 + (Number(bytes[at++]) - ZERO);
    if (at < end && bytes[at] === DOT) {
      const fraction = ++at;
      digits++;
      while (at < end && isDigit(bytes[at])) mantissa = mantissa * 10 + (Number(bytes[at++]) - ZERO);
      scale = at - fraction;
    }
    if (at === end && at > digits && at - digits <= 15) {
      const value = mantissa / Number(POWERS_OF_TEN[scale]);
      toFloat32[0] = negative ? -value : value;
      target[to] = Number(float32Bits[0]);
      return true;
    }
  }
  const kind = cellKind(bytes, start, end);
  if (kind !== CELL_KIND.INT && kind !== CELL_KIND.FLOAT) return false;
  target[to] = rareFloat32Bits(cell);
  return true;
}

function rareFloat32Bits({ bytes, start, end }: Cell): number {
  const text = cleanText(bytes, start, end).toLowerCase();
  // A NaN's sign is part of the bytes that decide the split, and JavaScript's own NaN has none.
  if (text.endsWith('nan')) return text.startsWith('-') ? NEGATIVE_NAN_BITS : NAN_BITS;
  toFloat32[0] = text.includes('inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
  return Number(float32Bits[0]);
}
