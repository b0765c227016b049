import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import { artifacts } from '../db/schema/index';
import type { RunContext } from '../runs/run-context';
import { startRun } from '../runs/start-run';
import { executeToyRun } from '../testing/publish-toy';
import { tempFolder } from '../testing/temp-folder';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { TOY_CATALOG } from '../testing/toy-catalog';
import { listArtifacts } from './artifact-repository';
import { openArtifactFile } from './open-artifact-file';

describe('a file of an artifact', () => {
  let database: TestDatabase;
  let context: RunContext;
  let artifactId: string;
  let folder: string;
  const temp = tempFolder();

  beforeAll(async () => {
    database = await openTestDatabase();
    const artifactsFolder = path.join(temp.path, 'artifacts');
    mkdirSync(artifactsFolder);
    context = { db: database.db, catalog: TOY_CATALOG, artifactsFolder };
    const nodes = { make: { component: 'ToyMake' } };
    const document: Pipeline = { format: PIPELINE_FORMAT, name: 'Töne & Täler/…', nodes };
    const request = { pipeline: { document, baseFolder: temp.path }, values: { params: {}, set: [] } };
    const { id } = await startRun(context, { ...request, selection: { type: 'all' }, reuse: true }, 'test');
    await executeToyRun(context, id);
    const [artifact] = await listArtifacts(database.db);
    if (artifact === undefined) throw new Error('no artifact');
    artifactId = artifact.id;
    folder = path.join(artifactsFolder, artifact.uri);
    writeFileSync(path.join(temp.path, 'secret.txt'), 'secret');
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    temp[Symbol.dispose]();
  });

  const open = (file: string) => openArtifactFile(database.db, { store: context.artifactsFolder, artifactId, file });

  it('is handed out as it was recorded, under a plain name', async () => {
    const { stream, sizeBytes, downloadName } = await open('data.txt');
    const text = await new Response(stream).text();
    expect(text).toMatch(/^rows of /);
    expect(sizeBytes).toBe(Buffer.byteLength(text));
    expect(downloadName).toBe('T_ne_T_ler_-make-data.txt');
  });

  it.each(['../secret.txt', '../../secret.txt', '/etc/passwd', 'other.txt', 'data.txt/', ''])(
    'is none that was not recorded: %j',
    async (file) => {
      await expect(open(file)).rejects.toMatchObject({ code: 'not-found' });
    },
  );

  it('is not followed where a link was put in its place, and missed where it is gone', async () => {
    rmSync(path.join(folder, 'data.txt'));
    symlinkSync(path.join(temp.path, 'secret.txt'), path.join(folder, 'data.txt'));
    await expect(open('data.txt')).rejects.toMatchObject({ code: 'artifact-missing' });
    rmSync(path.join(folder, 'data.txt'));
    await expect(open('data.txt')).rejects.toMatchObject({ code: 'artifact-missing' });
    const [row] = await database.db.select().from(artifacts).where(eq(artifacts.id, artifactId));
    expect(row?.state).toBe('live');
  });
});
