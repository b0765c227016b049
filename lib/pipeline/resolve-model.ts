/**
 * Resolvers: nodes whose output the engine looks up. A Resolver has no input, yet it waits: the model that its consumer
 * takes beside it, the candidate, must be known, since it is passed over. A candidate that is compared with itself says
 * nothing, and because it is passed over an unchanged pipeline finds the same model again, run after run.
 */

import type { Catalog } from '../catalog/index';
import { inputSources, type NodeId, type Pipeline, type PortRef } from './pipeline';
import { specOf } from './spec-of';

/** A model that a run of the pipeline blessed, as far as the choice needs it. */
export type BlessedModel = { readonly id: string; readonly digest: string };

/** For each Resolver of a pipeline its candidates: one in a pipeline that can run, none where nobody takes another model. */
export type Candidates = ReadonlyMap<NodeId, readonly PortRef[]>;

/** The candidates of every Resolver: what its consumers take beside it of the same type and from no Resolver. */
export function candidatesOf(pipeline: Pick<Pipeline, 'nodes'>, catalog: Catalog): Candidates {
  const found = new Map<NodeId, PortRef[]>();
  for (const [id, { component }] of Object.entries(pipeline.nodes))
    if (specOf(catalog, component)?.resolves !== undefined) found.set(id, []);
  if (found.size === 0) return found;
  for (const node of Object.values(pipeline.nodes)) {
    const inputs = Object.entries(specOf(catalog, node.component)?.inputs ?? {});
    const wires = inputs.flatMap(([port, { type }]) => inputSources(node, port).map((source) => ({ type, source })));
    for (const { type, source } of wires) {
      const candidates = found.get(source.node);
      if (candidates === undefined) continue;
      for (const other of wires)
        if (other.type === type && !found.has(other.source.node) && !candidates.some(isSame(other.source)))
          candidates.push(other.source);
    }
  }
  return found;
}

function isSame(a: PortRef): (b: PortRef) => boolean {
  return (b) => a.node === b.node && a.port === b.port;
}

/** The newest of the models, given newest first, that is none of the candidates. Undefined where there is none. */
export function latestBlessed<M extends BlessedModel>(
  models: readonly M[],
  candidates: readonly string[],
): M | undefined {
  return models.find(({ digest }) => !candidates.includes(digest));
}
