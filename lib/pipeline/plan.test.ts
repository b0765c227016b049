import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TOY_CATALOG } from '../../server/testing/toy-catalog';
import { ToyWorld } from '../../server/testing/toy-world';
import { graphOf } from './graph';
import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from './pipeline';
import type { Plan } from './plan';
import type { Selection } from './selection';
import { validatePipeline } from './validate';

const NODES = 8;
const ALL: Selection = { type: 'all' };

/** What a random pipeline is made of: for each node its kind, its parameter and which earlier nodes feed it. */
const node = fc.record({ kind: fc.nat(3), param: fc.integer({ min: 1, max: 2 }), wires: fc.array(fc.nat(NODES - 1)) });
const design = fc.array(node, { minLength: 1, maxLength: NODES });
type Design = readonly { readonly kind: number; readonly param: number; readonly wires: readonly number[] }[];

function build(parts: Design, name = 'p'): Pipeline {
  const nodes: Record<string, PipelineNode> = {};
  for (const [i, { kind, param, wires }] of parts.entries()) {
    const sources = [...new Set(wires.filter((wire) => wire < i))].map((wire) => `n${wire}.rows`);
    const [first] = sources;
    if (kind === 0 || first === undefined)
      nodes[`n${i}`] =
        kind % 2 === 0
          ? { component: 'ToySource', params: { inputBase: `f${i}`, limit: param } }
          : { component: 'ToyMake', params: { seed: param } };
    else if (kind === 1) nodes[`n${i}`] = { component: 'ToyPass', inputs: { rows: first }, params: { topK: param } };
    else
      nodes[`n${i}`] = {
        component: 'ToyJoin',
        inputs: { many: sources },
        params: { how: param === 1 ? 'inner' : 'outer' },
      };
  }
  return { format: PIPELINE_FORMAT, name, nodes };
}

const nodeIds = fc.array(fc.nat(NODES - 1), { minLength: 1, maxLength: 3 });
const selection = fc.tuple(fc.constantFrom('all', 'to', 'from', 'only'), nodeIds);
/** What happens between runs: a parameter is set, a file is rewritten, an artifact is deleted or changed on disk. */
const change = fc.tuple(
  fc.constantFrom('param', 'file', 'missing', 'changed', 'nothing'),
  fc.nat(NODES - 1),
  fc.nat(1),
);
const history = fc.array(fc.tuple(change, selection, fc.boolean()), { minLength: 1, maxLength: 6 });
type Steps = readonly (readonly [readonly [string, number, number], readonly [string, readonly number[]], boolean])[];

function toSelection([type, ids]: readonly [string, readonly number[]], pipeline: Pipeline): Selection {
  const nodes = ids.map((id) => `n${id}`).filter((id) => id in pipeline.nodes);
  if (nodes.length === 0 || (type !== 'to' && type !== 'from' && type !== 'only')) return ALL;
  return { type, nodes };
}

function apply(world: ToyWorld, parts: Design, [what, id, value]: readonly [string, number, number]): Design {
  if (what === 'file') world.writeFile(`n${id}`, `content ${value}`);
  if (what === 'missing' || what === 'changed') world.damage('p', `n${id}`, what);
  return what === 'param' ? parts.map((part, i) => (i === id ? { ...part, param: value + 1 } : part)) : parts;
}

const nodesWith = (plan: Plan, decision: string) =>
  plan.nodes.filter((planned) => planned.decision === decision).map((planned) => planned.node);

/** Runs a random history and looks at every plan on the way. */
function live(parts: Design, steps: Steps, look: Look): void {
  const world = new ToyWorld(TOY_CATALOG);
  let now = parts;
  for (const [changed, chosen, reuse] of steps) {
    now = apply(world, now, changed);
    const pipeline = build(now);
    const wanted = toSelection(chosen, pipeline);
    const plan = world.plan(pipeline, { selection: wanted, reuse });
    const outputs = nodesWith(plan, 'blocked').length === 0 ? world.execute(pipeline, plan) : undefined;
    look({ world, pipeline, wanted, reuse, plan, outputs });
  }
}
type Look = (seen: {
  readonly world: ToyWorld;
  readonly pipeline: Pipeline;
  readonly wanted: Selection;
  readonly reuse: boolean;
  readonly plan: Plan;
  /** Digests by node of what the run executed or took; undefined when it was refused. */
  readonly outputs: ReadonlyMap<string, string> | undefined;
}) => void;

const property = (look: Look) =>
  fc.assert(
    fc.property(design, history, (parts, steps) => {
      live(parts, steps, look);
    }),
    { numRuns: 60 },
  );

