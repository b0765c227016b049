/** What of a document's problems keeps a part of it from running: whatever is broken elsewhere does not matter to that part. */

import { parseJsonPath } from '../json/json-path';
import { findCycle, type Graph } from './graph';
import type { NodeId, Pipeline } from './pipeline';
import { nodesInPlan } from './plan';
import { cycleProblem, hasErrors, type Problem } from './problem';
import { parametersOf } from './resolve-params';

/** The part that a run would look at, and all that was found wrong with the document. */
export type BlockingInput = {
  readonly pipeline: Pipeline;
  readonly graph: Graph;
  /** From `selectNodes`. */
  readonly selected: ReadonlySet<NodeId>;
  readonly problems: readonly Problem[];
};

/**
 * The errors that keep the selected nodes from running: those of the nodes themselves and of what they need, a default that
 * one of them uses, and a circle that one of them is part of. Empty when the part can run.
 */
export function blockingProblems({ pipeline, graph, selected, problems }: BlockingInput): readonly Problem[] {
  if (!hasErrors(problems)) return [];
  const part = nodesInPlan(graph, selected);
  const blocking = problems.filter(({ severity, code, node, path }) => {
    if (severity !== 'error' || code === 'cycle') return false;
    if (node !== undefined) return part.has(node);
    return code !== 'invalid-pipeline-parameter' || isUsed(path);
  });
  // Of several circles a document's problems name the first: another one may be the one that matters here.
  const cycle = findCycle(within(graph, part));
  return cycle === undefined ? blocking : [...blocking, cycleProblem(cycle)];

  function isUsed(path: string | undefined): boolean {
    const place = path === undefined ? undefined : parseJsonPath(path);
    const name = place?.ok === true ? place.value[1] : undefined;
    if (name === undefined) return true;
    return [...part].some((id) => {
      const node = pipeline.nodes[id];
      return node !== undefined && parametersOf(node).has(String(name));
    });
  }
}

function within(graph: Graph, part: ReadonlySet<NodeId>): Graph {
  const kept = (neighbours: Graph['upstream']) =>
    new Map([...part].map((id) => [id, (neighbours.get(id) ?? []).filter((other) => part.has(other))]));
  return {
    nodes: graph.nodes.filter((id) => part.has(id)),
    upstream: kept(graph.upstream),
    downstream: kept(graph.downstream),
  };
}
