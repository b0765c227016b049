import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT } from '../../lib/pipeline/pipeline';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { createPipeline } from './create-pipeline';
import { listPipelineOverviews } from './pipeline-overview-repository';

describe('the list of pipelines', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
  });

  it('names one that never ran, without a last run', async () => {
    const document = { format: PIPELINE_FORMAT, name: 'Trips', nodes: {} } as const;
    const { id } = await createPipeline(database.db, { document, baseFolder: '/data' });
    const [only] = await listPipelineOverviews(database.db);
    expect(only).toMatchObject({ id, name: 'Trips', version: 1, runCount: 0 });
    expect(only?.lastRun).toBeUndefined();
  });
});
