/**
 * Reads a message in protobuf's text format, by the same field tables as the wire format. Unlike the wire format it
 * knows no fields to pass over: what a table does not name is a mistake of the person who wrote it, and said so.
 */

import type { AppError } from '../errors';
import { type Field, type Message, type MessageValue, type ValueKind, createMessage, siblingsOf } from './message';
import { textFieldName } from './text-names';
import { type TextPlace, type TextToken, TextScanner } from './text-scanner';

/** Messages may hold each other this deep; protobuf's own readers stop there too. */
const MAX_DEPTH = 100;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Longer lists of names help nobody. */
const MAX_NAMES_SHOWN = 12;
const TRUE = new Set(['true', 'True', 't', '1']);
const FALSE = new Set(['false', 'False', 'f', '0']);
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** The message that a text holds. Throws `invalid-input` with line, column and the field's name where it is not one. */
export function parseText<M extends Message>(message: M, text: string, file = 'The text'): MessageValue<M> {
  const parser = new Parser(new TextScanner(text.replace(/^\uFEFF/, ''), file));
  // The parser sets only fields of the table, each to a value of its codec's type.
  return parser.message(message, 'end', 0) as MessageValue<M>;
}

type Entry = { readonly name: string; readonly field: Field };

class Parser {
  readonly #scanner: TextScanner;
  readonly #entries = new Map<Message, ReadonlyMap<string, Entry>>();
  #token: TextToken;

  constructor(scanner: TextScanner) {
    this.#scanner = scanner;
    this.#token = scanner.next();
  }

  message(message: Message, end: string, depth: number): { readonly [field: string]: unknown } {
    if (depth > MAX_DEPTH) throw this.#fail(`messages lie more than ${MAX_DEPTH} deep in each other`);
    const values: { [field: string]: unknown } = { ...createMessage(message, {}) };
    const seen = new Set<string>();
    while (!this.#isAt(end)) {
      const place = this.#token;
      const entry = this.#entry(message);
      if (entry.field.presence !== 'repeated') this.#requireOnce({ message, entry, seen }, place);
      const items = this.#items(entry, depth);
      if (entry.field.presence !== 'repeated') values[entry.name] = items[0];
      // A repeated field starts as an empty list of its own.
      else for (const item of items) (values[entry.name] as unknown[]).push(item);
      if (this.#isAt(';') || this.#isAt(',')) this.#advance();
    }
    if (end !== 'end') this.#advance();
    return values;
  }

  #requireOnce({ message, entry, seen }: { message: Message; entry: Entry; seen: Set<string> }, at: TextPlace): void {
    const { name } = entry;
    if (seen.has(name)) throw this.#fail(`the field "${textFieldName(name)}" stands twice`, at);
    const other = siblingsOf(message, name).find((sibling) => seen.has(sibling));
    if (other !== undefined) {
      const [one, two] = [textFieldName(name), textFieldName(other)];
      throw this.#fail(`"${one}" and "${two}" exclude each other, and both are set`, at);
    }
    seen.add(name);
  }

