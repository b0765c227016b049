import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

import type { trainerSpec } from '../../lib/catalog/trainer/spec';
import { writeTransformGraph, type TransformStep } from '../../lib/transform/transform-graph';
import { openDuckdb } from '../duckdb/connection';
import type { Progress } from '../engine/executor';
import { openModel } from '../tf/open-model';
import { digestFolder } from '../testing/digest-folder';
import { artifactFrom, runExecutor } from '../testing/run-executor';
import { tempFolder } from '../testing/temp-folder';
import { writeExamples, type TestColumn } from '../testing/write-examples';
import { trainer } from './trainer';

type Params = Partial<z.input<typeof trainerSpec.params>>;
type Case = {
  readonly train: readonly TestColumn[];
  readonly eval?: readonly TestColumn[];
  readonly params?: Params;
  readonly steps?: readonly TransformStep[];
  readonly tokens?: string;
  readonly checkpointFolder?: string;
  readonly signal?: AbortSignal;
  readonly finish?: AbortSignal;
  readonly onProgress?: (step: Progress) => void;
};

async function fit(home: string, given: Case) {
  const examples = path.join(home, `examples-${Math.floor(performance.now() * 1000)}`);
  await using duckdb = await openDuckdb({ memoryMb: 256, threads: 1, tempFolder: home });
  const splits = { train: given.train, ...(given.eval !== undefined && { eval: given.eval }) };
  for (const [split, columns] of Object.entries(splits))
    await writeExamples(duckdb, columns, { folder: examples, split });
  const graph = path.join(home, 'graph');
  if (given.steps !== undefined) {
    mkdirSync(path.join(graph, 'vocabularies'), { recursive: true });
    writeFileSync(
      path.join(graph, 'transform_graph.json'),
      writeTransformGraph({ format: 'sluice.transform/1', steps: [...given.steps] }),
    );
    writeFileSync(path.join(graph, 'vocabularies', 'vocab'), given.tokens ?? 'a\nb\n');
  }
  const { checkpointFolder, signal, finish, onProgress } = given;
  return await runExecutor(trainer, {
    params: {
      template: 'dense',
      task: 'binary',
      label: 'y',
      features: ['x'],
      hiddenUnits: [4],
      epochs: 3,
      batchSize: 8,
      ...(given.eval === undefined && { evalArgs: { splits: [] } }),
      ...given.params,
    },
    inputs: {
      examples: artifactFrom('Examples', examples, { splitNames: Object.keys(splits) }),
      ...(given.steps !== undefined && { transformGraph: artifactFrom('TransformGraph', graph, {}) }),
    },
    ...(checkpointFolder !== undefined && { checkpointFolder }),
    ...(signal !== undefined && { signal }),
    ...(finish !== undefined && { finish }),
    ...(onProgress !== undefined && { onProgress }),
  });
}

const ROWS = 100;
const float = (name: string, of: (row: number) => number | null, rows = ROWS): TestColumn => ({
  name,
  kind: 'FLOAT',
  rows: Array.from({ length: rows }, (_, row) => of(row)),
});
const int = (name: string, of: (row: number) => number | null, rows = ROWS): TestColumn => ({
  ...float(name, of, rows),
  kind: 'INT',
});
const x = float('x', (row) => ((row * 37) % ROWS) / ROWS - 0.5);
const y = int('y', (row) => ((row * 37) % ROWS >= 50 ? 1 : 0));
const rows = [x, y];

