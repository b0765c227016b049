/** What TFX's ExampleGens wrote, and what one of ours wrote, in the same form. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { exportTfrecord } from '../duckdb/export-tfrecord';
import type { DuckdbSession } from '../duckdb/query';
import { readTfrecords } from './read-tfrecords';
import { sharedPath } from './shared-data';

const zSplits = z.array(z.object({ name: z.string(), hash_buckets: z.number() }));
const zGolden = z.object({
  output_config: z.object({
    split_config: z.object({ splits: zSplits, partition_feature_name: z.string().optional() }).optional(),
  }),
  rows: z.record(z.string(), z.number()).optional(),
  splits_in_order_of_row: z.string().optional(),
  letters: z.record(z.string(), z.string()).optional(),
  first_records: z.array(z.object({ row: z.number(), serialized_hex: z.string(), split: z.string() })).optional(),
  some_records: z.array(z.object({ serialized_hex: z.string(), sha256: z.string(), bucket: z.number() })).optional(),
  sha256_of_each_split: z.record(z.string(), z.string()).optional(),
  error: z.object({ message: z.string() }).optional(),
});
/** A run of one of TFX's ExampleGens. */
export type ExampleGenGolden = z.infer<typeof zGolden>;

/** Reads a golden of the folder `example-gen`. */
export async function loadExampleGenGolden(name: string): Promise<ExampleGenGolden> {
  return zGolden.parse(JSON.parse(await readFile(sharedPath('goldens', 'example-gen', `${name}.json`), 'utf8')));
}

/** The split parameters that made a golden. */
export type GoldenOutputConfig = {
  splitConfig?: { splits: { name: string; hashBuckets: number }[]; partitionFeatureName?: string };
};

/** The `outputConfig` of a golden, as our parameters have it. */
export function outputConfigOf({ output_config: { split_config: config } }: ExampleGenGolden): GoldenOutputConfig {
  if (config === undefined) return {};
  const partitionFeatureName = config.partition_feature_name;
  return {
    splitConfig: {
      splits: config.splits.map(({ name, hash_buckets: hashBuckets }) => ({ name, hashBuckets })),
      ...(partitionFeatureName !== undefined && { partitionFeatureName }),
    },
  };
}

/** The TFRecords of each split of an `Examples` artifact, exported below `tempFolder`. */
export async function exportRecords(
  session: DuckdbSession,
  { folder, tempFolder }: { readonly folder: string; readonly tempFolder: string },
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const exported = await exportTfrecord(session, { folder, targetFolder: path.join(tempFolder, 'tfrecord') });
  const records = new Map<string, readonly Buffer[]>();
  for (const { split, file, records: count } of exported) {
    const read = await readTfrecords(file);
    if (read.length !== count) throw new Error(`${file} has ${read.length} records, ${count} were told`);
    records.set(split, read);
  }
  return records;
}

/** SHA-256 of the sorted SHA-256s of records, as the goldens have it: it does not depend on their order. */
export function hashOfHashes(records: readonly Buffer[]): string {
  const hashes = records.map((record) => createHash('sha256').update(record).digest('hex'));
  return createHash('sha256').update(hashes.toSorted().join('\n')).digest('hex');
}
