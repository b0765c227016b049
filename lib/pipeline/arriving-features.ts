/** The features of the transform graph behind an input: known without running, since they are parameters of its Transform. */

import { inputSources, type NodeId, type Pipeline } from './pipeline';
import { resolveParams } from './resolve-params';

/** Inputs through which a transform graph goes on: into a Trainer, and with the model that it makes. */
const CARRIERS = ['transformGraph', 'model'];

/** Names of the features that arrive with a transform graph or a model at an input; none where no Transform stands behind it. */
export function arrivingFeatures(pipeline: Pipeline, node: NodeId, input: string): readonly string[] {
  const seen = new Set<NodeId>();
  let at: NodeId | undefined = sourceOf(pipeline, node, input);
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const own = pipeline.nodes[at];
    if (own?.component === 'Transform') {
      const { features } = resolveParams(pipeline, at).params;
      const isNamed = typeof features === 'object' && features !== null && !Array.isArray(features);
      return isNamed ? Object.keys(features) : [];
    }
    const from: NodeId = at;
    at = CARRIERS.map((port) => sourceOf(pipeline, from, port)).find((source) => source !== undefined);
  }
  return [];
}

function sourceOf(pipeline: Pipeline, node: NodeId, input: string): NodeId | undefined {
  const content = Object.hasOwn(pipeline.nodes, node) ? pipeline.nodes[node] : undefined;
  return content === undefined ? undefined : inputSources(content, input)[0]?.node;
}
