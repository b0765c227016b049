/** Reads what is known of an evaluation before a slice is chosen: its figures slice by slice, its verdict, its config. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import { zSliceKey } from '../../../lib/evaluation/evaluated-rows';
import {
  zFigure,
  type EvaluationSummary,
  type EvaluationTask,
  type Figure,
  type FigureSeries,
} from '../../../lib/evaluation/evaluation-answers';
import { zEvalConfig, type EvalConfig } from '../../../lib/evaluation/eval-config';
import { metricClassOf } from '../../../lib/metrics/metric-class';
import { sqlName } from '../../duckdb/connection';
import { queryRow, running, type DuckdbSession } from '../../duckdb/query';
import { openPredictions, type Predictions } from './open-predictions';

/** Figures that an answer holds: about a megabyte of text. */
const MAX_FIGURES = 80_000;

const zEntries = z.array(
  z.object({
    slice: zSliceKey,
    model: z.enum(['candidate', 'baseline']),
    subKey: z.object({ classId: z.number().int() }).optional(),
    aggregation: z.string().optional(),
    isDiff: z.boolean().optional(),
    weighted: z.boolean().optional(),
    metrics: z.record(z.string(), z.json()),
  }),
);
type Entry = z.output<typeof zEntries>[number];

const zClassNames = z.looseObject({ classes: z.array(z.union([z.string(), z.number()])).optional() });

/** Reads the files. Throws `artifact-missing`, or `artifact-damaged` where they are none. */
export async function readSummary(session: DuckdbSession, store: string, folder: string): Promise<EvaluationSummary> {
  const predictions = await openPredictions(session, store, folder);
  const { home, classes, hasWeights, models } = predictions;
  const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(path.join(home, file), 'utf8'));
  try {
    const entries = zEntries.parse(await read('metrics.json'));
    const config = z.json().parse(await read('eval_config.json'));
    const keys = new Map(entries.map(({ slice }) => [JSON.stringify(slice), slice]));
    const all = [...keys.values()];
    const sizes = await sliceSizes(session, predictions, all);
    const perSlice = Math.max(1, Math.ceil(entries.flatMap(({ metrics }) => Object.keys(metrics)).length / keys.size));
    // All rows come first and stay; of the others those with the most rows.
    const kept = all
      .toSorted((a, b) => (b.length === 0 ? 1 : 0) - (a.length === 0 ? 1 : 0) || sizeOf(sizes, b) - sizeOf(sizes, a))
      .slice(0, Math.max(1, Math.floor(MAX_FIGURES / perSlice)));
    return {
      task: await taskOf(session, predictions, config),
      classes,
      classNames: await classNames(home, classes),
      rows: sizes.get('[]') ?? 0,
      hasBaseline: models.includes('baseline'),
      hasWeights,
      slices: kept.map((key) => ({ key, rows: sizeOf(sizes, key) })),
      slicesInAll: all.length,
      series: toSeries(entries, kept),
      validation: z.record(z.string(), z.json()).parse(await read('validation_ok.json')),
      config,
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('artifact-damaged', 'The evaluation cannot be read.', {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}

type Key = z.output<typeof zSliceKey>;

function sizeOf(sizes: ReadonlyMap<string, number>, key: Key): number {
  return sizes.get(JSON.stringify(key)) ?? 0;
}

/** Rows by slice. */
async function sliceSizes(
  session: DuckdbSession,
  { source, features }: Predictions,
  keys: readonly Key[],
): Promise<ReadonlyMap<string, number>> {
  const { total } = await queryRow(
    session,
    `SELECT count(*)::DOUBLE AS total FROM ${source}`,
    z.object({ total: z.number() }),
  );
  const sizes = new Map([['[]', total]]);
  const groups = new Map(keys.map((key) => key.map(([name]) => name)).map((names) => [JSON.stringify(names), names]));
  for (const names of groups.values()) {
    if (names.length === 0) continue;
    const columns = names.flatMap((name) => features.get(name) ?? []);
    if (columns.length < names.length) continue;
    const from = columns.flatMap(({ column, isList }, index) =>
      isList ? [`(SELECT unnest(list_distinct(${sqlName(column)})) AS k${index})`] : [],
    );
    const cells = columns.map(
      ({ column, isText, isList }, index) =>
        `(${isList ? `k${index}` : sqlName(column)})::${isText ? 'VARCHAR' : 'DOUBLE'} AS c${index}`,
    );
    const sql = `SELECT ${cells.join(', ')}, count(*)::DOUBLE FROM ${[source, ...from].join(', ')} GROUP BY ALL`;
    const rows = await running(session, async ({ connection }) => (await connection.runAndReadAll(sql)).getRows());
    for (const row of rows) {
      const key = names.map((name, index) => [name, row[index] ?? null]);
      sizes.set(JSON.stringify(key), Number(row[names.length]));
    }
  }
  return sizes;
}

/** A label that is 0 or 1 with scores between them, or a metric of such, asks yes or no. */
async function taskOf(
  session: DuckdbSession,
  { classes, relation, models }: Predictions,
  config: z.output<ReturnType<typeof z.json>>,
): Promise<EvaluationTask> {
  if (classes > 1) return 'classes';
  const parsed = zEvalConfig.safeParse(config);
  const asked = parsed.success ? metricsOf(parsed.data).map((name) => metricClassOf(name)?.from) : [];
  if (asked.includes('problem')) return 'binary';
  const scores = models.map((model) => `bool_and(${model} BETWEEN 0 AND 1)`).join(' AND ');
  const { isBinary } = await queryRow(
    session,
    `SELECT coalesce(bool_and(label IN (0, 1)) AND ${scores}, false) AS "isBinary" FROM (${relation([])})`,
    z.object({ isBinary: z.boolean() }),
  );
  return isBinary ? 'binary' : 'regression';
}

function metricsOf({ metricsSpecs }: EvalConfig): readonly string[] {
  return metricsSpecs.flatMap(({ metrics }) => metrics.map(({ className }) => className));
}

/** The names that the model has for its classes, where the evaluation kept them. */
async function classNames(home: string, classes: number): Promise<string[]> {
  const text = await readFile(path.join(home, 'classes.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const { classes: names = [] } = zClassNames.parse(JSON.parse(text));
  return names.length === classes ? names.map(String) : [];
}

function toSeries(entries: readonly Entry[], keys: readonly Key[]): FigureSeries[] {
  const places = new Map(keys.map((key, index) => [JSON.stringify(key), index]));
  const found = new Map<string, FigureSeries>();
  const empty = () => keys.map((): Figure => null);
  for (const { slice, model, subKey, aggregation, isDiff, weighted, metrics } of entries) {
    const place = places.get(JSON.stringify(slice));
    if (place === undefined) continue;
    for (const [name, value] of Object.entries(metrics)) {
      const figure = zFigure.safeParse(value);
      if (!figure.success) continue;
      const id = {
        name,
        ...(subKey !== undefined && { classId: subKey.classId }),
        ...(aggregation !== undefined && { aggregation }),
        ...(weighted !== undefined && { weighted }),
      };
      const text = JSON.stringify(id);
      const series = found.get(text) ?? { ...id, candidate: empty() };
      found.set(text, series);
      const side = isDiff === true ? 'change' : model;
      const values = (series[side] ??= empty());
      values[place] = figure.data;
    }
  }
  return [...found.values()];
}
