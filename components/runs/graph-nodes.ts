import { displayOrder, graphOf } from '../../lib/pipeline/graph';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { nodeHeadline, nodeMark, nodeStateWords } from '../../lib/run/run-words';
import type { GraphNode } from '../pipelines';

/** The nodes of a run as the graph draws them. */
export function toGraphNodes(run: RunSnapshot, document: Pipeline): readonly GraphNode[] {
  const { upstream } = graphOf(document);
  return nodesInOrder(run, document).map((node) => ({
    id: node.node,
    // The document knows every wire; a run waits only for those that matter to it.
    upstream: upstream.get(node.node) ?? node.upstream,
    headline: nodeHeadline(node),
    mark: nodeMark(node),
    share: node.share,
    stateWords: nodeStateWords(node),
  }));
}

/** The nodes of a run in the order in which they can run. */
export function nodesInOrder(run: RunSnapshot, document: Pipeline): readonly NodeSnapshot[] {
  return displayOrder(graphOf(document)).flatMap((id) => run.nodes[id] ?? []);
}
