/** A node in words, for those who do not see its card. */

import { listNames } from '../text/closest-word';
import type { CardPort } from './card-geometry';
import { inputSources, type NodeId } from './pipeline';
import type { Scene } from './scene';

/** What is said of a node: name, component, state, inputs with their sources, outputs with their targets. */
export function describeNode(scene: Scene, id: NodeId, state: string | undefined): string {
  const card = scene.nodes.get(id);
  if (card === undefined) return id;
  const { node } = card;
  const head = [id, node.component, state].filter((part) => part !== undefined && part !== '').join(', ');
  const inputs = card.card.inputs.map((port) => inputWords(port, inputSources(node, port.name)));
  const outputs = card.card.outputs.map((port) => outputWords(port, targetsOf(scene, id, port.name)));
  return [
    `${head}.`,
    inputs.length === 0 ? 'No inputs.' : `Inputs: ${inputs.join('; ')}.`,
    outputs.length === 0 ? 'No outputs.' : `Outputs: ${outputs.join('; ')}.`,
  ].join(' ');
}

function inputWords({ name, isOptional }: CardPort, sources: readonly { readonly node: NodeId }[]): string {
  if (sources.length > 0) return `${name} from ${listNames([...new Set(sources.map(({ node }) => node))])}`;
  return `${name} not wired${isOptional ? ', optional' : ''}`;
}

function outputWords({ name }: CardPort, targets: readonly NodeId[]): string {
  return targets.length === 0 ? `${name} not wired` : `${name} to ${listNames(targets)}`;
}

function targetsOf(scene: Scene, id: NodeId, port: string): readonly NodeId[] {
  const targets = new Set<NodeId>();
  for (const { from, to } of scene.wires.values()) if (from.node === id && from.port === port) targets.add(to.node);
  return [...targets];
}
