import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { NODE_TRANSITIONS, nextNodeState, stateAfter } from './node-state';
import { hasOutputs, isFinalNodeState, NODE_STATES, type NodeState } from './run';
import { countWaitingOn, nodesToSkip, readyNodes, runOutcome, type ScheduledNode } from './schedule';

/** A graph without cycles: each node takes outputs of some before it. */
const graphs = fc
  .array(fc.record({ picks: fc.array(fc.nat(), { maxLength: 3 }), selected: fc.boolean() }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((nodes) =>
    nodes.map(({ picks, selected }, i): ScheduledNode => {
      const upstream = i === 0 ? [] : [...new Set(picks.map((pick) => `n${pick % i}`))];
      return { id: `n${i}`, upstream, selected, state: selected ? 'queued' : 'skipped' };
    }),
  );

/** Plays a run to its end: each ready node ends as the script says; what a bad end keeps from running is skipped. */
function play(graph: readonly ScheduledNode[], ends: readonly NodeState[]): readonly ScheduledNode[] {
  let nodes = graph;
  const set = (ids: ReadonlySet<string>, state: NodeState): void => {
    nodes = nodes.map((node) => (ids.has(node.id) ? { ...node, state } : node));
  };
  for (let step = 0; step < graph.length; step++) {
    const [ready] = readyNodes(nodes);
    if (ready === undefined) break;
    set(new Set([ready]), ends[step % ends.length] ?? 'complete');
    set(new Set(nodesToSkip(nodes).map((skip) => skip.id)), 'skipped');
  }
  return nodes;
}

const endings = fc.array(fc.constantFrom<NodeState>('complete', 'complete', 'cached', 'failed', 'canceled'), {
  minLength: 1,
  maxLength: 6,
});

describe('schedule', () => {
  it('brings every run to an end, whatever fails', () => {
    fc.assert(
      fc.property(graphs, endings, (graph, ends) => {
        const nodes = play(graph, ends);
        expect(runOutcome(nodes.map((node) => node.state))).toBeDefined();
      }),
    );
  });

  it('A9 runs a node exactly when everything upstream has outputs, and skips it exactly when something cannot', () => {
    fc.assert(
      fc.property(graphs, endings, (graph, ends) => {
        const nodes = new Map(play(graph, ends).map((node) => [node.id, node]));
        for (const node of nodes.values()) {
          if (!node.selected) continue;
          const upstream = node.upstream.flatMap((id) => nodes.get(id) ?? []);
          const fed = upstream.every((other) => !other.selected || hasOutputs(other.state));
          expect(node.state === 'skipped').toBe(!fed);
        }
      }),
    );
  });

  it('calls ready what waits on nothing and has lost nothing', () => {
    fc.assert(
      fc.property(graphs, endings, fc.nat({ max: 14 }), (graph, ends, steps) => {
        const nodes = play(graph.slice(0, steps + 1), ends);
        const byId = new Map(nodes.map((node) => [node.id, node]));
        const doomed = new Set(nodesToSkip(nodes).map((skip) => skip.id));
        const expected = nodes
          .filter((node) => node.selected && node.state === 'queued' && !doomed.has(node.id))
          .filter((node) => countWaitingOn(node, byId) === 0)
          .map((node) => node.id);
        expect(readyNodes(nodes)).toEqual(expected);
      }),
    );
  });

  it('names the node that ended badly, through any number of skips', () => {
    const nodes: ScheduledNode[] = [
      { id: 'a', upstream: [], state: 'failed', selected: true },
      { id: 'b', upstream: ['a'], state: 'queued', selected: true },
      { id: 'c', upstream: ['b'], state: 'queued', selected: true },
    ];
    expect(nodesToSkip(nodes)).toEqual([
      { id: 'b', reason: 'upstream-failed', because: 'a' },
      { id: 'c', reason: 'upstream-failed', because: 'a' },
    ]);
  });

  it.each([
    { states: ['complete', 'cached', 'skipped'], outcome: 'complete' },
    { states: ['complete', 'failed', 'skipped'], outcome: 'failed' },
    { states: ['failed', 'canceled'], outcome: 'canceled' },
    { states: ['failed', 'running'], outcome: undefined },
  ] as const)('a run of $states is $outcome', ({ states, outcome }) => {
    expect(runOutcome(states)).toBe(outcome);
  });
});

describe('the transition table', () => {
  it('leaves a state with outputs for nothing', () => {
    for (const transition of NODE_TRANSITIONS) {
      expect(nextNodeState('complete', transition)).toBeUndefined();
      expect(nextNodeState('cached', transition)).toBeUndefined();
    }
  });

  it('leaves a final state only when the run is retried', () => {
    for (const state of NODE_STATES.filter(isFinalNodeState)) {
      const ways = NODE_TRANSITIONS.filter((transition) => nextNodeState(state, transition) !== undefined);
      expect(ways).toEqual(hasOutputs(state) ? [] : ['reset']);
    }
  });

  it('reaches every state', () => {
    expect(new Set(NODE_TRANSITIONS.map(stateAfter))).toEqual(new Set(NODE_STATES));
  });
});
