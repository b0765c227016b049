import { describe, expect, it } from 'vitest';

import { EDITOR_ACTIONS } from './actions/index';
import { isPressed, type PressedKeys } from './use-shortcuts';

const NOTHING: PressedKeys = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('isPressed', () => {
  it.each<[string, Partial<PressedKeys>, boolean]>([
    ['Mod+Z', { key: 'z', ctrlKey: true }, true],
    ['Mod+Z', { key: 'z', metaKey: true }, true],
    ['Mod+Z', { key: 'Z', ctrlKey: true, shiftKey: true }, false],
    ['Mod+Shift+Z', { key: 'Z', ctrlKey: true, shiftKey: true }, true],
    ['Mod+Z', { key: 'z' }, false],
    ['Delete', { key: 'Delete' }, true],
    ['Delete', { key: 'Delete', ctrlKey: true }, false],
    ['?', { key: '?', shiftKey: true }, true],
    ['/', { key: '/' }, true],
    ['+', { key: '+', shiftKey: true }, true],
    ['Shift+1', { key: '!', code: 'Digit1', shiftKey: true }, true],
    ['Alt+L', { key: '¬', code: 'KeyL', altKey: true }, true],
    ['Shift+T', { key: 't' }, false],
  ])('%s by %o: %s', (shortcut, pressed, expected) => {
    expect(isPressed(shortcut, { ...NOTHING, ...pressed })).toBe(expected);
  });
});

describe('the actions of the editor', () => {
  it('have an id and keys of their own each', () => {
    const ids = EDITOR_ACTIONS.map(({ id }) => id);
    const keys = EDITOR_ACTIONS.flatMap(({ shortcuts }) => shortcuts ?? []);
    expect(ids).toEqual([...new Set(ids)]);
    expect(keys).toEqual([...new Set(keys)]);
  });
});
