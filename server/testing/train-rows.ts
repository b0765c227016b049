/** From a table of the shared data to a trained model: its rows split as BASELINES §3 says, then Transform and Trainer. */

import { readFile, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

import type * as z from 'zod';

import { EMPTY_SCHEMA, writeSchemaText } from '../../lib/artifact/data-schema';
import type { zTrainerParams } from '../../lib/catalog/trainer/spec';
import type { transformSpec } from '../../lib/catalog/transform/spec';
import { EXECUTORS } from '../engine/executors';
import { artifactFrom, runExecutor } from './run-executor';

/** A table and what becomes of it. */
export type TransformedTable = AsyncDisposable & {
  /** Folder of the raw examples, with the splits train and eval. */
  readonly examples: string;
  /** Inputs of Trainer. */
  readonly inputs: {
    readonly examples: ReturnType<typeof artifactFrom<'Examples'>>;
    readonly transformGraph: ReturnType<typeof artifactFrom<'TransformGraph'>>;
  };
};

/**
 * Writes a table as two files, in file order: rows whose number is a multiple of five are the eval split. Returns the
 * parameters of CsvExampleGen that read them.
 */
export async function splitFiles(csv: string, folder: string) {
  await mkdir(folder, { recursive: true });
  const [header = '', ...lines] = (await readFile(csv, 'utf8')).trimEnd().split('\n');
  const pick = (isEval: boolean) => lines.filter((_, row) => (row % 5 === 0) === isEval);
  await writeFile(path.join(folder, 'train.csv'), [header, ...pick(false), ''].join('\n'));
  await writeFile(path.join(folder, 'eval.csv'), [header, ...pick(true), ''].join('\n'));
  const splits = ['train', 'eval'].map((name) => ({ name, pattern: `${name}.csv` }));
  return { inputBase: folder, emptyCells: 'missing' as const, inputConfig: { splits } };
}

/** A table in two splits, and its features. */
export async function transformTable(
  csv: string,
  { home, features }: { readonly home: string; readonly features: z.input<typeof transformSpec.params>['features'] },
): Promise<TransformedTable> {
  const generated = await runExecutor(await EXECUTORS.CsvExampleGen(), {
    params: await splitFiles(csv, path.join(home, 'source')),
    inputs: {},
  });
  const schema = path.join(home, 'schema');
  await mkdir(schema);
  await writeFile(path.join(schema, 'schema.pbtxt'), writeSchemaText(EMPTY_SCHEMA));
  const transformed = await runExecutor(await EXECUTORS.Transform(), {
    params: { features },
    inputs: {
      examples: artifactFrom('Examples', generated.folders.examples, generated.facts.outputs.examples.properties),
      schema: artifactFrom('Schema', schema, {}),
    },
  });
  const { folders, facts } = transformed;
  return {
    examples: generated.folders.examples,
    inputs: {
      examples: artifactFrom('Examples', folders.transformedExamples, facts.outputs.transformedExamples.properties),
      transformGraph: artifactFrom('TransformGraph', folders.transformGraph, {}),
    },
    async [Symbol.asyncDispose]() {
      await generated[Symbol.asyncDispose]();
      await transformed[Symbol.asyncDispose]();
    },
  };
}

type Features = z.input<typeof transformSpec.params>['features'];
type TrainerParams = z.input<typeof zTrainerParams>;

const text = (column: string): Features[string] => ({
  op: 'computeAndApplyVocabulary',
  column,
  topK: 1000,
  numOovBuckets: 10,
});
const place = (column: string): Features[string] => ({
  op: 'bucketize',
  column,
  numBuckets: 10,
  fillMissing: 0,
});
const hot = (column: string, depth: number): Features[string] => ({ op: 'oneHot', column, depth, fillMissing: 0 });
const scaled = (column: string): Features[string] => ({ op: 'scaleToZScore', column, fillMissing: 0 });

const TAXI_WIDE = {
  pickup_latitude_b: place('pickup_latitude'),
  pickup_longitude_b: place('pickup_longitude'),
  dropoff_latitude_b: place('dropoff_latitude'),
  dropoff_longitude_b: place('dropoff_longitude'),
  payment_v: text('payment_type'),
  company_v: text('company'),
  pickup_tract_v: text('pickup_census_tract_text'),
  dropoff_tract_v: text('dropoff_census_tract_text'),
  hour: hot('trip_start_hour', 24),
  day: hot('trip_start_day', 8),
  month: hot('trip_start_month', 13),
  pickup_area: hot('pickup_community_area', 78),
  dropoff_area: hot('dropoff_community_area', 78),
} as const;

/** The taxi model of BASELINES §3. */
export const TAXI: { readonly features: Features; readonly params: TrainerParams } = {
  features: {
    miles_z: scaled('trip_miles'),
    fare_z: scaled('fare'),
    seconds_z: scaled('trip_seconds'),
    ...TAXI_WIDE,
    pickup_census_tract_text: { op: 'cast', column: 'pickup_census_tract', to: 'string' },
    dropoff_census_tract_text: { op: 'cast', column: 'dropoff_census_tract', to: 'string' },
    big_tipper: { op: 'label', column: 'big_tipper' },
  },
  params: {
    template: 'wide-and-deep',
    task: 'binary',
    label: 'big_tipper',
    deep: ['miles_z', 'fare_z', 'seconds_z'],
    wide: Object.keys(TAXI_WIDE),
    hiddenUnits: [100, 70, 50, 25],
    epochs: 10,
    batchSize: 40,
  },
};
