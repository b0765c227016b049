import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../catalog/index';
import { judgeWire } from './accept-wire';
import { isClear, indexBoxes, touches } from './box-index';
import { moveNodes } from './commands';
import { describeNode } from './describe-node';
import { hitTest } from './hit-test';
import { findSplice, removeAndHeal, spliceNode } from './mend-wires';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';
import { placeNodes } from './place-nodes';
import { routeFreely, routeWires } from './route-wires';
import { sceneOf } from './scene';
import { snapMove } from './snap';
import { walkFrom } from './walk-graph';

const chain: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'Chain',
  nodes: {
    rows: { component: 'CsvExampleGen', params: { inputBase: 'a.csv' } },
    figures: { component: 'StatisticsGen', inputs: { examples: 'rows.examples' } },
    schema: { component: 'SchemaGen', inputs: { statistics: 'figures.statistics' } },
    check: {
      component: 'ExampleValidator',
      inputs: { statistics: 'figures.statistics', schema: 'schema.schema' },
    },
    later: { component: 'StatisticsGen' },
  },
};
const placed = placeNodes(chain, COMPONENTS);
const context = { pipeline: placed, catalog: COMPONENTS };

describe('placeNodes', () => {
  it('gives every node a place of its own and keeps those that are there', () => {
    const { nodes } = sceneOf(placed, COMPONENTS);
    const cards = [...nodes.values()];
    for (const [index, a] of cards.entries()) for (const b of cards.slice(index + 1)) expect(touches(a, b)).toBe(false);
    expect(placeNodes(placed, COMPONENTS)).toBe(placed);
    const one = placeNodes({ ...chain, layout: { rows: { x: 5, y: 7 } } }, COMPONENTS);
    expect(one.layout?.['rows']).toEqual({ x: 5, y: 7 });
  });
});

describe('judgeWire', () => {
  const fromSchema = judgeWire(context, { node: 'schema', port: 'schema', side: 'output' });

  it.each([
    [{ node: 'check', port: 'schema', side: 'input' } as const, undefined],
    [{ node: 'check', port: 'statistics', side: 'input' } as const, 'needs Statistics, this is Schema'],
    [{ node: 'later', port: 'schema', side: 'input' } as const, undefined],
    [
      { node: 'figures', port: 'schema', side: 'input' } as const,
      'would go round in a circle: figures → schema → figures',
    ],
    [{ node: 'check', port: 'anomalies', side: 'output' } as const, 'both ends are outputs'],
  ])('says of %o: %s', (end, reason) => {
    expect(fromSchema.refuse(end)).toBe(reason);
  });

  it('says of a whole card what it needs', () => {
    expect(fromSchema.refuseNode('rows')).toBe('takes nothing');
    expect(fromSchema.refuseNode('check')).toBeUndefined();
    const fromRows = judgeWire(context, { node: 'rows', port: 'examples', side: 'output' });
    expect(fromRows.refuseNode('check')).toBe('needs Statistics or Schema, this is Examples');
    const into = judgeWire(context, { node: 'check', port: 'schema', side: 'input' });
    expect(into.refuseNode('rows')).toBe('gives Examples, this needs Schema');
  });

  it('prefers a free port that is needed, then what is optional, then what would lose its wire', () => {
    expect(fromSchema.choose('later').map(({ name }) => name)).toEqual(['schema']);
    expect(fromSchema.choose('check').map(({ name }) => name)).toEqual(['schema']);
    expect(fromSchema.choose('rows')).toEqual([]);
  });

  it('asks where two ports suit equally', () => {
    const two = { type: 'Pair', version: 1, title: '', summary: '', category: 'Custom' as const };
    const inputs = { left: { type: 'Schema', summary: '' }, right: { type: 'Schema', summary: '' } };
    const catalog = { ...COMPONENTS, Pair: { ...two, inputs, outputs: {}, params: COMPONENTS.SchemaGen.params } };
    const pipeline = { ...placed, nodes: { ...placed.nodes, pair: { component: 'Pair' } } };
    const judge = judgeWire({ pipeline, catalog }, { node: 'schema', port: 'schema', side: 'output' });
    expect(judge.choose('pair').map(({ name }) => name)).toEqual(['left', 'right']);
  });

  it('heeds that a wire which is moved is gone from where it was', () => {
    const wire = { from: { node: 'schema', port: 'schema' }, to: { node: 'check', port: 'schema' } };
    const judge = judgeWire(context, { node: 'check', port: 'schema', side: 'input' }, { without: wire });
    expect(judge.refuse({ node: 'schema', port: 'schema', side: 'output' })).toBeUndefined();
  });
});

