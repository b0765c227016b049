/** May this wire exist? The editor asks while a person drags it, `validate` asks of every wire that is there. */

import type { Catalog } from '../catalog/index';
import { didYouMean, listNames } from '../text/closest-word';
import { specOf } from './spec-of';
import type { NodeIndex } from './node-index';
import type { NodeId, Pipeline, PortRef } from './pipeline';
import { portMismatch } from './ports';
import type { ProblemCode } from './problem';

/** A wire: from an output to an input. */
export type Wire = { readonly from: PortRef; readonly to: { readonly node: NodeId; readonly port: string } };

/** A name of a wire that no other wire of the document has: `a.examples→b.examples`. */
export function wireKey({ from, to }: Wire): string {
  return `${from.node}.${from.port}→${to.node}.${to.port}`;
}

/** Why a wire may not exist. */
export type WireFault = { readonly code: ProblemCode; readonly message: string };

/** The document that a wire is in. */
export type WirePlace = {
  readonly pipeline: Pipeline;
  readonly catalog: Catalog;
  /** Of the same document: spares the search for similar names where many wires are judged. */
  readonly nodes?: NodeIndex;
};

/**
 * Why an output may not feed an input, or undefined when it may. What lies at an unknown component's end is not judged.
 * A cycle is a property of the whole graph: `findCycle` looks for it.
 */
export function findWireFault({ pipeline, catalog, nodes }: WirePlace, { from, to }: Wire): WireFault | undefined {
  const source = Object.hasOwn(pipeline.nodes, from.node) ? pipeline.nodes[from.node] : undefined;
  if (source === undefined) {
    const hint = nodes?.nearest(from.node) ?? didYouMean(from.node, Object.keys(pipeline.nodes));
    return { code: 'unknown-node', message: `There is no node "${from.node}".${hint}` };
  }
  const outputs = specOf(catalog, source.component)?.outputs;
  if (outputs === undefined) return undefined;
  const output = Object.hasOwn(outputs, from.port) ? outputs[from.port] : undefined;
  if (output === undefined) {
    const known = Object.keys(outputs);
    const hint = didYouMean(from.port, known) || ` It has ${listNames(known)}.`;
    return { code: 'unknown-port', message: `${from.node} has no output "${from.port}".${hint}` };
  }
  const inputs = specOf(catalog, pipeline.nodes[to.node]?.component ?? '')?.inputs ?? {};
  const input = Object.hasOwn(inputs, to.port) ? inputs[to.port] : undefined;
  const mismatch = input === undefined ? undefined : portMismatch(output, input);
  if (mismatch === undefined) return undefined;
  return {
    code: 'type-mismatch',
    message: `The input "${to.port}" needs ${mismatch.needs}, ${from.node}.${from.port} is ${mismatch.gets}.`,
  };
}
