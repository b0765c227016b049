import { describe, expect, it } from 'vitest';

import { diffLines, toHunks } from './line-diff';

const shown = (before: string, after: string) =>
  diffLines(before.split(''), after.split(''))
    .map(({ kind, text }) => `${kind === 'same' ? ' ' : kind === 'added' ? '+' : '-'}${text}`)
    .join('');

describe('the difference of two texts', () => {
  it.each([
    ['', '', ''],
    ['abc', 'abc', ' a b c'],
    ['abc', 'ac', ' a-b c'],
    ['ac', 'abc', ' a+b c'],
    ['abc', 'axc', ' a-b+x c'],
    ['', 'ab', '+a+b'],
    ['xaxbxc', 'abc', '-x a-x b-x c'],
  ])('of "%s" and "%s" is "%s"', (before, after, expected) => {
    expect(shown(before, after)).toBe(expected);
  });

  it('gives both texts back, whatever they are', () => {
    let seed = 7;
    const next = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    for (let round = 0; round < 200; round++) {
      const text = () => Array.from({ length: next(30) }, () => 'abc'[next(3)] ?? '');
      const [before, after] = [text(), text()];
      const lines = diffLines(before, after);
      expect(lines.filter(({ kind }) => kind !== 'added').map((line) => line.text)).toEqual(before);
      expect(lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text)).toEqual(after);
    }
  });

  it('changes as few lines as can be', () => {
    const changes = diffLines('abcabba'.split(''), 'cbabac'.split('')).filter(({ kind }) => kind !== 'same');
    expect(changes).toHaveLength(5);
  });

  it('tells large texts without anything in common as taken away and put in', () => {
    const before = Array.from({ length: 3_000 }, (_, line) => `a${line}`);
    const after = Array.from({ length: 3_000 }, (_, line) => `b${line}`);
    const lines = diffLines(before, after);
    expect(lines.slice(0, 3_000).every(({ kind }) => kind === 'removed')).toBe(true);
    expect(lines).toHaveLength(6_000);
  });

  it('shows changes with their surroundings and counts the rest', () => {
    const before = Array.from({ length: 20 }, (_, line) => String(line));
    const hunks = toHunks(diffLines(before, before.with(10, 'x')), 2);
    expect(hunks).toEqual([
      { skipped: 8 },
      {
        lines: [
          { kind: 'same', text: '8' },
          { kind: 'same', text: '9' },
          { kind: 'removed', text: '10' },
          { kind: 'added', text: 'x' },
          { kind: 'same', text: '11' },
          { kind: 'same', text: '12' },
        ],
      },
      { skipped: 7 },
    ]);
  });
});
