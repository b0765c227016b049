import { COMPONENTS } from '../../lib/catalog/index';
import { displayOrder, graphOf } from '../../lib/pipeline/graph';
import { inputSources, type Pipeline } from '../../lib/pipeline/pipeline';
import { specOf } from '../../lib/pipeline/spec-of';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { gateBehind, waitingGate } from '../../lib/run/gate-state';
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
    gates: gatesInto(run, document, node.node),
    share: node.share,
    stateWords: nodeStateWords(node),
  }));
}

/** The nodes of a run in the order in which they can run. */
export function nodesInOrder(run: RunSnapshot, document: Pipeline): readonly NodeSnapshot[] {
  return displayOrder(graphOf(document)).flatMap((id) => run.nodes[id] ?? []);
}

/** The gates on the wires into a node, by the node that each wire comes from. */
function gatesInto(run: RunSnapshot, document: Pipeline, id: string): GraphNode['gates'] {
  const node = document.nodes[id];
  const inputs = Object.entries(specOf(COMPONENTS, node?.component ?? '')?.inputs ?? {});
  const gated = inputs.flatMap(([port, { gate }]) =>
    node === undefined || gate === undefined ? [] : inputSources(node, port),
  );
  if (gated.length === 0) return undefined;
  return new Map(
    gated.map(({ node: judge }) => {
      const ran = run.nodes[judge];
      return [judge, (ran === undefined ? undefined : gateBehind(ran)) ?? waitingGate(judge)];
    }),
  );
}
