import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SplitRule, type OutputSplit } from './split-rule';

const binary = (bytes: Uint8Array) => String.fromCharCode(...bytes);

const TWO: readonly OutputSplit[] = [
  { name: 'train', hashBuckets: 2 },
  { name: 'eval', hashBuckets: 1 },
];
const THREE: readonly OutputSplit[] = [
  { name: 's0', hashBuckets: 6 },
  { name: 's1', hashBuckets: 1 },
  { name: 's2', hashBuckets: 2 },
];

describe('the split of a record', () => {
  it.each<readonly [string, readonly OutputSplit[], { readonly bucket: number; readonly split: string }]>([
    ['a', TWO, { bucket: 1, split: 'train' }],
    ['b', TWO, { bucket: 2, split: 'eval' }],
    ['c', TWO, { bucket: 1, split: 'train' }],
    ['hello', TWO, { bucket: 0, split: 'train' }],
    ['record-1', TWO, { bucket: 1, split: 'train' }],
    ['a', THREE, { bucket: 7, split: 's2' }],
    ['b', THREE, { bucket: 8, split: 's2' }],
    ['c', THREE, { bucket: 1, split: 's0' }],
    ['hello', THREE, { bucket: 6, split: 's1' }],
    ['record-1', THREE, { bucket: 7, split: 's2' }],
  ])('EG-O11 the bytes of "%s" go where TFX puts them (%#)', (record, splits, { bucket, split }) => {
    const rule = new SplitRule(splits);
    const found = rule.bucketOf(binary(sha256(new TextEncoder().encode(record))));
    expect(found).toBe(bucket);
    expect(splits[rule.splitOf(found)]?.name).toBe(split);
  });

  it('is that of the digest as one big integer, for any number of buckets', () => {
    const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const buckets = fc.array(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(digest, buckets, (bytes, counts) => {
        const rule = new SplitRule(counts.map((hashBuckets, index) => ({ name: `s${index}`, hashBuckets })));
        const whole = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) % BigInt(rule.buckets);
        const bucket = rule.bucketOf(binary(bytes));
        expect(BigInt(bucket)).toBe(whole);
        const split = rule.splitOf(bucket);
        const before = counts.slice(0, split).reduce((sum, count) => sum + count, 0);
        expect(bucket).toBeGreaterThanOrEqual(before);
        expect(bucket).toBeLessThan(before + (counts[split] ?? 0));
      }),
    );
  });
});
