/**
 * The `--json` answer of every verb: a contract with scripts and other engines. Published as JSON Schemas in
 * `public/schemas`; a name or a meaning here never changes, new keys may come.
 */

import * as z from 'zod';

import { zDigest } from '../../lib/artifact/artifact';
import { zDatasetFigures } from '../../lib/artifact/feature-figures';
import { zComparison } from '../../lib/comparison/comparison-answer';
import { zVersionFact } from '../../lib/comparison/version-differences';
import { zArtifactId, zModelId, zPipelineId, zRunId, zVersionId } from '../../lib/ids';
import { zModelTask } from '../../lib/artifact/model-info';
import { zMetricValues, zVersionGate } from '../../lib/model/model';
import { zProblem } from '../../lib/pipeline/problem';
import { zNodeState, zPlanDecision, zRunState } from '../../lib/run/run';

const zMoment = z.iso.datetime().describe('ISO 8601 in UTC.');

/** Any verb, when it fails before it has an answer. Exit code 2 when the call or the file is wrong, 1 otherwise. */
export const zErrorAnswer = z.object({
  error: z.object({
    message: z.string().describe('What happened, to what, and what to do next.'),
    node: z.string().optional().describe('The node it belongs to.'),
    path: z.string().optional().describe('Where in the document, or line and column of the file.'),
  }),
});

/** `start`: the address of the page. */
export const zStartAnswer = z.object({
  url: z.string(),
  pid: z.number().int().describe('The process that serves; SIGTERM stops all of it.'),
  alreadyRunning: z.boolean().describe('True when another start serves this data folder; this one has ended.'),
  dataFolder: z.string(),
});

/** `validate`: problems in document order; exit code 2 when one is an error. */
export const zValidateAnswer = z.object({ problems: z.array(zProblem) });

/** `run --plan`: what each node would do, and why. */
export const zPlanAnswer = z.object({
  nodes: z.record(z.string(), z.object({ decision: zPlanDecision, reason: z.string() })),
});

const zOutput = z.object({
  id: zArtifactId,
  type: z.string(),
  digest: zDigest,
  folder: z.string().describe('Where its files lie. Absolute.'),
});

/** `run`, `runs show`, `runs cancel` and `runs retry`. */
export const zRunAnswer = z.object({
  runId: zRunId,
  number: z.number().int(),
  pipeline: z.string(),
  pipelineVersion: z.number().int(),
  state: zRunState,
  nodes: z.record(
    z.string(),
    z.object({
      state: zNodeState,
      decision: zPlanDecision.describe('What the plan said before the run.'),
      reason: z
        .string()
        .describe('Why it ended as it did (`upstream-failed`, `timed-out` …), else the reason of the decision.'),
      attempts: z.number().int().describe('Attempts begun.'),
      durationMs: z.number().nullable().describe('Computing time of the attempt that counted.'),
      error: z.object({ message: z.string() }).nullable(),
      outputs: z.record(z.string(), zOutput).describe('By port; empty until the node is complete or reused.'),
    }),
  ),
});
/** See {@link zRunAnswer}. */
export type RunAnswer = z.infer<typeof zRunAnswer>;

/** `runs list`: newest first. */
export const zRunListAnswer = z.object({
  runs: z.array(
    z.object({
      id: zRunId,
      number: z.number().int(),
      pipeline: z.string(),
      pipelineVersion: z.number().int(),
      state: zRunState,
      createdAt: zMoment,
      startedAt: zMoment.nullable(),
      finishedAt: zMoment.nullable(),
    }),
  ),
});

/** `runs logs`: lines in the order they were written. */
export const zRunLogAnswer = z.object({
  runId: zRunId,
  lines: z.array(
    z.object({
      at: zMoment,
      node: z.string(),
      attempt: z.number().int(),
      level: z.enum(['info', 'warning', 'error']),
      message: z.string(),
    }),
  ),
});

const zPipelineSummary = z.object({
  id: zPipelineId,
  name: z.string(),
  version: z.number().int(),
  nodes: z.number().int().describe('How many nodes it has.'),
  baseFolder: z.string().describe('Where relative paths in its parameters start.'),
  createdAt: zMoment,
  updatedAt: zMoment,
});

/** `pipelines list`: by name. */
export const zPipelineListAnswer = z.object({ pipelines: z.array(zPipelineSummary) });

/** `pipelines show`. */
export const zPipelineShowAnswer = zPipelineSummary.extend({
  document: z.unknown().describe('The pipeline document; see pipeline.json.'),
});

/** `pipelines import`. */
export const zPipelineImportAnswer = z.object({
  id: zPipelineId,
  name: z.string(),
  version: z.number().int(),
  isNewVersion: z.boolean().describe('False when the document was already its current version.'),
});

const zArtifactSummary = z.object({
  id: zArtifactId,
  type: z.string(),
  digest: zDigest,
  sizeBytes: z.number().int(),
  state: z.enum(['live', 'missing', 'damaged']).describe('What was last found on disk.'),
  pipeline: z.string(),
  runId: zRunId.describe('The run that made it.'),
  node: z.string(),
  port: z.string(),
  createdAt: zMoment,
});

