/** TFMA's goldens, and the same evaluation by our code. */

import { readFileSync } from 'node:fs';

import * as z from 'zod';

import { zEvalConfig } from '../../lib/evaluation/eval-config';
import { evaluate } from '../../lib/evaluation/evaluate';
import { planMetrics } from '../../lib/evaluation/metric-plan';
import { normalizeConfig } from '../../lib/evaluation/normalize-config';
import { sliceFeature, type SliceFeature } from '../../lib/evaluation/slice-feature';
import { findSlices } from '../../lib/evaluation/slices';
import { validateMetrics } from '../../lib/evaluation/validate-metrics';
import { evalConfigOf } from './eval-config-text';
import { cellsOf } from './read-csv';
import { sharedPath } from './shared-data';

/** A figure of a golden: NaN and infinities are texts. */
export const zFigure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)]);
const zKey = z.object({
  name: z.string(),
  model_name: z.string().default(''),
  sub_key: z
    .object({ class_id: z.number().optional(), top_k: z.number().optional(), k: z.number().optional() })
    .optional(),
  aggregation_type: z
    .object({ macro_average: z.boolean().optional(), micro_average: z.boolean().optional() })
    .optional(),
  example_weighted: z.boolean().optional(),
  is_diff: z.boolean().default(false),
});
/** The key of a golden's figure. */
export type GoldenKey = z.output<typeof zKey>;

const zGolden = z.object({
  metrics: z.record(z.string(), z.array(z.object({ key: zKey, value: z.unknown() }))),
  plots: z.unknown().optional(),
  validation_result: z.unknown().optional(),
});

const zPlots = z.record(
  z.string(),
  z.array(z.object({ key: zKey.extend({ name: z.string().default('') }), value: z.unknown() })),
);

/** The plots of a golden by the text of their slice. */
export function readGoldenPlots(name: string) {
  return zPlots.parse(readGolden(name).plots);
}

/** A golden of TFMA: the figures by the text of their slice, and the verdict. */
export function readGolden(name: string) {
  return zGolden.parse(JSON.parse(readFileSync(sharedPath(`goldens/tfma/${name}.json`), 'utf8')));
}

const tables = new Map<string, readonly (readonly string[])[]>();

/** The cells of a table, read once for all goldens. */
function linesOf(file: string): readonly (readonly string[])[] {
  const known = tables.get(file) ?? cellsOf(readFileSync(sharedPath(`goldens/tfma/${file}.csv`), 'utf8'));
  tables.set(file, known);
  return known;
}

function table(file: string) {
  const [header = [], ...lines] = linesOf(file);
  const texts = (column: string) => lines.map((line) => line[header.indexOf(column)] ?? '');
  return {
    rows: lines.length,
    header,
    numbers: (column: string) => Float64Array.from(texts(column), Number),
    feature: (column: string): SliceFeature =>
      sliceFeature(texts(column).map((text) => (text === '' ? null : column === 'hour' ? Number(text) : text))),
  };
}

/** The evaluation of a golden's config on its table, by our own code. */
export function runGolden(name: string, file: 'binary' | 'multiclass' | 'regression') {
  const text = readFileSync(sharedPath(`goldens/tfma/${name}.eval_config.pbtxt`), 'utf8');
  const given = zEvalConfig.parse(withoutUnknown(evalConfigOf(text)));
  const isStamp = name.includes('rubber-stamp');
  const config = normalizeConfig(given, {
    hasBaseline: !isStamp && given.modelSpecs.some(({ isBaseline }) => isBaseline),
  });
  const { rows, numbers, feature } = table(file);
  const classes = file === 'multiclass' ? 3 : 1;
  const scores = ['p0', 'p1', 'p2'].map((column) => (classes === 3 ? numbers(column) : new Float64Array()));
  const predictionsOf = (key: string | undefined) =>
    classes === 3
      ? Float64Array.from({ length: rows * 3 }, (_, cell) => scores[cell % 3]?.[Math.floor(cell / 3)] ?? 0)
      : numbers(key ?? 'prediction');
  const names = new Set(
    config.slicingSpecs.flatMap(({ featureKeys, featureValues }) => [...featureKeys, ...Object.keys(featureValues)]),
  );
  const slices = findSlices({
    specs: config.slicingSpecs,
    features: new Map([...names].map((each) => [each, feature(each)])),
    rows,
  });
  const plan = planMetrics(config, classes);
  const models = { candidate: config.candidate.name, baseline: config.baseline?.name };
  const weightKey = config.candidate.exampleWeightKey;
  const results = [
    ...evaluate({
      plan,
      slices,
      models,
      minSliceSize: config.options.minSliceSize,
      data: {
        classes,
        labels: numbers('label'),
        weights: weightKey === undefined ? undefined : numbers(weightKey),
        predictions: new Map(config.modelSpecs.map((spec) => [spec.name, predictionsOf(spec.predictionKey)])),
      },
    }),
  ];
  const validation = validateMetrics({ plan, slices: results, models, isRubberStamp: config.isRubberStamp });
  return { results, validation };
}

/** Top-k metrics are not built: their entries are taken out of the golden's config. */
function withoutUnknown(config: unknown): unknown {
  const { metricsSpecs = [], ...rest } = config as {
    metricsSpecs?: { metrics?: { className?: string; config?: string }[] }[];
  };
  return {
    ...rest,
    metricsSpecs: metricsSpecs.map((spec) => ({
      ...spec,
      ...(spec.metrics !== undefined && {
        metrics: spec.metrics.filter(
          ({ className, config: text = '' }) =>
            className !== 'MultiLabelConfusionMatrixPlot' && !text.includes('top_k'),
        ),
      }),
    })),
  };
}
