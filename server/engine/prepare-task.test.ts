import { appendFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import { specOf } from '../../lib/pipeline/spec-of';
import { digestSources } from '../artifacts/source-digests';
import { tempFolder } from '../testing/temp-folder';
import { openTestDatabase } from '../testing/test-database';
import { TOY_CATALOG } from '../testing/toy-catalog';
import { confirmSources } from './prepare-task';

describe('the source files of a task', () => {
  it('are refused when they changed between preparing and publishing, and only then', async () => {
    await using database = await openTestDatabase();
    using temp = tempFolder();
    const file = path.join(temp.path, 'rows.csv');
    writeFileSync(file, 'a\n1\n');
    const params = { inputBase: '.', patterns: ['*.csv'] };
    const document: Pipeline = {
      format: PIPELINE_FORMAT,
      name: 'p',
      nodes: { source: { component: 'ToySource', params }, make: { component: 'ToyMake' } },
    };
    const spec = specOf(TOY_CATALOG, 'ToySource');
    if (spec === undefined) throw new Error('no ToySource');
    const baseFolder = temp.path;
    const sources = await digestSources(database.db, { spec, node: 'source', params, baseFolder });
    const context = { db: database.db, catalog: TOY_CATALOG };
    const confirm = (nodeId: string, component: string) =>
      confirmSources(context, { nodeId, component }, { run: { document, baseFolder }, sources });

    await confirm('source', 'ToySource');
    utimesSync(file, 1, 1);
    await confirm('source', 'ToySource');
    writeFileSync(path.join(temp.path, 'more.csv'), 'a\n2\n');
    await expect(confirm('source', 'ToySource')).rejects.toThrow('The file more.csv of inputBase changed while source');
    rmSync(path.join(temp.path, 'more.csv'));
    appendFileSync(file, '2\n');
    await expect(confirm('source', 'ToySource')).rejects.toMatchObject({
      code: 'busy',
      retryable: true,
      path: 'nodes.source.params.inputBase',
    });
    await confirm('make', 'ToyMake');
  });
});
