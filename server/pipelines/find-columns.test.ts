import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import path from 'node:path';

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { COMPONENTS } from '../../lib/catalog/index';
import { artifacts, runs } from '../db/schema/index';
import { openDuckdb } from '../duckdb/connection';
import { queryAnswers } from '../query/answer-queries';
import { listenForQueries } from '../query/query-server';
import { executeToyRun } from '../testing/publish-toy';
import { seedRun } from '../testing/seed-run';
import { hasSharedData, sharedPath } from '../testing/shared-data';
import { tempFolder } from '../testing/temp-folder';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { writeExamples } from '../testing/write-examples';
import { writeParquet } from '../testing/write-parquet';
import { findColumns } from './find-columns';
import { readSourceColumns } from './source-columns';

const home = tempFolder();
const at = (...parts: readonly string[]) => path.join(home.path, ...parts);
const socket = at('query.sock');
const signal = new AbortController().signal;
let database: TestDatabase;
let server: Server;

beforeAll(async () => {
  database = await openTestDatabase();
  for (const folder of ['artifacts', 'uploads', 'tmp', 'data']) mkdirSync(at(folder));
  server = await listenForQueries(
    socket,
    queryAnswers({
      store: at('artifacts'),
      uploads: at('uploads'),
      tempFolder: at('tmp'),
      memoryMb: 200,
      onStuck: () => expect.unreachable(),
    }),
  );
  writeFileSync(at('data', 'a.csv'), 'n,share,name,blank\n1,0.5,x,\n2,1,y,\n');
});