describe('splicing and healing', () => {
  const pass = {
    type: 'Pass',
    version: 1,
    title: '',
    summary: '',
    category: 'Custom' as const,
    inputs: { before: { type: 'Examples', summary: '' } },
    outputs: { after: { type: 'Examples', summary: '' } },
    params: COMPONENTS.SchemaGen.params,
  };
  const catalog = { ...COMPONENTS, Pass: pass };
  const wire = { from: { node: 'rows', port: 'examples' }, to: { node: 'figures', port: 'examples' } };
  const pipeline = { ...placed, nodes: { ...placed.nodes, pass: { component: 'Pass' } } };

  it('puts a node into a wire, and taking it out again heals the wire', () => {
    const splice = findSplice({ pipeline, catalog }, 'Pass', wire);
    expect(splice).toEqual({ input: 'before', output: 'after' });
    if (splice === undefined) return;
    const spliced = spliceNode({ pipeline, catalog }, 'pass', { wire, splice });
    expect(spliced.nodes['pass']?.inputs).toEqual({ before: 'rows.examples' });
    expect(spliced.nodes['figures']?.inputs).toEqual({ examples: 'pass.after' });
    expect(removeAndHeal(spliced, ['pass'], catalog).nodes['figures']?.inputs).toEqual({ examples: 'rows.examples' });
  });

  it('offers nothing where the types do not allow it', () => {
    expect(findSplice(context, 'SchemaGen', wire)).toBeUndefined();
    expect(removeAndHeal(placed, ['schema'], COMPONENTS).nodes['check']?.inputs).toEqual({
      statistics: 'figures.statistics',
    });
  });
});

describe('routeWires', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 600 }));

  it('draws level and upright pieces alone, from end to end', () => {
    fc.assert(
      fc.property(point, point, (start, end) => {
        const route = routeFreely(start, end);
        expect(route[0]).toEqual(start);
        expect(route.at(-1)).toEqual(end);
        for (const [index, [x, y]] of route.slice(1).entries()) {
          const before = route[index];
          expect(before?.[0] === x || before?.[1] === y).toBe(true);
        }
      }),
    );
  });

  it('goes around a card that lies between', () => {
    const card = { x: 200, y: 0, width: 166, height: 80 };
    const wire = { key: 'w', bed: 'a', start: [100, 40] as const, end: [500, 40] as const };
    const { routes } = routeWires({ cards: new Map([['c', card]]), wires: new Map([['w', wire]]) });
    const route = routes.get('w') ?? [];
    for (const [index, [x, y]] of route.slice(1).entries()) {
      const [bx, by] = route[index] ?? [x, y];
      const piece = { x: Math.min(x, bx), y: Math.min(y, by), width: Math.abs(x - bx), height: Math.abs(y - by) };
      expect(isClear(indexBoxes([card]), piece)).toBe(true);
    }
  });

  it('keeps wires of different outputs a lane apart, and joins those of one', () => {
    const wires = new Map(
      ['a', 'a', 'b'].map((bed, index) => {
        const start = [0, bed === 'a' ? 0 : 20] as const;
        return [`w${index}`, { key: `w${index}`, bed, start, end: [90, 100 + index * 40] as const }];
      }),
    );
    const { routes } = routeWires({ cards: new Map(), wires });
    const turnOf = (key: string) => routes.get(key)?.[1]?.[0] ?? 0;
    expect(turnOf('w0')).toBe(turnOf('w1'));
    expect(Math.abs(turnOf('w2') - turnOf('w0'))).toBeGreaterThanOrEqual(7);
  });

  it('leaves what is far from a change as it was', () => {
    const scene = sceneOf(placed, COMPONENTS);
    const first = routeWires({ cards: scene.nodes, wires: scene.wires });
    const moved = sceneOf(moveNodes(placed, new Map([['later', { x: 5_000, y: 5_000 }]])), COMPONENTS, scene);
    const second = routeWires({ cards: moved.nodes, wires: moved.wires }, first);
    for (const [key, route] of first.routes) expect(second.routes.get(key)).toBe(route);
    expect(moved.nodes.get('rows')).toBe(scene.nodes.get('rows'));
    expect([...moved.wires.values()]).toEqual([...scene.wires.values()]);
  });
});

