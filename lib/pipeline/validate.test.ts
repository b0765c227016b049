import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TOY_CATALOG } from '../../server/testing/toy-catalog';
import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from './pipeline';
import { hasErrors } from './problem';
import { createValidator, validatePipeline } from './validate';

type Nodes = { readonly [id: string]: PipelineNode };
const aPipeline = (nodes: Nodes, more: Partial<Pipeline> = {}): Pipeline => ({
  format: PIPELINE_FORMAT,
  name: 'p',
  nodes,
  ...more,
});
const make: PipelineNode = { component: 'ToyMake' };
const pass = (source: string, params: PipelineNode['params'] = {}): PipelineNode => ({
  component: 'ToyPass',
  inputs: { rows: source },
  params,
});

describe('validation', () => {
  it('finds nothing wrong with a pipeline that can run', () => {
    const nodes: Nodes = {
      source: { component: 'ToySource', params: { inputBase: 'rows.csv' } },
      make,
      pass: pass('source.rows'),
      join: { component: 'ToyJoin', inputs: { many: ['pass.rows', 'make.rows'], other: 'source.rows' } },
      figures: { component: 'ToyDescribe', inputs: { rows: 'join.rows' } },
    };
    expect(validatePipeline(aPipeline(nodes), TOY_CATALOG)).toEqual([]);
  });

  it.each<[string, Nodes, string, string, string]>([
    ['no nodes', {}, 'no-nodes', 'nodes', 'The pipeline has no nodes: add one under "nodes".'],
    [
      'an unknown component',
      { a: { component: 'ToyMak' } },
      'unknown-component',
      'nodes.a.component',
      'There is no component "ToyMak". Did you mean "ToyMake"?',
    ],
    [
      'a component named like what every object inherits',
      { a: { component: 'constructor' } },
      'unknown-component',
      'nodes.a.component',
      'There is no component "constructor". Known: "ToySource", "ToyMake", "ToyPass", "ToyJoin" and "ToyDescribe".',
    ],
    [
      'an unknown input',
      { make, a: { component: 'ToyPass', inputs: { rows: 'make.rows', row: 'make.rows' } } },
      'unknown-input',
      'nodes.a.inputs.row',
      'ToyPass has no input "row". Did you mean "rows"?',
    ],
    [
      'an input of a component that takes none',
      { make, a: { component: 'ToyMake', inputs: { rows: 'make.rows' } } },
      'unknown-input',
      'nodes.a.inputs.rows',
      'ToyMake has no input "rows". It takes none.',
    ],
    [
      'a missing input that one output would fit',
      { make, a: { component: 'ToyDescribe' } },
      'missing-input',
      'nodes.a.inputs.rows',
      'a needs Examples at its input "rows". "make.rows" would fit.',
    ],
    [
      'a missing input that nothing fits',
      { a: { component: 'ToyDescribe' } },
      'missing-input',
      'nodes.a.inputs.rows',
      'a needs Examples at its input "rows". No node of this pipeline makes Examples.',
    ],
    [
      'an empty list at an input that is needed',
      { make, a: { component: 'ToyJoin', inputs: { many: [] } } },
      'missing-input',
      'nodes.a.inputs.many',
      'a needs Examples at its input "many".',
    ],
    [
      'two sources where one is taken',
      { make, b: make, a: { component: 'ToyPass', inputs: { rows: ['make.rows', 'b.rows'] } } },
      'too-many-sources',
      'nodes.a.inputs.rows',
      'The input "rows" takes one source and has 2.',
    ],
    [
      'the same source twice',
      { make, a: { component: 'ToyJoin', inputs: { many: ['make.rows', 'make.rows'] } } },
      'duplicate-source',
      'nodes.a.inputs.many[1]',
      'The input "many" names make.rows twice.',
    ],
    [
      'an unknown node at an input',
      { source: make, a: pass('sorce.rows') },
      'unknown-node',
      'nodes.a.inputs.rows',
      'There is no node "sorce". Did you mean "source"?',
    ],
    [
      'an unknown output',
      { make, a: pass('make.row') },
      'unknown-port',
      'nodes.a.inputs.rows',
      'make has no output "row". Did you mean "rows"?',
    ],
    [
      'an output of another type',
      {
        make,
        statistics: { component: 'ToyDescribe', inputs: { rows: 'make.rows' } },
        a: pass('statistics.statistics'),
      },
      'type-mismatch',
      'nodes.a.inputs.rows',
      'The input "rows" needs Examples, statistics.statistics is ExampleStatistics.',
    ],
    [
      'a cycle',
      { a: pass('c.rows'), b: pass('a.rows'), c: pass('b.rows') },
      'cycle',
      'nodes.a.inputs',
      'These nodes wait for each other in a circle: a → b → c → a. Unwire one of them.',
    ],
    [
      'a parameter that does not exist',
      { make, a: pass('make.rows', { topk: 3 }) },
      'unknown-parameter',
      'nodes.a.params.topk',
      '"topk" is not known. Did you mean "topK"?',
    ],
    [
      'a parameter that is missing',
      { a: { component: 'ToySource' } },
      'missing-parameter',
      'nodes.a.params.inputBase',
      'Fill in "Input base".',
    ],
    [
      'a number out of bounds, deep inside',
      { make, a: pass('make.rows', { nested: { list: [{ x: 1 }, { x: 'two' }] } }) },
      'invalid-parameter',
      'nodes.a.params.nested.list[1].x',
      'x is "two", but must be a number.',
    ],
    [
      'a key that does not exist, deep inside',
      { make, a: pass('make.rows', { nested: { lits: [] } }) },
      'unknown-parameter',
      'nodes.a.params.nested.lits',
      '"lits" is not known in nested. Did you mean "list"?',
    ],
    [
      'a reference to a pipeline parameter that does not exist',
      { make, a: pass('make.rows', { topK: { $param: 'k' } }) },
      'unknown-pipeline-parameter',
      'nodes.a.params.topK',
      'There is no pipeline parameter "k". The pipeline declares none: add it under "parameters".',
    ],
    [
      'a reference with more than a name',
      { make, a: pass('make.rows', { topK: { $param: 'k', default: 3 } }) },
      'invalid-parameter',
      'nodes.a.params.topK',
      'A reference to a pipeline parameter holds its name alone: { "$param": "name" }.',
    ],
  ])('names %s', (...[, nodes, code, path, message]) => {
    const found = validatePipeline(aPipeline(nodes), TOY_CATALOG).find((problem) => problem.code === code);
    expect(found).toMatchObject({ code, path, severity: 'error' });
    expect(found?.message).toContain(message);
  });

  it('checks the other wires of a node whose component is unknown', () => {
    const problems = validatePipeline(aPipeline({ a: { component: 'Ghost', inputs: { x: 'b.y' } } }), TOY_CATALOG);
    expect(problems.map((problem) => problem.code)).toEqual(['unknown-component', 'unknown-node']);
  });

  it('checks the value that a pipeline parameter gives', () => {
    const nodes = { make, a: pass('make.rows', { topK: { $param: 'k' } }) };
    const parameters = { k: { type: 'integer', default: 0 } } as const;
    expect(validatePipeline(aPipeline(nodes, { parameters }), TOY_CATALOG)).toMatchObject([
      { code: 'invalid-parameter', path: 'nodes.a.params.topK', message: 'topK is 0, but must be at least 1.' },
    ]);
  });

  it('lets a pipeline parameter wait for its value until launch', () => {
    const nodes = { make, a: pass('make.rows', { topK: { $param: 'k' } }) };
    const pipeline = aPipeline(nodes, { parameters: { k: { type: 'integer' } } });
    expect(validatePipeline(pipeline, TOY_CATALOG)).toEqual([]);
    expect(validatePipeline(pipeline, TOY_CATALOG, { at: 'launch' })).toMatchObject([
      { code: 'missing-pipeline-parameter', path: 'nodes.a.params.topK' },
    ]);
  });

  it('warns of a pipeline parameter that nobody uses, and refuses a default of another type', () => {
    const parameters = { k: { type: 'integer', default: 'ten' } } as const;
    const problems = validatePipeline(aPipeline({ make }, { parameters }), TOY_CATALOG);
    expect(problems).toMatchObject([
      { code: 'invalid-pipeline-parameter', message: 'The default of "k" is text, not a whole number.' },
      { code: 'unused-pipeline-parameter', severity: 'warning' },
    ]);
    expect(hasErrors(problems.slice(1))).toBe(false);
  });

  it('finds nothing in 1,000 nodes and 1,500 sound wires', () => {
    const nodes: Record<string, PipelineNode> = { n0: make };
    for (let i = 1; i < 1_000; i++) {
      const sources = i % 2 === 0 ? [`n${i - 1}.rows`] : [`n${i - 1}.rows`, `n${Math.floor(i / 2)}.rows`];
      nodes[`n${i}`] = { component: 'ToyJoin', inputs: { many: [...new Set(sources)] }, params: { how: 'outer' } };
    }
    const pipeline = aPipeline(nodes);
    expect(validatePipeline(pipeline, TOY_CATALOG)).toEqual([]);
  });
});

