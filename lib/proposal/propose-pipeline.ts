/** From a table and a few answers to a pipeline: an ExampleGen and the tail that describes and checks what it reads. */

import { addNodes, freshNodeId, type CanvasPoint, type NewNode } from '../pipeline/commands';
import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from '../pipeline/pipeline';
import type { Task } from './guess-label';
import { nameStem } from '../upload/stored-name';
import { hasFeatures, proposeModelNodes, type ModelProposal } from './propose-model';
import type { TableProfile } from './table-profile';

/** What a person decides, each with a default. */
export type ProposalAnswers = {
  /** What a blank cell of a CSV is. See CsvExampleGen's `emptyCells`. */
  readonly emptyCells: 'missing' | 'empty-list';
};

/** What is read, and from where. */
export type ProposedSource = {
  readonly profile: TableProfile;
  /** The file or folder, as `inputBase` has it. */
  readonly inputBase: string;
  readonly answers: ProposalAnswers;
  /** What is learnt; undefined: the data are only described and checked. */
  readonly model?: ModelProposal | undefined;
};

const COLUMN = 224;
/** From one bank of cards to the next; a Trainer with its curve fits between. */
const ROW = 192;
const MAX_NAME = 180;

/** The ExampleGen of a table. Rows go to train and eval as 2 : 1, by their hash. */
export function proposeExampleGen({ profile, inputBase, answers }: ProposedSource): PipelineNode {
  const outputConfig = {
    splitConfig: {
      splits: [
        { name: 'train', hashBuckets: 2 },
        { name: 'eval', hashBuckets: 1 },
      ],
    },
  };
  if (profile.format === 'parquet') {
    const hasTimes = profile.columns.some(({ isTime }) => isTime);
    return {
      component: 'ParquetExampleGen',
      params: { inputBase, outputConfig, ...(hasTimes && { timestamps: 'epoch-seconds' }) },
    };
  }
  const { emptyCells } = answers;
  return {
    component: 'CsvExampleGen',
    params: { inputBase, outputConfig, ...(emptyCells !== 'missing' && { emptyCells }) },
  };
}

/**
 * The proposed nodes, wired and placed to the right of `at` in two banks that fit a screen, with ids that are free in `pipeline`. StatisticsGen describes
 * the rows, SchemaGen learns what they look like, ExampleValidator checks the one against the other; with something to
 * learn, the model half follows.
 */
export function proposeNodes(pipeline: Pipeline, source: ProposedSource, at: CanvasPoint): readonly NewNode[] {
  const place = (column: number, row: number) => ({ x: at.x + column * COLUMN, y: at.y + row * ROW });
  const exampleGen = proposeExampleGen(source);
  const examples = freshNodeId(pipeline, exampleGen.component);
  const statistics = freshNodeId(pipeline, 'StatisticsGen');
  const schema = freshNodeId(pipeline, 'SchemaGen');
  const validator = freshNodeId(pipeline, 'ExampleValidator');
  const { profile, model } = source;
  const learns = model !== undefined && hasFeatures(model);
  return [
    { id: examples, node: exampleGen, at: place(0, 0) },
    {
      id: statistics,
      node: { component: 'StatisticsGen', inputs: { examples: `${examples}.examples` } },
      at: place(1, 0),
    },
    {
      id: schema,
      node: { component: 'SchemaGen', inputs: { statistics: `${statistics}.statistics` } },
      at: place(2, 0),
    },
    {
      id: validator,
      node: {
        component: 'ExampleValidator',
        inputs: { statistics: `${statistics}.statistics`, schema: `${schema}.schema` },
      },
      at: place(3, 0),
    },
    ...(learns ? proposeModelNodes(pipeline, { profile, sources: { examples, schema }, model }, place) : []),
  ];
}

/** A new pipeline of the proposed nodes. */
export function proposePipeline(
  { name, description }: { readonly name: string; readonly description: string | undefined },
  source: ProposedSource,
): Pipeline {
  const empty: Pipeline = {
    format: PIPELINE_FORMAT,
    name,
    ...(description !== undefined && { description }),
    nodes: {},
  };
  return addNodes(empty, proposeNodes(empty, source, { x: 0, y: 0 }));
}

/** A pipeline's name after a file: what a name may not hold becomes a space. */
export function proposeName(fileName: string): string {
  const name = nameStem(fileName)
    .replaceAll(/[/\\\u0000-\u001f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim()
    .slice(0, MAX_NAME);
  return name === '' ? 'My table' : name;
}

const TASK_WORDS: { readonly [T in Task]: string } = {
  binary: 'one of two classes',
  'multi-class': 'one of several classes',
  regression: 'a number',
};

/** A task in words: `one of two classes`. */
export function taskWords(task: Task): string {
  return TASK_WORDS[task];
}

/** A pipeline's description: where the table came from and what is to be learnt. */
export function describeProposal(
  title: string,
  { label, task }: { readonly label: string | undefined; readonly task: Task | undefined },
): string {
  const from = `From ${title}.`;
  return label === undefined || task === undefined ? from : `${from} To learn: ${label}, ${taskWords(task)}.`;
}
