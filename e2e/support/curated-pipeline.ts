/** A pipeline whose validation split holds values that its schema has not seen, and its first run. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Studio } from './studio';

/** Ids of the artifacts that the first run made. */
export type CuratedRun = { readonly schema: string; readonly anomalies: string };

/** Rows of which each has a company of its own; the schema is inferred from two thirds of them. Other pipelines reuse nothing. */
const RARE = 60;
const COMMON = 240;

/** Writes the data and the pipeline, runs it, and returns what came of it. */
export async function runCuratedPipeline(studio: Studio, name: string): Promise<CuratedRun> {
  const folder = path.join(studio.dataFolder, '..', name);
  mkdirSync(folder, { recursive: true });
  const rows = Array.from({ length: RARE + COMMON }, (_, row) =>
    [row, row / 4, row < RARE ? `Rare ${row}` : `Acme ${name}`, row % 2 === 0 ? 'cash' : 'card'].join(','),
  );
  writeFileSync(path.join(folder, 'trips.csv'), `id,fare,company,paid\n${rows.join('\n')}\n`);
  const document = {
    format: 'sluice.pipeline/1',
    name,
    nodes: {
      examples: { component: 'CsvExampleGen', params: { inputBase: 'trips.csv' } },
      statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
      schema: {
        component: 'SchemaGen',
        inputs: { statistics: 'statistics.statistics' },
        params: { excludeSplits: ['eval'] },
      },
      validator: {
        component: 'ExampleValidator',
        inputs: { statistics: 'statistics.statistics', schema: 'schema.schema' },
      },
    },
  };
  const file = path.join(folder, 'pipeline.json');
  writeFileSync(file, JSON.stringify(document));
  const answer: unknown = JSON.parse(await studio.cli('run', file, '--json'));
  return { schema: outputOf(answer, 'schema', 'schema'), anomalies: outputOf(answer, 'validator', 'anomalies') };
}

function outputOf(answer: unknown, ...steps: readonly [node: string, port: string]): string {
  const [node, port] = steps;
  const id = ['nodes', node, 'outputs', port, 'id'].reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    answer,
  );
  if (typeof id !== 'string') throw new Error(`the run made no ${port}: ${JSON.stringify(answer).slice(0, 500)}`);
  return id;
}
