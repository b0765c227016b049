import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import type { RunContext } from '../runs/run-context';
import { startRun } from '../runs/start-run';
import { executeToyRun } from '../testing/publish-toy';
import { tempFolder } from '../testing/temp-folder';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { TOY_CATALOG } from '../testing/toy-catalog';
import { listArtifacts, requireArtifact } from './artifact-repository';

describe('stored artifacts', () => {
  let database: TestDatabase;
  let context: RunContext;
  const temp = tempFolder();

  beforeAll(async () => {
    database = await openTestDatabase();
    const artifactsFolder = path.join(temp.path, 'artifacts');
    mkdirSync(artifactsFolder);
    context = { db: database.db, catalog: TOY_CATALOG, artifactsFolder };
    const document: Pipeline = {
      format: PIPELINE_FORMAT,
      name: 'two',
      nodes: {
        make: { component: 'ToyMake' },
        figures: { component: 'ToyDescribe', inputs: { rows: 'make.rows' } },
      },
    };
    const request = { pipeline: { document, baseFolder: temp.path }, values: { params: {}, set: [] } };
    // Twice the same outputs: equal digests, other artifacts.
    for (const reuse of [true, false]) {
      const { id } = await startRun(context, { ...request, selection: { type: 'all' }, reuse }, 'test');
      await executeToyRun(context, id);
    }
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    temp[Symbol.dispose]();
  });

  it('are listed newest first, with where they came from', async () => {
    const all = await listArtifacts(database.db);
    expect(all.map(({ node, port, pipeline }) => [node, port, pipeline])).toEqual([
      ['figures', 'statistics', 'two'],
      ['make', 'rows', 'two'],
      ['figures', 'statistics', 'two'],
      ['make', 'rows', 'two'],
    ]);
    expect(await listArtifacts(database.db, { type: 'Examples', limit: 1 })).toEqual([all[1]]);
    expect(await listArtifacts(database.db, { pipeline: 'nobody' })).toEqual([]);
  });

  it('are found by id, and by a beginning of their digest the newest of equal ones', async () => {
    const [newest, , older] = await listArtifacts(database.db);
    expect(newest?.digest).toBe(older?.digest);
    expect(await requireArtifact(database.db, older?.id ?? '')).toEqual(older);
    expect(await requireArtifact(database.db, older?.digest ?? '')).toEqual(newest);
    expect(await requireArtifact(database.db, newest?.digest.slice(0, 8) ?? '')).toEqual(newest);
  });

  it.each(['', 'art_', 'art_0000000000000000', 'abcde', 'ffffffff%', '%'])('are not found as %j', async (name) => {
    await expect(requireArtifact(database.db, name)).rejects.toMatchObject({ code: 'not-found' });
  });
});
