import { describe, expect, it } from 'vitest';

import { requirePartitionFeature } from './partition-feature';

const NAMES = ['text', 'count', 'share', 'blank'];
const KINDS = ['STRING', 'INT', 'FLOAT', 'NONE'] as const;

describe('the partition feature', () => {
  it('is a text or an integer', () => {
    expect(requirePartitionFeature('text', NAMES, KINDS)).toBe(0);
    expect(requirePartitionFeature('count', NAMES, KINDS)).toBe(1);
  });

  it.each([
    ['invalid', 'does not exist'],
    ['blank', 'does not contain any value'],
    ['share', 'Only bytes_list and int64_list'],
  ])('EG-O12 is refused: %s', (feature, message) => {
    expect(() => requirePartitionFeature(feature, NAMES, KINDS)).toThrow(message);
  });
});