describe('Trainer', () => {
  it('learns what can be learned, and its model predicts raw rows', async () => {
    using home = tempFolder();
    await using run = await fit(home.path, { train: rows, eval: rows, params: { epochs: 60, learningRate: 0.02 } });
    const model = await openModel(run.folders.model);
    const [low = 1, high = 0] = await model.predict({ x: [-0.4, 0.4] }, 2);
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(0.9);
    model.dispose();
    expect(run.facts.outputs.model.properties).toMatchObject({ task: 'binary', parameters: 13 });
  });

  it('learns a number of any size in its own unit', async () => {
    using home = tempFolder();
    const price = (row: number) => 400_000 + 900_000 * (((row * 37) % ROWS) / ROWS - 0.5);
    const priced = [x, float('y', price)];
    const params: Params = { task: 'regression', template: 'linear', epochs: 200, learningRate: 0.02 };
    await using run = await fit(home.path, { train: priced, eval: priced, params });
    const model = await openModel(run.folders.model);
    const [low = 0, high = 0] = await model.predict({ x: [-0.4, 0.4] }, 2);
    expect(low / 40_000).toBeCloseTo(1, 1);
    expect(high / 760_000).toBeCloseTo(1, 2);
    model.dispose();
    // The loss is told in the square of the label's unit: where it began, it was about the variance of the label.
    const first = run.progress.flatMap(({ points = [] }) => points)[0];
    expect(first?.values['loss']).toBeGreaterThan(1e6);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    using home = tempFolder();
    const digests = [];
    for (const seed of [1, 1, 2]) {
      await using run = await fit(home.path, { train: rows, eval: rows, params: { seed } });
      digests.push(JSON.stringify([await digestFolder(run.folders.model), await digestFolder(run.folders.modelRun)]));
    }
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
  });

  it('stopped anywhere and begun again it goes on from its checkpoint, with the same bytes', async () => {
    using home = tempFolder();
    const long: Case = { train: rows, eval: rows, params: { epochs: 20_000, batchSize: 2, hiddenUnits: [32, 16] } };
    const given = { ...long, params: { ...long.params, trainArgs: { numSteps: 500_000 } } };
    await using whole = await fit(home.path, given);
    const checkpointFolder = path.join(home.path, 'kept');
    const file = path.join(checkpointFolder, 'checkpoint.bin');
    let kept = 0;
    for (let attempt = 0; attempt < 2; attempt++) {
      const stop = new AbortController();
      const onProgress = () => {
        const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
        if (written <= kept) return;
        kept = written;
        stop.abort(new Error('stopped by the test'));
      };
      const stopped = fit(home.path, { ...given, checkpointFolder, signal: stop.signal, onProgress });
      await expect(stopped).rejects.toThrow('stopped by the test');
    }
    await using run = await fit(home.path, { ...given, checkpointFolder });
    expect(run.log.map(({ message }) => message).join('\n')).toMatch(/Went on from the checkpoint at step/);
    expect(await digestFolder(run.folders.model)).toEqual(await digestFolder(whole.folders.model));
    expect(await digestFolder(run.folders.modelRun)).toEqual(await digestFolder(whole.folders.modelRun));
    // Checkpoints come by the clock: on a busy machine the four trainings take long.
  }, 240_000);

  it('keeps the best so far when a person wants it', async () => {
    using home = tempFolder();
    const finish = new AbortController();
    await using run = await fit(home.path, {
      train: rows,
      eval: rows,
      params: { epochs: 1_000_000 },
      finish: finish.signal,
      onProgress: () => finish.abort(),
    });
    expect(run.log.at(-2)?.message).toMatch(/^Stopped by a person after/);
  });

  it('ends early when the loss no longer improves', async () => {
    using home = tempFolder();
    const params = { epochs: 500, learningRate: 0.5, earlyStopping: { patience: 2 } };
    const noise = [x, int('y', (row) => (row * 13) % 2)];
    await using run = await fit(home.path, { train: noise, eval: rows, params });
    expect(run.facts.outputs.modelRun.properties['epochs']).toBeLessThan(500);
  });
});