/** `artifacts list`: newest first. */
export const zArtifactListAnswer = z.object({ artifacts: z.array(zArtifactSummary) });

/** `artifacts show`: facts and files of one artifact, and a look inside where its type has one. */
export const zArtifactShowAnswer = zArtifactSummary.extend({
  folder: z.string().describe('Where its files lie. Absolute.'),
  properties: z.record(z.string(), z.json()),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number().int(), digest: zDigest })),
  rows: z
    .record(
      z.string(),
      z.object({
        columns: z.array(z.object({ name: z.string(), kind: z.string() })),
        rows: z.array(z.array(z.json())),
        totalRows: z.number().int().optional().describe('Rows of the split in all.'),
      }),
    )
    .optional()
    .describe('Examples: the first rows of each split.'),
  statistics: z
    .record(z.string(), zDatasetFigures)
    .optional()
    .describe('ExampleStatistics: the figures of each split, over all of its examples.'),
});

/** `artifacts export`. */
export const zArtifactExportAnswer = z.object({
  id: zArtifactId,
  format: z.enum(['files', 'tfrecord']),
  folder: z.string().describe('Where they were written. Absolute.'),
  files: z.array(z.string()).describe('Relative to the folder.'),
});

const zVersion = z.object({
  id: zVersionId,
  name: z.string().describe('`MODEL@NUMBER`: what `models predict` takes, as it takes `MODEL@alias` and the id.'),
  number: z.number().int(),
  aliases: z.array(z.string()),
  gate: zVersionGate.describe('How it passed: blessed, or none where no blessing is wired.'),
  metrics: zMetricValues.describe('Over all rows, by TFMA’s names.'),
  sizeBytes: z.number().int(),
  folder: z.string().describe('Where the version was pushed to. Absolute.'),
  runId: zRunId,
  run: z.number().int(),
  modelDigest: zDigest,
  modelArtifactId: zArtifactId,
  pushedArtifactId: zArtifactId,
  evaluationArtifactId: zArtifactId.nullable(),
  createdAt: zMoment,
});

/** `models list`: the newest first. */
export const zModelListAnswer = z.object({
  models: z.array(
    z.object({
      id: zModelId,
      name: z.string(),
      pipeline: z.string(),
      versions: z.number().int().describe('How many there are.'),
      newest: zVersion,
      aliases: z.record(z.string(), z.number().int()).describe('Alias to the number of its version.'),
    }),
  ),
});

/** `models show`: versions newest first. */
export const zModelShowAnswer = z.object({
  id: zModelId,
  name: z.string(),
  pipeline: z.string(),
  versions: z.array(zVersion),
  aliasHistory: z.array(
    z.object({
      alias: z.string(),
      from: z.number().int().nullable(),
      to: z.number().int().nullable(),
      author: z.string(),
      note: z.string(),
      createdAt: zMoment,
    }),
  ),
});

/** `models predict`: in the order of the rows. */
export const zModelPredictAnswer = z.object({
  version: z.string(),
  versionId: zVersionId,
  task: zModelTask,
  label: z.string().describe('The column that is predicted.'),
  predictions: z.array(
    z.object({
      prediction: z
        .union([z.number(), z.string()])
        .describe('binary: the probability; multi-class: the class with the best score; regression: the number.'),
      scores: z.record(z.string(), z.number()).optional().describe('multi-class: the score of each class.'),
    }),
  ),
  ignoredColumns: z.array(z.string()).describe('Columns of the file that the model does not read.'),
  missingColumns: z.array(z.string()).describe('Columns that the model reads and the file does not have.'),
});

/** `models compare`: the first version is what the others are held against. */
export const zModelCompareAnswer = z.object({
  versions: z.array(z.object({ id: zVersionId, name: z.string() })),
  comparable: z.boolean(),
  reason: z.string().nullable().describe('Why the figures cannot be compared; null where they can.'),
  comparison: zComparison.nullable(),
  differences: z
    .array(z.object({ kind: zVersionFact.shape.kind, name: z.string(), values: z.array(z.string().nullable()) }))
    .describe('What the versions are made of, as far as it differs: a value per version.'),
});

/** Every published answer by the name of its schema file. */
export const ANSWER_SCHEMAS = {
  error: zErrorAnswer,
  start: zStartAnswer,
  validate: zValidateAnswer,
  plan: zPlanAnswer,
  run: zRunAnswer,
  'runs-list': zRunListAnswer,
  'runs-logs': zRunLogAnswer,
  'pipelines-list': zPipelineListAnswer,
  'pipelines-show': zPipelineShowAnswer,
  'pipelines-import': zPipelineImportAnswer,
  'artifacts-list': zArtifactListAnswer,
  'artifacts-show': zArtifactShowAnswer,
  'artifacts-export': zArtifactExportAnswer,
  'models-list': zModelListAnswer,
  'models-show': zModelShowAnswer,
  'models-compare': zModelCompareAnswer,
  'models-predict': zModelPredictAnswer,
} as const;
