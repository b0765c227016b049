import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { LAYERS_FOLDER, MODEL_INFO_FILE, type ModelInfo } from '../../lib/artifact/model-info';
import { AppError } from '../../lib/errors';
import { Random } from '../../lib/random';
import { sampleRows } from '../../lib/model/sample-rows';
import {
  TRANSFORM_GRAPH_FILE,
  VOCABULARIES_FOLDER,
  writeTransformGraph,
  type TransformGraph,
} from '../../lib/transform/transform-graph';
import { tempFolder } from '../../server/testing/temp-folder';
import { startTensorFlow } from '../../server/tf/backend';
import { saveLayers } from '../../server/tf/layers-files';
import { buildLayers } from '../../server/tf/layers-model';
import { openModel } from '../../server/tf/open-model';
import { openBrowserModel, type ReadFile } from './browser-model';

const TOKENS = ['Cash', '\uFEFFCredit Card', 'Prepaid'];
const GRAPH: TransformGraph = {
  format: 'sluice.transform/1',
  steps: [
    {
      name: 'fare_z',
      column: 'fare',
      from: 'raw',
      inputKind: 'FLOAT',
      kind: 'FLOAT',
      fillMissing: 0,
      op: { type: 'z-score', mean: 11.7, variance: 143.2 },
    },
    {
      name: 'fare_log',
      column: 'fare',
      from: 'raw',
      inputKind: 'FLOAT',
      kind: 'FLOAT',
      op: { type: 'log1p' },
    },
    {
      name: 'log_bucket',
      column: 'fare_log',
      from: 'feature',
      inputKind: 'FLOAT',
      kind: 'INT',
      op: { type: 'buckets', boundaries: [1.5, 2, 2.5] },
      domain: { min: 0, max: 3 },
    },
    {
      name: 'payment',
      column: 'payment_type',
      from: 'raw',
      inputKind: 'STRING',
      kind: 'INT',
      op: { type: 'vocabulary', file: 'vocab_payment', size: 3, numOovBuckets: 4, defaultValue: -1 },
      domain: { min: 0, max: 6 },
    },
    {
      name: 'hour',
      column: 'hour',
      from: 'raw',
      inputKind: 'INT',
      kind: 'FLOAT',
      op: { type: 'one-hot', depth: 24 },
    },
    { name: 'tip', column: 'tip', from: 'raw', inputKind: 'INT', kind: 'INT', op: { type: 'label' } },
    { name: 'extra', column: 'never_read', from: 'raw', inputKind: 'INT', kind: 'INT', op: { type: 'identity' } },
  ],
};
const INFO: ModelInfo = {
  format: 'sluice.model/1',
  template: 'wide-and-deep',
  task: 'binary',
  label: { feature: 'tip', column: 'tip' },
  deep: [
    { feature: 'fare_z', width: 1 },
    { feature: 'hour', width: 24 },
  ],
  wide: [
    { feature: 'log_bucket', depth: 4 },
    { feature: 'payment', depth: 7 },
  ],
  training: { rows: 1, evalRows: 0, epochs: 1, bestEpoch: 1, steps: 1, parameters: 1, loss: 0 },
};
const HIDDEN = 8;
const DEEP = 25;
const WIDE = 11;

async function writeModel(folder: string, info: ModelInfo, outputs: number): Promise<void> {
  await startTensorFlow();
  const random = Random.of(7);
  const draw = (length: number) => Float32Array.from({ length }, () => random.uint32() / 2 ** 31 - 1);
  await mkdir(path.join(folder, VOCABULARIES_FOLDER), { recursive: true });
  await writeFile(path.join(folder, VOCABULARIES_FOLDER, 'vocab_payment'), `${TOKENS.join('\n')}\n`);
  await writeFile(path.join(folder, TRANSFORM_GRAPH_FILE), writeTransformGraph(GRAPH));
  await writeFile(path.join(folder, MODEL_INFO_FILE), JSON.stringify(info));
  const layers = buildLayers(info, {
    hidden: [{ kernel: draw(DEEP * HIDDEN), bias: draw(HIDDEN) }],
    head: { kernel: draw(HIDDEN * outputs), bias: draw(outputs) },
    wide: draw(WIDE * outputs),
  });
  await saveLayers(layers, path.join(folder, LAYERS_FOLDER));
  layers.dispose();
}

const readFrom =
  (folder: string): ReadFile =>
  async (file) =>
    new Uint8Array(await readFile(path.join(folder, file)));

/** Predictions of the same rows by the server on WebAssembly and by the browser's way on plain JavaScript. */
async function bothAnswers(folder: string, rows: number) {
  const columns = sampleRows(GRAPH, rows, () => TOKENS);
  await setBackend('wasm');
  const server = await openModel(folder);
  const ours = await server.predict(columns, rows);
  const labels = server.labels(columns, rows);
  server.dispose();
  await setBackend('cpu');
  const browser = await openBrowserModel(readFrom(folder));
  const names = Object.keys(columns);
  const theirs = await browser.predict(
    Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(names.map((name) => [name, columns[name]?.[row] ?? null])),
    ),
  );
  return { server: { outputs: ours, labels }, browser: theirs };
}

describe('a model in the browser', () => {
  it.each<[string, ModelInfo, number]>([
    ['binary', INFO, 1],
    ['multi-class', { ...INFO, task: 'multi-class', label: { ...INFO.label, classes: [0, 1, 17] } }, 3],
    ['regression', { ...INFO, task: 'regression' }, 1],
  ])('predicts 200 rows as the server does: %s', async (_, info, outputs) => {
    using folder = tempFolder();
    await writeModel(folder.path, info, outputs);
    const { server, browser } = await bothAnswers(folder.path, 200);
    expect(browser.outputs).toHaveLength(200 * outputs);
    expect(new Set(browser.outputs).size).toBeGreaterThan(20);
    for (const [index, value] of browser.outputs.entries())
      expect(Math.abs(value - (server.outputs[index] ?? Number.NaN))).toBeLessThan(1e-5);
    expect([...browser.labels]).toEqual([...server.labels]);
  });

  it('asks for the columns that its features rest on, and for no other', async () => {
    using folder = tempFolder();
    await writeModel(folder.path, INFO, 1);
    await setBackend('cpu');
    const { fields, label } = await openBrowserModel(readFrom(folder.path));
    expect(fields.map(({ column }) => column)).toEqual(['fare', 'payment_type', 'hour']);
    expect(fields[1]?.tokens).toEqual(TOKENS);
    expect(label).toEqual({ column: 'tip', kind: 'INT', isList: false });
  });

  it('says which file is damaged', async () => {
    using folder = tempFolder();
    await writeModel(folder.path, INFO, 1);
    await setBackend('cpu');
    for (const file of [MODEL_INFO_FILE, TRANSFORM_GRAPH_FILE, `${LAYERS_FOLDER}/model.json`]) {
      const read = readFrom(folder.path);
      const opened = openBrowserModel(async (asked) => (asked === file ? new Uint8Array(3) : read(asked)));
      await expect(opened).rejects.toThrow(`its file ${file} is damaged`);
    }
  });

  it('refuses weights that are cut short', async () => {
    using folder = tempFolder();
    await writeModel(folder.path, INFO, 1);
    await setBackend('cpu');
    await writeFile(path.join(folder.path, LAYERS_FOLDER, 'weights.bin'), new Uint8Array(4));
    await expect(openBrowserModel(readFrom(folder.path))).rejects.toBeInstanceOf(AppError);
  });
});
