/** The nine nodes from a table to a pushed model, for tests and benchmarks of the whole loop. */

import { COMPONENTS } from '../../lib/catalog/index';
import type { RunId } from '../../lib/ids';
import { PIPELINE_FORMAT, zPipeline, type Pipeline } from '../../lib/pipeline/pipeline';
import type { Selection } from '../../lib/pipeline/selection';
import { startRun } from '../runs/start-run';
import type { Scenario } from './scenario';

type Params = Readonly<Record<string, unknown>>;

/** What the loop is made of. */
export type WholePipeline = {
  readonly name: string;
  /** Parameters of CsvExampleGen. */
  readonly examples: Params;
  readonly features: Params;
  /** Parameters of Trainer. */
  readonly trainer: Params;
  readonly evalConfig: Params;
  /** Where versions are pushed to; absent: a folder of the data. */
  readonly pushTo?: string;
};

/** Makes the pipeline, as its file would hold it. */
export function wholePipeline(given: WholePipeline): Pipeline {
  const { name, examples, features, trainer, evalConfig, pushTo } = given;
  const document = {
    format: PIPELINE_FORMAT,
    name,
    nodes: {
      examples: { component: 'CsvExampleGen', params: examples },
      statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
      schema: { component: 'SchemaGen', inputs: { statistics: 'statistics.statistics' } },
      validator: {
        component: 'ExampleValidator',
        inputs: { statistics: 'statistics.statistics', schema: 'schema.schema' },
      },
      transform: {
        component: 'Transform',
        inputs: { examples: 'examples.examples', schema: 'schema.schema' },
        params: { features },
      },
      trainer: {
        component: 'Trainer',
        inputs: {
          examples: 'transform.transformedExamples',
          transformGraph: 'transform.transformGraph',
          schema: 'schema.schema',
        },
        params: trainer,
      },
      baseline: { component: 'Resolver', params: { strategy: 'latestBlessedModel' } },
      evaluator: {
        component: 'Evaluator',
        inputs: {
          examples: 'examples.examples',
          model: 'trainer.model',
          baselineModel: 'baseline.model',
          schema: 'schema.schema',
        },
        params: { evalConfig },
      },
      pusher: {
        component: 'Pusher',
        inputs: { model: 'trainer.model', modelBlessing: 'evaluator.blessing' },
        ...(pushTo !== undefined && { params: { pushDestination: { filesystem: { baseDirectory: pushTo } } } }),
      },
    },
  };
  return zPipeline.parse(JSON.parse(JSON.stringify(document)));
}

/** Starts a run of it as the command line does: validated, planned, by default with reuse. */
export async function startWhole(
  { db, artifactsFolder, folder }: Scenario,
  document: Pipeline,
  { selection = { type: 'all' }, reuse = true }: { readonly selection?: Selection; readonly reuse?: boolean } = {},
): Promise<RunId> {
  const { id } = await startRun(
    { db, artifactsFolder, catalog: COMPONENTS },
    {
      pipeline: { document, baseFolder: folder },
      values: { params: {}, set: [] },
      selection,
      reuse,
    },
    'a test',
  );
  return id;
}
