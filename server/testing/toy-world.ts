/** A world in memory in which plans come true: files, published executions and their outputs, without disk or database. */

import type { ArtifactProperties, ArtifactRef } from '../../lib/artifact/artifact';
import type { Catalog } from '../../lib/catalog/index';
import { sha256Hex } from '../../lib/hash';
import { cacheKeyOf, keyPartsOf, type KeyParts, type SourceDigests } from '../../lib/pipeline/cache-key';
import { graphOf } from '../../lib/pipeline/graph';
import { inputSources, type Pipeline } from '../../lib/pipeline/pipeline';
import { planRun, type KnownExecution, type Plan } from '../../lib/pipeline/plan';
import { candidatesOf } from '../../lib/pipeline/resolve-model';
import { resolveParams } from '../../lib/pipeline/resolve-params';
import { selectNodes, type Selection } from '../../lib/pipeline/selection';
import { specOf } from '../../lib/pipeline/spec-of';
import type { NodeOutputs } from '../../lib/run/run-event';

/** What a plan is asked for. */
export type ToyRequest = { readonly selection: Selection; readonly reuse: boolean };

/** Executions newest first, with the node that made each. */
type Published = KnownExecution & { readonly node: string };

/** How a node of a toy run ended. */
export type ToyState = 'complete' | 'cached' | `skipped ${string}`;

/** What a toy says of one of its outputs: undefined where it stays empty. Its digest is that of its key where it says none. */
export type ToyBehaviour = (made: {
  readonly component: string;
  readonly params: KeyParts['params'];
  readonly inputs: { readonly [port: string]: readonly ArtifactRef[] };
  readonly port: string;
}) => { readonly properties: ArtifactProperties; readonly digest?: string } | undefined;

/** Files by node, and everything that was ever executed. A toy's output is a digest of its key. */
export class ToyWorld {
  private published: readonly Published[] = [];
  private readonly files = new Map<string, string>();
  private runs = 0;

  private readonly blessed = new Set<string>();
  /** How each node of the last run ended; those that it left alone are missing. */
  states: ReadonlyMap<string, ToyState> = new Map();

  constructor(
    private readonly catalog: Catalog,
    private readonly behave: ToyBehaviour = () => ({ properties: {} }),
  ) {}

  /** The same files, and no execution. */
  withoutHistory(): ToyWorld {
    const world = new ToyWorld(this.catalog, this.behave);
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
    const graph = graphOf(pipeline, this.catalog);
    const selected = selectNodes(graph, selection);
    if (!selected.ok) throw new Error(selected.error.message);
    const latest = new Map<string, KnownExecution>();
    for (const item of [...this.published].reverse()) if (item.pipeline === pipeline.name) latest.set(item.node, item);
    const sources = new Map(graph.nodes.map((id) => [id, this.sourcesOf(pipeline, id)]));
    const { catalog } = this;
    const blessed = this.blessedModels(pipeline.name);
    const input = {
      pipeline,
      catalog,
      pipelineId: pipeline.name,
      selected: selected.value,
      reuse,
      sources,
      latest,
      blessed,
    };
    const planning = planRun(input);
    let step = planning.next();
    while (!step.done) step = planning.next(new Map(step.value.flatMap((key) => this.byKey(key))));
    return step.value;
  }

  /**
   * Executes and takes what the plan says, and returns the digest of each node's first output. A node whose gate is shut,
   * or whose needed input came out empty, is skipped with all that waits for it: {@link states} tells.
   */
  execute(pipeline: Pipeline, plan: Plan): ReadonlyMap<string, string> {
    this.runs += 1;
    const outputs = new Map<string, NodeOutputs>();
    const states = new Map<string, ToyState>();
    for (const { node, decision, from, selected, upstream } of plan.nodes) {
      if (decision === 'blocked') throw new Error(`${node} is blocked`);
      if (decision === 'reuse') {
        outputs.set(node, from?.outputs ?? {});
        states.set(node, 'cached');
        this.bless(pipeline, from?.outputs ?? {});
        continue;
      }
      if (!selected) continue;
      const isSkipped = upstream.some((id) => states.get(id)?.startsWith('skipped')) ? 'upstream-skipped' : undefined;
      const reason = isSkipped ?? this.faultOf(pipeline, node, outputs);
      states.set(node, reason === undefined ? 'complete' : `skipped ${reason}`);
      if (reason !== undefined) continue;
      const made = this.publish(pipeline, node, outputs);
      outputs.set(node, made);
      this.bless(pipeline, made);
    }
    this.states = states;
    const digests = [...outputs].map(([node, made]) => [node, Object.values(made)[0]?.[0]?.digest ?? ''] as const);
    return new Map(digests);
  }

