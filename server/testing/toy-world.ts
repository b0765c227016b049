/** A world in memory in which plans come true: files, published executions and their outputs, without disk or database. */

import type { Catalog } from '../../lib/catalog/index';
import { sha256Hex } from '../../lib/hash';
import { cacheKeyOf, keyPartsOf, type SourceDigests } from '../../lib/pipeline/cache-key';
import { graphOf } from '../../lib/pipeline/graph';
import { inputSources, type Pipeline } from '../../lib/pipeline/pipeline';
import { planRun, type KnownExecution, type Plan } from '../../lib/pipeline/plan';
import { resolveParams } from '../../lib/pipeline/resolve-params';
import { selectNodes, type Selection } from '../../lib/pipeline/selection';
import { specOf } from '../../lib/pipeline/spec-of';

/** What a plan is asked for. */
export type ToyRequest = { readonly selection: Selection; readonly reuse: boolean };

/** Executions newest first, with the node that made each. */
type Published = KnownExecution & { readonly node: string };

/** Files by node, and everything that was ever executed. A toy's output is a digest of its key. */
export class ToyWorld {
  private published: readonly Published[] = [];
  private readonly files = new Map<string, string>();
  private runs = 0;

  constructor(private readonly catalog: Catalog) {}

  /** The same files, and no execution. */
  withoutHistory(): ToyWorld {
    const world = new ToyWorld(this.catalog);
    for (const [node, content] of this.files) world.files.set(node, content);
    return world;
  }

  /** Changes what a node reads. */
  writeFile(node: string, content: string): void {
    this.files.set(node, content);
  }

  /** Damages the outputs of the newest execution of a node, if there is one. */
  damage(pipeline: string, node: string, what: 'missing' | 'changed'): void {
    const newest = this.published.find((item) => item.pipeline === pipeline && item.node === node);
    const [port] = Object.keys(newest?.outputs ?? {});
    if (port === undefined) return;
    this.published = this.published.map((item) => (item === newest ? { ...item, damage: { port, what } } : item));
  }

  /** Plans a run, answering what the plan asks. */
  plan(pipeline: Pipeline, { selection, reuse }: ToyRequest): Plan {
    const graph = graphOf(pipeline);
    const selected = selectNodes(graph, selection);
    if (!selected.ok) throw new Error(selected.error.message);
    const latest = new Map<string, KnownExecution>();
    for (const item of [...this.published].reverse()) if (item.pipeline === pipeline.name) latest.set(item.node, item);
    const sources = new Map(graph.nodes.map((id) => [id, this.sourcesOf(pipeline, id)]));
    const { catalog } = this;
    const input = { pipeline, catalog, pipelineId: pipeline.name, selected: selected.value, reuse, sources, latest };
    const planning = planRun(input);
    let step = planning.next();
    while (!step.done) step = planning.next(new Map(step.value.flatMap((key) => this.byKey(key))));
    return step.value;
  }

  /** Executes and takes what the plan says, and returns the digest of each node's output. */
  execute(pipeline: Pipeline, plan: Plan): ReadonlyMap<string, string> {
    this.runs += 1;
    const digests = new Map<string, string>();
    for (const { node, decision, from } of plan.nodes) {
      if (decision === 'reuse') digests.set(node, Object.values(from?.outputs ?? {})[0]?.[0]?.digest ?? '');
      if (decision === 'execute') digests.set(node, this.publish(pipeline, node, digests));
      if (decision === 'blocked') throw new Error(`${node} is blocked`);
    }
    return digests;
  }

  private publish(pipeline: Pipeline, node: string, digests: ReadonlyMap<string, string>): string {
    const placed = pipeline.nodes[node];
    const spec = specOf(this.catalog, placed?.component ?? '');
    if (placed === undefined || spec === undefined) throw new Error(`no node ${node}`);
    const inputs: Record<string, string[]> = {};
    for (const port of Object.keys(spec.inputs))
      inputs[port] = inputSources(placed, port).map((source) => {
        const digest = digests.get(source.node);
        if (digest === undefined) throw new Error(`${node} executes before ${source.node}`);
        return digest;
      });
    const { params } = resolveParams(pipeline, node);
    const key = keyPartsOf(spec, { params, inputs, sources: this.sourcesOf(pipeline, node) });
    const cacheKey = cacheKeyOf(key);
    const digest = sha256Hex(`output of ${cacheKey}`);
    const id = `${this.runs}-${node}`;
    const outputs = Object.fromEntries(
      Object.entries(spec.outputs).map(([port, { type }]) => {
        const artifact = { id: `art_${id}`, type, digest, uri: id, sizeBytes: 1, properties: {} };
        return [port, [artifact]];
      }),
    );
    const execution = { id: `exec_${id}`, runId: `run_${this.runs}`, runNumber: this.runs, cacheKey, key, node };
    // The ids of a toy are readable, which a branded id is not; nothing parses them.
    const made = { ...execution, pipelineId: pipeline.name, pipeline: pipeline.name, outputs } as Published;
    this.published = [made, ...this.published];
    return digest;
  }

  private byKey(key: string): readonly (readonly [string, KnownExecution])[] {
    const found = this.published.filter((item) => item.cacheKey === key);
    const best = found.find((item) => item.damage === undefined) ?? found[0];
    return best === undefined ? [] : [[key, best]];
  }

  private sourcesOf(pipeline: Pipeline, node: string): SourceDigests {
    const placed = pipeline.nodes[node];
    const spec = specOf(this.catalog, placed?.component ?? '');
    const sources = spec?.sources?.(spec.params.parse(resolveParams(pipeline, node).params)) ?? [];
    const digest = sha256Hex(this.files.get(node) ?? 'at first');
    return Object.fromEntries(sources.map(({ param, base }) => [param, { [base]: digest }]));
  }
}
