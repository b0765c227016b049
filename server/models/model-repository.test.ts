/** The registry over a pipeline that really pushes: versions, their line back to the data, aliases. */

import { writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../../lib/catalog/index';
import { artifactsOfType, codeOf } from '../../lib/model/lineage';
import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import { startRun } from '../runs/start-run';
import { TEST_COMPONENTS } from '../testing/components/specs';
import type { Scenario } from '../testing/scenario';
import { openTestScenario } from '../testing/test-scenario';
import { changeAlias, listAliasChanges } from './alias-repository';
import { findVersionData, loadLineage } from './lineage-repository';
import { findVersionOfArtifact, listModels, listVersions, requireModelNamed, requireVersion } from './model-repository';

function pipelineOf(weights: number): Pipeline {
  return {
    format: PIPELINE_FORMAT,
    name: 'taxi',
    nodes: {
      examples: { component: 'CsvExampleGen', params: { inputBase: 'rows.csv' } },
      make: { component: 'MakeModel', inputs: { examples: 'examples.examples' }, params: { weights } },
      judge: { component: 'Judge', inputs: { model: 'make.model' }, params: { auc: 0.9 + weights / 100 } },
      push: { component: 'Pusher', inputs: { model: 'make.model', modelBlessing: 'judge.blessing' } },
    },
  };
}

async function push(scenario: Scenario, document: Pipeline) {
  const { db, artifactsFolder, folder } = scenario;
  const { id } = await startRun(
    { db, artifactsFolder, catalog: { ...COMPONENTS, ...TEST_COMPONENTS } },
    {
      pipeline: { document, baseFolder: folder },
      values: { params: {}, set: [] },
      selection: { type: 'all' },
      reuse: true,
    },
    'a test',
  );
  const run = await scenario.waitForRun(id);
  expect(run.state).toBe('complete');
  return run;
}

describe('the registry', () => {
  it('counts versions, leads back to the rows, and moves aliases with a history', async () => {
    await using scenario = await openTestScenario();
    const { db } = scenario;
    writeFileSync(scenario.file('rows.csv'), 'fare,tip\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n');
    await scenario.startWorker();
    const first = await push(scenario, pipelineOf(1));
    const second = await push(scenario, pipelineOf(2));
    const [model] = await listModels(db);
    expect(model).toMatchObject({ name: 'taxi', versionCount: 2, aliases: [], newest: { number: 2, gate: 'blessed' } });
    const versions = await listVersions(db, model?.id ?? '');
    expect(versions.map(({ number, metrics }) => [number, metrics['auc']])).toEqual([
      [2, 0.92],
      [1, 0.91],
    ]);
    const [v2, v1] = versions;
    if (v1 === undefined || v2 === undefined) throw new Error('two versions');
    const pushed = first.nodes['push']?.outputs['pushedModel']?.[0];
    expect((await findVersionOfArtifact(db, pushed?.id ?? ''))?.number).toBe(1);

    const steps = await loadLineage(db, v2.executionId);
    expect(steps.map(({ node }) => node)).toEqual(['examples', 'make', 'judge', 'push']);
    expect(codeOf(steps)[0]).toMatch(/^CsvExampleGen \d+$/);
    expect(steps[0]?.sources.map(({ name }) => name)).toEqual(['rows.csv']);
    // The rows were made by the first run and reused by the second.
    expect(steps[0]?.run.id).toBe(first.runId);
    expect(steps[1]?.run.id).toBe(second.runId);
    const rows = artifactsOfType(steps, 'Examples')[0];
    expect((await findVersionData(db, v2.modelId)).get(v2.id)).toMatchObject({ artifactId: rows?.id, rows: 6 });

    const change = { modelId: v1.modelId, alias: 'champion', author: 'you' };
    await changeAlias(db, { ...change, versionId: v1.id, note: 'the first', seenAt: null });
    await expect(changeAlias(db, { ...change, versionId: v2.id, note: '', seenAt: null })).rejects.toMatchObject({
      code: 'conflict',
    });
    await changeAlias(db, { ...change, versionId: v2.id, note: '', seenAt: 1 });
    const champion = { kind: 'alias', model: 'taxi', alias: 'champion' } as const;
    expect((await requireVersion(db, champion)).version.id).toBe(v2.id);
    await changeAlias(db, { ...change, versionId: null, note: '', seenAt: 2 });
    await expect(requireVersion(db, champion)).rejects.toMatchObject({ code: 'not-found' });
    expect((await listAliasChanges(db, v1.modelId)).map(({ from, to, note }) => [from, to, note])).toEqual([
      [2, null, ''],
      [1, 2, ''],
      [null, 1, 'the first'],
    ]);
    await expect(changeAlias(db, { ...change, versionId: 'ver_none', note: '', seenAt: null })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('names a model by its node where a pipeline pushes several', async () => {
    await using scenario = await openTestScenario();
    writeFileSync(scenario.file('rows.csv'), 'fare,tip\n1,0\n2,1\n3,0\n');
    await scenario.startWorker();
    const document = pipelineOf(1);
    const { push: one } = document.nodes;
    if (one === undefined) throw new Error('a push');
    await push(scenario, {
      ...document,
      nodes: { ...document.nodes, other: { ...one, inputs: { model: 'make.model' } } },
    });
    expect((await requireModelNamed(scenario.db, 'taxi/push')).versionCount).toBe(1);
    expect((await listVersions(scenario.db, (await requireModelNamed(scenario.db, 'taxi/other')).id))[0]?.gate).toBe(
      'none',
    );
    await expect(requireModelNamed(scenario.db, 'taxi')).rejects.toMatchObject({ code: 'not-found' });
  });
});
