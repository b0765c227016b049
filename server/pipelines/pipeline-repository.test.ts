import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { findPipeline, listStoredPipelines, savePipeline } from './pipeline-repository';

describe('stored pipelines', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  const aPipeline = (name: string, seed = 0): Pipeline => ({
    format: PIPELINE_FORMAT,
    name,
    nodes: { a: { component: 'ToyMake', params: { seed } } },
  });
  const save = (document: Pipeline, baseFolder = '/data') =>
    database.db.transaction((tx) => savePipeline(tx, document, baseFolder));

  it('begin with version 1 and are found by name and by id', async () => {
    const saved = await save(aPipeline('first'));
    expect(saved).toMatchObject({ version: 1, isNewVersion: true });
    const found = await findPipeline(database.db, 'first');
    expect(found).toMatchObject({ id: saved.id, version: 1, document: aPipeline('first'), baseFolder: '/data' });
    expect(await findPipeline(database.db, saved.id)).toEqual(found);
    expect(await findPipeline(database.db, 'nobody')).toBeUndefined();
  });

  it('get no new version from the same document, in whatever order its keys stand', async () => {
    await save(aPipeline('same'));
    const { format, name, nodes } = aPipeline('same');
    expect(await save({ nodes, name, format })).toMatchObject({ version: 1, isNewVersion: false });
  });

  it('get a new version from a changed document, also from one that was there before', async () => {
    await save(aPipeline('changing', 1));
    expect(await save(aPipeline('changing', 2))).toMatchObject({ version: 2, isNewVersion: true });
    expect(await save(aPipeline('changing', 1))).toMatchObject({ version: 3, isNewVersion: true });
    expect((await findPipeline(database.db, 'changing'))?.document).toEqual(aPipeline('changing', 1));
  });

  it('remember another base folder without a new version', async () => {
    await save(aPipeline('moved'));
    expect(await save(aPipeline('moved'), '/elsewhere')).toMatchObject({ version: 1, isNewVersion: false });
    expect((await findPipeline(database.db, 'moved'))?.baseFolder).toBe('/elsewhere');
  });

  it('give every importer a version of its own when several import at once', async () => {
    const saved = await Promise.all(Array.from({ length: 8 }, (_, seed) => save(aPipeline('contested', seed))));
    expect(saved.map(({ version }) => version).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(saved.map(({ id }) => id)).size).toBe(1);
  });

  it('are listed by name', async () => {
    const names = (await listStoredPipelines(database.db)).map(({ name }) => name);
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(names).toContain('contested');
  });
});
