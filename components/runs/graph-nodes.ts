import { inputSources, type Pipeline } from '../../lib/pipeline/pipeline';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { nodeHeadline, nodeStateWords } from '../../lib/run/run-words';
import type { GraphNode } from '../pipelines';

/** The nodes of a run as the graph draws them. */
export function toGraphNodes(run: RunSnapshot, wires: ReadonlyMap<string, readonly string[]>): readonly GraphNode[] {
  return Object.values(run.nodes).map((node) => ({
    id: node.node,
    // The document knows every wire; a run waits only for those that matter to it.
    upstream: wires.get(node.node) ?? node.upstream,
    headline: nodeHeadline(node),
    mark: node.state,
    share: node.share,
    stateWords: nodeStateWords(node),
  }));
}

/** Each node's sources, as the document wires them. */
export function wiresOf(document: Pipeline): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(document.nodes).map(([id, node]) => [
      id,
      Object.keys(node.inputs ?? {}).flatMap((port) => inputSources(node, port).map((source) => source.node)),
    ]),
  );
}
