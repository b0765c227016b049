/** What the query process is asked about anomalies and the schema that they were found with, and what it answers. */

import * as z from 'zod';

import { REMEDIES } from '../../../lib/artifact/anomaly-remedy';
import { zAnomalyDetail, zAnomalyList } from '../../../lib/artifact/anomaly-report';

const folder = z.string().min(1).max(1_000);
const split = z.string().min(1).max(200);
const report = {
  /** The anomalies' folder, relative to the store. */
  folder,
  splits: z.array(split).max(100),
  /** The folder of the statistics that were validated; absent where they are gone. */
  statistics: folder.optional(),
  environment: z.string().min(1).max(1_000).optional(),
};

/** Requests. */
export const ANOMALY_REQUESTS = [
  z.strictObject({ type: z.literal('anomaly-list'), ...report }),
  z.strictObject({ type: z.literal('anomaly-detail'), ...report, path: z.string().max(2_000) }),
  /** What other artifacts of the same node hold, each by its folder and splits. */
  z.strictObject({
    type: z.literal('anomaly-history'),
    artifacts: z.array(z.strictObject({ folder, splits: z.array(split).max(100) })).max(100),
  }),
  /** A schema as the remedy and then `update_schema` make it, for some features alone. */
  z.strictObject({
    type: z.literal('anomaly-accept'),
    schema: z.string().max(8_000_000),
    statistics: folder,
    /** Splits that are taken into account, one after the other. */
    splits: z.array(split).min(1).max(100),
    paths: z.array(z.string().min(1).max(2_000)).min(1).max(5_000),
    environment: z.string().min(1).max(1_000).optional(),
    remedy: z.enum(REMEDIES),
  }),
] as const;
/** A parsed request. */
export type AnomalyRequest = z.output<(typeof ANOMALY_REQUESTS)[number]>;
/** A request of one type. */
export type AnomalyRequestOf<T extends AnomalyRequest['type']> = Extract<AnomalyRequest, { readonly type: T }>;

/** Answers. */
export const ANOMALY_ANSWERS = {
  'anomaly-list': zAnomalyList,
  'anomaly-detail': zAnomalyDetail,
  /** For each artifact, what it holds: `path type` pairs; null where its files are gone. */
  'anomaly-history': z.array(z.array(z.string()).nullable()),
  'anomaly-accept': z.object({ schema: z.string() }),
} as const satisfies { readonly [T in AnomalyRequest['type']]: z.ZodType };
/** The answer of a request type. */
export type AnomalyAnswerOf<T extends AnomalyRequest['type']> = z.output<(typeof ANOMALY_ANSWERS)[T]>;
