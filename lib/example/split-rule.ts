/**
 * Which row goes to which split: TFX's rule. SHA-256 of the record's bytes, read as one big integer, modulo the sum of
 * all hash buckets; the first split whose cumulative count of buckets is greater takes the row.
 */

import { assert } from '../assert';

/** One output split and its share. */
export type OutputSplit = { readonly name: string; readonly hashBuckets: number };

/** The rule for a list of output splits; their order matters. */
export class SplitRule {
  /** Sum of all hash buckets. */
  readonly buckets: number;
  private readonly bounds: readonly number[];

  constructor(splits: readonly OutputSplit[]) {
    let sum = 0;
    this.bounds = splits.map(({ hashBuckets }) => (sum += hashBuckets));
    // Above this the remainders below would leave the integers that a double holds exactly.
    assert(sum >= 1 && sum <= 2 ** 36, 'the sum of hash buckets is between 1 and 2^36');
    this.buckets = sum;
  }

  /** The bucket of a record, by its SHA-256 digest as a binary string: 32 characters, one a byte. */
  bucketOf(digest: string): number {
    let rest = 0;
    for (let at = 0; at < digest.length; at += 2) {
      rest = (rest * 65_536 + digest.charCodeAt(at) * 256 + digest.charCodeAt(at + 1)) % this.buckets;
    }
    return rest;
  }

  /** Index of the split that takes a bucket. */
  splitOf(bucket: number): number {
    return this.bounds.findIndex((bound) => bucket < bound);
  }
}
