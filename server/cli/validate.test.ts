/** `validate`, and `run` of what it refuses: the sentence, the place and the exit code of every kind of bad file. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { documentOf, sluice } from '../testing/command-line';
import { tempFolder } from '../testing/temp-folder';

const place = tempFolder();
afterAll(() => {
  place[Symbol.dispose]();
});
writeFileSync(path.join(place.path, 'rows.csv'), 'a,b\n1,2\n');
mkdirSync(path.join(place.path, 'folder.json'));

const examples = { component: 'CsvExampleGen', params: { inputBase: 'rows.csv' } };
const statistics = { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } };
const document = (nodes: object, more: object = {}) =>
  JSON.stringify({ format: 'sluice.pipeline/1', name: 'p', nodes, ...more });

/** Vitest types its matchers as `any`. */
function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

function containing(items: readonly object[]): unknown {
  return expect.arrayContaining(items.map((item): unknown => expect.objectContaining(item)));
}

function write(content: string | Uint8Array): string {
  const file = path.join(place.path, `p-${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(file, content);
  return file;
}

/** What is wrong, the text of the file, and the problem that must be told: code, node, path, sentence. */
const BAD: readonly (readonly [string, string, { code: string; node?: string; path?: string; message: RegExp }])[] = [
  [
    'malformed JSON',
    '{\n  "format": "sluice.pipeline/1",,\n}',
    { code: 'malformed-json', path: '2:33', message: /Line 2, column 33/ },
  ],
  ['an empty file', '', { code: 'malformed-json', path: '1:1', message: /Line 1, column 1/ }],
  ['the same key twice', '{ "name": "a",\n "name": "b" }', { code: 'duplicate-key', path: '2:2', message: /name/ }],
  ['a list', '[]', { code: 'not-a-pipeline', message: /object/ }],
  [
    'a newer format',
    '{ "format": "sluice.pipeline/99" }',
    { code: 'newer-format', path: 'format', message: /newer Sluice .*Update/ },
  ],
  ['an unknown key', document({ examples }, { nods: {} }), { code: 'unknown-key', path: 'nods', message: /nodes/ }],
  ['no nodes', document({}), { code: 'no-nodes', path: 'nodes', message: /no nodes/ }],
  [
    'a cycle',
    document({
      a: { component: 'StatisticsGen', inputs: { examples: 'b.statistics' } },
      b: { component: 'StatisticsGen', inputs: { examples: 'a.statistics' } },
    }),
    { code: 'cycle', message: /a → b → a|b → a → b/ },
  ],
  [
    'an unknown component',
    document({ examples: { ...examples, component: 'CsvExmpleGen' } }),
    {
      code: 'unknown-component',
      node: 'examples',
      path: 'nodes.examples.component',
      message: /Did you mean "CsvExampleGen"/,
    },
  ],
  [
    'an unknown port',
    document({ examples, statistics: { ...statistics, inputs: { examples: 'examples.exampels' } } }),
    {
      code: 'unknown-port',
      node: 'statistics',
      path: 'nodes.statistics.inputs.examples',
      message: /Did you mean "examples"/,
    },
  ],
  [
    'an unknown input',
    document({ examples, statistics: { ...statistics, inputs: { exampels: 'examples.examples' } } }),
    { code: 'unknown-input', node: 'statistics', message: /Did you mean "examples"/ },
  ],
  [
    'an unknown node',
    document({ examples, statistics: { ...statistics, inputs: { examples: 'exampels.examples' } } }),
    { code: 'unknown-node', node: 'statistics', message: /Did you mean "examples"/ },
  ],
  [
    'an unknown parameter',
    document({ examples: { ...examples, params: { inputBase: 'rows.csv', emptyCels: 'missing' } } }),
    {
      code: 'unknown-parameter',
      node: 'examples',
      path: 'nodes.examples.params.emptyCels',
      message: /Did you mean "emptyCells"/,
    },
  ],
  [
    'a parameter out of bounds',
    document({ examples: { ...examples, params: { inputBase: 'rows.csv', maxLineBytes: 1 } } }),
    { code: 'invalid-parameter', node: 'examples', path: 'nodes.examples.params.maxLineBytes', message: /1024|1,024/ },
  ],
  [
    'a missing parameter',
    document({ examples: { component: 'CsvExampleGen' } }),
    { code: 'missing-parameter', node: 'examples', path: 'nodes.examples.params.inputBase', message: /inputBase/ },
  ],
  [
    'a missing input',
    document({ examples, statistics: { component: 'StatisticsGen' } }),
    {
      code: 'missing-input',
      node: 'statistics',
      path: 'nodes.statistics.inputs.examples',
      message: /"examples\.examples" would fit/,
    },
  ],
];

describe.concurrent('validate', () => {
  it.each(BAD)('tells %s', async (_what, text, wanted) => {
    const file = write(text);
    const called = await sluice(['validate', file, '--json']);
    expect(called.code).toBe(2);
    expect(documentOf(called, 'answers/validate')).toMatchObject({
      problems: containing([{ ...wanted, severity: 'error', message: matching(wanted.message) }]),
    });
  });

  it.each(BAD)('and run refuses %s', async (_what, text, wanted) => {
    const called = await sluice(['run', write(text), '--json', '--data', path.join(place.path, 'unused')]);
    expect(called.code).toBe(2);
    const { message, ...where } = wanted;
    expect(documentOf(called, 'answers/error')).toMatchObject({
      error: {
        message: matching(message),
        ...(where.node !== undefined && { node: where.node }),
        ...(where.path !== undefined && { path: where.path }),
      },
    });
  });

  it('tells a data file that is not there, with its path', async () => {
    const file = write(document({ examples: { ...examples, params: { inputBase: 'nowhere.csv' } } }));
    const called = await sluice(['validate', file, '--json']);
    expect(called.code).toBe(2);
    expect(documentOf(called, 'answers/validate')).toMatchObject({
      problems: [
        {
          code: 'missing-file',
          node: 'examples',
          path: 'nodes.examples.params.inputBase',
          message: matching(/nowhere\.csv/),
        },
      ],
    });
  });

  it('finds nothing wrong with a good file', async () => {
    const called = await sluice(['validate', write(document({ examples, statistics })), '--json']);
    expect(called).toMatchObject({ code: 0, stderr: '' });
    expect(documentOf(called, 'answers/validate')).toEqual({ problems: [] });
  });

  it('prints one problem a line for people', async () => {
    const called = await sluice(['validate', write(document({ examples: { component: 'Nothing' }, statistics }))]);
    expect(called.code).toBe(2);
    expect(called.stdout).toMatch(/^error: nodes\.examples\.component: There is no component "Nothing"\. .*\n$/);
  });

  it.each([
    ['is not there', 'nowhere.json', /There is no file .*nowhere\.json/],
    ['is a folder', 'folder.json', /is a folder/],
  ])('refuses a file that %s', async (_what, name, message) => {
    const called = await sluice(['validate', name, '--json'], { cwd: place.path });
    expect(called.code).toBe(2);
    expect(documentOf(called, 'answers/error')).toMatchObject({ error: { message: matching(message) } });
  });

  it('refuses a file in another encoding', async () => {
    const called = await sluice(['validate', write(Buffer.from('{ "name": "caf\u00e9" }', 'latin1')), '--json']);
    expect(called.code).toBe(2);
    expect(documentOf(called, 'answers/error')).toMatchObject({
      error: { message: matching(/not UTF-8/) },
    });
  });
});

describe.concurrent('a call that is wrong', () => {
  it.each([
    ['an unknown verb', ['frobnicate'], /unknown command/],
    ['an unknown flag', ['validate', 'x.json', '--frob'], /unknown option/],
    ['a missing argument', ['run'], /missing required argument/],
    ['two selections', ['run', 'p', '--to', 'a', '--from', 'b'], /cannot be used with/],
    ['a value that is not JSON', ['run', 'p', '--param', 'epochs=ten'], /The value of --param epochs is not JSON/],
    ['an assignment without a value', ['run', 'p', '--set', 'trainer.epochs'], /--set takes node\.param=JSON/],
    ['a port that is none', ['start', '--port', '99999'], /from 1 to 65535/],
    [
      'an unknown format',
      ['artifacts', 'export', 'art_x', 'dir', '--format', 'zip'],
      /Allowed choices are files, tfrecord/,
    ],
  ])('%s ends with exit code 2, a sentence, and one document', async (_what, args, message) => {
    const called = await sluice([...args, '--json', '--data', path.join(place.path, 'unused')]);
    expect(called.code).toBe(2);
    expect(called.stderr).toMatch(message);
    expect(documentOf(called, 'answers/error')).toMatchObject({ error: { message: matching(message) } });
  });
});
