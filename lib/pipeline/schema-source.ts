/**
 * How a pipeline takes a schema that people curate: the node that inferred it becomes an `ImportSchemaGen` that reads a
 * file, as TFX means it. Its id and its output port stay, and with them every wire.
 */

import { replaceNode } from './commands';
import type { NodeId, Pipeline, PipelineNode } from './pipeline';

/** Components that a schema comes from. */
const SOURCES = new Set(['SchemaGen', 'ImportSchemaGen']);

/** True where the node makes a schema by itself or from a file. */
export function isSchemaSource(node: PipelineNode | undefined): node is PipelineNode {
  return node !== undefined && SOURCES.has(node.component);
}

/** The file that the node reads; undefined where it infers, or where a pipeline parameter names the file. */
export function schemaFileOf(pipeline: Pipeline, id: NodeId): string | undefined {
  const node = pipeline.nodes[id];
  const file = node?.component === 'ImportSchemaGen' ? node.params?.['schemaFile'] : undefined;
  return typeof file === 'string' ? file : undefined;
}

/** Lets the node read a file. What the person set of retries and of the title stays. */
export function readSchemaFile(pipeline: Pipeline, id: NodeId, file: string): Pipeline {
  const node = pipeline.nodes[id];
  if (!isSchemaSource(node)) return pipeline;
  const { inputs: _inputs, params: _params, ...rest } = node;
  return replaceNode(pipeline, id, { ...rest, component: 'ImportSchemaGen', params: { schemaFile: file } });
}

/** Lets the node infer again, with the parameters and the wire that it had. */
export function inferSchemaAgain(pipeline: Pipeline, id: NodeId, before: PipelineNode): Pipeline {
  const node = pipeline.nodes[id];
  if (!isSchemaSource(node)) return pipeline;
  const { inputs, params, component } = before;
  const { inputs: _inputs, params: _params, ...rest } = node;
  return replaceNode(pipeline, id, {
    ...rest,
    component,
    ...(inputs !== undefined && { inputs }),
    ...(params !== undefined && { params }),
  });
}
