/** What screens are told of an evaluation: figures by slice, and sums by score, class or error. No rows travel. */

import * as z from 'zod';

import { zModelRole, zSliceKey } from './evaluated-rows';

/** A figure as the file holds it: a number, or the text of one that JSON cannot hold; null where there is none. */
export const zFigure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']), z.null()]);
/** See {@link zFigure}. */
export type Figure = z.infer<typeof zFigure>;

/** One metric over all slices: entry by entry as the slices stand. */
export const zFigureSeries = z.object({
  name: z.string(),
  classId: z.number().int().optional(),
  aggregation: z.string().optional(),
  /** Said only where an evaluation has both weightings. */
  weighted: z.boolean().optional(),
  candidate: z.array(zFigure),
  baseline: z.array(zFigure).optional(),
  /** Candidate minus baseline. */
  change: z.array(zFigure).optional(),
});
/** See {@link zFigureSeries}. */
export type FigureSeries = z.infer<typeof zFigureSeries>;

/** `binary`: a score between 0 and 1; `classes`: one score for each; `regression`: a number. */
export const zTask = z.enum(['binary', 'classes', 'regression']);
/** See {@link zTask}. */
export type EvaluationTask = z.infer<typeof zTask>;

/** What is known before a slice is chosen. */
export const zEvaluationSummary = z.object({
  task: zTask,
  /** Scores of a prediction; 1 where it is a number. */
  classes: z.number().int(),
  /** By number; empty where they have no names. */
  classNames: z.array(z.string()),
  rows: z.number().int(),
  hasBaseline: z.boolean(),
  hasWeights: z.boolean(),
  slices: z.array(
    z.object({
      key: zSliceKey,
      /** Rows in it. */
      rows: z.number().int(),
    }),
  ),
  /** Slices in all; more than `slices` where an answer cannot hold them. */
  slicesInAll: z.number().int(),
  series: z.array(zFigureSeries),
  /** `validation_ok.json`. */
  validation: z.record(z.string(), z.json()),
  /** `eval_config.json`. */
  config: z.json(),
});
/** See {@link zEvaluationSummary}. */
export type EvaluationSummary = z.infer<typeof zEvaluationSummary>;

/** Buckets between 0 and 1: bucket k holds the scores above (k − 1) / 10,000 up to and with k / 10,000. */
export const SCORE_BUCKETS = 10_000;

const zSums = z.array(z.number());

/** The scores of one model in one slice, in sums that say exactly what any threshold of k / 10,000 does. */
export const zScoreSeries = z.object({
  model: zModelRole,
  /** Numbers of the buckets that hold a row, ascending: 0 holds what is at most 0, 10,001 what is above 1. */
  buckets: zSums,
  /** Rows by bucket; a label between 0 and 1 is partly positive. */
  positives: zSums,
  negatives: zSums,
  /** The same by weight; absent where rows have none. */
  weighted: z.object({ positives: zSums, negatives: zSums }).optional(),
  /** Ten equal ranges of scores; those without a row are left out. */
  calibration: z.array(
    z.object({
      bin: z.number().int(),
      rows: z.number(),
      /** Mean label and mean score, by weight where `weighted`. */
      plain: z.object({ label: z.number(), score: z.number() }),
      weighted: z.object({ label: z.number(), score: z.number() }).optional(),
    }),
  ),
});
/** See {@link zScoreSeries}. */
export type ScoreSeries = z.infer<typeof zScoreSeries>;

/** The answer for a slice, one entry for each model. */
export const zScoresAnswer = z.object({ rows: z.number().int(), series: z.array(zScoreSeries) });

/** Who is taken for whom in one slice. */
export const zClassesAnswer = z.object({
  rows: z.number().int(),
  series: z.array(
    z.object({
      model: zModelRole,
      /** Cells with a row. */
      cells: z.array(
        z.object({ actual: z.number().int(), predicted: z.number().int(), rows: z.number().int(), weight: z.number() }),
      ),
      /** Cells in all: more where an answer cannot hold them; those with the fewest rows are left out. */
      cellsInAll: z.number().int(),
    }),
  ),
});
/** See {@link zClassesAnswer}. */
export type ClassesAnswer = z.infer<typeof zClassesAnswer>;

/** Edges of equal bins. What lies outside counts in the first and the last one. */
const zEdges = z.object({
  low: z.number(),
  high: z.number(),
  bins: z.number().int(),
  isCutLow: z.boolean(),
  isCutHigh: z.boolean(),
});
/** See {@link zErrorsAnswer}. */
export type ErrorEdges = z.infer<typeof zEdges>;

const zPlaces = z.array(z.object({ x: z.number().int(), y: z.number().int(), rows: z.number().int() }));

/** How far off numbers are in one slice. Errors are predicted minus actual. */
export const zErrorsAnswer = z.object({
  rows: z.number().int(),
  /** Undefined where the slice has no row. */
  errors: zEdges.optional(),
  /** Of actual and predicted values alike. */
  values: zEdges.optional(),
  series: z.array(
    z.object({
      model: zModelRole,
      /** Rows by bin of `errors`. */
      counts: zSums,
      /** Rows by bins of predicted (x) and actual (y). */
      places: zPlaces,
      /** Rows by bins of predicted (x) and error (y). */
      residuals: zPlaces,
      /** The error that half of the rows, nine of ten and 99 of 100 do not exceed either way. */
      within: z.object({ half: z.number(), most: z.number(), nearlyAll: z.number() }),
      mean: z.number(),
    }),
  ),
});
/** See {@link zErrorsAnswer}. */
export type ErrorsAnswer = z.infer<typeof zErrorsAnswer>;

/** A cell: missing is null; what JSON cannot hold is text. */
type Cell = string | number | null | readonly Cell[];
const zCell: z.ZodType<Cell> = z.lazy(() => z.union([z.string(), z.number(), z.null(), z.array(zCell).readonly()]));

/** A page of evaluated rows with cells of the rows that they came from. */
export const zEvaluatedRowsAnswer = z.object({
  matches: z.number().int(),
  rows: z.array(
    z.object({
      split: z.string(),
      position: z.number().int(),
      label: zCell,
      candidate: zCell,
      baseline: zCell.optional(),
      cells: z.array(zCell),
    }),
  ),
});
/** See {@link zEvaluatedRowsAnswer}. */
export type EvaluatedRowsAnswer = z.infer<typeof zEvaluatedRowsAnswer>;
