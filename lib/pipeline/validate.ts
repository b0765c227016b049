/** A document that has the right shape → what keeps it from running. Reads the catalog, touches nothing else. */

import type { Catalog } from '../catalog/index';
import type { ComponentSpec, PortSpec, SourceNode } from '../catalog/component-spec';
import { describeParamIssues } from '../catalog/describe-param-issues';
import { formatJsonPath } from '../json/json-path';
import { didYouMean, listNames } from '../text/closest-word';
import { findWireFault } from './connect';
import { graphProblems } from './graph-problems';
import { nodeIndex, type NodeIndex } from './node-index';
import { inputSources, type NodeId, type Pipeline, type PipelineNode, type PortRef } from './pipeline';
import { problem, type Problem } from './problem';
import { parametersOf, resolveParams, typeMismatch, usedParameters } from './resolve-params';
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
  return createValidator(catalog)(pipeline, options);
}

/**
 * A validator that finds what {@link validatePipeline} finds and remembers what it found of each node: after a change only
 * the nodes that changed, and those next to them, are looked at again. Documents must not be changed in place.
 */
export function createValidator(
  catalog: Catalog,
): (pipeline: Pipeline, options?: ValidateOptions) => readonly Problem[] {
  const judged = new WeakMap<PipelineNode, JudgedNode>();
  let nodes = nodeIndex({}, catalog);
  return (pipeline, options = {}) => {
    nodes = nodes.isOf(pipeline.nodes) ? nodes : nodeIndex(pipeline.nodes, catalog);
    const problems: Problem[] = [...parameterProblems(pipeline)];
    const ids = Object.keys(pipeline.nodes);
    if (ids.length === 0)
      problems.push(problem('no-nodes', 'The pipeline has no nodes: add one under "nodes".', { path: 'nodes' }));
    for (const [id, node] of Object.entries(pipeline.nodes)) {
      const known = judgeNode({ pipeline, catalog, id, node, nodes }, judged.get(node));
      judged.set(node, known);
      for (const found of [...known.wiring, ...known.params])
        if (found.code !== 'missing-pipeline-parameter' || options.at === 'launch') problems.push(found);
      if (known.params.length === 0) problems.push(...sourceProblems({ pipeline, catalog, id, node, nodes }));
    }
    problems.push(...graphProblems(pipeline, catalog));
    return problems;
  };
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
  readonly nodes: NodeIndex;
};

/** What was found of a node, and of what else that speaks. */
type JudgedNode = {
  readonly id: NodeId;
  readonly wiring: readonly Problem[];
  /** The components of all nodes that were there: what it says of wires names others. */
  readonly nodes: NodeIndex;
  readonly params: readonly Problem[];
  readonly parameters: Pipeline['parameters'];
};

function judgeNode(context: NodeContext, before: JudgedNode | undefined): JudgedNode {
  const { pipeline, catalog, id, node, nodes } = context;
  const { parameters } = pipeline;
  const known = before?.id === id ? before : undefined;
  if (known?.nodes === nodes && known.parameters === parameters) return known;
  const spec = specOf(catalog, node.component);
  const wiring = known?.nodes === nodes ? known.wiring : [...wiringProblems(context, spec)];
  const isSame = known !== undefined && (known.parameters === parameters || parametersOf(node).size === 0);
  const params = isSame ? known.params : spec === undefined ? [] : [...paramProblems(context, spec)];
  return { id, wiring, nodes, params, parameters };
}

function* wiringProblems(context: NodeContext, spec: ComponentSpec | undefined): Iterable<Problem> {
  const { catalog, id, node } = context;
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
function offer({ id, nodes }: NodeContext, input: PortSpec): string {
  let only: PortRef | undefined;
  for (const output of nodes.outputsFor(input)) {
    if (output.node === id) continue;
    if (only !== undefined) return ' Name its source as "node.port".';
    only = output;
  }
  return only === undefined
    ? ` No node of this pipeline makes ${input.type}.`
    : ` "${only.node}.${only.port}" would fit.`;
}

function* paramProblems({ pipeline, id, node }: NodeContext, spec: ComponentSpec): Iterable<Problem> {
  const resolved = resolveParams(pipeline, id);
  yield* resolved.problems;
  if (resolved.incomplete) return;
  const parsed = spec.params.safeParse(resolved.params);
  if (parsed.success) {
    const wired = new Set(Object.keys(node.inputs ?? {}).filter((port) => inputSources(node, port).length > 0));
    for (const { message, path } of spec.judge?.(parsed.data, wired) ?? [])
      yield problem('invalid-parameter', message, { node: id, path: formatJsonPath(['nodes', id, 'params', ...path]) });
    return;
  }
  for (const issue of describeParamIssues(parsed.error, { value: resolved.params, schema: spec.params }))
    yield problem(PARAM_CODES[issue.kind], issue.sentence, {
      node: id,
      path: formatJsonPath(['nodes', id, 'params', ...issue.path]),
    });
}

/** What the sources of a node say against its parameters. Not remembered: it depends on parameters of other nodes. */
function* sourceProblems({ pipeline, catalog, id, node }: NodeContext): Iterable<Problem> {
  const spec = specOf(catalog, node.component);
  if (spec?.checkSources === undefined) return;
  const { params, incomplete } = resolveParams(pipeline, id);
  const parsed = spec.params.safeParse(params);
  if (incomplete || !parsed.success) return;
  const sourceOf = (port: string): SourceNode | undefined => {
    const [from] = inputSources(node, port);
    const source =
      from === undefined || !Object.hasOwn(pipeline.nodes, from.node) ? undefined : pipeline.nodes[from.node];
    if (from === undefined || source === undefined) return undefined;
    const resolved = resolveParams(pipeline, from.node);
    return { node: from.node, component: source.component, params: resolved.incomplete ? {} : resolved.params };
  };
  for (const { path, message } of spec.checkSources(parsed.data, sourceOf))
    yield problem('invalid-parameter', `${formatJsonPath(path)} ${message}`, {
      node: id,
      path: formatJsonPath(['nodes', id, 'params', ...path]),
    });
}

const PARAM_CODES = {
  missing: 'missing-parameter',
  unknown: 'unknown-parameter',
  invalid: 'invalid-parameter',
} as const;
