import { expect, it } from 'vitest';

import type { Pipeline } from '../../lib/pipeline/pipeline';
import { openTestDatabase } from '../testing/test-database';
import { createNamedPipeline, freePipelineName } from './create-named-pipeline';
import { findPipeline } from './pipeline-repository';

const document: Pipeline = { format: 'sluice.pipeline/1', name: 'trips', nodes: {} };

it('stores a pipeline under a free name and never touches the one that has it', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  expect(await freePipelineName(db, 'trips')).toBe('trips');
  const id = await createNamedPipeline(db, { document, baseFolder: '/a' });
  const other = { ...document, nodes: { a: { component: 'CsvExampleGen' } } };
  for (const again of [document, other])
    await expect(createNamedPipeline(db, { document: again, baseFolder: '/b' })).rejects.toMatchObject({
      code: 'conflict',
    });
  expect(await findPipeline(db, 'trips')).toMatchObject({ id, version: 1, baseFolder: '/a', document });
  expect(await freePipelineName(db, 'trips')).toBe('trips 2');
  await createNamedPipeline(db, { document: { ...document, name: 'trips 2' }, baseFolder: '/b' });
  expect(await freePipelineName(db, 'trips')).toBe('trips 3');
});
