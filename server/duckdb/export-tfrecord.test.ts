import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { csvExampleGen } from '../executors/csv-example-gen';
import { decodeExample } from '../testing/independent-example';
import { readTfrecords } from '../testing/read-tfrecords';
import { runExecutor, type FinishedRun } from '../testing/run-executor';
import { tempFolder } from '../testing/temp-folder';
import { openDuckdb } from './connection';
import { exportTfrecord, type ExportedSplit } from './export-tfrecord';

async function examplesOf(csv: string, params: object = {}): Promise<FinishedRun<(typeof csvExampleGen)['spec']>> {
  using folder = tempFolder();
  const inputBase = path.join(folder.path, 'a.csv');
  writeFileSync(inputBase, csv);
  return await runExecutor(csvExampleGen, { params: { inputBase, ...params }, inputs: {} });
}

async function exportTo(targetFolder: string, folder: string, signal: AbortSignal): Promise<readonly ExportedSplit[]> {
  await using duckdb = await openDuckdb({ memoryMb: 256, threads: 2, tempFolder: targetFolder });
  return await exportTfrecord({ connection: duckdb.connection, signal }, { folder, targetFolder });
}

describe('the export to TFRecord', () => {
  it('is read by an independent reader, names of features as in the header', async () => {
    await using run = await examplesOf('A,a,"",x\n1,1.5,é,\n,,,\n', {
      outputConfig: { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }] } },
      emptyCells: 'missing',
    });
    using target = tempFolder();
    const [split] = await exportTo(target.path, run.folders.examples, new AbortController().signal);
    expect(split).toEqual({
      split: 'all',
      file: path.join(target.path, 'Split-all', 'data_tfrecord-00000-of-00001.gz'),
      records: 2,
    });
    expect((await readTfrecords(split?.file ?? '')).map(decodeExample)).toEqual([
      {
        '': { bytesList: { value: ['w6k='] } },
        A: { int64List: { value: ['1'] } },
        a: { floatList: { value: [1.5] } },
        x: {},
      },
      { '': { bytesList: { value: [] } }, A: { int64List: { value: [] } }, a: { floatList: { value: [] } }, x: {} },
    ]);
  });

  it('writes a readable file for a split without rows', async () => {
    await using run = await examplesOf('x\n1\n');
    using target = tempFolder();
    const splits = await exportTo(target.path, run.folders.examples, new AbortController().signal);
    expect(splits.map(({ split, records }) => [split, records])).toEqual([
      ['eval', 0],
      ['train', 1],
    ]);
    expect(await readTfrecords(splits[0]?.file ?? '')).toEqual([]);
  });

  it('leaves no half-written file when it is canceled in its middle', async () => {
    await using run = await examplesOf(`x,y\n${'1,some text\n'.repeat(200_000)}`);
    using target = tempFolder();
    const controller = new AbortController();
    const exporting = exportTo(target.path, run.folders.examples, controller.signal);
    const part = async () => {
      while (!readdirSync(target.path, { recursive: true }).some((name) => String(name).endsWith('.part'))) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await part();
    controller.abort();
    await expect(exporting).rejects.toMatchObject({ code: 'canceled' });
    expect(readdirSync(target.path, { recursive: true }).filter((name) => /part|gz/.test(String(name)))).toEqual([]);
  });

  it('refuses a folder without splits', async () => {
    using empty = tempFolder();
    using target = tempFolder();
    const exporting = exportTo(target.path, empty.path, new AbortController().signal);
    await expect(exporting).rejects.toMatchObject({ code: 'artifact-damaged' });
  });
});