  /** The two newest models with different digests that runs of a pipeline blessed, found the long way. */
  private blessedModels(pipeline: string): readonly ArtifactRef[] {
    const models: ArtifactRef[] = [];
    for (const { outputs, damage } of this.published)
      for (const artifact of Object.values(outputs).flat())
        if (damage === undefined && this.blessed.has(`${pipeline} ${artifact.id}`)) models.push(artifact);
    return models;
  }

  private bless(pipeline: Pipeline, outputs: NodeOutputs): void {
    for (const { type, properties } of Object.values(outputs).flat()) {
      const model = properties['currentModelId'];
      if (type === 'ModelBlessing' && properties['blessed'] === 1 && typeof model === 'string')
        this.blessed.add(`${pipeline.name} ${model}`);
    }
  }

  private faultOf(pipeline: Pipeline, node: string, outputs: ReadonlyMap<string, NodeOutputs>): string | undefined {
    const placed = pipeline.nodes[node];
    const spec = specOf(this.catalog, placed?.component ?? '');
    if (placed === undefined || spec === undefined) return undefined;
    for (const [port, input] of Object.entries(spec.inputs)) {
      const sources = inputSources(placed, port);
      const given = sources.flatMap((source) => outputs.get(source.node)?.[source.port] ?? []);
      if (input.gate !== undefined && given.some(({ properties }) => properties['blessed'] !== 1)) return 'not-blessed';
      if (input.optional !== true && sources.length > 0 && given.length === 0) return 'empty-input';
    }
    return undefined;
  }

  private publish(pipeline: Pipeline, node: string, outputs: ReadonlyMap<string, NodeOutputs>): NodeOutputs {
    const placed = pipeline.nodes[node];
    const spec = specOf(this.catalog, placed?.component ?? '');
    if (placed === undefined || spec === undefined) throw new Error(`no node ${node}`);
    const inputs: Record<string, readonly ArtifactRef[]> = {};
    for (const port of Object.keys(spec.inputs))
      inputs[port] = inputSources(placed, port).flatMap((source) => {
        const made = outputs.get(source.node);
        if (made === undefined) throw new Error(`${node} executes before ${source.node}`);
        return made[source.port] ?? [];
      });
    if (spec.resolves !== undefined) {
      const passedOver = (candidatesOf(pipeline, this.catalog).get(node) ?? []).flatMap((source) => {
        const made = outputs.get(source.node);
        if (made === undefined) throw new Error(`${node} looks for a model before ${source.node}`);
        return made[source.port]?.map(({ digest }) => digest) ?? [];
      });
      inputs[spec.resolves] = this.blessedModels(pipeline.name)
        .filter(({ digest }) => !passedOver.includes(digest))
        .slice(0, 1);
    }
    const { params } = resolveParams(pipeline, node);
    const digests = Object.fromEntries(
      Object.entries(inputs).map(([port, list]) => [port, list.map(({ digest }) => digest)]),
    );
    const sources = this.sourcesOf(pipeline, node);
    const key = keyPartsOf(spec, { params, inputs: digests, sources, pipeline: pipeline.name });
    const cacheKey = cacheKeyOf(key);
    const id = `${this.runs}-${node}`;
    const made = Object.fromEntries(
      Object.entries(spec.outputs).flatMap(([port, { type }]) => {
        const said = this.behave({ component: spec.type, params: key.params, inputs, port });
        if (said === undefined) return [];
        const { properties, digest = sha256Hex(`output of ${cacheKey}`) } = said;
        return [[port, [{ id: `art_${id}`, type, digest, uri: id, sizeBytes: 1, properties }]]];
      }),
    );
    const execution = { id: `exec_${id}`, runId: `run_${this.runs}`, runNumber: this.runs, cacheKey, key, node };
    // The ids of a toy are readable, which a branded id is not; nothing parses them.
    const published = { ...execution, pipelineId: pipeline.name, pipeline: pipeline.name, outputs: made } as Published;
    this.published = [published, ...this.published];
    return published.outputs;
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
