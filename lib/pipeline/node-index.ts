/** What a document's nodes are to each other: which there are, what components they have, and what those make. */

import type { PortSpec } from '../catalog/component-spec';
import type { Catalog } from '../catalog/index';
import { didYouMean } from '../text/closest-word';
import type { NodeId, Pipeline, PortRef } from './pipeline';
import { portMismatch } from './ports';
import { specOf } from './spec-of';

/** See the module. Answers are worked out when they are first asked for. */
export type NodeIndex = {
  /** True where these are the same ids with the same components, in the same order: every answer is the same too. */
  readonly isOf: (nodes: Pipeline['nodes']) => boolean;
  /** Every output that fits an input, in document order. */
  readonly outputsFor: (input: PortSpec) => readonly PortRef[];
  /** ` Did you mean "x"?` for an id that no node has, or nothing. */
  readonly nearest: (id: NodeId) => string;
};

/** The index of some nodes, in time linear in their number. */
export function nodeIndex(nodes: Pipeline['nodes'], catalog: Catalog): NodeIndex {
  const components = new Map(Object.entries(nodes).map(([id, { component }]) => [id, component]));
  const outputs = new Map<string, readonly PortRef[]>();
  const words = new Map<NodeId, string>();
  return {
    isOf: (others) => {
      const ids = Object.keys(others);
      if (ids.length !== components.size) return false;
      let at = 0;
      for (const [id, component] of components)
        if (ids[at++] !== id || others[id]?.component !== component) return false;
      return true;
    },
    outputsFor: (input) => {
      let fitting = outputs.get(input.type);
      if (fitting === undefined) {
        fitting = [...components].flatMap(([node, component]) =>
          Object.entries(specOf(catalog, component)?.outputs ?? {})
            .filter(([, output]) => portMismatch(output, input) === undefined)
            .map(([port]) => ({ node, port })),
        );
        outputs.set(input.type, fitting);
      }
      return fitting;
    },
    nearest: (id) => {
      let hint = words.get(id);
      if (hint === undefined) {
        hint = didYouMean(id, components.keys());
        words.set(id, hint);
      }
      return hint;
    },
  };
}
