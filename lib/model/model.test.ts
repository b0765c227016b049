import { describe, expect, it } from 'vitest';

import { aliasChangeWords, parseVersionReference, zAlias } from './model';

describe('a version', () => {
  it.each([
    ['taxi@3', { kind: 'number', model: 'taxi', number: 3 }],
    ['taxi@v3', { kind: 'number', model: 'taxi', number: 3 }],
    ['a@b/push@champion', { kind: 'alias', model: 'a@b/push', alias: 'champion' }],
    ['ver_0123456789abcdef', { kind: 'id', id: 'ver_0123456789abcdef' }],
    ['taxi', undefined],
    ['taxi@', undefined],
    ['@3', undefined],
    ['taxi@0', undefined],
    ['taxi@-1', undefined],
    ['taxi@a b', undefined],
  ])('is named by %s', (text, reference) => {
    expect(parseVersionReference(text)).toEqual(reference);
  });
});

describe('an alias', () => {
  it.each([
    ['champion', true],
    ['eu-west_2.b', true],
    ['3', false],
    ['', false],
    ['with space', false],
    ['x'.repeat(61), false],
  ])('of the name "%s" is allowed: %s', (name, isAllowed) => {
    expect(zAlias.safeParse(name).success).toBe(isAllowed);
  });

  it.each([
    [{ from: null, to: 1 }, 'v1 became champion'],
    [{ from: 1, to: 2 }, 'champion moved from v1 to v2'],
    [{ from: 2, to: null }, 'champion was taken away from v2'],
  ])('says what became of it: %o', (change, words) => {
    expect(aliasChangeWords({ alias: 'champion', ...change })).toBe(words);
  });
});
