import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_JSON_DEPTH, placeOf, scanJson } from './scan-json';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the scan of JSON text', () => {
  it.each([
    ['', '1:1', 'The text is empty.'],
    ['\n  \n', '3:1', 'The text is empty.'],
    ['{"a":1,\n "b":2,\n}', '2:7', 'The last entry of the object has a "," too many.'],
    ['[1, 2,]', '1:6', 'The last entry of the list has a "," too many.'],
    ['{\n  "a": 1\n  "b": 2\n}', '3:3', 'A "," is missing before this.'],
    ['{"a" 1}', '1:6', 'A ":" is missing after this key.'],
    ['{a: 1}', '1:2', 'A key is missing here: keys stand in double quotes.'],
    ["{'a': 1}", '1:2', 'A key is missing here: keys stand in double quotes.'],
    ['{"a": \'b\'}', '1:7', "Text stands in double quotes, not in '."],
    ['{"a": True}', '1:7', 'True is not a word of JSON: write true.'],
    ['{"a": NaN}', '1:7', 'NaN is not a word of JSON: write a number, or text such as "NaN".'],
    ['{"a": 1} // why', '1:10', 'The document ended before this; nothing may follow it.'],
    ['{\n  // why\n}', '2:3', 'JSON has no comments.'],
    ['{"a": 1 /* why */}', '1:9', 'JSON has no comments.'],
    ['{"a": "x\ny"}', '1:9', 'A text may not run over a line end: write \\n, or close its quote.'],
    ['{"a": "C:\\data"}', '1:10', 'This escape is not known: write \\\\ for a backslash.'],
    ['{"a": "x', '1:7', 'This text has no closing quote.'],
    ['{"a": [1, {"b": 2}', '1:19', 'The text ends inside the list that begins at line 1, column 7.'],
    ['{"a": [1, 2}', '1:12', 'This bracket does not close the list.'],
    ['{"a":', '1:6', 'The text ends inside the object that begins at line 1, column 1.'],
    [
      '[01]',
      '1:2',
      'This is not a number as JSON writes it: no leading zero, no "+", digits on both sides of the point.',
    ],
    [
      '[1.]',
      '1:2',
      'This is not a number as JSON writes it: no leading zero, no "+", digits on both sides of the point.',
    ],
    ['[-]', '1:2', 'This is not a number: a digit is missing after "-".'],
    ['[.5]', '1:2', 'A number begins with a digit or "-".'],
    ['{,}', '1:2', 'There is a "," too many.'],
  ])('finds the fault of %j at %s', (text, place, sentence) => {
    const fault = scanJson(text).at(-1);
    expect(`${fault?.place.line ?? 0}:${fault?.place.column ?? 0}`).toBe(place);
    expect(fault?.sentence).toBe(sentence);
  });

  it('counts characters, not code units, and every kind of line end', () => {
    expect(placeOf('a\r\nb\rc\n😀😀x', 'a\r\nb\rc\n😀😀'.length)).toEqual({ line: 4, column: 3 });
  });

  it('names keys that stand twice, each at its second place, and goes on', () => {
    const faults = scanJson('{"nodes": {"a": 1, "b": {"a": 1}, "a": 2},\n "nodes": 3}');
    expect(faults.map(({ kind, path, place }) => [kind, path, place.line])).toEqual([
      ['duplicate-key', ['nodes', 'a'], 1],
      ['duplicate-key', ['nodes'], 2],
    ]);
  });

  it('sees two spellings of one key as the same key', () => {
    expect(scanJson('{"a": 1, "\\u0061": 2}')).toHaveLength(1);
  });

  it('refuses what is nested too deep instead of exhausting the stack', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(scanJson(deep(MAX_JSON_DEPTH))).toEqual([]);
    expect(scanJson(deep(1_000_000)).map((fault) => fault.kind)).toEqual(['too-deep']);
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const fragments = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '\\u00',
      '0',
      '-',
      '1',
      '.',
      'e',
      '+',
      'true',
      'null',
      'fals',
      ' ',
      '\n',
      '\t',
      '\u0007',
      '\u00a0',
      '\ufeff',
      "'",
      '/',
      'NaN',
      'é',
    );
    const text = fc.oneof(
      fc.json(),
      fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.tuple(fc.json(), fc.nat(40), fragments).map(([json, at, more]) => json.slice(0, at) + more + json.slice(at)),
    );
    fc.assert(
      fc.property(text, (source) => {
        const stops = scanJson(source).filter((fault) => fault.kind === 'malformed');
        expect(stops.length === 0).toBe(isJson(source));
      }),
      { numRuns: 1_000 },
    );
  });
});