afterAll(async () => {
  server.close();
  await database[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const read = (base: string, columnsIn: 'csv' | 'parquet' | 'schema', patterns: readonly string[] = ['*']) =>
  readSourceColumns({
    source: { param: 'inputBase', base, patterns, columnsIn },
    baseFolder: at('data'),
    querySocket: socket,
    signal,
  });

describe('the columns of source files', () => {
  it('are the header of a CSV with the kinds of its rows', async () => {
    expect(await read('a.csv', 'csv')).toEqual({
      columns: [
        { name: 'n', kind: 'INT' },
        { name: 'share', kind: 'FLOAT' },
        { name: 'name', kind: 'STRING' },
        { name: 'blank', kind: 'NONE' },
      ],
      seenIn: 'a.csv',
    });
  });

  it('are seen in the first megabyte of a large CSV, whatever is wrong with its rows', async () => {
    writeFileSync(at('data', 'large.csv'), `id,text\n${'1,aaaaaaaaaa\n'.repeat(200_000)}`);
    writeFileSync(at('data', 'ragged.csv'), 'id,text\n1,a\n1,2,3\n');
    for (const file of ['large.csv', 'ragged.csv'])
      expect((await read(file, 'csv'))?.columns).toEqual([
        { name: 'id', kind: 'INT' },
        { name: 'text', kind: 'STRING' },
      ]);
  });

  it('are those of all patterns together', async () => {
    mkdirSync(at('data', 'two'));
    writeFileSync(at('data', 'two', 'x.csv'), 'a,b\n1,2\n');
    writeFileSync(at('data', 'two', 'y.csv'), 'b,c\n1,2\n');
    const found = await read('two', 'csv', ['x*', 'y*']);
    expect(found?.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(found?.seenIn).toBe('x.csv, y.csv');
  });

  it('are the description of a Parquet file, also of what no feature can hold', async () => {
    await writeParquet(
      "select 1 as id, 'a' as text, 0.5::double as share, 1.5::decimal(9,2) as price, date '2020-01-01' as day",
      {
        file: at('data', 'p.parquet'),
        tempFolder: at('tmp'),
      },
    );
    expect((await read('p.parquet', 'parquet'))?.columns).toEqual([
      { name: 'id', kind: 'INT' },
      { name: 'text', kind: 'STRING' },
      { name: 'share', kind: 'FLOAT' },
      { name: 'price', kind: 'decimal(9,2)' },
      { name: 'day', kind: 'INT' },
    ]);
  });

  it('are 1,500 where there are 1,500', async () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `c${index}`);
    writeFileSync(at('data', 'wide.csv'), `${names.join(',')}\n${names.map(() => '1').join(',')}\n`);
    expect((await read('wide.csv', 'csv'))?.columns).toHaveLength(1_500);
  });

  it('are told missing in a sentence', async () => {
    await expect(read('gone.csv', 'csv')).rejects.toMatchObject({ code: 'not-found' });
    await expect(read('a.csv', 'parquet')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it.skipIf(!hasSharedData)('are those of the taxi schema that TFX ships', async () => {
    const found = await read(sharedPath('data', 'taxi', 'schema.pbtxt'), 'schema');
    expect(found?.columns.find(({ name }) => name === 'fare')).toEqual({ name: 'fare', kind: 'FLOAT' });
  });
});

describe('the columns of an output', () => {
  const params = { inputBase: 'a.csv' };
  const ask = async (pipelineId: string, changed: object = {}) =>
    findColumns(
      { db: database.db, catalog: COMPONENTS, artifactsFolder: at('artifacts'), querySocket: socket, signal },
      { pipelineId, node: 'examples', component: 'CsvExampleGen', params: { ...params, ...changed }, port: 'examples' },
    );
  const seed = async () => {
    const nodes = { examples: { component: 'CsvExampleGen', params } };
    const runId = await seedRun(database.db, { nodes, baseFolder: at('data') });
    const [run] = await database.db.select().from(runs).where(eq(runs.id, runId));
    return { runId, pipelineId: run?.pipelineId ?? '', number: run?.number ?? 0 };
  };

  it('come from the source while nothing has run, with the splits that are planned', async () => {
    const { pipelineId } = await seed();
    expect(await ask(pipelineId)).toMatchObject({
      state: 'known',
      seenIn: 'a.csv',
      splits: ['train', 'eval'],
      isCurrent: true,
    });
    const outputConfig = { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }] } };
    expect(await ask(pipelineId, { outputConfig })).toMatchObject({ splits: ['all'] });
  });

  it('come from what was made, until parameters or files change, and are remembered when the file is gone', async () => {
    const { runId, pipelineId, number } = await seed();
    await executeToyRun({ db: database.db, catalog: COMPONENTS, artifactsFolder: at('artifacts') }, runId);
    const [made] = (await database.db.select().from(artifacts)).filter(({ type }) => type === 'Examples').slice(-1);
    const folder = at('artifacts', made?.uri ?? '');
    await using duckdb = await openDuckdb({ memoryMb: 200, threads: 1, tempFolder: at('tmp') });
    await writeExamples(duckdb, [{ name: 'n', kind: 'FLOAT', rows: [1.5] }], { folder, split: 'train' });
    await database.db
      .update(artifacts)
      .set({ properties: { splitNames: ['train'] } })
      .where(eq(artifacts.id, made?.id ?? ''));

    const ran = { state: 'known', columns: [{ name: 'n', kind: 'FLOAT' }], splits: ['train'], seenIn: `run ${number}` };
    expect(await ask(pipelineId)).toEqual({ ...ran, isCurrent: true });
    expect(await ask(pipelineId, { emptyCells: 'empty-list' })).toMatchObject({ seenIn: 'a.csv' });
    writeFileSync(at('data', 'a.csv'), 'n,other\n1,2\n');
    expect(await ask(pipelineId)).toMatchObject({ seenIn: 'a.csv', columns: [{ name: 'n' }, { name: 'other' }] });
    rmSync(at('data', 'a.csv'));
    expect(await ask(pipelineId)).toEqual({ ...ran, isCurrent: false });
  });

  it('are not known where neither a run nor a file tells, and say why', async () => {
    const { pipelineId } = await seed();
    expect(await ask(pipelineId, { inputBase: 'gone.csv' })).toMatchObject({ state: 'unknown' });
    expect(await ask(pipelineId, { inputBase: '' })).toMatchObject({ state: 'unknown' });
    const question = {
      pipelineId,
      node: 'transform',
      component: 'Transform',
      params: { features: { a: { op: 'identity', column: 'n' } } },
    };
    const context = {
      db: database.db,
      catalog: COMPONENTS,
      artifactsFolder: at('artifacts'),
      querySocket: socket,
      signal,
    };
    expect(await findColumns(context, { ...question, port: 'transformedExamples' })).toEqual({
      state: 'unknown',
      reason: 'Run transform once to see its columns.',
    });
  });
});
