/**
 * What a node is given decides whether it runs: a gate may be shut, and what it needs may have come out empty. Plan and
 * engine ask the same function, so that what the plan says is what happens.
 */

import type { ArtifactProperties } from '../artifact/artifact';
import { isBlessing } from '../artifact/blessing';
import type { Catalog } from '../catalog/index';
import type { ComponentSpec, PortSpec } from '../catalog/component-spec';
import { inputSources, type NodeId, type Pipeline, type PipelineNode, type PortRef } from './pipeline';
import { specOf } from './spec-of';

/** Why a node is skipped although everything before it went well. */
export type InputFault = {
  readonly reason: 'not-blessed' | 'empty-input';
  readonly port: string;
  /** The output that keeps it from running. */
  readonly because: PortRef;
};

/** The artifacts of an output in this run; undefined while they are not known. */
export type GivenOf = (source: PortRef) => readonly { readonly properties: ArtifactProperties }[] | undefined;

/** The first reason to skip the node that is known; undefined where nothing known speaks against it. */
export function findInputFault(spec: ComponentSpec, node: PipelineNode, given: GivenOf): InputFault | undefined {
  for (const [port, input] of Object.entries(spec.inputs))
    if (input.gate !== undefined)
      for (const source of inputSources(node, port))
        if (given(source)?.every(isBlessing) === false) return { reason: 'not-blessed', port, because: source };
  for (const [port, input] of Object.entries(spec.inputs)) {
    const sources = inputSources(node, port);
    const [first] = sources;
    if (first === undefined || input.optional === true) continue;
    if (sources.every((source) => given(source)?.length === 0)) return { reason: 'empty-input', port, because: first };
  }
  return undefined;
}

/**
 * The outputs that decide whether a node runs: what feeds its gates, and what feeds an input that must be there and may
 * come out empty. Empty for a node that runs whenever all before it went well.
 */
export function decidingSources(pipeline: Pipeline, catalog: Catalog, id: NodeId): readonly InputFault[] {
  const node = pipeline.nodes[id];
  const spec = node === undefined ? undefined : specOf(catalog, node.component);
  if (node === undefined || spec === undefined) return [];
  const found: InputFault[] = [];
  for (const [port, input] of Object.entries(spec.inputs)) {
    const sources = inputSources(node, port);
    if (input.gate !== undefined) for (const because of sources) found.push({ reason: 'not-blessed', port, because });
    const [first] = sources;
    if (first === undefined || input.optional === true) continue;
    if (sources.every((source) => outputOf(pipeline, catalog, source)?.optional === true))
      found.push({ reason: 'empty-input', port, because: first });
  }
  return found;
}

function outputOf(pipeline: Pipeline, catalog: Catalog, { node, port }: PortRef): PortSpec | undefined {
  const outputs = specOf(catalog, pipeline.nodes[node]?.component ?? '')?.outputs;
  return outputs !== undefined && Object.hasOwn(outputs, port) ? outputs[port] : undefined;
}

/** The fault as the end of a sentence: `evaluator did not bless the model`. */
export function faultWords({ reason, because }: Pick<InputFault, 'reason' | 'because'>): string {
  return reason === 'not-blessed'
    ? `${because.node} did not bless the model`
    : `${because.node} has no ${because.port} to give`;
}

/** What must hold instead, as the end of a sentence: `evaluator blesses the model`. */
export function conditionWords({ reason, because }: Pick<InputFault, 'reason' | 'because'>): string {
  return reason === 'not-blessed' ? `${because.node} blesses the model` : `${because.node} has ${because.port} to give`;
}
