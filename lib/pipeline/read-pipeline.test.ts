import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TOY_CATALOG } from '../../server/testing/toy-catalog';
import { COMPONENTS } from '../catalog/index';
import { PIPELINE_FORMAT } from './pipeline';
import { MAX_PIPELINE_TEXT, parsePipeline, readPipeline } from './read-pipeline';
import { validatePipeline } from './validate';

const problemsOf = (text: string) => {
  const read = readPipeline(text);
  return read.ok ? [] : read.error;
};
const document = (more: object) => JSON.stringify({ format: PIPELINE_FORMAT, name: 'p', nodes: {}, ...more });

describe('reading a pipeline file', () => {
  it('reads a document, with or without a byte order mark', () => {
    const text = document({ nodes: { a: { component: 'ToyMake' } } });
    expect(readPipeline(`\ufeff${text}`)).toEqual(readPipeline(text));
    expect(readPipeline(text)).toMatchObject({ ok: true, value: { name: 'p' } });
  });

  it.each([
    ['[]', 'not-a-pipeline', undefined, 'A pipeline is an object { … }, and this is a list.'],
    ['{}', 'not-a-pipeline', 'format', 'The document has no "format".'],
    ['{"format": 1}', 'unknown-format', 'format', 'This format is not known.'],
    ['{"format": "kubeflow"}', 'unknown-format', 'format', 'This format is not known.'],
    ['{"format": "sluice.pipeline/0"}', 'unknown-format', 'format', 'This format is not known.'],
    ['{"format": "sluice.pipeline/2", "nodes": []}', 'newer-format', 'format', 'written by a newer Sluice'],
    ['{"format"', 'malformed-json', '1:10', 'Line 1, column 10: A ":" is missing after this key.'],
    ['{"a": 1, "a": 2}', 'duplicate-key', '1:10', 'Line 1, column 10: "a" stands twice in the same object.'],
    [document({ nodez: {} }), 'unknown-key', 'nodez', '"nodez" is not known. Did you mean "nodes"?'],
    [document({ name: '' }), 'invalid-value', 'name', 'name is empty.'],
    [document({ name: 'a/b' }), 'invalid-value', 'name', 'a pipeline name holds no slash'],
    [document({ name: undefined }), 'missing-key', 'name', 'name is missing: it must be text.'],
    [document({ nodes: [] }), 'invalid-value', 'nodes', 'nodes is a list, but must be an object.'],
    [
      document({ nodes: { 'a.b': { component: 'X' } } }),
      'invalid-value',
      'nodes["a.b"]',
      'The name a.b cannot be used',
    ],
    [document({ nodes: { a: {} } }), 'missing-key', 'nodes.a.component', 'component is missing: it must be text.'],
    [
      document({ nodes: { a: { component: 'X', param: {} } } }),
      'unknown-key',
      'nodes.a.param',
      '"param" is not known in a. Did you mean "params"?',
    ],
    [
      document({ nodes: { a: { component: 'X', inputs: { rows: 'b' } } } }),
      'invalid-value',
      'nodes.a.inputs.rows',
      'an input names its source as "node.port"',
    ],
    [
      document({ nodes: { a: { component: 'X', inputs: { rows: ['b.c', 7] } } } }),
      'invalid-value',
      'nodes.a.inputs.rows[1]',
      'entry 2 of rows is 7, but must be text.',
    ],
    [
      document({ nodes: { a: { component: 'X', inputs: { rows: 7 } } } }),
      'invalid-value',
      'nodes.a.inputs.rows',
      'rows is 7, but must be text or a list.',
    ],
    [
      document({ nodes: { a: { component: 'X', execution: { retries: 1.5 } } } }),
      'invalid-value',
      'nodes.a.execution.retries',
      'retries is 1.5, but must be a whole number.',
    ],
    [
      document({ parameters: { k: { type: 'int' } } }),
      'invalid-value',
      'parameters.k.type',
      'type is "int", but must be one of "string", "integer", "number", "boolean" and "json".',
    ],
  ])('says of %s: %s at %s', (...[text, code, path, message]) => {
    const found = problemsOf(text).find((problem) => problem.code === code);
    expect(found).toMatchObject({ severity: 'error' });
    expect(found?.path).toBe(path);
    expect(found?.message).toContain(message);
  });

  it('names the node that a problem belongs to', () => {
    expect(problemsOf(document({ nodes: { a: {} } }))[0]?.node).toBe('a');
  });

  it('refuses a text that is no pipeline file by its length', () => {
    expect(problemsOf(' '.repeat(MAX_PIPELINE_TEXT + 1))).toMatchObject([{ code: 'too-large' }]);
  });

  it('never echoes the content of a file that is no pipeline', () => {
    const secret = 'c4f3-secret';
    for (const text of [`id,token\n1,${secret}\n`, `{"a": ${secret}}`, `{"a": "${secret}`])
      expect(JSON.stringify(problemsOf(text))).not.toContain(secret);
  });

  it('never throws, whatever the text, the JSON or what it means', () => {
    // Keys of a real document, so that arbitrary values reach deep into it.
    const key = fc.constantFrom(
      'format',
      'name',
      'nodes',
      'parameters',
      'a',
      'b',
      'component',
      'inputs',
      'params',
      'execution',
      'layout',
      'type',
      'default',
      'rows',
      '$param',
      '__proto__',
      'constructor',
      'toString',
      'inputBase',
    );
    const word = fc.constantFrom('a.rows', 'b.rows', 'ToySource', 'ToyJoin', 'constructor', 'x', PIPELINE_FORMAT);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.oneof(word, fc.integer(), fc.constant(null), fc.boolean()),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    }));
    const rooted = fc.tuple(value, value, value).map(([nodes, parameters, execution]) => {
      return { format: PIPELINE_FORMAT, name: 'p', nodes, parameters, execution };
    });
    const check = (json: unknown) => {
      const parsed = parsePipeline(json);
      const problems = parsed.ok ? validatePipeline(parsed.value, TOY_CATALOG) : parsed.error;
      expect(problems.filter(({ message }) => message === '')).toEqual([]);
      if (!parsed.ok) expect(problems.length).toBeGreaterThan(0);
    };
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), value, rooted), check), { numRuns: 500 });
    fc.assert(
      fc.property(fc.string(), (text) => {
        readPipeline(text);
      }),
    );
  });

  it('never throws on nodes of any shape that pass as nodes', () => {
    const params = fc.dictionary(fc.constantFrom('limit', 'topK', 'nested', 'code', 'how', 'x'), fc.jsonValue());
    const source = fc.constantFrom('a.rows', 'b.rows', 'c.statistics', 'ghost.rows');
    const inputs = fc.dictionary(fc.constantFrom('rows', 'many', 'other', 'x'), fc.oneof(source, fc.array(source)));
    const component = fc.constantFrom(...Object.keys(TOY_CATALOG), 'Ghost', 'constructor');
    const node = fc.record({ component, params, inputs }, { requiredKeys: ['component'] });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), node), (nodes) => {
        const parsed = parsePipeline({ format: PIPELINE_FORMAT, name: 'p', nodes });
        if (!parsed.ok) throw new Error(`refused: ${parsed.error[0]?.message ?? ''}`);
        expect(validatePipeline(parsed.value, TOY_CATALOG).filter((found) => found.path === undefined)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('reads the document that every shipped component passes through', () => {
    const nodes = Object.fromEntries(Object.keys(COMPONENTS).map((component, i) => [`n${i}`, { component }]));
    const parsed = parsePipeline({ format: PIPELINE_FORMAT, name: 'all', nodes });
    expect(parsed.ok).toBe(true);
  });
});
