/**
 * Where a version came from: the executions behind it, walked back from the push to the files that were read. What a
 * person asks of it (which data, which schema, which code, which run) is picked out here.
 */

import * as z from 'zod';

import { zExecutionId, zRunId } from '../ids';
import { zDataArtifact } from '../artifact/data-family';

/** A source file that an execution read: the parameter that points to it, its name, and the digest of its bytes. */
const zSourceFile = z.object({ param: z.string(), name: z.string(), digest: z.string() });

/** One execution behind a version. */
export const zLineageStep = z.object({
  executionId: zExecutionId,
  node: z.string(),
  component: z.string(),
  /** Version of the component that computed it: what stands for its code. */
  componentVersion: z.number().int().nullable(),
  run: z.object({ id: zRunId, number: z.number().int() }),
  pipelineVersion: z.number().int(),
  /** Longest way to the push, in steps; 0 is the push itself. */
  depth: z.number().int(),
  /** Executions whose outputs it took, each once. */
  takes: z.array(zExecutionId),
  sources: z.array(zSourceFile),
  outputs: z.array(zDataArtifact),
});
/** See {@link zLineageStep}. */
export type LineageStep = z.infer<typeof zLineageStep>;

/** Steps from the data to the push: what a step takes stands before it. */
export function inOrder(steps: readonly LineageStep[]): readonly LineageStep[] {
  return [...steps].sort((a, b) => b.depth - a.depth || (a.node < b.node ? -1 : 1));
}

/** A name for each step that no other one has: its node, with the run where several executions of a node are behind a version. */
export function stepNames(steps: readonly LineageStep[]): ReadonlyMap<string, string> {
  const many = new Set(steps.map(({ node }) => node).filter((node, at, all) => all.indexOf(node) !== at));
  return new Map(
    steps.map(({ executionId, node, run }) => [executionId, many.has(node) ? `${node}, run ${run.number}` : node]),
  );
}

/** The artifacts of a type behind a version, the nearest to the data first. */
export function artifactsOfType(
  steps: readonly LineageStep[],
  type: string,
): readonly LineageStep['outputs'][number][] {
  return inOrder(steps).flatMap(({ outputs }) => outputs.filter((output) => output.type === type));
}

/** The code behind a version: each component once with its version, in the order of the steps. */
export function codeOf(steps: readonly LineageStep[]): readonly string[] {
  return [
    ...new Set(
      inOrder(steps).map(({ component, componentVersion }) =>
        componentVersion === null ? component : `${component} ${componentVersion}`,
      ),
    ),
  ];
}
