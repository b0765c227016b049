/**
 * The transform graph: what Transform learned from the training rows, frozen. One step per output feature, in an order in
 * which each may read the ones before it. Training, evaluation, the command line and the browser read the same file.
 */

import * as z from 'zod';

/** Name of the file in the artifact's folder. */
export const TRANSFORM_GRAPH_FILE = 'transform_graph.json';
/** Folder of the vocabularies in the artifact's folder: one token a line, its number is its line counted from zero. */
export const VOCABULARIES_FOLDER = 'vocabularies';
/** Where TFX keeps the schema of the transformed examples, in the artifact's folder. */
export const TRANSFORMED_SCHEMA_FILE = 'transformed_metadata/schema.pbtxt';

/** JSON has no NaN and no infinities: they travel as text. */
const zFigure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]).transform((figure) => Number(figure));

const zKind = z.enum(['INT', 'FLOAT', 'STRING']);
/** What the values of a feature are. */
export type TransformKind = z.infer<typeof zKind>;

const zOp = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('identity') }),
  z.strictObject({ type: z.literal('label') }),
  /** (x − mean) / √variance, with the variance of the population; x − mean where that is zero. */
  z.strictObject({ type: z.literal('z-score'), mean: zFigure, variance: zFigure }),
  /** (x − min) / (max − min) · (outputMax − outputMin) + outputMin; where min < max does not hold, the sigmoid of x takes the quotient's place. */
  z.strictObject({
    type: z.literal('min-max'),
    min: zFigure,
    max: zFigure,
    outputMin: z.number(),
    outputMax: z.number(),
  }),
  /** The number of boundaries at or below x; NaN: all of them. */
  z.strictObject({ type: z.literal('buckets'), boundaries: z.array(zFigure) }),
  z.strictObject({
    type: z.literal('vocabulary'),
    /** File in the folder of vocabularies. */
    file: z.string().min(1),
    size: z.number().int().min(1),
    numOovBuckets: z.number().int().min(0),
    defaultValue: z.number().int(),
  }),
  /** FarmHash Fingerprint64 of the text, modulo the number of buckets. */
  z.strictObject({ type: z.literal('hash'), hashBuckets: z.number().int().min(1) }),
  /** A vector of that length with 1 at the value's place; all 0 where the value is missing or has no place. */
  z.strictObject({ type: z.literal('one-hot'), depth: z.number().int().min(1) }),
  z.strictObject({ type: z.literal('cast'), to: zKind }),
  /** ln(1 + x). */
  z.strictObject({ type: z.literal('log1p') }),
]);
/** A frozen op. */
export type TransformOp = z.output<typeof zOp>;

const zStep = z.strictObject({
  /** The output feature. */
  name: z.string(),
  /** The column that it reads: of the examples (`raw`), or an earlier step (`feature`). */
  column: z.string(),
  from: z.enum(['raw', 'feature']),
  /** What is read. */
  inputKind: zKind,
  /** What comes out. */
  kind: zKind,
  /** True where rows hold lists of values instead of one; a one-hot vector is no such list. */
  isList: z.literal(true).optional(),
  fillMissing: z.union([z.number(), z.string()]).optional(),
  op: zOp,
  /** The whole numbers that can come out, both inclusive, where the op bounds them. */
  domain: z.strictObject({ min: z.number().int(), max: z.number().int() }).optional(),
});
/** One step: one output feature. */
export type TransformStep = z.output<typeof zStep>;

/** Parser of the file. */
export const zTransformGraph = z.strictObject({
  format: z.literal('sluice.transform/1'),
  steps: z.array(zStep),
});
/** See {@link zTransformGraph}. */
export type TransformGraph = z.output<typeof zTransformGraph>;

/** The text of the file: NaN and infinities as text, one step a line, so that two graphs compare line by line. */
export function writeTransformGraph(graph: TransformGraph): string {
  const steps = graph.steps.map((step) => `    ${JSON.stringify(step, portable)}`);
  return `{\n  "format": ${JSON.stringify(graph.format)},\n  "steps": [\n${steps.join(',\n')}\n  ]\n}\n`;
}

function portable(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
