/**
 * Finds what `JSON.parse` only complains about: where exactly a text stops being JSON, in words that say what to mend,
 * and keys that stand twice in one object, of which the parser would silently keep the last. Strict JSON (RFC 8259).
 */

import type { JsonPath } from './json-path';

/** A place in a text. Both count from 1; a column counts characters, not bytes. */
export type TextPlace = { readonly line: number; readonly column: number };

/** What is wrong, where. `path` is the place in the document, as far as it was read. */
export type JsonFault = {
  readonly kind: 'malformed' | 'duplicate-key' | 'too-deep';
  readonly place: TextPlace;
  readonly path: JsonPath;
  /** A sentence without the place. */
  readonly sentence: string;
};

/** Deepest nesting that is read. Pipeline documents stay below 20. */
export const MAX_JSON_DEPTH = 100;

/** The faults of a text: duplicate keys in order, then what made it stop, if anything. Empty when it is JSON. */
export function scanJson(text: string): readonly JsonFault[] {
  const scanner = new Scanner(text);
  try {
    scanner.document();
  } catch (stopped) {
    if (!(stopped instanceof Stop)) throw stopped;
    scanner.faults.push(stopped.fault);
  }
  return scanner.faults;
}

/** Ends a scan from inside; never leaves this module. */
class Stop extends Error {
  readonly fault: JsonFault;
  constructor(fault: JsonFault) {
    super(fault.sentence);
    this.fault = fault;
  }
}

/** The place of an offset. Lines end at LF, CR LF or CR. */
export function placeOf(text: string, offset: number): TextPlace {
  let line = 1;
  let start = 0;
  for (const { index, 0: end } of text.slice(0, offset).matchAll(/\r\n|\n|\r/g)) {
    line += 1;
    start = index + end.length;
  }
  return { line, column: text.slice(start, offset).replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, '_').length + 1 };
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const SPACE = /[ \t\n\r]*/y;
const WORD = /[A-Za-z_$][A-Za-z0-9_$]*/y;

/** Words of other languages for JSON's own, and what to write. */
const FOREIGN_WORDS: { readonly [word: string]: string } = {
  True: 'true',
  TRUE: 'true',
  False: 'false',
  FALSE: 'false',
  None: 'null',
  NULL: 'null',
  undefined: 'null',
  NaN: 'a number, or text such as "NaN"',
  Infinity: 'a number, or text such as "Infinity"',
};

class Scanner {
  readonly faults: JsonFault[] = [];
  private at = 0;
  private readonly path: (string | number)[] = [];
  /** Offsets of the open brackets, outermost first. */
  private readonly open: number[] = [];

  constructor(private readonly text: string) {}

  document(): void {
    this.space();
    if (this.at === this.text.length) this.stop('The text is empty.');
    this.value();
    this.space();
    if (this.at < this.text.length) this.stop('The document ended before this; nothing may follow it.');
  }

  private value(): void {
    const next = this.text[this.at];
    if (next === '{') this.object();
    else if (next === '[') this.array();
    else if (next === '"') this.string();
    else if (next === undefined) this.stopAtEnd();
    else if (next === '-' || (next >= '0' && next <= '9')) this.number();
    else this.word(next);
  }

  private object(): void {
    this.enter();
    const seen = new Set<string>();
    if (this.closes('}')) return;
    for (;;) {
      const start = this.at;
      if (this.text[start] !== '"') this.stopAtKey();
      const key = this.string();
      if (seen.has(key)) this.duplicate(key, start);
      seen.add(key);
      this.space();
      if (this.text[this.at] !== ':') this.stop('A ":" is missing after this key.');
      this.at += 1;
      this.space();
      this.path.push(key);
      this.value();
      this.path.pop();
      if (this.continues('}', 'object')) return;
    }
  }

  private array(): void {
    this.enter();
    if (this.closes(']')) return;
    for (let index = 0; ; index++) {
      this.path.push(index);
      this.value();
      this.path.pop();
      if (this.continues(']', 'list')) return;
    }
  }

  private enter(): void {
    if (this.open.length >= MAX_JSON_DEPTH)
      this.stop(`Nested deeper than ${MAX_JSON_DEPTH} levels.`, { kind: 'too-deep' });
    this.open.push(this.at);
    this.at += 1;
    this.space();
  }

