import { describe, expect, it } from 'vitest';

import { EMPTY_SCHEMA, schemaFeature } from '../../lib/artifact/data-schema';
import { expectClose } from '../testing/expect-close';
import { runTransform, type TransformRun } from '../testing/run-transform';
import type { TestColumn } from '../testing/write-examples';
import { transform } from './transform';

const NAN = Number.NaN;

const column = (name: string, kind: TestColumn['kind'], rows: TestColumn['rows']): TestColumn => ({ name, kind, rows });

async function transformed(features: TransformRun['features'], ...columns: readonly TestColumn[]) {
  const { rows, ...rest } = await runTransform(transform, { features, splits: { train: columns } });
  return { ...rest, rows: rows['train'] ?? {} };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('Transform', () => {
  it('T01 scales each column between its own bounds', async () => {
    const { rows } = await transformed(
      { x01: { op: 'scaleTo01', column: 'x' }, y01: { op: 'scaleTo01', column: 'y' } },
      column('x', 'INT', [4, 1, 5, 2]),
      column('y', 'INT', [5, 2, 6, 3]),
    );
    expectClose(rows['x01'], [0.75, 0, 1, 0.25]);
    expectClose(rows['y01'], [0.75, 0, 1, 0.25]);
  });

  it('T02 takes the sigmoid of a constant column, and says so', async () => {
    const { rows, log } = await transformed(
      { s: { op: 'scaleByMinMax', column: 'x', outputMin: 0, outputMax: 10 } },
      column('x', 'FLOAT', [4, 4, 4, 4]),
    );
    expectClose(rows['s'], [9.8201379, 9.8201379, 9.8201379, 9.8201379]);
    expect(log.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([
      expect.stringContaining('"s": x does not vary'),
    ]);
  });

  it.each([
    { name: 'T03 integers', kind: 'INT', x: [1, 1, 2, 2], expected: [-1, -1, 1, 1] },
    {
      name: 'T03 lists as one column',
      kind: 'FLOAT',
      x: [
        [1, 2],
        [3, 4],
      ],
      expected: [
        [-1.3416407865, -0.4472135955],
        [0.4472135955, 1.3416407865],
      ],
    },
    { name: 'T03 no variance', kind: 'INT', x: [3, 3, 3, 3], expected: [0, 0, 0, 0] },
    { name: 'T03 NaN passes through', kind: 'FLOAT', x: [1, NAN, NAN, 2], expected: [-1, NAN, NAN, 1] },
  ] as const)('$name', async ({ kind, x, expected }) => {
    const { rows } = await transformed({ z: { op: 'scaleToZScore', column: 'x' } }, column('x', kind, x));
    expectClose(rows['z'], expected);
  });

  it('T04 leaves NaN out of mean and population variance', async () => {
    const { graph } = await transformed(
      { z: { op: 'scaleToZScore', column: 'x' } },
      column('x', 'FLOAT', [...range(1, 100), ...new Array<number>(10).fill(NAN)]),
    );
    expect(graph.steps[0]?.op).toEqual({ type: 'z-score', mean: 50.5, variance: 833.25 });
  });

  it('T06 finds the boundaries of a tight sequence', async () => {
    const buckets = [2, 3, 4, 5, 6, 10];
    const { graph } = await transformed(
      Object.fromEntries(buckets.map((numBuckets) => [`b${numBuckets}`, { op: 'bucketize', column: 'x', numBuckets }])),
      column('x', 'FLOAT', [1, 2, 3, 4]),
    );
    const boundaries = Object.fromEntries(
      graph.steps.map(({ name, op }) => [name, op.type === 'buckets' ? op.boundaries : undefined]),
    );
    expect(boundaries).toEqual({
      b2: [3],
      b3: [2, 3],
      b4: [2, 3, 4],
      b5: [1, 2, 3, 4],
      b6: [1, 2, 3, 3, 4],
      b10: [1, 1, 2, 2, 3, 3, 3, 4, 4],
    });
  });

  it('T07 puts a value at a boundary above it, and NaN into the last bucket', async () => {
    const x = [...range(1, 99), ...new Array<number>(10).fill(NAN)];
    const { graph, rows, schemaText } = await transformed(
      { b: { op: 'bucketize', column: 'x', numBuckets: 4 } },
      column('x', 'FLOAT', x),
    );
    expect(graph.steps[0]).toMatchObject({ op: { boundaries: [25, 50, 75] }, domain: { min: 0, max: 3 } });
    const bucketOf = (value: number) => rows['b']?.[x.findIndex((other) => Object.is(other, value))];
    expect([24, 25, 49, 50, 74, 75, 99, NAN].map(bucketOf)).toEqual([0, 1, 1, 2, 2, 3, 3, 3]);
    expect(schemaText).toContain('int_domain {\n    min: 0\n    max: 3\n    is_categorical: true\n  }');
  });

  it.each([
    { name: 'T08 few buckets', kind: 'INT', x: [4], boundaries: [5], expected: [0] },
    { name: 'T08 large buckets', kind: 'INT', x: [50000000], boundaries: [0, 50000001, 100000001], expected: [1] },
    {
      name: 'T08 NaN and infinity',
      kind: 'FLOAT',
      x: [4, NAN, -Infinity, 7.5, 10],
      boundaries: [2, 5, 8],
      expected: [1, 3, 0, 2, 3],
    },
    { name: 'T08 lists', kind: 'INT', x: [[10, 20, -1]], boundaries: [-10, 0, 13], expected: [[2, 3, 1]] },
  ] as const)('$name', async ({ kind, x, boundaries, expected }) => {
    const { rows } = await transformed(
      { b: { op: 'applyBuckets', column: 'x', boundaries: [...boundaries] } },
      column('x', kind, x),
    );
    expect(rows['b']).toEqual(expected);
  });

  it('counts thousands of boundaries as it counts few', async () => {
    const boundaries = range(0, 2_999);
    const { rows } = await transformed(
      { b: { op: 'applyBuckets', column: 'x', boundaries } },
      column('x', 'FLOAT', [-1, 0, 1500.5, 2999, NAN, null]),
    );
    expect(rows['b']).toEqual([0, 1, 1501, 3000, 3000, null]);
  });

  it('T10 orders integers by frequency, ties by falling text', async () => {
    const { rows, tokens, graph } = await transformed(
      { v: { op: 'computeAndApplyVocabulary', column: 'x' } },
      column('x', 'INT', [13, 14, 13, 13, 12, 14, 11, 10, 10, -10, -10, -20]),
    );
    expect(tokens.get('vocab_v')).toEqual(['13', '14', '10', '-10', '12', '11', '-20']);
    expect(rows['v']).toEqual([0, 1, 0, 0, 4, 1, 5, 2, 2, 3, 3, 6]);
    expect(graph.steps[0]?.domain).toEqual({ min: -1, max: 6 });
  });

  const GREETINGS = column('x', 'STRING', [
    ['hello', 'hello', 'world'],
    ['hello', 'goodbye', 'world'],
    ['hello', 'goodbye', 'foo'],
  ]);

  it('T11 keeps the most frequent, or those at a threshold, and a default value for the others', async () => {
    const { rows, graph } = await transformed(
      {
        top: { op: 'computeAndApplyVocabulary', column: 'x', topK: 2, defaultValue: -99 },
        often: { op: 'computeAndApplyVocabulary', column: 'x', frequencyThreshold: 2, defaultValue: -99 },
      },
      GREETINGS,
    );
    expect(rows['top']).toEqual([
      [0, 0, 1],
      [0, -99, 1],
      [0, -99, -99],
    ]);
    expect(rows['often']).toEqual([
      [0, 0, 1],
      [0, 2, 1],
      [0, 2, -99],
    ]);
    expect(graph.steps.map(({ domain }) => domain)).toEqual([
      { min: -99, max: 2 },
      { min: -99, max: 1 },
    ]);
  });

  it('T12 drops empty texts and texts with line breaks from a vocabulary', async () => {
    const x = ['hello', 'world', 'hello', 'hello', 'goodbye', 'world', 'aaaaa', ' ', '', '\n', 'hi \n ho \n', '\r'];
    const { rows, tokens, graph } = await transformed(
      {
        v: { op: 'computeAndApplyVocabulary', column: 'x' },
        w: { op: 'computeAndApplyVocabulary', column: 'x', numOovBuckets: 1 },
      },
      column('x', 'STRING', x),
    );
    expect(tokens.get('vocab_v')).toEqual(['hello', 'world', 'goodbye', 'aaaaa', ' ']);
    expect(rows['v']).toEqual([0, 1, 0, 0, 2, 1, 3, 4, -1, -1, -1, -1]);
    expect(rows['w']).toEqual([0, 1, 0, 0, 2, 1, 3, 4, 5, 5, 5, 5]);
    expect(graph.steps.map(({ domain }) => domain)).toEqual([
      { min: -1, max: 4 },
      { min: 0, max: 5 },
    ]);
  });

  it('T13 numbers texts outside the vocabulary behind it by their hash', async () => {
    const { rows, graph } = await transformed(
      { v: { op: 'computeAndApplyVocabulary', column: 'x', topK: 1, numOovBuckets: 3, defaultValue: -99 } },
      column('x', 'STRING', [
        ['hello', 'hello', 'world', 'world'],
        ['hello', 'tarkus', 'toccata'],
        ['hello', 'goodbye', 'foo'],
      ]),
    );
    expect(rows['v']).toEqual([
      [0, 0, 2, 2],
      [0, 3, 1],
      [0, 2, 1],
    ]);
    expect(graph.steps[0]?.domain).toEqual({ min: 0, max: 3 });
  });

  it('T14 hashes texts into buckets', async () => {
    const { rows } = await transformed(
      { h: { op: 'hashStrings', column: 'x', hashBuckets: 11 } },
      column('x', 'STRING', ['Car', 'Bus', 'Tree']),
    );
    expect(rows['h']).toEqual([8, 4, 5]);
  });

  it('fills blanks first, and leaves them missing where it is told nothing', async () => {
    const { rows, schemaText } = await transformed(
      {
        filled: { op: 'scaleToZScore', column: 'x', fillMissing: 0 },
        open: { op: 'scaleToZScore', column: 'x' },
        text: { op: 'computeAndApplyVocabulary', column: 't', fillMissing: 'none' },
      },
      column('x', 'INT', [2, null, 2, null]),
      column('t', 'STRING', ['a', null, null, null]),
    );
    expectClose(rows['filled'], [1, -1, 1, -1]);
    expect(rows['open']).toEqual([0, null, 0, null]);
    expect(rows['text']).toEqual([1, 0, 0, 0]);
    expect(schemaText).toContain(
      'name: "filled"\n  type: FLOAT\n  presence {\n    min_fraction: 1.0\n  }\n  shape {\n  }',
    );
  });

  it('makes vectors: all zeros where the value is missing or has no place', async () => {
    const { rows, graph } = await transformed(
      {
        o: { op: 'oneHot', column: 'x', depth: 3 },
        v: { op: 'oneHot', column: 'w' },
        w: { op: 'hashStrings', column: 't', hashBuckets: 2 },
      },
      column('x', 'INT', [0, 2, 3, -1, null]),
      column('t', 'STRING', ['a', 'b', 'c', 'd', null]),
    );
    expect(rows['o']).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(rows['v']?.[4]).toEqual([0, 0]);
    expect(graph.steps.find(({ name }) => name === 'v')).toMatchObject({ from: 'feature', op: { depth: 2 } });
  });

  it('takes the depth of a vector from the domain of the schema', async () => {
    const { graph } = await runTransform(transform, {
      features: { o: { op: 'oneHot', column: 'x' } },
      splits: { train: [column('x', 'INT', [1, 2])] },
      schema: {
        ...EMPTY_SCHEMA,
        feature: [schemaFeature({ name: 'x', type: 'INT', intDomain: { min: 0n, max: 6n } })],
      },
    });
    expect(graph.steps[0]?.op).toEqual({ type: 'one-hot', depth: 7 });
  });

  it('casts texts that are numbers, and makes the others missing', async () => {
    const { rows } = await transformed(
      {
        f: { op: 'cast', column: 't', to: 'float' },
        i: { op: 'cast', column: 't', to: 'int' },
        s: { op: 'cast', column: 'n', to: 'string' },
        whole: { op: 'cast', column: 'x', to: 'int' },
      },
      column('t', 'STRING', ['1.5', ' 2 ', 'x', '', '-3e2']),
      column('n', 'INT', [1, -2, 3, 4, null]),
      column('x', 'FLOAT', [1.9, -1.9, NAN, Infinity, null]),
    );
    expect(rows).toMatchObject({
      f: [1.5, 2, null, null, -300],
      i: [1, 2, null, null, -300],
      s: ['1', '-2', '3', '4', null],
      whole: [1, -1, null, null, null],
    });
  });

  it('learns from the analyzed split alone', async () => {
    const { rows, graph, tokens } = await runTransform(transform, {
      features: { z: { op: 'scaleToZScore', column: 'x' }, v: { op: 'computeAndApplyVocabulary', column: 't' } },
      splits: {
        train: [column('x', 'FLOAT', [0, 2]), column('t', 'STRING', ['a', 'b'])],
        eval: [column('x', 'FLOAT', [1000]), column('t', 'STRING', ['unseen'])],
      },
    });
    expect(graph.steps.find(({ name }) => name === 'z')?.op).toMatchObject({ mean: 1, variance: 1 });
    expect(tokens.get('vocab_v')).toEqual(['b', 'a']);
    expect(rows['eval']).toEqual({ v: [-1], z: [999] });
  });

  it.each([
    {
      name: 'a text to scale',
      features: { f: { op: 'scaleTo01', column: 't' } },
      says: /"f": scaleTo01 needs numbers, and t is text/,
    },
    {
      name: 'a vocabulary of fractions',
      features: { f: { op: 'computeAndApplyVocabulary', column: 'x' } },
      says: /x is FLOAT/,
    },
    {
      name: 'a column that is not there',
      features: { f: { op: 'identity', column: 'nope' } },
      says: /no column "nope"/,
    },
    { name: 'a vector without a depth', features: { f: { op: 'oneHot', column: 'n' } }, says: /needs a depth/ },
    {
      name: 'a fill of another kind',
      features: { f: { op: 'log1p', column: 'x', fillMissing: 'a' } },
      says: /fillMissing does not fit x/,
    },
  ] as const)('refuses $name', async ({ features, says }) => {
    const columns = [column('t', 'STRING', ['a']), column('x', 'FLOAT', [1.5]), column('n', 'INT', [1])];
    await expect(runTransform(transform, { features, splits: { train: columns } })).rejects.toThrow(says);
  });

  it('says which split is not there', async () => {
    await expect(
      runTransform(transform, {
        features: { f: { op: 'identity', column: 'x' } },
        splits: { all: [column('x', 'INT', [1])] },
      }),
    ).rejects.toThrow(/no split "train": they have all/);
  });
});