describe('a plan', () => {
  it('is made of pipelines that are valid', () => {
    fc.assert(
      fc.property(design, (parts) => {
        expect(validatePipeline(build(parts), TOY_CATALOG)).toEqual([]);
      }),
    );
  });

  it('holds every node once, each after all it waits for', () => {
    property(({ pipeline, plan }) => {
      const place = new Map(plan.nodes.map((planned, index) => [planned.node, index]));
      expect([...place.keys()].sort()).toEqual(Object.keys(pipeline.nodes).sort());
      for (const { node: id, upstream } of plan.nodes)
        for (const source of upstream) expect(place.get(source)).toBeLessThan(place.get(id) ?? -1);
    });
  });

  it('is closed: what it executes finds the outputs of all it takes', () => {
    property(({ pipeline, plan }) => {
      const graph = graphOf(pipeline);
      const decisions = new Map(plan.nodes.map((planned) => [planned.node, planned.decision]));
      for (const id of nodesWith(plan, 'execute'))
        for (const source of graph.upstream.get(id) ?? []) expect(decisions.get(source)).toMatch(/^(execute|reuse)$/);
    });
  });

  it('executes nothing outside the selection and skips nothing inside it', () => {
    property(({ plan }) => {
      for (const planned of plan.nodes) {
        if (planned.selected) expect(planned.decision).not.toBe('skip');
        else expect(planned.decision).not.toBe('execute');
        expect(planned.from !== undefined).toBe(planned.decision === 'reuse');
      }
    });
  });

  it('executes whatever is selected downstream of what it executes', () => {
    property(({ pipeline, plan }) => {
      const graph = graphOf(pipeline);
      const decisions = new Map(plan.nodes.map((planned) => [planned.node, planned.decision]));
      for (const id of nodesWith(plan, 'execute'))
        for (const next of graph.downstream.get(id) ?? [])
          expect(decisions.get(next)).not.toBe(
            plan.nodes.find((item) => item.node === next)?.selected ? 'reuse' : 'execute',
          );
    });
  });

  it('executes every selected node that is not blocked when nothing is to be reused', () => {
    property(({ plan, reuse }) => {
      if (!reuse) expect(plan.nodes.filter((planned) => planned.selected && planned.decision === 'reuse')).toEqual([]);
    });
  });

  it('leaves outputs equal to those of a run from scratch', () => {
    property(({ world, pipeline, wanted, outputs }) => {
      if (outputs === undefined || wanted.type === 'only' || wanted.type === 'from') return;
      const scratch = world.withoutHistory();
      const fresh = scratch.execute(pipeline, scratch.plan(pipeline, { selection: ALL, reuse: true }));
      for (const [id, digest] of outputs) expect([id, digest]).toEqual([id, fresh.get(id)]);
    });
  });

  it('reuses every selected node when it is made again after its run', () => {
    property(({ world, pipeline, wanted, outputs }) => {
      if (outputs === undefined) return;
      const again = world.plan(pipeline, { selection: wanted, reuse: true });
      expect(nodesWith(again, 'execute')).toEqual([]);
      expect(nodesWith(again, 'blocked')).toEqual([]);
    });
  });

  it('reuses nothing that is damaged', () => {
    property(({ plan }) => {
      expect(plan.nodes.filter((planned) => planned.from?.damage !== undefined)).toEqual([]);
    });
  });

  it('blocks only what takes outputs that nobody ever made, and never a run of everything', () => {
    property(({ plan, wanted }) => {
      if (wanted.type === 'all' || wanted.type === 'to') expect(nodesWith(plan, 'blocked')).toEqual([]);
    });
  });
});

