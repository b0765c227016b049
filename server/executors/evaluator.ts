/**
 * Evaluator. Takes labels, and predictions from columns or from models, computes the metrics of every slice with
 * `lib/evaluation`, holds the thresholds against them, and writes figures, plots, verdict, predictions and blessing.
 */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { evaluatorSpec } from '../../lib/catalog/evaluator/spec';
import { evaluate, type EvaluatedModels, type SliceResult } from '../../lib/evaluation/evaluate';
import { toMetricsFile, toPlotsFile, toValidationFile } from '../../lib/evaluation/evaluation-files';
import { requireFittingLabels, requireFittingTask } from '../../lib/evaluation/evaluation-fit';
import { headlineMetrics } from '../../lib/evaluation/headline-metrics';
import { evaluationSummary } from '../../lib/evaluation/evaluation-summary';
import { planMetrics, type MetricPlan } from '../../lib/evaluation/metric-plan';
import { normalizeConfig, type NormalConfig } from '../../lib/evaluation/normalize-config';
import { findSlices } from '../../lib/evaluation/slices';
import { isBlessed, validateMetrics } from '../../lib/evaluation/validate-metrics';
import { duckdbShare, openDuckdb } from '../duckdb/connection';
import { PREDICTIONS_FILE } from '../duckdb/predictions-file';
import { implement, type ExecutionContext, type InputArtifact } from '../engine/executor';
import { readSchema } from '../storage/artifact-files';
import { evaluatedRows, type EvaluatedRows } from './evaluated-rows';

type Context = ExecutionContext<typeof evaluatorSpec>;

/** Reading and predicting take this share of the work, measuring the slices the rest. */
const READING_SHARE = 0.5;

export const evaluator = implement(evaluatorSpec, async (context) => {
  const { params, inputs, outputs, log } = context;
  const { baselineModel } = inputs;
  const hasBaseline =
    baselineModel !== undefined ||
    params.evalConfig.modelSpecs.some(({ isBaseline, predictionKey }) => isBaseline && predictionKey !== undefined);
  const config = normalizeConfig(params.evalConfig, { hasBaseline });
  const limits = { ...context.limits, memoryMb: duckdbShare(context.limits.memoryMb) };
  await using duckdb = await openDuckdb({ ...limits, tempFolder: context.tempFolder });
  const session = { connection: duckdb.connection, signal: context.signal };
  const rows = await evaluatedRows(context, session, {
    config,
    onShare: (share, message) => context.progress({ share: share * READING_SHARE, message }),
  });
  if (rows.withoutLabel > 0)
    log(`${rows.withoutLabel.toLocaleString('en')} rows have no label and are left out.`, 'warning');
  const plan = planMetrics(config, rows.classes);
  requireFittingTask(plan, rows.task);
  requireFittingLabels(plan, rows);
  const models = { candidate: config.candidate.name, baseline: config.baseline?.name };
  const results = await measure(context, { config, plan, models, rows });
  const validation = validateMetrics({ plan, slices: results, models, isRubberStamp: config.isRubberStamp });
  const blessed = isBlessed(plan, validation);
  const isJudged = plan.thresholds.length > 0;
  const { folder } = outputs.evaluation;
  const write = (file: string, content: unknown) =>
    writeFile(path.join(folder, file), `${JSON.stringify(content, undefined, 1)}\n`);
  await write('eval_config.json', params.evalConfig);
  const metrics = toMetricsFile({ results, baseline: models.baseline });
  await write('metrics.json', metrics);
  await write('plots.json', toPlotsFile({ results, baseline: models.baseline }));
  await write('validation_ok.json', toValidationFile(validation));
  await rows.write(path.join(folder, PREDICTIONS_FILE));
  // As in TFX: where nothing is asked of a model, nothing is said of it.
  if (isJudged) await writeFile(path.join(outputs.blessing.folder, blessed ? 'BLESSED' : 'NOT_BLESSED'), '');
  log(verdict(blessed, isJudged), blessed ? 'info' : 'warning');
  return {
    outputs: {
      evaluation: {
        properties: {
          examplesDigest: inputs.examples.digest,
          rowCount: rows.rows,
          sliceCount: results.length,
          validationOk: validation.validationOk,
          metrics: headlineMetrics(metrics),
          ...evaluationSummary(metrics, isJudged ? blessed : undefined),
        },
      },
      blessing: {
        properties: {
          ...(isJudged && { blessed: blessed ? 1 : 0 }),
          ...(inputs.model !== undefined && {
            currentModelId: inputs.model.id,
            currentModelDigest: inputs.model.digest,
          }),
          ...(baselineModel !== undefined && { baselineModelId: originOf(baselineModel) }),
        },
      },
    },
  };
});

/** The model that a resolved one is a copy of. */
function originOf({ id, properties }: InputArtifact): string {
  const { resolvedFrom } = properties;
  return typeof resolvedFrom === 'string' ? resolvedFrom : id;
}

function verdict(blessed: boolean, isJudged: boolean): string {
  if (!isJudged) return 'No threshold is set, so that nothing was validated and nothing is blessed.';
  return blessed ? 'Blessed: every threshold holds.' : 'Not blessed: a threshold does not hold.';
}

type Measuring = {
  readonly config: NormalConfig;
  readonly plan: MetricPlan;
  readonly models: EvaluatedModels;
  readonly rows: EvaluatedRows;
};

async function measure(context: Context, { config, plan, models, rows }: Measuring): Promise<readonly SliceResult[]> {
  const slices = findSlices({ specs: config.slicingSpecs, features: rows.features, rows: rows.rows });
  context.log(`${rows.rows.toLocaleString('en')} rows in ${slices.length.toLocaleString('en')} slices`);
  const results: SliceResult[] = [];
  const { classes, labels, weights, predictions } = rows;
  for (const result of evaluate({
    plan,
    slices,
    models,
    minSliceSize: config.options.minSliceSize,
    range: await labelRange(context, config),
    data: { classes, labels, weights, predictions },
  })) {
    context.signal.throwIfAborted();
    results.push(result);
    context.progress({
      share: READING_SHARE + ((1 - READING_SHARE) * results.length) / slices.length,
      message: `${results.length} of ${slices.length} slices`,
    });
  }
  return results;
}

/** The domain of the label where the schema has one: calibration plots span it. */
async function labelRange({ inputs }: Context, config: NormalConfig) {
  if (inputs.schema === undefined) return undefined;
  const schema = await readSchema(inputs.schema.folder);
  const feature = schema.feature.find(({ name }) => name === config.candidate.labelKey);
  const domain = feature?.intDomain ?? feature?.floatDomain;
  if (domain?.max === undefined) return undefined;
  return { left: Number(domain.min ?? 0), right: Number(domain.max) };
}
