/** Examples of a query, as an importer would write them, for the benchmarks that need other rows than taxi's. */

import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { splitFolder } from '../../../lib/artifact/artifact';
import {
  EXAMPLES_META_KEY,
  examplesFileName,
  type ExamplesMeta,
  type FeatureKind,
} from '../../../lib/artifact/examples';
import { sqlText } from '../../duckdb/connection';
import { openBenchDuckdb } from './bench-data';
import { WHOLE_SPLIT } from './taxi-examples';

/** What a query gives. */
export type BenchExamples = { readonly select: string; readonly kinds: Readonly<Record<string, FeatureKind>> };

/** Writes one shard of one split below `folder`. */
export async function writeBenchExamples(folder: string, { select, kinds }: BenchExamples): Promise<void> {
  const meta: ExamplesMeta = {
    version: 1,
    record: 'typed-lists',
    columns: Object.entries(kinds).map(([name, kind]) => ({ name, column: name, kind, nullMeans: 'missing' })),
  };
  const split = path.join(folder, splitFolder(WHOLE_SPLIT));
  await mkdir(split, { recursive: true });
  await using database = await openBenchDuckdb();
  await database.connection.run(
    `COPY (${select}) TO ${sqlText(path.join(split, examplesFileName(0, 1)))}
      (FORMAT parquet, KV_METADATA {${sqlText(EXAMPLES_META_KEY)}: ${sqlText(JSON.stringify(meta))}})`,
  );
}