describe('the reasons of a plan', () => {
  const chain = (topK: number): Pipeline => ({
    format: PIPELINE_FORMAT,
    name: 'p',
    nodes: {
      source: { component: 'ToySource', params: { inputBase: 'taxi.csv' } },
      transform: { component: 'ToyPass', inputs: { rows: 'source.rows' }, params: { topK } },
      trainer: { component: 'ToyPass', inputs: { rows: 'transform.rows' } },
      other: { component: 'ToyMake' },
    },
  });
  const run = (world: ToyWorld, pipeline: Pipeline, selection: Selection = ALL): Plan => {
    const plan = world.plan(pipeline, { selection, reuse: true });
    world.execute(pipeline, plan);
    return plan;
  };
  const reasons = (plan: Plan) => Object.fromEntries(plan.nodes.map(({ node: id, reason }) => [id, reason]));

  it('say at first that nothing was ever finished', () => {
    expect(reasons(run(new ToyWorld(TOY_CATALOG), chain(100)))).toEqual({
      source: 'source runs because no run of this pipeline has finished it yet.',
      transform: 'transform runs because source makes new rows (no run of this pipeline has finished it yet).',
      trainer: 'trainer runs because transform makes new rows (source: no run of this pipeline has finished it yet).',
      other: 'other runs because no run of this pipeline has finished it yet.',
    });
  });

  it('name the field where it begins, however far upstream', () => {
    const world = new ToyWorld(TOY_CATALOG);
    run(world, chain(100));
    expect(reasons(run(world, chain(200)))).toEqual({
      source: 'Reused from run 1: nothing it depends on changed.',
      transform: 'transform runs because topK is 200 now and was 100.',
      trainer: 'trainer runs because transform makes new rows (topK is 200 now and was 100).',
      other: 'Reused from run 1: nothing it depends on changed.',
    });
  });

  it('compare with the newest run, also where an older one is reused', () => {
    const world = new ToyWorld(TOY_CATALOG);
    run(world, chain(100));
    run(world, chain(200));
    expect(reasons(world.plan(chain(100), { selection: ALL, reuse: true }))['trainer']).toBe(
      'Reused from run 1: nothing it depends on changed.',
    );
  });

  it('name the pipeline that a copy reuses from', () => {
    const world = new ToyWorld(TOY_CATALOG);
    run(world, chain(100));
    expect(reasons(run(world, { ...chain(100), name: 'copy' }))['trainer']).toBe(
      'Reused from run 1 of pipeline p: nothing it depends on changed.',
    );
  });

  it('name the output that is no longer on disk, or was changed there', () => {
    for (const [what, sentence] of [
      ['missing', 'transform runs because its output rows of run 1 is no longer on disk.'],
      ['changed', 'transform runs because its output rows of run 1 was changed on disk.'],
    ] as const) {
      const world = new ToyWorld(TOY_CATALOG);
      run(world, chain(100));
      world.damage('p', 'transform', what);
      expect(reasons(world.plan(chain(100), { selection: ALL, reuse: true }))['transform']).toBe(sentence);
    }
  });

  it('say of what is taken from outside the selection whether it is up to date', () => {
    const world = new ToyWorld(TOY_CATALOG);
    run(world, chain(100));
    const only: Selection = { type: 'only', nodes: ['trainer'] };
    expect(reasons(world.plan(chain(100), { selection: only, reuse: true }))).toEqual({
      source: 'source is not selected.',
      transform: 'Reused from run 1: nothing it depends on changed.',
      trainer: 'Reused from run 1: nothing it depends on changed.',
      other: 'other is not selected.',
    });
    world.writeFile('source', 'more');
    expect(reasons(world.plan(chain(100), { selection: only, reuse: true }))['transform']).toMatch(
      /^transform is not selected: taken as it is from run 1, though source is not up to date \(inputBase's file taxi\.csv changed: [0-9a-f]{8}… → [0-9a-f]{8}…\)\.$/,
    );
  });

  it('say what to run first where a selected node takes what was never made', () => {
    const plan = new ToyWorld(TOY_CATALOG).plan(chain(100), {
      selection: { type: 'from', nodes: ['trainer'] },
      reuse: true,
    });
    expect(plan.nodes.filter((planned) => planned.decision === 'blocked').map((planned) => planned.reason)).toEqual([
      'transform is not selected and there is nothing to take from it, because no run of this pipeline has finished it yet. Run it first: --to transform.',
      'transform is not selected and there is nothing to take from it, because no run of this pipeline has finished it yet. Run it first: --to transform.',
    ]);
  });

  it('plan 1,000 nodes and 1,500 wires', () => {
    const nodes: Record<string, PipelineNode> = { n0: { component: 'ToyMake' } };
    for (let i = 1; i < 1_000; i++) {
      const many = i % 2 === 0 ? [`n${i - 1}.rows`] : [...new Set([`n${i - 1}.rows`, `n${Math.floor(i / 2)}.rows`])];
      nodes[`n${i}`] = { component: 'ToyJoin', inputs: { many } };
    }
    const pipeline: Pipeline = { format: PIPELINE_FORMAT, name: 'large', nodes };
    const world = new ToyWorld(TOY_CATALOG);
    run(world, pipeline);
    const plan = world.plan(pipeline, { selection: ALL, reuse: true });
    expect(nodesWith(plan, 'reuse')).toHaveLength(1_000);
  });
});