  /** Reads a field's name. */
  #entry(message: Message): Entry {
    const token = this.#token;
    if (token.type === 'end') throw this.#fail(`the text ends inside ${message.name}: a closing brace is missing`);
    if (token.text === '[') throw this.#fail('extensions and expanded Any messages are not supported');
    if (token.type !== 'name') throw this.#fail(`the name of a field of ${message.name} is expected here`);
    const entry = this.#entriesOf(message).get(token.text);
    if (entry === undefined) throw this.#fail(`${message.name} has no field "${token.text}"`);
    this.#advance();
    return entry;
  }

  #entriesOf(message: Message): ReadonlyMap<string, Entry> {
    const known = this.#entries.get(message);
    if (known !== undefined) return known;
    const entries = new Map(
      Object.entries(message.fields).map(([name, field]) => [textFieldName(name), { name, field }]),
    );
    this.#entries.set(message, entries);
    return entries;
  }

  /** The value of a field, or the values of a list in brackets. */
  #items({ name, field }: Entry, depth: number): readonly unknown[] {
    const { kind } = field.codec;
    const isMessage = kind.type === 'message';
    if (this.#isAt(':')) this.#advance();
    else if (!isMessage) throw this.#fail(`a colon is expected behind "${textFieldName(name)}"`);
    if (!this.#isAt('[')) return [this.#value(kind, name, depth)];
    if (field.presence !== 'repeated') throw this.#fail(`"${textFieldName(name)}" takes one value, not a list`);
    this.#advance();
    const items: unknown[] = [];
    while (!this.#isAt(']')) {
      if (items.length > 0) this.#expect(',');
      items.push(this.#value(kind, name, depth));
    }
    this.#advance();
    return items;
  }

  #value(kind: ValueKind, name: string, depth: number): unknown {
    if (kind.type === 'message') {
      const close = this.#isAt('<') ? '>' : '}';
      this.#expect(close === '>' ? '<' : '{');
      return this.message(kind.message, close, depth + 1);
    }
    const place = this.#token;
    if (kind.type === 'string' || kind.type === 'bytes') {
      const bytes = this.#strings(name);
      return kind.type === 'bytes' ? bytes : this.#decode(bytes, name, place);
    }
    const isNegative = this.#isAt('-');
    if (isNegative) this.#advance();
    const { type, text } = this.#token;
    const value = type === 'name' || type === 'number' ? scalarOf(kind, isNegative ? `-${text}` : text) : undefined;
    if (value === undefined) throw this.#fail(`"${textFieldName(name)}" needs ${expected(kind)}`, place);
    this.#advance();
    return value;
  }

  /** Neighbouring strings are one. */
  #strings(name: string): Uint8Array {
    const parts: number[] = [];
    if (this.#token.type !== 'string') throw this.#fail(`"${textFieldName(name)}" needs a text in quotes`);
    while (this.#token.type === 'string') {
      for (const byte of this.#token.bytes) parts.push(byte);
      this.#advance();
    }
    return Uint8Array.from(parts);
  }

  #decode(bytes: Uint8Array, name: string, place: TextPlace): string {
    try {
      return decoder.decode(bytes);
    } catch {
      throw this.#fail(`the text of "${textFieldName(name)}" is not UTF-8`, place);
    }
  }

  #isAt(symbol: string): boolean {
    return symbol === 'end' ? this.#token.type === 'end' : this.#token.type === 'symbol' && this.#token.text === symbol;
  }

  #expect(symbol: string): void {
    if (!this.#isAt(symbol)) throw this.#fail(`"${symbol}" is expected here`);
    this.#advance();
  }

  #advance(): void {
    this.#token = this.#scanner.next();
  }

  #fail(what: string, place: TextPlace = this.#token): AppError {
    return this.#scanner.fail(what, place);
  }
}

type ScalarKind = Exclude<ValueKind, { readonly type: 'message' | 'string' | 'bytes' }>;

function scalarOf(kind: ScalarKind, text: string): unknown {
  switch (kind.type) {
    case 'bool':
      return TRUE.has(text) ? true : FALSE.has(text) ? false : undefined;
    case 'enum': {
      if (kind.numbers.has(text)) return text;
      const number = wholeOf(text);
      return number && [...kind.numbers].find(([, other]) => BigInt(other) === number)?.[0];
    }
    case 'real': {
      const real = realOf(text);
      return kind.isSinglePrecision && real !== undefined ? Math.fround(real) : real;
    }
    case 'bigint': {
      const whole = wholeOf(text);
      return whole !== undefined && whole >= INT64.min && whole <= INT64.max ? whole : undefined;
    }
    default: {
      const number = Number(wholeOf(text) ?? Number.NaN);
      return Number.isSafeInteger(number) && (kind.isSigned || number >= 0) ? number : undefined;
    }
  }
}

/** Decimal, octal with a leading zero, or hexadecimal. */
function wholeOf(text: string): bigint | undefined {
  const [, sign, octal, other] = /^(-?)(?:0([0-7]+)|(0[xX][0-9a-fA-F]+|0|[1-9]\d*))$/.exec(text) ?? [];
  if (octal === undefined && other === undefined) return undefined;
  const size = BigInt(octal === undefined ? (other ?? '') : `0o${octal}`);
  return sign === '-' ? -size : size;
}

function realOf(text: string): number | undefined {
  const word = /^(-?)(nan|inf|infinity)$/i.exec(text);
  if (word !== null) return word[2]?.toLowerCase() === 'nan' ? Number.NaN : word[1] === '-' ? -Infinity : Infinity;
  const digits = text.replace(/[fF]$/, '');
  return /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

function expected(kind: ScalarKind): string {
  switch (kind.type) {
    case 'bool':
      return 'true or false';
    case 'enum':
      return kind.numbers.size > MAX_NAMES_SHOWN
        ? 'one of the names of its enum'
        : `one of ${[...kind.numbers.keys()].join(', ')}`;
    case 'real':
      return 'a number';
    case 'bigint':
      return 'a whole number of 64 bits';
    default:
      return kind.isSigned ? 'a whole number up to 2^53' : 'a whole number from 0 to 2^53';
  }
}
