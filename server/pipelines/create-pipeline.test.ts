import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { createPipeline, duplicatePipeline } from './create-pipeline';
import { findPipeline, findPipelineRevision, saveDraft } from './pipeline-repository';

describe('new pipelines', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  const empty = (name: string): Pipeline => ({ format: PIPELINE_FORMAT, name, nodes: {} });

  it('get the name that was wished for, or the next one that is free', async () => {
    const first = await createPipeline(database.db, { document: empty('Penguins'), baseFolder: '/data' });
    const second = await createPipeline(database.db, { document: empty('Penguins'), baseFolder: '/data' });
    expect(first.name).toBe('Penguins');
    expect(second.name).toBe('Penguins 2');
    expect((await findPipeline(database.db, second.id))?.document.name).toBe('Penguins 2');
  });

  it('are copied as they are being edited, with the folder that their paths start in', async () => {
    const { db } = database;
    const { id } = await createPipeline(db, { document: empty('Flights'), baseFolder: '/flights' });
    const edited = { ...empty('Flights'), description: 'Three million rows.' };
    await db.transaction((tx) => saveDraft(tx, { id, revision: 1, document: edited }));
    const copy = await duplicatePipeline(db, id);
    expect(copy?.name).toBe('Flights (copy)');
    const stored = await findPipeline(db, copy?.name ?? '');
    expect(stored).toMatchObject({ baseFolder: '/flights', isEdited: false, version: 1 });
    expect(stored?.document.description).toBe('Three million rows.');
  });

  it('tell by their revision that somebody edited them', async () => {
    const { db } = database;
    const { id } = await createPipeline(db, { document: empty('Trips'), baseFolder: '/data' });
    expect(await findPipelineRevision(db, id)).toMatchObject({ revision: 1, version: 1, isEdited: false });
    await db.transaction((tx) => saveDraft(tx, { id, revision: 1, document: { ...empty('Trips'), description: 'x' } }));
    expect(await findPipelineRevision(db, id)).toMatchObject({ revision: 2, version: 1, isEdited: true });
  });
});