describe('hitTest', () => {
  const scene = sceneOf(placed, COMPONENTS);
  const { routes } = routeWires({ cards: scene.nodes, wires: scene.wires });
  const rows = scene.nodes.get('rows');
  const at = { x: rows?.x ?? 0, y: rows?.y ?? 0 };

  it.each([
    ['a port from outside its card', { x: at.x + 174, y: at.y + 66 }, true, { type: 'port', node: 'rows' }],
    ['a card where no ports are drawn', { x: at.x + 160, y: at.y + 64 }, false, { type: 'node', node: 'rows' }],
    ['a card', { x: at.x + 40, y: at.y + 10 }, true, { type: 'node', node: 'rows' }],
  ])('finds %s', (_, point, hasPorts, expected) => {
    expect(hitTest({ scene, routes, zoom: 1, hasPorts }, point)).toMatchObject(expected);
  });

  it('finds a wire near its path, and nothing on empty ground', () => {
    const [x, y] = routes.get('rows.examples→figures.examples')?.[0] ?? [0, 0];
    expect(hitTest({ scene, routes, zoom: 1, hasPorts: false }, { x: x + 20, y: y + 3 })).toMatchObject({
      type: 'wire',
    });
    expect(hitTest({ scene, routes, zoom: 1, hasPorts: true }, { x: -900, y: -900 })).toBeUndefined();
  });
});

describe('snapMove', () => {
  const moving = { x: 0, y: 0, width: 166, height: 80 };

  it('comes to rest on the grid, or in line with a card that is near', () => {
    expect(snapMove({ moving, others: [], reach: 6 }, 20, 7)).toEqual({ dx: 16, dy: 0, guides: [] });
    const other = { x: 500, y: 101, width: 166, height: 80 };
    const { dy, guides } = snapMove({ moving, others: [other], reach: 6 }, 20, 98);
    expect(dy).toBe(101);
    expect(guides).toEqual([{ axis: 'y', at: 101, from: 16, to: 666 }]);
  });
});

describe('walkFrom', () => {
  const scene = sceneOf(placed, COMPONENTS);
  it.each([
    ['rows', 'right', 'figures'],
    ['check', 'left', 'schema'],
    ['rows', 'left', undefined],
    ['check', 'right', undefined],
  ] as const)('leads from %s to the %s: %s', (from, direction, to) => {
    expect(walkFrom({ document: placed, scene }, from, direction)).toBe(to);
  });
});

describe('describeNode', () => {
  it('says what a card shows', () => {
    expect(describeNode(sceneOf(placed, COMPONENTS), 'figures', 'Complete')).toBe(
      'figures, StatisticsGen, Complete. Inputs: examples from "rows"; schema not wired, optional. ' +
        'Outputs: statistics to "schema" and "check".',
    );
  });
});
