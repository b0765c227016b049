/** Plans of pipelines with Resolvers, gates and outputs that may stay empty: what is predicted is what happens. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LOOP_COMPONENTS } from '../../server/testing/components/loop-specs';
import { ToyWorld, type ToyBehaviour } from '../../server/testing/toy-world';
import { resolverSpec } from '../catalog/resolver/spec';
import { graphOf, withDescendants } from './graph';
import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from './pipeline';
import type { Plan } from './plan';
import type { Selection } from './selection';
import { hasErrors } from './problem';
import { validatePipeline } from './validate';

const CATALOG = { ...LOOP_COMPONENTS, Resolver: resolverSpec };
const ALL: Selection = { type: 'all' };

/** Judges bless as their parameter says, Resolvers hand on what was found, and a `Maybe` gives as its parameter says. */
const behave: ToyBehaviour = ({ component, params, inputs }) => {
  switch (component) {
    case 'OwnJudge':
      return {
        properties: { blessed: params['blesses'] === true ? 1 : 0, currentModelId: inputs['model']?.[0]?.id ?? '' },
      };
    case 'OwnMaybe':
      return params['gives'] === true ? { properties: {} } : undefined;
    case 'Resolver': {
      const [found] = inputs['model'] ?? [];
      return found === undefined ? undefined : { properties: { resolvedFrom: found.id }, digest: found.digest };
    }
    default:
      return { properties: {} };
  }
};

const NODES = 9;
const part = fc.record({
  kind: fc.constantFrom('OwnTrain', 'OwnJudge', 'OwnPush', 'OwnMaybe', 'OwnNeed', 'Resolver', 'OwnTrain', 'OwnJudge'),
  flag: fc.boolean(),
  wires: fc.array(fc.nat(NODES - 1), { minLength: 3, maxLength: 3 }),
});
const design = fc.array(part, { minLength: 2, maxLength: NODES });
type Design = readonly { readonly kind: string; readonly flag: boolean; readonly wires: readonly number[] }[];

const GIVES: Readonly<Record<string, string>> = {
  OwnTrain: 'model',
  Resolver: 'model',
  OwnJudge: 'blessing',
  OwnPush: 'token',
  OwnMaybe: 'token',
  OwnNeed: 'token',
};

/** A pipeline of these parts; what cannot be wired is left unwired, and found by `validate`. */
function build(parts: Design): Pipeline {
  const nodes: Record<string, PipelineNode> = {};
  for (const [i, { kind, flag, wires }] of parts.entries()) {
    const pick = (port: string, at: number): string | undefined => {
      const fitting = parts.slice(0, i).flatMap((other, j) => (GIVES[other.kind] === port ? [`n${j}.${port}`] : []));
      return fitting.length === 0 ? undefined : fitting[(wires[at] ?? 0) % fitting.length];
    };
    const wired = (inputs: Record<string, string | undefined>): Record<string, string> =>
      Object.fromEntries(Object.entries(inputs).flatMap(([port, from]) => (from === undefined ? [] : [[port, from]])));
    const more = (wires[2] ?? 0) % 2 === 0;
    const inputs: Record<string, Record<string, string>> = {
      OwnTrain: wired({ after: pick('token', 0), baseModel: more ? undefined : pick('model', 1) }),
      OwnJudge: wired({ model: pick('model', 0), baselineModel: more ? pick('model', 1) : undefined }),
      OwnPush: wired({ model: pick('model', 0), modelBlessing: pick('blessing', 1) }),
      OwnMaybe: wired({ after: pick('token', 0) }),
      OwnNeed: wired({ token: pick('token', 0), other: more ? pick('token', 1) : undefined }),
      Resolver: {},
    };
    const params: Record<string, PipelineNode['params']> = {
      OwnTrain: { text: flag ? 'one' : 'two' },
      OwnJudge: { blesses: flag },
      OwnMaybe: { gives: flag },
    };
    nodes[`n${i}`] = { component: kind, inputs: inputs[kind] ?? {}, params: params[kind] ?? {} };
  }
  return { format: PIPELINE_FORMAT, name: 'p', nodes };
}

