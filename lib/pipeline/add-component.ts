/** Adds a component the way a person means it: on free ground, and wired where there is one way only. */

import type { Catalog } from '../catalog/index';
import { addNodes, connect, freshNodeId, type CanvasPoint } from './commands';
import type { Wire } from './connect';
import { onFreeGround } from './free-place';
import type { NodeId, Pipeline } from './pipeline';
import { snapToGrid } from './place-nodes';
import { outputsFor, type OpenWire } from './rank-components';
import { specOf } from './spec-of';

/** What is added. */
export type Addition = {
  readonly component: string;
  /** Where its card goes, unless something lies there. */
  readonly at: CanvasPoint;
  /** The wire that waits for it, and the port of the new node that takes it. */
  readonly from?: OpenWire | undefined;
  readonly port?: string | undefined;
  /** Wires its required inputs too, where exactly one output of the graph fits. */
  readonly wires: boolean;
};

/** The document with the new node, and its id. */
export type Added = { readonly document: Pipeline; readonly id: NodeId };

/** See the module. */
export function addComponent(pipeline: Pipeline, catalog: Catalog, addition: Addition): Added {
  const { component, from, port } = addition;
  const id = freshNodeId(pipeline, component);
  const at = { x: snapToGrid(addition.at.x), y: snapToGrid(addition.at.y) };
  let document = addNodes(pipeline, onFreeGround(pipeline, catalog, [{ id, node: { component }, at }]));
  for (const wire of wiresFor(pipeline, catalog, { addition, id }))
    document = connect(document, wire, { keepOthers: false });
  if (from !== undefined && port !== undefined) {
    const here = { node: id, port };
    const wire: Wire = from.side === 'output' ? { from, to: here } : { from: here, to: from };
    const { node, port: name } = wire.to;
    const takesMany = specOf(catalog, document.nodes[node]?.component ?? '')?.inputs[name]?.multiple === true;
    document = connect(document, { from: refOf(wire.from), to: { node, port: name } }, { keepOthers: takesMany });
  }
  return { document, id };
}

const refOf = ({ node, port }: { readonly node: NodeId; readonly port: string }) => ({ node, port });

type NewNode = { readonly addition: Addition; readonly id: NodeId };

function wiresFor(pipeline: Pipeline, catalog: Catalog, { addition, id }: NewNode): readonly Wire[] {
  if (!addition.wires) return [];
  return Object.entries(specOf(catalog, addition.component)?.inputs ?? {}).flatMap(([port, input]) => {
    if (input.optional === true) return [];
    const [only, ...others] = outputsFor(pipeline, catalog, input);
    return only === undefined || others.length > 0 ? [] : [{ from: only, to: { node: id, port } }];
  });
}
