import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findCycle, graphOf, runOrder, withAncestors, withDescendants } from './graph';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';

/** A pipeline from `node: sources` lines. */
function wired(sources: { readonly [node: string]: readonly string[] }): Pipeline {
  const nodes = Object.entries(sources).map(([id, from]) => {
    const inputs = { rows: from.map((source) => `${source}.rows`) };
    return [id, { component: 'ToyJoin', ...(from.length > 0 && { inputs }) }] as const;
  });
  return { format: PIPELINE_FORMAT, name: 'graph', nodes: Object.fromEntries(nodes) };
}

const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 });

function fromEdges(pairs: readonly (readonly [number, number])[]): Pipeline {
  const sources: Record<string, string[]> = {};
  for (let i = 0; i < 12; i++) sources[`n${i}`] = [];
  for (const [from, to] of pairs) sources[`n${to}`]?.push(`n${from}`);
  return wired(sources);
}

describe('the order of a graph', () => {
  it('takes nodes in document order where the graph leaves a choice', () => {
    const graph = graphOf(wired({ d: ['b', 'c'], b: ['a'], c: ['a'], a: [] }));
    expect(runOrder(graph)).toEqual({ order: ['a', 'b', 'c', 'd'], unordered: [] });
  });

  it('counts a source wired twice once, and leaves out sources that do not exist', () => {
    const graph = graphOf(wired({ a: [], b: ['a', 'a', 'ghost'] }));
    expect(graph.upstream.get('b')).toEqual(['a']);
    expect(graph.downstream.get('a')).toEqual(['b']);
  });

  it('puts every node after all it depends on, or finds a cycle', () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = graphOf(fromEdges(pairs));
        const { order, unordered } = runOrder(graph);
        expect([...order, ...unordered].sort()).toEqual([...graph.nodes].sort());
        const place = new Map(order.map((id, index) => [id, index]));
        for (const id of order)
          for (const source of graph.upstream.get(id) ?? [])
            expect(place.get(source)).toBeLessThan(place.get(id) ?? -1);
        expect(findCycle(graph) === undefined).toBe(unordered.length === 0);
      }),
    );
  });
});

describe('a cycle', () => {
  it('is named with its path, from its first node in document order', () => {
    const graph = graphOf(wired({ x: ['c'], a: ['c'], b: ['a'], c: ['b'], d: [] }));
    expect(findCycle(graph)).toEqual(['a', 'b', 'c', 'a']);
  });

  it('may be a node that feeds itself', () => {
    expect(findCycle(graphOf(wired({ a: ['a'] })))).toEqual(['a', 'a']);
  });

  it('is a real path of wires that comes back', () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = graphOf(fromEdges(pairs));
        const cycle = findCycle(graph) ?? [];
        for (const [index, id] of cycle.slice(1).entries()) expect(graph.upstream.get(id)).toContain(cycle[index]);
        if (cycle.length > 0) expect(cycle.at(-1)).toBe(cycle[0]);
        expect(new Set(cycle).size).toBe(Math.max(0, cycle.length - 1));
      }),
    );
  });
});

describe('reach', () => {
  const graph = graphOf(wired({ a: [], b: ['a'], c: ['b'], d: ['a'], e: [] }));
  it('finds all that a node depends on, and all that depends on it', () => {
    expect([...withAncestors(graph, ['c'])].sort()).toEqual(['a', 'b', 'c']);
    expect([...withDescendants(graph, ['b', 'e'])].sort()).toEqual(['b', 'c', 'e']);
  });
});