/** Between two runs a parameter is turned over, or an output is deleted. */
const step = fc.record({
  what: fc.constantFrom('turn', 'turn', 'missing', 'nothing'),
  at: fc.nat(NODES - 1),
  reuse: fc.constantFrom(true, true, true, false),
  only: fc.option(
    fc.record({ type: fc.constantFrom('to' as const, 'from' as const, 'only' as const), at: fc.nat(NODES - 1) }),
    {
      freq: 4,
    },
  ),
});
const history = fc.array(step, { minLength: 1, maxLength: 6 });

type Seen = {
  readonly world: ToyWorld;
  readonly pipeline: Pipeline;
  readonly selection: Selection;
  readonly plan: Plan;
};

function property(look: (seen: Seen) => void): void {
  fc.assert(
    fc.property(design, history, (parts, steps) => {
      const world = new ToyWorld(CATALOG, behave);
      let now: Design = parts;
      for (const { what, at, reuse, only } of steps) {
        if (what === 'turn') now = now.map((item, i) => (i === at ? { ...item, flag: !item.flag } : item));
        if (what === 'missing') world.damage('p', `n${at}`, 'missing');
        const pipeline = build(now);
        fc.pre(!hasErrors(validatePipeline(pipeline, CATALOG)));
        const selection: Selection =
          only === null || only.at >= now.length ? ALL : { type: only.type, nodes: [`n${only.at}`] };
        const plan = world.plan(pipeline, { selection, reuse });
        if (plan.nodes.some(({ decision }) => decision === 'blocked')) continue;
        world.execute(pipeline, plan);
        look({ world, pipeline, selection, plan });
      }
    }),
    { numRuns: 100, maxSkipsPerRun: 1_000 },
  );
}

/** The nodes of which the plan could only say that they run if something holds, and those behind them. */
function uncertain({ pipeline, plan }: Seen): ReadonlySet<string> {
  const { downstream } = graphOf(pipeline, CATALOG);
  const open = new Set(
    plan.nodes
      .filter(({ decision, reason, node }) => decision === 'execute' && reason.startsWith(`${node} runs if`))
      .map(({ node }) => node),
  );
  for (const id of open) for (const next of downstream.get(id) ?? []) open.add(next);
  return open;
}

describe('the plan of a loop', () => {
  it('says what happens: what it reuses is reused, what it skips is skipped, what it runs runs unless it said if', () => {
    property((seen) => {
      const open = uncertain(seen);
      for (const { node, decision, selected } of seen.plan.nodes) {
        const state = seen.world.states.get(node);
        if (decision === 'reuse') expect([node, state]).toEqual([node, 'cached']);
        if (decision === 'skip') expect(state === undefined ? !selected : state.startsWith('skipped')).toBe(true);
        if (decision === 'execute' && state !== 'complete') {
          expect(state).toMatch(/^skipped /);
          expect(open.has(node)).toBe(true);
        }
      }
    });
  });

  it('never skips for a gate that opens, and never runs into one that it knew to be shut', () => {
    property(({ world, pipeline, plan }) => {
      for (const { node, decision } of plan.nodes) {
        const state = world.states.get(node);
        if (state !== 'skipped not-blessed') continue;
        const judge = plan.nodes.find(
          (item) => `${item.node}.blessing` === pipeline.nodes[node]?.inputs?.['modelBlessing'],
        );
        if (judge?.decision === 'reuse') expect([node, decision]).toEqual([node, 'skip']);
      }
    });
  });

  it('lets a Resolver wait for its candidate and for nothing else', () => {
    property(({ pipeline, plan }) => {
      const place = new Map(plan.nodes.map(({ node }, index) => [node, index]));
      for (const [id, { component }] of Object.entries(pipeline.nodes)) {
        if (component !== 'Resolver') continue;
        const upstream = plan.nodes[place.get(id) ?? -1]?.upstream ?? [];
        expect(upstream.length).toBeLessThanOrEqual(1);
        for (const source of upstream) expect(place.get(source)).toBeLessThan(place.get(id) ?? -1);
      }
    });
  });

  it('finds nothing left to do after a few unchanged runs, unless it trains on from what it finds', () => {
    property(({ world, pipeline }) => {
      const { nodes } = pipeline;
      const graph = graphOf(pipeline, CATALOG);
      const resolvers = graph.nodes.filter((id) => nodes[id]?.component === 'Resolver');
      // A training that starts from the latest blessed model makes the next one each time: that is what it is for.
      if ([...withDescendants(graph, resolvers)].some((id) => nodes[id]?.component === 'OwnTrain')) return;
      for (let again = 0; again < Object.keys(pipeline.nodes).length; again++)
        world.execute(pipeline, world.plan(pipeline, { selection: ALL, reuse: true }));
      const plan = world.plan(pipeline, { selection: ALL, reuse: true });
      expect(plan.nodes.filter(({ decision }) => decision === 'execute').map(({ reason }) => reason)).toEqual([]);
    });
  });
});

