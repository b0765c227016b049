/** A document that has the right shape → what keeps it from running. Reads the catalog, touches nothing else. */

import type { Catalog } from '../catalog/index';
import type { ComponentSpec, PortSpec } from '../catalog/component-spec';
import { describeIssues } from '../json/describe-issue';
import { formatJsonPath } from '../json/json-path';
import { didYouMean, listNames } from '../text/closest-word';
import { findWireFault } from './connect';
import { findCycle, graphOf } from './graph';
import { inputSources, type NodeId, type Pipeline, type PipelineNode } from './pipeline';
import { portMismatch } from './ports';
import { problem, type Problem } from './problem';
import { resolveParams, typeMismatch, usedParameters } from './resolve-params';
import { specOf } from './spec-of';

/** Where a pipeline is looked at. */
export type ValidateOptions = {
  /**
   * `launch`: a pipeline parameter without a value is an error, since the run begins now.
   * `edit` (the default): it is none, since `--param` may still set it; what uses it is not checked further.
   */
  readonly at?: 'edit' | 'launch';
};

/** Every problem of a pipeline, in document order: parameters, then each node, then the graph as a whole. */
export function validatePipeline(
  pipeline: Pipeline,
  catalog: Catalog,
  options: ValidateOptions = {},
): readonly Problem[] {
  const problems: Problem[] = [...parameterProblems(pipeline)];
  if (Object.keys(pipeline.nodes).length === 0)
    problems.push(problem('no-nodes', 'The pipeline has no nodes: add one under "nodes".', { path: 'nodes' }));
  for (const [id, node] of Object.entries(pipeline.nodes))
    for (const found of nodeProblems({ pipeline, catalog, id, node }))
      if (found.code !== 'missing-pipeline-parameter' || options.at === 'launch') problems.push(found);
  const cycle = findCycle(graphOf(pipeline));
  if (cycle !== undefined) problems.push(cycleProblem(cycle));
  return problems;
}

function cycleProblem(cycle: readonly NodeId[]): Problem {
  const [node] = cycle;
  const shown = cycle.length <= 12 ? cycle : [...cycle.slice(0, 10), '…', ...cycle.slice(-1)];
  return problem('cycle', `These nodes wait for each other in a circle: ${shown.join(' → ')}. Unwire one of them.`, {
    node,
    path: formatJsonPath(['nodes', node ?? '', 'inputs']),
  });
}

function* parameterProblems(pipeline: Pipeline): Iterable<Problem> {
  const used = usedParameters(pipeline);
  for (const [name, parameter] of Object.entries(pipeline.parameters ?? {})) {
    const path = formatJsonPath(['parameters', name]);
    const mismatch = parameter.default === undefined ? undefined : typeMismatch(parameter.type, parameter.default);
    if (mismatch !== undefined)
      yield problem('invalid-pipeline-parameter', `The default of "${name}" ${mismatch}.`, {
        path: formatJsonPath(['parameters', name, 'default']),
      });
    if (!used.has(name))
      yield problem('unused-pipeline-parameter', `No node uses the pipeline parameter "${name}".`, {
        path,
        severity: 'warning',
      });
  }
}

type NodeContext = {
  readonly pipeline: Pipeline;
  readonly catalog: Catalog;
  readonly id: NodeId;
  readonly node: PipelineNode;
};

function* nodeProblems(context: NodeContext): Iterable<Problem> {
  const { catalog, id, node } = context;
  const spec = specOf(catalog, node.component);
  if (spec === undefined) {
    const hint = didYouMean(node.component, Object.keys(catalog)) || ` Known: ${listNames(Object.keys(catalog))}.`;
    yield problem('unknown-component', `There is no component "${node.component}".${hint}`, {
      node: id,
      path: formatJsonPath(['nodes', id, 'component']),
    });
    // Its wires can still be checked at their other end.
    for (const port of Object.keys(node.inputs ?? {})) yield* wireProblems(context, port);
    return;
  }
  yield* inputProblems(context, spec);
  yield* paramProblems(context, spec);
}

function* inputProblems(context: NodeContext, spec: ComponentSpec): Iterable<Problem> {
  const { id, node } = context;
  for (const port of Object.keys(node.inputs ?? {})) {
    const input = Object.hasOwn(spec.inputs, port) ? spec.inputs[port] : undefined;
    const path = formatJsonPath(['nodes', id, 'inputs', port]);
    const sources = inputSources(node, port);
    if (input === undefined) {
      const known = Object.keys(spec.inputs);
      const hint = known.length === 0 ? ' It takes none.' : didYouMean(port, known) || ` Known: ${listNames(known)}.`;
      yield problem('unknown-input', `${spec.type} has no input "${port}".${hint}`, { node: id, path });
    } else if (sources.length > 1 && input.multiple !== true)
      yield problem('too-many-sources', `The input "${port}" takes one source and has ${sources.length}.`, {
        node: id,
        path,
      });
    yield* wireProblems(context, port);
  }
  for (const [port, input] of Object.entries(spec.inputs))
    if (input.optional !== true && inputSources(node, port).length === 0)
      yield problem('missing-input', `${id} needs ${input.type} at its input "${port}".${offer(context, input)}`, {
        node: id,
        path: formatJsonPath(['nodes', id, 'inputs', port]),
      });
}

function* wireProblems(context: NodeContext, port: string): Iterable<Problem> {
  const { id, node } = context;
  const isList = Array.isArray(node.inputs?.[port]);
  const seen = new Set<string>();
  for (const [index, from] of inputSources(node, port).entries()) {
    const path = formatJsonPath(['nodes', id, 'inputs', port, ...(isList ? [index] : [])]);
    const name = `${from.node}.${from.port}`;
    if (seen.has(name))
      yield problem('duplicate-source', `The input "${port}" names ${name} twice.`, { node: id, path });
    seen.add(name);
    const fault = findWireFault(context, { from, to: { node: id, port } });
    if (fault !== undefined) yield problem(fault.code, fault.message, { node: id, path });
  }
}

/** Names an output that would fit, where there is exactly one. */
function offer({ pipeline, catalog, id }: NodeContext, input: PortSpec): string {
  const fitting: string[] = [];
  for (const [other, node] of Object.entries(pipeline.nodes)) {
    if (other === id) continue;
    for (const [port, output] of Object.entries(specOf(catalog, node.component)?.outputs ?? {}))
      if (portMismatch(output, input) === undefined) fitting.push(`${other}.${port}`);
    if (fitting.length > 1) return ' Name its source as "node.port".';
  }
  const [only] = fitting;
  return only === undefined ? ` No node of this pipeline makes ${input.type}.` : ` "${only}" would fit.`;
}

function* paramProblems({ pipeline, id }: NodeContext, spec: ComponentSpec): Iterable<Problem> {
  const resolved = resolveParams(pipeline, id);
  yield* resolved.problems;
  if (resolved.incomplete) return;
  const parsed = spec.params.safeParse(resolved.params);
  if (parsed.success) return;
  for (const issue of describeIssues(parsed.error, { value: resolved.params, schema: spec.params }))
    yield problem(PARAM_CODES[issue.kind], issue.sentence, {
      node: id,
      path: formatJsonPath(['nodes', id, 'params', ...issue.path]),
    });
}

const PARAM_CODES = {
  missing: 'missing-parameter',
  unknown: 'unknown-parameter',
  invalid: 'invalid-parameter',
} as const;
