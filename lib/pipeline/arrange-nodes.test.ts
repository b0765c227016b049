import { describe, expect, it } from 'vitest';

import { alignBoxes, distributeBoxes, type Box } from './arrange-nodes';

const box = (id: string, x: number, y: number, height = 80): Box => ({ id, x, y, width: 166, height });
const boxes = [box('a', 0, 0), box('b', 400, 32), box('c', 240, 128, 120)];

describe('alignBoxes', () => {
  it.each([
    ['left', { a: [0, 0], b: [0, 32], c: [0, 128] }],
    ['right', { a: [400, 0], b: [400, 32], c: [400, 128] }],
    ['centre', { a: [200, 0], b: [200, 32], c: [200, 128] }],
    ['top', { a: [0, 0], b: [400, 0], c: [240, 0] }],
    ['bottom', { a: [0, 168], b: [400, 168], c: [240, 128] }],
    ['middle', { a: [0, 84], b: [400, 84], c: [240, 64] }],
  ] as const)('puts cards in line: %s', (alignment, expected) => {
    const places = [...alignBoxes(boxes, alignment)].map(([id, { x, y }]) => [id, [x, y]]);
    expect(Object.fromEntries(places)).toEqual(expected);
  });
});

describe('distributeBoxes', () => {
  it('makes the gaps equal and leaves the outer cards', () => {
    const places = distributeBoxes(boxes, 'across');
    expect(places.get('a')).toEqual({ x: 0, y: 0 });
    expect(places.get('c')).toEqual({ x: 200, y: 128 });
    expect(places.get('b')).toEqual({ x: 400, y: 32 });
  });

  it('has nothing to do with fewer than three', () => {
    expect(distributeBoxes(boxes.slice(0, 2), 'down').size).toBe(0);
  });
});
