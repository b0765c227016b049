/** What a comparison of versions says, as it travels to the screen and the command line. */

import * as z from 'zod';

import { zModelTask } from '../artifact/model-info';

/** Figures that JSON cannot hold are null: not defined. */
const zFigure = z.number().nullable();

const zComparedValue = z.object({
  value: zFigure,
  /** To the first version's. */
  difference: z.number().optional(),
  /** Holds the difference in 95 of 100 resamplings. */
  interval: z.object({ lower: z.number(), upper: z.number() }).optional(),
  verdict: z.enum(['better', 'worse', 'undecided']).optional(),
});

const zSlice = z.array(z.tuple([z.string(), z.union([z.string(), z.number()])]));

/** The metrics of every version, the slices that lost most, the curves, and where the versions disagree. */
export const zComparison = z.object({
  task: zModelTask,
  rows: z.number().int(),
  metrics: z.array(
    z.object({
      name: z.string(),
      better: z.enum(['higher', 'lower', 'one', 'none']),
      /** One per version. */
      values: z.array(zComparedValue),
    }),
  ),
  slices: z.object({
    /** The metric that they are compared by. */
    metric: z.string(),
    /** Slices in all; the ones that lost most are here. */
    total: z.number().int(),
    list: z.array(z.object({ slice: zSlice, rows: z.number().int(), values: z.array(zComparedValue) })),
  }),
  /** `binary`: one list per version, from the highest threshold to the lowest. */
  curves: z.array(z.array(z.object({ threshold: z.number(), recall: zFigure, fallOut: zFigure, precision: zFigure }))),
  disagreement: z.object({
    /** Rows that the versions decide differently; for `regression` all rows, since any two numbers differ. */
    rows: z.number().int(),
    /** Those that lie farthest apart first. */
    list: z.array(
      z.object({
        rowId: z.string(),
        label: zFigure,
        /** One per version: a score, a number, or the class that was chosen. */
        predictions: z.array(zFigure),
        /** The features of slices. */
        features: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
  }),
});
/** See {@link zComparison}. */
export type Comparison = z.output<typeof zComparison>;
