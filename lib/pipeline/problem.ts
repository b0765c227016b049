/** Problems of a pipeline: data, never thrown. Screens list them while a person types, `validate` prints one a line. */

import * as z from 'zod';

import { formatJsonPath } from '../json/json-path';

/** The closed list of problem codes. A code never changes its meaning: scripts match on it. */
const PROBLEM_CODES = [
  'malformed-json',
  'duplicate-key',
  'too-large',
  'not-a-pipeline',
  'newer-format',
  'unknown-format',
  'unknown-key',
  'invalid-value',
  'missing-key',
  'no-nodes',
  'unknown-component',
  'unknown-input',
  'missing-input',
  'too-many-sources',
  'unknown-node',
  'unknown-port',
  'type-mismatch',
  'duplicate-source',
  'cycle',
  'several-candidates',
  'unknown-parameter',
  'invalid-parameter',
  'missing-parameter',
  'unknown-pipeline-parameter',
  'missing-pipeline-parameter',
  'invalid-pipeline-parameter',
  'unused-pipeline-parameter',
  'missing-file',
  'missing-column',
] as const;

/** Parser of a {@link Problem}: the shape that `validate --json` prints. */
export const zProblem = z.strictObject({
  code: z.enum(PROBLEM_CODES),
  /** One sentence or two: what is wrong and what to do. */
  message: z.string(),
  /** An `error` keeps the pipeline from running, a `warning` does not. */
  severity: z.enum(['error', 'warning']),
  /** The node it belongs to, where there is one. */
  node: z.string().optional(),
  /** Where in the document, `nodes.statistics.inputs.examples`; or in the text, `line 3, column 7`. */
  path: z.string().optional(),
});
/** See {@link zProblem}. */
export type Problem = z.infer<typeof zProblem>;
/** One of {@link PROBLEM_CODES}. */
export type ProblemCode = Problem['code'];

/** Where a problem lies and how bad it is. Default severity: error. */
export type ProblemPlace = {
  readonly node?: string | undefined;
  readonly path?: string | undefined;
  readonly severity?: Problem['severity'];
};

/** Makes a {@link Problem}, leaving out what is not known. */
export function problem(code: ProblemCode, message: string, place: ProblemPlace = {}): Problem {
  return {
    code,
    message,
    severity: place.severity ?? 'error',
    ...(place.node !== undefined && { node: place.node }),
    ...(place.path !== undefined && { path: place.path }),
  };
}

/** True when any problem keeps the pipeline from running. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((item) => item.severity === 'error');
}

/** The problem of nodes that wait for each other: `a → b → a`. */
export function cycleProblem(cycle: readonly string[]): Problem {
  const [node] = cycle;
  const shown = cycle.length <= 12 ? cycle : [...cycle.slice(0, 10), '…', ...cycle.slice(-1)];
  return problem('cycle', `These nodes wait for each other in a circle: ${shown.join(' → ')}. Unwire one of them.`, {
    node,
    path: formatJsonPath(['nodes', node ?? '', 'inputs']),
  });
}
