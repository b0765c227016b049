import { readFileSync } from 'node:fs';

import * as z from 'zod';
import { describe, expect, it } from 'vitest';

import { hasSharedData, sharedPath } from '../../server/testing/shared-data';
import { fingerprint64, hashBucket } from './fingerprint64';

const zGolden = z.object({
  first_rows: z.object({
    input: z.array(z.union([z.string(), z.array(z.string())])),
    hash_10: z.array(z.union([z.number(), z.array(z.number())])),
    hash_1000: z.array(z.union([z.number(), z.array(z.number())])),
  }),
});

describe('fingerprint64', () => {
  it('T14 hash_strings numbers texts as TensorFlow does', () => {
    expect(['Car', 'Bus', 'Tree'].map((text) => hashBucket(text, 11))).toEqual([8, 4, 5]);
    expect(['Dog', 'Cat', ''].map((text) => hashBucket(text, 17))).toEqual([12, 4, 11]);
  });

  it('T13 out-of-vocabulary buckets follow the hash', () => {
    expect(['world', 'tarkus', 'toccata', 'goodbye', 'foo'].map((text) => 1 + hashBucket(text, 3))).toEqual([
      2, 3, 1, 2, 1,
    ]);
  });

  it.skipIf(!hasSharedData)('agrees with the real hash_strings on company and payment names', () => {
    for (const name of ['taxi-company-vocabulary-filled', 'taxi-payment-vocabulary']) {
      const { first_rows: rows } = zGolden.parse(
        JSON.parse(readFileSync(sharedPath(`goldens/tft/${name}.json`), 'utf8')),
      );
      const texts = rows.input.flat();
      expect(texts.map((text) => hashBucket(text, 10))).toEqual(rows.hash_10.flat());
      expect(texts.map((text) => hashBucket(text, 1000))).toEqual(rows.hash_1000.flat());
    }
  });

  it('takes bytes and text alike, of every length', () => {
    const seen = new Set<bigint>();
    for (let length = 0; length <= 200; length++) {
      const text = 'abcdefghij'.repeat(20).slice(0, length);
      const value = fingerprint64(text);
      expect(fingerprint64(new TextEncoder().encode(text))).toBe(value);
      expect(value).toBeLessThan(2n ** 64n);
      seen.add(value);
    }
    expect(seen.size).toBe(201);
  });
});
