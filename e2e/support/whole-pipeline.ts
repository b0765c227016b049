/** One pipeline that uses every kind of artifact, with an anomaly in it, and hostile names. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import type { Studio } from './studio';

const ROWS = 1_200;
/** Rows at the front with a company of their own; every second of them lands in a split that its schema has not seen. */
const RARE = 90;
const LONG = 'a_very_long_name_of_a_measured_value_'.repeat(5);
const RIGHT_TO_LEFT = 'مدينة الوصول';

/** What its first run made: ids of artifacts. */
export type WholeRun = {
  readonly pipeline: string;
  readonly examples: string;
  readonly statistics: string;
  readonly schema: string;
  readonly anomalies: string;
  readonly transformGraph: string;
  readonly evaluation: string;
};

const zAnswer = z.object({
  nodes: z.record(z.string(), z.object({ outputs: z.record(z.string(), z.object({ id: z.string() })) })),
});

/** Writes data and pipeline below the studio's home, and runs it. */
export async function runWholePipeline({ cli, dataFolder }: Studio, name: string): Promise<WholeRun> {
  const folder = path.join(dataFolder, '..', name);
  mkdirSync(folder, { recursive: true });
  const head = ['id', 'fare', 'company', 'paid', 'tipped', 'score', LONG, RIGHT_TO_LEFT];
  writeFileSync(
    path.join(folder, 'trips.csv'),
    `${head.join(',')}\n${Array.from({ length: ROWS }, (_, row) => line(row)).join('\n')}\n`,
  );
  const file = path.join(folder, 'pipeline.json');
  writeFileSync(file, JSON.stringify({ format: 'sluice.pipeline/1', name, nodes: NODES }));
  const { nodes } = zAnswer.parse(JSON.parse(await cli('run', file, '--json')));
  const idOf = (node: string, port: string) => {
    const id = nodes[node]?.outputs[port]?.id;
    if (id === undefined) throw new Error(`${node} made no ${port}`);
    return id;
  };
  return {
    pipeline: name,
    examples: idOf('examples', 'examples'),
    statistics: idOf('statistics', 'statistics'),
    schema: idOf('schema', 'schema'),
    anomalies: idOf('validator', 'anomalies'),
    transformGraph: idOf('transform', 'transformGraph'),
    evaluation: idOf('evaluator', 'evaluation'),
  };
}

function line(row: number): string {
  const tipped = (row * 7) % 3 === 0 ? 1 : 0;
  return [
    row,
    row % 9 === 0 ? '' : ((row * 37) % 503) / 10,
    row < RARE ? `Rare ${row}` : `Acme ${row % 6}`,
    row % 2 === 0 ? 'cash' : 'card',
    tipped,
    ((row * 13) % 100) / 125 + tipped * 0.2,
    row % 11,
    `مدينة ${row % 4}`,
  ].join(',');
}

const NODES = {
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
  transform: {
    component: 'Transform',
    inputs: { examples: 'examples.examples', schema: 'schema.schema' },
    params: {
      features: {
        fare_scaled: { op: 'scaleToZScore', column: 'fare' },
        fare_bucket: { op: 'bucketize', column: 'fare', numBuckets: 10 },
        company_index: { op: 'computeAndApplyVocabulary', column: 'company' },
        [`${RIGHT_TO_LEFT} 01`]: { op: 'computeAndApplyVocabulary', column: RIGHT_TO_LEFT },
        [`${LONG}01`]: { op: 'scaleTo01', column: LONG },
      },
    },
  },
  evaluator: {
    component: 'Evaluator',
    inputs: { examples: 'examples.examples' },
    params: {
      evalConfig: {
        modelSpecs: [{ labelKey: 'tipped', predictionKey: 'score' }],
        slicingSpecs: [{}, { featureKeys: ['paid'] }, { featureKeys: [RIGHT_TO_LEFT] }],
        metricsSpecs: [
          {
            metrics: [
              { className: 'ExampleCount' },
              { className: 'AUC', threshold: { valueThreshold: { lowerBound: 0.9 } } },
              { className: 'BinaryAccuracy' },
              { className: 'Precision' },
              { className: 'Recall' },
            ],
          },
        ],
      },
    },
  },
};
