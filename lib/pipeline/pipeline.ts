/**
 * The pipeline document: what a person writes by hand, what the file holds and what the database holds.
 * Edges are not stored: an input names its source as `node.port`.
 */

import * as z from 'zod';

/** The format this version of Sluice reads and writes. Older ones pass through `upgrade` first. */
export const PIPELINE_FORMAT = 'sluice.pipeline/1';

/** A node's id: the person's own, unique in its pipeline. Letters, digits, `_` and `-`; no dot, since `node.port` is split there. */
export const zNodeId = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,199}$/, 'a node id has 1 to 200 letters, digits, "_" or "-"');
/** See {@link zNodeId}. */
export type NodeId = string;

/** Where an input comes from: `node.port`. */
const zPortRef = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,199}\.[A-Za-z][A-Za-z0-9]*$/, 'an input names its source as "node.port"');

/** How often, how long: applies to one node. Every duration is in milliseconds. */
export const zExecutionPolicy = z.strictObject({
  /** Retries after the first attempt, so that `retries: 3` allows 4 attempts. Default 0. Permanent errors are never retried. */
  retries: z.number().int().min(0).max(100).optional(),
  /** Delay before the first retry; doubles each time. Default 1,000. */
  retryDelayMs: z.number().int().min(0).max(86_400_000).optional(),
  /** Upper limit of the delay. Default 60,000. */
  retryMaxDelayMs: z.number().int().min(0).max(86_400_000).optional(),
  /** Limit of one attempt; the whole process tree is ended there. Default: none. */
  timeoutMs: z.number().int().min(1).max(31_536_000_000).optional(),
});
/** See {@link zExecutionPolicy}. */
export type ExecutionPolicy = z.infer<typeof zExecutionPolicy>;

/** A component placed in a pipeline. */
export const zPipelineNode = z.strictObject({
  /** The component's type, as TFX names it: `CsvExampleGen`. */
  component: z.string().min(1).max(200),
  /** Input port → source (`node.port`), or a list of sources. */
  inputs: z.record(z.string(), z.union([zPortRef, z.array(zPortRef)])).optional(),
  /** The component's parameters in camelCase. `{ "$param": "name" }` anywhere inside stands for a pipeline parameter. */
  params: z.record(z.string(), z.json()).optional(),
  /** Retries and time limit of this node. */
  execution: zExecutionPolicy.optional(),
});
/** See {@link zPipelineNode}. */
export type PipelineNode = z.infer<typeof zPipelineNode>;

/** A pipeline parameter: referenced from node parameters, overridden at launch. */
export const zPipelineParameter = z.strictObject({
  type: z.enum(['string', 'integer', 'number', 'boolean', 'json']),
  default: z.json().optional(),
  description: z.string().max(2000).optional(),
});
/** See {@link zPipelineParameter}. */
export type PipelineParameter = z.infer<typeof zPipelineParameter>;

/** A pipeline's name: what `run NAME` and the screens show. Unique in a workspace. */
const zPipelineName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\\u0000-\u001f]+$/, 'a pipeline name holds no slash, backslash or control character');

/** The document. */
export const zPipeline = z.strictObject({
  format: z.literal(PIPELINE_FORMAT),
  name: zPipelineName,
  description: z.string().max(20_000).optional(),
  parameters: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/), zPipelineParameter).optional(),
  nodes: z.record(zNodeId, zPipelineNode),
  /** Limits of a whole run. */
  execution: z.strictObject({ timeoutMs: z.number().int().min(1).max(31_536_000_000).optional() }).optional(),
  /** Positions on the canvas, in pixels at zoom 1. Optional: without one the editor makes a layout. */
  layout: z.record(z.string(), z.looseObject({ x: z.number(), y: z.number() })).optional(),
  /** Notes on the canvas, in Markdown. */
  notes: z.json().optional(),
  /** Groups of nodes that collapse. */
  groups: z.json().optional(),
});
/** See {@link zPipeline}. */
export type Pipeline = z.infer<typeof zPipeline>;

/** A source of an input, taken apart. */
export type PortRef = { readonly node: NodeId; readonly port: string };

/** Takes `node.port` apart. The text must have passed {@link zPortRef}. */
function parsePortRef(text: string): PortRef {
  const dot = text.indexOf('.');
  return { node: text.slice(0, dot), port: text.slice(dot + 1) };
}

/** The sources of one input port of a node, in document order; an empty list when the port is not wired. */
export function inputSources(node: PipelineNode, port: string): readonly PortRef[] {
  const source = node.inputs !== undefined && Object.hasOwn(node.inputs, port) ? node.inputs[port] : undefined;
  if (source === undefined) return [];
  return (Array.isArray(source) ? source : [source]).map(parsePortRef);
}
