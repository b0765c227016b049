import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PipelineId } from '../../lib/ids';
import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { findPipeline, listStoredPipelines, saveDraft, savePipeline } from './pipeline-repository';

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
    database.db.transaction((tx) => savePipeline(tx, { document, baseFolder, draft: 'replace' }));

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

  describe('while they are edited', () => {
    const edit = (id: PipelineId, revision: number, document: Pipeline) =>
      database.db.transaction((tx) => saveDraft(tx, { id, revision, document }));

    it('hold the draft beside the version, and no draft where it says the same', async () => {
      const { id } = await save(aPipeline('drafted', 1));
      expect(await edit(id, 1, aPipeline('drafted', 2))).toBe(2);
      expect(await findPipeline(database.db, id)).toMatchObject({
        version: 1,
        revision: 2,
        isEdited: true,
        document: aPipeline('drafted', 2),
      });
      expect(await edit(id, 2, aPipeline('drafted', 1))).toBe(3);
      expect(await findPipeline(database.db, id)).toMatchObject({ version: 1, revision: 3, isEdited: false });
    });

    it('refuse a draft that goes out from an older revision', async () => {
      const { id } = await save(aPipeline('two tabs', 1));
      await edit(id, 1, aPipeline('two tabs', 2));
      await expect(edit(id, 1, aPipeline('two tabs', 3))).rejects.toMatchObject({ code: 'conflict' });
      expect((await findPipeline(database.db, id))?.document).toEqual(aPipeline('two tabs', 2));
    });

    it('are renamed by a draft, but never to a name that is taken', async () => {
      await save(aPipeline('taken'));
      const { id } = await save(aPipeline('old name'));
      await expect(edit(id, 1, aPipeline('taken'))).rejects.toMatchObject({ code: 'conflict' });
      await edit(id, 1, aPipeline('fresh name'));
      expect((await findPipeline(database.db, 'fresh name'))?.id).toBe(id);
    });

    it('turn the draft into a version when it is run, and keep one that was changed meanwhile', async () => {
      const { id } = await save(aPipeline('run', 1));
      await edit(id, 1, aPipeline('run', 2));
      const run = (document: Pipeline) =>
        database.db.transaction((tx) => savePipeline(tx, { document, baseFolder: '/data', draft: 'keep-draft' }));
      expect(await run(aPipeline('run', 2))).toMatchObject({ version: 2, isNewVersion: true });
      expect(await findPipeline(database.db, id)).toMatchObject({ version: 2, revision: 2, isEdited: false });
      await edit(id, 2, aPipeline('run', 4));
      expect(await run(aPipeline('run', 3))).toMatchObject({ version: 3 });
      expect(await findPipeline(database.db, id)).toMatchObject({
        isEdited: true,
        revision: 3,
        document: aPipeline('run', 4),
      });
    });

    it('keep a draft as a version when a file is imported over it, and tell the editor', async () => {
      const { id } = await save(aPipeline('imported', 1));
      await edit(id, 1, aPipeline('imported', 2));
      expect(await save(aPipeline('imported', 3))).toMatchObject({ version: 3 });
      expect(await findPipeline(database.db, id)).toMatchObject({ version: 3, revision: 3, isEdited: false });
      await expect(edit(id, 2, aPipeline('imported', 9))).rejects.toMatchObject({ code: 'conflict' });
    });
  });

  it('are listed by name', async () => {
    const names = (await listStoredPipelines(database.db)).map(({ name }) => name);
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(names).toContain('contested');
  });
});
