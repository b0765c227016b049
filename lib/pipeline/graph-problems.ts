/** What is wrong with a pipeline as a whole, though each of its nodes is right: circles, and Resolvers with several candidates. */

import type { Catalog } from '../catalog/index';
import { formatJsonPath } from '../json/json-path';
import { listNames } from '../text/closest-word';
import { findCycle, graphOf } from './graph';
import type { NodeId, Pipeline } from './pipeline';
import { cycleProblem, problem, type Problem } from './problem';
import { candidatesOf } from './resolve-model';

/** The problems of the graph: at most one circle, and each Resolver that would have to find several models. */
export function* graphProblems(pipeline: Pipeline, catalog: Catalog): Iterable<Problem> {
  for (const [id, candidates] of candidatesOf(pipeline, catalog)) {
    if (candidates.length < 2) continue;
    const names = listNames(candidates.map(({ node, port }) => `${node}.${port}`));
    yield problem(
      'several-candidates',
      `What ${id} finds is compared with several models: ${names}. Give each a Resolver of its own.`,
      { node: id, path: formatJsonPath(['nodes', id]) },
    );
  }
  const cycle = findCycle(graphOf(pipeline, catalog));
  if (cycle === undefined) return;
  const found = cycleProblem(cycle);
  const resolver = findUnwiredStep(pipeline, cycle);
  yield resolver === undefined
    ? found
    : { ...found, message: `${found.message} ${resolver} waits for the model that is compared with its own.` };
}

/** The node of a circle that no wire leads to from the one before it: a Resolver, which waits for its candidate. */
function findUnwiredStep(pipeline: Pipeline, cycle: readonly NodeId[]): NodeId | undefined {
  const { upstream } = graphOf(pipeline);
  return cycle.find((id, i) => i > 0 && upstream.get(id)?.includes(cycle[i - 1] ?? '') === false);
}
