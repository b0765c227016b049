/** Taking nodes out of a chain and putting them into one, so that the chain holds. */

import type { Catalog } from '../catalog/index';
import { connect, disconnect, removeNodes, wiresOf } from './commands';
import type { Wire } from './connect';
import { inputSources, type NodeId, type Pipeline, type PortRef } from './pipeline';
import { portMismatch } from './ports';
import { specOf } from './spec-of';
import type { WiringContext } from './accept-wire';

/**
 * Removes nodes and joins what was before them with what came after, where the types agree: each input that loses its
 * source gets the first source of the removed node that fits.
 */
export function removeAndHeal(pipeline: Pipeline, ids: readonly NodeId[], catalog: Catalog): Pipeline {
  const gone = new Set(ids.filter((id) => Object.hasOwn(pipeline.nodes, id)));
  let result = removeNodes(pipeline, ids);
  for (const { from, to } of wiresOf(pipeline)) {
    if (!gone.has(from.node) || gone.has(to.node)) continue;
    const source = findReplacement({ pipeline, catalog }, { from, to }, gone);
    if (source !== undefined) result = connect(result, { from: source, to }, { keepOthers: true });
  }
  return result;
}

/** What fed a removed node, or one removed before it, and fits the input; the ports of the component's spec come first. */
function findReplacement(context: WiringContext, { from, to }: Wire, gone: ReadonlySet<NodeId>): PortRef | undefined {
  const { pipeline, catalog } = context;
  const seen = new Set<NodeId>();
  const open = [from.node];
  for (const id of open) {
    const node = pipeline.nodes[id];
    if (node === undefined || seen.has(id)) continue;
    seen.add(id);
    const known = Object.keys(specOf(catalog, node.component)?.inputs ?? {});
    const ports = new Set([...known, ...Object.keys(node.inputs ?? {})]);
    for (const port of ports) {
      for (const source of inputSources(node, port)) {
        if (gone.has(source.node)) open.push(source.node);
        else if (fits(context, { from: source, to })) return source;
      }
    }
  }
  return undefined;
}

/** How a node goes into a wire: by which of its ports. */
export type Splice = { readonly input: string; readonly output: string };

/**
 * The ports by which a component goes into a wire, or undefined where its types do not allow it. The first input and the
 * first output that fit are taken, in the order of the component's spec.
 */
export function findSplice({ pipeline, catalog }: WiringContext, component: string, wire: Wire): Splice | undefined {
  const spec = specOf(catalog, component);
  const source = portSpecOf({ pipeline, catalog }, wire.from, 'outputs');
  const target = portSpecOf({ pipeline, catalog }, wire.to, 'inputs');
  if (spec === undefined || source === undefined || target === undefined) return undefined;
  const input = Object.entries(spec.inputs).find(([, port]) => portMismatch(source, port) === undefined)?.[0];
  const output = Object.entries(spec.outputs).find(([, port]) => portMismatch(port, target) === undefined)?.[0];
  return input === undefined || output === undefined ? undefined : { input, output };
}

/** Puts a node of the document into a wire: the wire gives way to one into the node and one out of it. */
export function spliceNode(
  context: WiringContext,
  node: NodeId,
  { wire, splice }: { readonly wire: Wire; readonly splice: Splice },
): Pipeline {
  const takesMany = portSpecOf(context, wire.to, 'inputs')?.multiple === true;
  const opened = disconnect(context.pipeline, [wire]);
  const into = connect(opened, { from: wire.from, to: { node, port: splice.input } }, { keepOthers: false });
  const out = { from: { node, port: splice.output }, to: wire.to };
  return connect(into, out, { keepOthers: takesMany });
}

function fits(context: WiringContext, { from, to }: Wire): boolean {
  const output = portSpecOf(context, from, 'outputs');
  const input = portSpecOf(context, to, 'inputs');
  return output !== undefined && input !== undefined && portMismatch(output, input) === undefined;
}

function portSpecOf({ pipeline, catalog }: WiringContext, { node: id, port }: PortRef, side: 'inputs' | 'outputs') {
  const node = Object.hasOwn(pipeline.nodes, id) ? pipeline.nodes[id] : undefined;
  const ports = node === undefined ? undefined : specOf(catalog, node.component)?.[side];
  return ports !== undefined && Object.hasOwn(ports, port) ? ports[port] : undefined;
}
