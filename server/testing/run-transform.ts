/** Runs Transform on rows given in a test, and reads back what it wrote: the graph, the vocabularies, and every row. */

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type * as z from 'zod';

import { EMPTY_SCHEMA, writeSchemaText, type DataSchema } from '../../lib/artifact/data-schema';
import type { transformSpec } from '../../lib/catalog/transform/spec';
import type { Vocabularies } from '../../lib/transform/apply-step';
import type { TransformCell } from '../../lib/transform/apply-transform';
import type { zTransformFeature } from '../../lib/transform/transform-feature';
import {
  TRANSFORM_GRAPH_FILE,
  TRANSFORMED_SCHEMA_FILE,
  VOCABULARIES_FOLDER,
  zTransformGraph,
  type TransformGraph,
} from '../../lib/transform/transform-graph';
import { openDuckdb, sqlText } from '../duckdb/connection';
import type { Executor } from '../engine/executor';
import { artifactFrom, runExecutor } from './run-executor';
import { tempFolder } from './temp-folder';
import { writeExamples, type TestColumn } from './write-examples';

/** What to transform. */
export type TransformRun = {
  readonly features: { readonly [name: string]: z.input<typeof zTransformFeature> };
  /** Splits in order. */
  readonly splits: { readonly [split: string]: readonly TestColumn[] };
  readonly splitsConfig?: { readonly analyze: string[]; readonly transform: string[] };
  readonly schema?: DataSchema;
};

/** What came of it. */
export type TransformedRun = {
  readonly graph: TransformGraph;
  /** Lines of each vocabulary file. */
  readonly tokens: ReadonlyMap<string, readonly string[]>;
  readonly vocabularies: Vocabularies;
  readonly schemaText: string;
  /** Cells of each feature, by split. */
  readonly rows: { readonly [split: string]: { readonly [feature: string]: readonly TransformCell[] } };
  readonly log: readonly { readonly message: string; readonly level: string }[];
  readonly properties: { readonly [name: string]: unknown };
};

/** Runs it in folders of its own, which are gone afterwards. */
export async function runTransform(
  transform: Executor<typeof transformSpec>,
  { features, splits, splitsConfig, schema }: TransformRun,
): Promise<TransformedRun> {
  using home = tempFolder();
  const examples = path.join(home.path, 'examples');
  const schemaFolder = path.join(home.path, 'schema');
  await mkdir(schemaFolder);
  await writeFile(path.join(schemaFolder, 'schema.pbtxt'), writeSchemaText(schema ?? EMPTY_SCHEMA));
  await using duckdb = await openDuckdb({ memoryMb: 512, threads: 2, tempFolder: home.path });
  for (const [split, columns] of Object.entries(splits))
    await writeExamples(duckdb, columns, { folder: examples, split });
  await using run = await runExecutor(transform, {
    params: { features, ...(splitsConfig !== undefined && { splitsConfig }) },
    inputs: {
      examples: artifactFrom('Examples', examples, { splitNames: Object.keys(splits) }),
      schema: artifactFrom('Schema', schemaFolder, {}),
    },
  });
  const folder = run.folders.transformGraph;
  const graph = zTransformGraph.parse(JSON.parse(await readFile(path.join(folder, TRANSFORM_GRAPH_FILE), 'utf8')));
  const tokens = new Map<string, readonly string[]>();
  for (const file of await readdir(path.join(folder, VOCABULARIES_FOLDER))) {
    const text = await readFile(path.join(folder, VOCABULARIES_FOLDER, file), 'utf8');
    tokens.set(file, text.split('\n').slice(0, -1));
  }
  const rows: Record<string, Record<string, TransformCell[]>> = {};
  for (const split of await readdir(run.folders.transformedExamples)) {
    const files = path.join(run.folders.transformedExamples, split, '*.parquet');
    const result = await duckdb.connection.runAndReadAll(`SELECT * FROM read_parquet(${sqlText(files)})`);
    const columns = result.getColumnsJS();
    rows[split.replace('Split-', '')] = Object.fromEntries(
      result.columnNames().map((name, index) => [name, (columns[index] ?? []).map(toCell)]),
    );
  }
  return {
    graph,
    tokens,
    vocabularies: new Map([...tokens].map(([file, lines]) => [file, new Map(lines.map((line, at) => [line, at]))])),
    schemaText: await readFile(path.join(folder, TRANSFORMED_SCHEMA_FILE), 'utf8'),
    rows,
    log: run.log,
    properties: run.facts.outputs.transformedExamples.properties,
  };
}

/** Whole numbers of a test are small. */
function toCell(value: unknown): TransformCell {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value))
    return value.map((item: unknown) => (typeof item === 'bigint' ? Number(item) : item) as number);
  return value as TransformCell;
}