  private closes(bracket: string): boolean {
    if (this.text[this.at] !== bracket) return false;
    this.at += 1;
    this.open.pop();
    return true;
  }

  /** After an entry: true when the bracket closes, false after a comma with another entry behind it. */
  private continues(bracket: string, what: string): boolean {
    this.space();
    if (this.closes(bracket)) return true;
    const next = this.text[this.at];
    if (next === undefined) this.stopAtEnd();
    if (next !== ',') {
      const wrong = next === '}' || next === ']' ? `This bracket does not close the ${what}.` : undefined;
      this.stop(wrong ?? this.comment() ?? 'A "," is missing before this.');
    }
    const comma = this.at;
    this.at += 1;
    this.space();
    if (this.text[this.at] === bracket) this.stop(`The last entry of the ${what} has a "," too many.`, { at: comma });
    return false;
  }

  private string(): string {
    const start = this.at;
    this.at += 1;
    for (;;) {
      this.skip(PLAIN);
      const next = this.text[this.at];
      if (next === '"') break;
      if (next === undefined) this.stop('This text has no closing quote.', { at: start });
      if (next !== '\\') {
        const isLineEnd = next === '\n' || next === '\r';
        this.stop(
          isLineEnd
            ? 'A text may not run over a line end: write \\n, or close its quote.'
            : 'A text may not hold a control character: write it as \\u and four digits.',
        );
      }
      if (!this.skip(ESCAPE)) this.stop('This escape is not known: write \\\\ for a backslash.');
    }
    this.at += 1;
    return String(JSON.parse(this.text.slice(start, this.at)));
  }

  private number(): void {
    const start = this.at;
    if (!this.skip(NUMBER)) this.stop('This is not a number: a digit is missing after "-".');
    if (/[0-9A-Za-z.+_]/.test(this.text[this.at] ?? ''))
      this.stop('This is not a number as JSON writes it: no leading zero, no "+", digits on both sides of the point.', {
        at: start,
      });
  }

  private word(next: string): void {
    const start = this.at;
    WORD.lastIndex = start;
    const word = WORD.exec(this.text)?.[0];
    if (word === 'true' || word === 'false' || word === 'null') {
      this.at += word.length;
      return;
    }
    const known = word !== undefined && Object.hasOwn(FOREIGN_WORDS, word) ? FOREIGN_WORDS[word] : undefined;
    if (known !== undefined) this.stop(`${word ?? ''} is not a word of JSON: write ${known}.`);
    if (next === "'") this.stop("Text stands in double quotes, not in '.");
    if (next === '+' || next === '.') this.stop('A number begins with a digit or "-".');
    this.stop(this.comment() ?? 'A value is missing here: text in double quotes, a number, true, false, null, { or [.');
  }

  private comment(): string | undefined {
    const next = this.text[this.at];
    return next === '#' || next === '/' ? 'JSON has no comments.' : undefined;
  }

  private duplicate(key: string, start: number): void {
    const path = [...this.path, key];
    this.faults.push({
      kind: 'duplicate-key',
      place: placeOf(this.text, start),
      path,
      sentence: `"${key.slice(0, 60)}" stands twice in the same object.`,
    });
  }

  private space(): void {
    this.skip(SPACE);
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private stopAtKey(): never {
    const next = this.text[this.at];
    if (next === undefined) this.stopAtEnd();
    const wrong = this.comment() ?? 'A key is missing here: keys stand in double quotes.';
    this.stop(next === ',' ? 'There is a "," too many.' : wrong);
  }

  private stopAtEnd(): never {
    const start = this.open.at(-1);
    if (start === undefined) this.stop('A value is missing at the end.');
    const what = this.text[start] === '{' ? 'object' : 'list';
    const { line, column } = placeOf(this.text, start);
    this.stop(`The text ends inside the ${what} that begins at line ${line}, column ${column}.`);
  }

  private stop(sentence: string, options: { readonly at?: number; readonly kind?: JsonFault['kind'] } = {}): never {
    const place = placeOf(this.text, options.at ?? this.at);
    throw new Stop({ kind: options.kind ?? 'malformed', place, path: [...this.path], sentence });
  }
}
