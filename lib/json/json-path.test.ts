import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatJsonPath, parseJsonPath } from './json-path';

describe('JSON paths', () => {
  it.each([
    [['nodes', 'trainer', 'params', 'hiddenUnits', 0], 'nodes.trainer.params.hiddenUnits[0]'],
    [['features', 'a.b', 'topK'], 'features["a.b"].topK'],
    [['my-node', 'x'], 'my-node.x'],
    [['', 'say "hi"'], '[""]["say \\"hi\\""]'],
  ])('writes %j as %s', (path, text) => {
    expect(formatJsonPath(path)).toBe(text);
    expect(parseJsonPath(text)).toEqual({ ok: true, value: path });
  });

  it('takes an index after a dot, as people type it', () => {
    expect(parseJsonPath('splits.0.name')).toEqual({ ok: true, value: ['splits', '0', 'name'] });
  });

  it.each(['', 'a..b', 'a[', 'a["b]', 'a[-1]', '.a', 'a b', '["\\x"]'])('refuses %j', (text) => {
    expect(parseJsonPath(text).ok).toBe(false);
  });

  it('reads back every path that it writes', () => {
    const step = fc.oneof(fc.string(), fc.nat(999_999_999));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (path) => {
        expect(parseJsonPath(formatJsonPath(path))).toEqual({ ok: true, value: path });
      }),
    );
  });
});