describe('a validator that remembers', () => {
  const COMPONENTS = ['ToySource', 'ToyMake', 'ToyPass', 'ToyJoin', 'ToyDescribe', 'ToyMak'];
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'make1');
  const source = fc.tuple(ids, fc.constantFrom('rows', 'figures', 'row')).map((parts) => parts.join('.'));
  const value = fc.constantFrom(1, 'rows.csv', { $param: 'p' }, { $param: 'q' }, { deep: [{ $param: 'p' }] });
  const node = fc.record(
    {
      component: fc.constantFrom(...COMPONENTS),
      inputs: fc.dictionary(
        fc.constantFrom('rows', 'many', 'other', 'row'),
        fc.oneof(source, fc.array(source, { maxLength: 3 })),
      ),
      params: fc.dictionary(fc.constantFrom('inputBase', 'factor', 'fail', 'odd'), value),
    },
    { requiredKeys: ['component'] },
  );
  const declared = fc.constantFrom<Pipeline['parameters']>(
    undefined,
    { p: { type: 'string' } },
    { p: { type: 'string', default: 'x' }, q: { type: 'integer', default: 'y' } },
  );
  // Documents of one history share the nodes that an edit left alone: here all take from the same few.
  const histories = fc.array(node, { minLength: 1, maxLength: 5 }).chain((pool) =>
    fc.array(
      fc.record({
        nodes: fc.dictionary(ids, fc.constantFrom(...pool)),
        parameters: declared,
        at: fc.constantFrom('edit' as const, 'launch' as const),
      }),
      { minLength: 2, maxLength: 8 },
    ),
  );

  it('finds in every document of a history what a new one finds', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const validate = createValidator(TOY_CATALOG);
        for (const { nodes, parameters, at } of history) {
          const document = aPipeline(nodes, parameters === undefined ? {} : { parameters });
          expect(validate(document, { at })).toEqual(validatePipeline(document, TOY_CATALOG, { at }));
        }
      }),
    );
  });

  it('judges anew what names a node that has gone, and what would take the output of a new one', () => {
    const validate = createValidator(TOY_CATALOG);
    const lonely: PipelineNode = { component: 'ToyDescribe' };
    const passing = pass('make.rows');
    const messages = (nodes: Nodes) => validate(aPipeline(nodes)).map(({ message }) => message);
    expect(messages({ make, passing })).toEqual([]);
    expect(messages({ passing })).toEqual(['There is no node "make".']);
    expect(messages({ lonely })).toEqual([
      'lonely needs Examples at its input "rows". No node of this pipeline makes Examples.',
    ]);
    expect(messages({ make, lonely })).toEqual(['lonely needs Examples at its input "rows". "make.rows" would fit.']);
  });
});