describe('hostile inputs of Trainer', () => {
  const says = async (given: Case, words: RegExp) => {
    using home = tempFolder();
    await expect(fit(home.path, given)).rejects.toThrow(words);
  };

  it('a label of one class is refused', () =>
    says({ train: [x, int('y', () => 1)] }, /same class in each of the 100 training rows/));

  it('a loss that runs away fails at once and keeps nothing', () =>
    says(
      { train: rows, params: { learningRate: 1e6, hiddenUnits: [100, 70, 50, 25], epochs: 100 } },
      /loss ran away at step/,
    ));

  it('a binary label that is text is refused', () =>
    says(
      { train: [x, { name: 'y', kind: 'STRING', rows: x.rows.map(() => 'yes') }] },
      /is text, and a binary task needs 0 and 1/,
    ));

  it('a multi-class label that is text has its classes by their bytes', async () => {
    using home = tempFolder();
    const species: TestColumn = {
      name: 'y',
      kind: 'STRING',
      rows: x.rows.map((_, row) => ['b', 'a', 'c'][row % 3] ?? 'a'),
    };
    await using run = await fit(home.path, { train: [x, species], params: { task: 'multi-class' } });
    const model = await openModel(run.folders.model);
    expect(model.info.label.classes).toEqual(['a', 'b', 'c']);
    expect([...model.labels({ y: ['c', null, 'z'] }, 3)]).toEqual([2, Number.NaN, -1]);
    model.dispose();
  });

  it('rows without a label are left out and counted', async () => {
    using home = tempFolder();
    const some = int('y', (row) => (row % 4 === 0 ? null : row % 2));
    await using run = await fit(home.path, { train: [x, some] });
    expect(run.log.map(({ message }) => message)).toContain('25 rows without a label left out of the training rows');
  });

  it('no row with a label is a sentence', () =>
    says({ train: [x, int('y', () => null)] }, /No row of train has a label to learn from/));

  it('no rows at all is a sentence', () =>
    says({ train: [float('x', () => 0, 0), int('y', () => 0, 0)] }, /No row of train has a label/));

  it('a missing eval split is named, with those that there are', () =>
    says({ train: rows, params: { evalArgs: {} } }, /no split "eval": they have train/));

  it('weights of zero are refused where all are, and count nothing where some are', async () => {
    await says(
      { train: [...rows, float('w', () => 0)], params: { exampleWeight: 'w' } },
      /Every training row has the weight 0/,
    );
    using home = tempFolder();
    const half = [...rows, float('w', (row) => row % 2)];
    await using run = await fit(home.path, { train: half, params: { exampleWeight: 'w' } });
    expect(run.facts.outputs.model.properties['loss']).toBeLessThan(1);
  });

  it('a negative weight is refused', () =>
    says({ train: [...rows, float('w', () => -1)], params: { exampleWeight: 'w' } }, /negative or no number/));

  it('an empty vocabulary teaches nothing and harms nothing', async () => {
    using home = tempFolder();
    const steps: TransformStep[] = [
      {
        name: 'v',
        column: 'word',
        from: 'raw',
        inputKind: 'STRING',
        kind: 'INT',
        op: { type: 'vocabulary', file: 'vocab', size: 1, numOovBuckets: 0, defaultValue: -1 },
        domain: { min: -1, max: 0 },
      },
      { name: 'x', column: 'x', from: 'raw', inputKind: 'FLOAT', kind: 'FLOAT', op: { type: 'identity' } },
      { name: 'y', column: 'y', from: 'raw', inputKind: 'INT', kind: 'INT', op: { type: 'label' } },
    ];
    const params: Params = { template: 'wide-and-deep', features: [], deep: ['x'], wide: ['v'] };
    await using run = await fit(home.path, {
      train: [...rows, int('v', () => -1)],
      steps,
      tokens: '49d0cd50-04bb-48c0-bc6f-5b575dce351a\n',
      params,
    });
    const model = await openModel(run.folders.model);
    const [one, other] = await model.predict({ x: [0.1, 0.1], word: ['any', null] }, 2);
    expect(one).toBe(other);
    model.dispose();
  });

  it('a feature of 100,000 categories costs what a batch touches', async () => {
    using home = tempFolder();
    const depth = 100_000;
    const steps: TransformStep[] = [
      {
        name: 'h',
        column: 'word',
        from: 'raw',
        inputKind: 'STRING',
        kind: 'INT',
        op: { type: 'hash', hashBuckets: depth },
        domain: { min: 0, max: depth - 1 },
      },
      { name: 'y', column: 'y', from: 'raw', inputKind: 'INT', kind: 'INT', op: { type: 'label' } },
    ];
    const params: Params = { template: 'wide-and-deep', features: [], wide: ['h'], epochs: 200, learningRate: 0.05 };
    const before = process.cpuUsage();
    await using run = await fit(home.path, { train: [y, int('h', (row) => row * 997)], steps, params });
    // Time of the processor, since others may use the machine too.
    const { user, system } = process.cpuUsage(before);
    // 2,600 steps over the whole table with its means would take several seconds.
    expect((user + system) / 1_000).toBeLessThan(20_000);
    expect(run.facts.outputs.model.properties).toMatchObject({ parameters: depth + 1 });
    expect(run.facts.outputs.model.properties['loss']).toBeLessThan(0.1);
  });
});