describe('a pipeline with one loop', () => {
  const loop = (text: string, blesses = true): Pipeline => ({
    format: PIPELINE_FORMAT,
    name: 'p',
    nodes: {
      baseline: { component: 'Resolver' },
      trainer: { component: 'OwnTrain', params: { text } },
      evaluator: {
        component: 'OwnJudge',
        inputs: { model: 'trainer.model', baselineModel: 'baseline.model' },
        params: { blesses },
      },
      pusher: { component: 'OwnPush', inputs: { model: 'trainer.model', modelBlessing: 'evaluator.blessing' } },
    },
  });
  const run = (world: ToyWorld, pipeline: Pipeline): Readonly<Record<string, string>> => {
    const plan = world.plan(pipeline, { selection: ALL, reuse: true });
    world.execute(pipeline, plan);
    return Object.fromEntries(plan.nodes.map(({ node, reason }) => [node, reason]));
  };
  const states = (world: ToyWorld) => Object.fromEntries(world.states);
  const allOf = (state: string) => ({ trainer: state, baseline: state, evaluator: state, pusher: state });

  it('reuses every node of the second and the third unchanged run', () => {
    const world = new ToyWorld(CATALOG, behave);
    run(world, loop('one'));
    expect(states(world)).toEqual(allOf('complete'));
    for (let again = 0; again < 2; again++) {
      run(world, loop('one'));
      expect(states(world)).toEqual(allOf('cached'));
    }
    run(world, loop('two'));
    expect(states(world)).toEqual(allOf('complete'));
    run(world, loop('two'));
    expect(states(world)).toEqual(allOf('cached'));
  });

  it('says which model is compared with, when another one was blessed since', () => {
    const world = new ToyWorld(CATALOG, behave);
    run(world, loop('one'));
    expect(run(world, loop('two'))['baseline']).toBe(
      'baseline runs because trainer makes new model (text is "two" now and was "one").',
    );
    const back = run(world, loop('one'));
    expect(back['trainer']).toBe('Reused from run 1: nothing it depends on changed.');
    expect(back['baseline']).toMatch(
      /^baseline runs because the latest blessed model is another one: [0-9a-f]{8}… → [0-9a-f]{8}…\.$/,
    );
    expect(back['evaluator']).toMatch(/^evaluator runs because baseline makes new model \(the latest blessed model /);
  });

  it('takes no model that was not blessed, and none that is gone', () => {
    const world = new ToyWorld(CATALOG, behave);
    run(world, loop('one'));
    run(world, loop('two', false));
    expect(states(world)).toMatchObject({ evaluator: 'complete', pusher: 'skipped not-blessed' });
    const baselineOf = () =>
      world.plan(loop('two'), { selection: ALL, reuse: true }).nodes.find(({ node }) => node === 'baseline');
    const first = baselineOf();
    expect(first?.decision).toBe('reuse');
    world.damage('p', 'baseline', 'missing');
    expect(baselineOf()?.reason).toMatch(/^baseline runs because its output model of run 2 is no longer on disk\.$/);
  });
});
