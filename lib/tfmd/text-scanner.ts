/**
 * Tokens of protobuf's text format (https://protobuf.dev/reference/protobuf/textformat-spec/): names, numbers, strings
 * and symbols, each with its place. Knows nothing of messages.
 */

import { AppError } from '../errors';

/** Where something stands; both count from 1, columns in UTF-16 code units. */
export type TextPlace = { readonly line: number; readonly column: number };

/** One token. `text` is what stands in the file; a string's content is in `bytes`. */
export type TextToken = TextPlace &
  (
    | { readonly type: 'name' | 'number' | 'symbol' | 'end'; readonly text: string }
    | { readonly type: 'string'; readonly text: string; readonly bytes: Uint8Array }
  );

const SPACE_OR_COMMENT = /(?:[ \t\r\n\v\f]|#[^\n]*)+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?)/y;
const SYMBOL = /[{}<>[\]:;,\-./]/y;
const ESCAPES: { readonly [letter: string]: number } = {
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
  '?': 0x3f,
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
};
const CODE_ESCAPE = /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

const encoder = new TextEncoder();

/** Reads tokens one after another. */
export class TextScanner {
  readonly #text: string;
  readonly #file: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  /** `file` is the name that messages show. */
  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  /** The next token; at the end one of type `end`, again and again. */
  next(): TextToken {
    this.#skip();
    const place = { line: this.#line, column: this.#at - this.#lineStart + 1 };
    if (this.#at >= this.#text.length) return { type: 'end', text: '', ...place };
    const name = this.#match(NAME);
    if (name !== undefined) return { type: 'name', text: name, ...place };
    const number = this.#match(NUMBER);
    if (number !== undefined) return { type: 'number', text: number, ...place };
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") return this.#string(quote, place);
    const symbol = this.#match(SYMBOL);
    if (symbol !== undefined) return { type: 'symbol', text: symbol, ...place };
    throw this.fail('a character stands here that the text format does not have', place);
  }

  /** The error for something wrong at a place. */
  fail(what: string, { line, column }: TextPlace, nextStep?: string): AppError {
    return new AppError('invalid-input', `${this.#file}, line ${line}, column ${column}: ${what}.`, {
      nextStep,
      path: `${this.#file}:${line}:${column}`,
    });
  }

  #skip(): void {
    const start = this.#at;
    const skipped = this.#match(SPACE_OR_COMMENT);
    if (skipped === undefined) return;
    for (let at = skipped.indexOf('\n'); at !== -1; at = skipped.indexOf('\n', at + 1)) {
      this.#line++;
      this.#lineStart = start + at + 1;
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #string(quote: string, place: TextPlace): TextToken {
    const start = this.#at;
    const parts: Uint8Array[] = [];
    this.#at++;
    for (;;) {
      const plainStart = this.#at;
      while (this.#at < this.#text.length && !this.#isSpecial(quote)) this.#at++;
      parts.push(encoder.encode(this.#text.slice(plainStart, this.#at)));
      const stop = this.#text[this.#at];
      if (stop === undefined || stop === '\n')
        throw this.fail('a string is not closed before the end of its line', place);
      if (stop === quote) break;
      parts.push(this.#escape());
    }
    this.#at++;
    return { type: 'string', text: this.#text.slice(start, this.#at), bytes: joined(parts), ...place };
  }

  #isSpecial(quote: string): boolean {
    const character = this.#text[this.#at];
    return character === quote || character === '\\' || character === '\n';
  }

  #escape(): Uint8Array {
    const place = { line: this.#line, column: this.#at - this.#lineStart + 1 };
    CODE_ESCAPE.lastIndex = this.#at;
    const code = CODE_ESCAPE.exec(this.#text);
    if (code !== null) {
      this.#at += code[0].length;
      const [, octal, hex, short, long] = code;
      if (octal !== undefined) return Uint8Array.of(Number.parseInt(octal, 8) & 0xff);
      if (hex !== undefined) return Uint8Array.of(Number.parseInt(hex, 16));
      return this.#unicode(Number.parseInt(short ?? long ?? '', 16), place);
    }
    const letter = this.#text[this.#at + 1];
    const byte = letter === undefined ? undefined : ESCAPES[letter];
    if (byte === undefined) throw this.fail('the text format has no such escape', place);
    this.#at += 2;
    return Uint8Array.of(byte);
  }

  #unicode(codePoint: number, place: TextPlace): Uint8Array {
    const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (codePoint > 0x10ffff || isSurrogate) throw this.fail('an escape names no Unicode character', place);
    return encoder.encode(String.fromCodePoint(codePoint));
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
