import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TOY_CATALOG } from '../../server/testing/toy-catalog';
import { sha256Hex } from '../hash';
import { cacheKeyOf, keyPartsOf, type KeyIngredients, type KeyParts } from './cache-key';
import { explainKeyDifference, keyDifferences } from './key-difference';
import { specOf } from './spec-of';

function partsOf(component: string, ingredients: Partial<KeyIngredients>): KeyParts {
  const spec = specOf(TOY_CATALOG, component);
  if (spec === undefined) throw new Error(`no ${component}`);
  return keyPartsOf(spec, { params: {}, inputs: {}, sources: {}, ...ingredients });
}
const digest = (text: string) => sha256Hex(text);
const source = (params: object, files: { readonly [name: string]: string }) =>
  partsOf('ToySource', { params: { inputBase: 'x', ...params }, sources: { inputBase: files } });

describe('the key of a node run', () => {
  it('is equal for a default that is written and one that is not', () => {
    expect(cacheKeyOf(partsOf('ToyPass', {}))).toBe(cacheKeyOf(partsOf('ToyPass', { params: { topK: 100 } })));
  });

  it('does not depend on the order of keys', () => {
    const a = partsOf('ToyPass', { params: { topK: 1, code: 'x' }, inputs: { rows: [digest('a')] } });
    const b = partsOf('ToyPass', { params: { code: 'x', topK: 1 }, inputs: { rows: [digest('a')] } });
    expect(cacheKeyOf(a)).toBe(cacheKeyOf(b));
  });

  it('does not depend on where the source files lie, only on their names and bytes', () => {
    const here = source({ inputBase: 'here/rows.csv' }, { 'rows.csv': digest('a') });
    const there = source({ inputBase: '/there/rows.csv' }, { 'rows.csv': digest('a') });
    expect(cacheKeyOf(here)).toBe(cacheKeyOf(there));
    expect(cacheKeyOf(source({}, { 'rows.csv': digest('b') }))).not.toBe(cacheKeyOf(here));
  });

  it('depends on the order of several inputs of one port', () => {
    const [a, b] = [digest('a'), digest('b')];
    const one = partsOf('ToyJoin', { inputs: { many: [a, b] } });
    expect(cacheKeyOf(one)).not.toBe(cacheKeyOf(partsOf('ToyJoin', { inputs: { many: [b, a] } })));
  });

  it('treats an unwired port and an empty list as the same', () => {
    const wired = partsOf('ToyJoin', { inputs: { many: [digest('a')], other: [] } });
    expect(cacheKeyOf(wired)).toBe(cacheKeyOf(partsOf('ToyJoin', { inputs: { many: [digest('a')] } })));
  });

  it('differs exactly where a difference can be named', () => {
    const params = fc.record({ topK: fc.integer({ min: 1, max: 3 }) });
    const inputs = fc.record({ rows: fc.constantFrom([digest('a')], [digest('b')], []) });
    const parts = fc.tuple(params, inputs).map(([p, i]) => partsOf('ToyPass', { params: p, inputs: i }));
    fc.assert(
      fc.property(parts, parts, (before, now) => {
        const explained = explainKeyDifference(before, now);
        expect(explained === undefined).toBe(cacheKeyOf(before) === cacheKeyOf(now));
      }),
    );
  });
});

describe('a difference of keys', () => {
  const short = (text: string) => `${digest(text).slice(0, 8)}…`;
  const code = (text: string) => partsOf('ToyPass', { params: { code: text } });
  it.each<[string, KeyParts, KeyParts, string]>([
    [
      'a parameter',
      partsOf('ToyPass', { params: { topK: 100 } }),
      partsOf('ToyPass', { params: { topK: 200 } }),
      'topK is 200 now and was 100',
    ],
    ['a parameter that is new', partsOf('ToyPass', {}), code('x'), 'code is "x" now and was not set'],
    ['a parameter that is gone', code('x'), partsOf('ToyPass', {}), 'code is not set now and was "x"'],
    [
      'a value deep inside',
      partsOf('ToyPass', { params: { nested: { list: [{ x: 1 }, { x: 2 }] } } }),
      partsOf('ToyPass', { params: { nested: { list: [{ x: 1 }, { x: 3 }] } } }),
      'nested.list[1].x is 3 now and was 2',
    ],
    [
      'code, by its digest',
      code('a'.repeat(100)),
      code('b'.repeat(100)),
      `code is ${short(JSON.stringify('b'.repeat(100)))} now and was ${short(JSON.stringify('a'.repeat(100)))}`,
    ],
    [
      'an input',
      partsOf('ToyPass', { inputs: { rows: [digest('a')] } }),
      partsOf('ToyPass', { inputs: { rows: [digest('b')] } }),
      `its input rows changed: ${short('a')} → ${short('b')}`,
    ],
    [
      'an input that is wired now',
      partsOf('ToyJoin', {}),
      partsOf('ToyJoin', { inputs: { other: [digest('b')] } }),
      `its input other is wired now: ${short('b')}`,
    ],
    [
      'a file',
      source({}, { 'taxi.csv': digest('a') }),
      source({}, { 'taxi.csv': digest('b') }),
      `inputBase's file taxi.csv changed: ${short('a')} → ${short('b')}`,
    ],
    [
      'a file that is new',
      source({}, { 'a.csv': digest('a') }),
      source({}, { 'a.csv': digest('a'), 'b.csv': digest('b') }),
      `inputBase's file b.csv is new: ${short('b')}`,
    ],
    [
      'a file that is gone',
      source({}, { 'a.csv': digest('a'), 'b.csv': digest('b') }),
      source({}, { 'b.csv': digest('b') }),
      `inputBase's file a.csv is gone: it was ${short('a')}`,
    ],
    [
      'the version of a component',
      partsOf('ToyPass', {}),
      { ...partsOf('ToyPass', {}), version: 2 },
      'ToyPass is version 2 now and was 1',
    ],
    ['a component', partsOf('ToyMake', {}), partsOf('ToyPass', {}), 'it is a ToyPass now and was a ToyMake'],
    [
      'several things at once',
      partsOf('ToyPass', { params: { topK: 1 }, inputs: { rows: [digest('a')] } }),
      partsOf('ToyPass', { params: { topK: 2 }, inputs: { rows: [digest('b')] } }),
      `topK is 2 now and was 1, and its input rows changed: ${short('a')} → ${short('b')}`,
    ],
    [
      'the first three of many things, and how many more there are',
      source({}, { 'a.csv': digest('a'), 'b.csv': digest('a'), 'c.csv': digest('a'), 'd.csv': digest('a') }),
      source({}, {}),
      `inputBase's file a.csv is gone: it was ${short('a')}, inputBase's file b.csv is gone: it was ${short('a')}, inputBase's file c.csv is gone: it was ${short('a')}, and 1 more thing changed`,
    ],
  ])('names %s', (...[, before, now, sentence]) => {
    expect(explainKeyDifference(before, now)).toBe(sentence);
  });

  it('is nothing between equal keys', () => {
    expect(keyDifferences(code('x'), code('x'))).toEqual([]);
    expect(explainKeyDifference(code('x'), code('x'))).toBeUndefined();
  });
});
