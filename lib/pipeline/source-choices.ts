/** Which outputs of a pipeline may feed an input, and why the others may not. */

import type { Catalog } from '../catalog/index';
import { findWireFault } from './connect';
import { graphOf, withDescendants } from './graph';
import { inputSources, type NodeId, type Pipeline, type PortRef } from './pipeline';
import { portMismatch } from './ports';
import { specOf } from './spec-of';

/** An output, and why it may not be taken; undefined when it may. */
export type SourceChoice = { readonly from: PortRef; readonly refusal: string | undefined };

/** Outputs of other nodes, those that may be taken first, each group in document order. */
export function sourceChoices(
  context: { readonly pipeline: Pipeline; readonly catalog: Catalog },
  to: { readonly node: NodeId; readonly port: string },
): readonly SourceChoice[] {
  const { pipeline, catalog } = context;
  const target = pipeline.nodes[to.node];
  const input = specOf(catalog, target?.component ?? '')?.inputs[to.port];
  const taken = target === undefined ? [] : inputSources(target, to.port);
  const below = withDescendants(graphOf(pipeline, catalog), [to.node]);
  const fitting: SourceChoice[] = [];
  const others: SourceChoice[] = [];
  for (const [node, { component }] of Object.entries(pipeline.nodes)) {
    if (node === to.node) continue;
    for (const [port, output] of Object.entries(specOf(catalog, component)?.outputs ?? {})) {
      const from = { node, port };
      const isTaken = taken.some((source) => source.node === node && source.port === port);
      const mismatch = input === undefined ? undefined : portMismatch(output, input);
      const refusal = isTaken
        ? undefined
        : mismatch !== undefined
          ? `is ${mismatch.gets}`
          : below.has(node)
            ? 'would make a circle'
            : findWireFault(context, { from, to })?.message;
      (refusal === undefined ? fitting : others).push({ from, refusal });
    }
  }
  return [...fitting, ...others];
}
