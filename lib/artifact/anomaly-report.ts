/** Anomalies as the screens show them: by feature over all splits, each finding with rule, measured value and limit. */

import * as z from 'zod';

import { zRunId } from '../ids';
import { zRowCondition } from './row-query';

const zSeverity = z.enum(['ERROR', 'WARNING']);

/** What was found in one split, in short. */
const zSplitFinding = z.object({
  split: z.string(),
  types: z.array(z.string()),
  shortDescription: z.string(),
  /** One sentence about the first finding. */
  finding: z.string(),
});

/** Everything that is wrong with one feature, in short. */
export const zAnomalyItem = z.object({
  /** Serialised path; empty for the dataset as a whole. */
  path: z.string(),
  /** The feature's name; empty for the dataset as a whole. */
  feature: z.string(),
  severity: zSeverity,
  splits: z.array(zSplitFinding),
  /** The first run of the unbroken line, up to this one, in which the same was found. */
  since: z.object({ runId: zRunId, runNumber: z.number().int() }).optional(),
});
/** See {@link zAnomalyItem}. */
export type AnomalyItem = z.infer<typeof zAnomalyItem>;

/** All anomalies of an artifact. */
export const zAnomalyList = z.object({
  /** Errors first, then by path. */
  items: z.array(zAnomalyItem),
  splits: z.array(z.object({ split: z.string(), examples: z.number().optional(), isDataMissing: z.boolean() })),
  /** Features that the schema knows, and those of them with which nothing is wrong: as many names as fit. */
  features: z.number().int(),
  clean: z.array(z.string()),
  cleanCount: z.number().int(),
  /** True when anomalies were left out at the bound. */
  truncated: z.boolean(),
});
/** See {@link zAnomalyList}. */
export type AnomalyList = z.infer<typeof zAnomalyList>;

const zExplainedFigure = z.object({ text: z.string(), detail: z.string().optional() });

/** One finding, explained. */
export const zExplainedFinding = z.object({
  type: z.string(),
  shortDescription: z.string(),
  description: z.string(),
  finding: z.string(),
  rule: zExplainedFigure,
  measured: zExplainedFigure,
  limit: zExplainedFigure,
  over: zExplainedFigure.optional(),
  bounds: z.object({ min: z.number().optional(), max: z.number().optional() }).optional(),
  /** Conditions that the offending rows fulfil; absent where there are no rows to point at. */
  rows: z.array(zRowCondition).optional(),
});
/** See {@link zExplainedFinding}. */
export type ExplainedFinding = z.infer<typeof zExplainedFinding>;

/** Values of a feature by split, or numbers. Counts stand in the order of the splits. */
export const zFeatureDistribution = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('values'),
    splits: z.array(z.object({ split: z.string(), total: z.number() })),
    /** The most frequent values, and those that the schema does not list. */
    bars: z.array(z.object({ value: z.string(), isListed: z.boolean(), counts: z.array(z.number()) })),
    /** Listed and unlisted values that have no bar of their own. */
    otherListed: z.object({ values: z.number().int(), counts: z.array(z.number()) }),
    otherUnlisted: z.object({ values: z.number().int(), counts: z.array(z.number()) }),
    /** False where the schema lists no values, so that none is wrong. */
    hasList: z.boolean(),
  }),
  z.object({
    kind: z.literal('numbers'),
    /** Counts by bar; absent for a split without values. */
    splits: z.array(z.object({ split: z.string(), total: z.number(), counts: z.array(z.number()).optional() })),
    /** Bar i is from edge i to edge i + 1. */
    edges: z.array(z.number()),
    /** The first and the last bar hold everything beyond: a long tail. */
    isCutLow: z.boolean(),
    isCutHigh: z.boolean(),
  }),
  /** Nothing to draw: no split has a value. */
  z.object({ kind: z.literal('none') }),
]);
/** See {@link zFeatureDistribution}. */
export type FeatureDistribution = z.infer<typeof zFeatureDistribution>;

/** Everything about the anomalies of one feature. */
export const zAnomalyDetail = z.object({
  path: z.string(),
  feature: z.string(),
  /** As the statistics name it; absent where the data have no such column. */
  valueType: z.string().optional(),
  severity: zSeverity,
  splits: z.array(z.object({ split: z.string(), examples: z.number(), findings: z.array(zExplainedFinding) })),
  distribution: zFeatureDistribution,
});
/** See {@link zAnomalyDetail}. */
export type AnomalyDetail = z.infer<typeof zAnomalyDetail>;
