/** A version is pushed and registered together, whole, once, or not at all: whatever is killed. */

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';

import { COMPONENTS } from '../../../lib/catalog/index';
import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from '../../../lib/pipeline/pipeline';
import type { RunSnapshot } from '../../../lib/run/fold-run';
import { startRun } from '../../runs/start-run';
import { TEST_COMPONENTS } from '../../testing/components/specs';
import { digestFolder } from '../../testing/digest-folder';
import type { Scenario } from '../../testing/scenario';
import { openTestScenario } from '../../testing/test-scenario';
import { waitFor } from '../../testing/wait-for';

const FILES = ['Format-Layers/model.json', 'Format-Layers/weights.bin', 'model_info.json', 'transform_graph.json'];

function pushing(scenario: Scenario, given: { weights?: number; baseDirectory?: string } = {}) {
  const { weights = 0.5, baseDirectory = scenario.file('versions') } = given;
  const nodes: Record<string, PipelineNode> = {
    make: { component: 'MakeModel', params: { weights } },
    judge: { component: 'Judge', inputs: { model: 'make.model' }, params: { auc: 0.9 } },
    push: {
      component: 'Pusher',
      inputs: { model: 'make.model', modelBlessing: 'judge.blessing' },
      params: { pushDestination: { filesystem: { baseDirectory } } },
    },
  };
  return nodes;
}

/** Starts a run as the command line does: validated, planned, with reuse. */
async function start({ db, artifactsFolder, folder }: Scenario, nodes: Pipeline['nodes'], name = 'pushing') {
  const context = { db, artifactsFolder, catalog: { ...COMPONENTS, ...TEST_COMPONENTS } };
  const document = { format: PIPELINE_FORMAT, name, nodes } as const;
  const request = { values: { params: {}, set: [] }, selection: { type: 'all' as const }, reuse: true };
  return (await startRun(context, { ...request, pipeline: { document, baseFolder: folder } }, 'a test')).id;
}

/** What stands in the folder of versions, hidden names too. */
function pushedIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

const statesOf = (run: RunSnapshot) =>
  Object.fromEntries(Object.values(run.nodes).map(({ node, state }) => [node, state]));

const VERSIONS = sql`
  select v.number, v.gate, v.metrics, v.destination, v.size_bytes::int as size, v.model_digest as digest, m.pipeline_id as pipeline
    from model_versions v join models m on m.id = v.model_id order by v.model_id, v.number`;

async function versionsOf({ db }: Scenario) {
  type Row = { number: number; destination: string; digest: string; metrics: unknown; gate: string; size: number };
  return (await db.execute<Row>(VERSIONS)).rows;
}

describe('a pushed model', () => {
  it('is a folder of its own and a version, recorded together', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const run = await scenario.waitForRun(await scenario.startRun(pushing(scenario)));
    expect(run.nodes['make']?.error).toBeUndefined();
    expect(run.state).toBe('complete');
    const pushed = run.nodes['push']?.outputs['pushedModel']?.[0];
    const [version] = pushedIn(scenario.file('versions'));
    const destination = scenario.file(`versions/${version ?? ''}`);
    expect(pushed?.properties).toEqual({ pushed: 1, pushedDestination: destination, pushedVersion: version });
    expect(FILES.filter((file) => existsSync(path.join(destination, file)))).toEqual(FILES);
    const model = run.nodes['make']?.outputs['model']?.[0];
    expect(await versionsOf(scenario)).toMatchObject([
      { number: 1, gate: 'blessed', metrics: { auc: 0.9 }, destination, digest: model?.digest, size: model?.sizeBytes },
    ]);
  });

  it.each([
    'node-before-execute',
    'node-after-stage-write',
    'publish-before-move',
    'publish-before-commit',
    'publish-after-commit',
  ])('survives a kill at %s: one version, one folder, nothing unfinished', async (point) => {
    await using scenario = await openTestScenario();
    const first = await scenario.startWorker();
    // Everything before the push is reused, so that the crash hits the push.
    const { make, judge, ...rest } = pushing(scenario);
    if (make === undefined || judge === undefined) throw new Error('no model');
    await scenario.waitForRun(await start(scenario, { make, judge }));
    await first.stop();
    await scenario.startWorker({ crashAt: point });
    const runId = await start(scenario, { make, judge, ...rest });
    await waitFor('the crash', () => scenario.hasCrashed(point));
    await scenario.startWorker();
    const run = await scenario.waitForRun(runId);
    expect(statesOf(run)).toEqual({ make: 'cached', judge: 'cached', push: 'complete' });
    const versions = await versionsOf(scenario);
    await scenario.close();
    const folders = pushedIn(scenario.file('versions'));
    expect(versions.map(({ destination }) => path.basename(destination))).toEqual(folders);
    expect(folders).toHaveLength(1);
    const model = run.nodes['make']?.outputs['model']?.[0];
    expect(await digestFolder(scenario.file(`versions/${folders[0] ?? ''}`))).toEqual(
      await digestFolder(path.join(scenario.artifactsFolder, model?.uri ?? '')),
    );
  });

  it('takes the next free number where others push in the same second', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker({ concurrency: 4 });
    const runs = await Promise.all([1, 2, 3].map((weights) => scenario.startRun(pushing(scenario, { weights }))));
    for (const id of runs) expect((await scenario.waitForRun(id)).state).toBe('complete');
    const versions = await versionsOf(scenario);
    expect(versions.map(({ destination }) => path.basename(destination)).toSorted()).toEqual(
      pushedIn(scenario.file('versions')),
    );
    expect(new Set(versions.map(({ digest }) => digest)).size).toBe(3);
  });

  it('stands before a shut gate where it is not blessed: nothing is written, nothing registered, the run complete', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const { make, judge, ...rest } = pushing(scenario);
    if (make === undefined || judge === undefined) throw new Error('no model');
    const shut = { ...judge, params: { auc: 0.4, blessed: false } };
    const run = await scenario.waitForRun(await start(scenario, { make, judge: shut, ...rest }));
    expect(run.state).toBe('complete');
    expect(run.nodes['push']).toMatchObject({ state: 'skipped', stateReason: 'not-blessed' });
    expect(await versionsOf(scenario)).toEqual([]);
    expect(existsSync(scenario.file('versions'))).toBe(false);
  });

  it('is reused by its own pipeline and never by another one', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const nodes = pushing(scenario);
    await scenario.waitForRun(await start(scenario, nodes));
    const again = await scenario.waitForRun(await start(scenario, nodes));
    expect(again.nodes['push']?.state).toBe('cached');
    expect(await versionsOf(scenario)).toHaveLength(1);
    const other = await scenario.waitForRun(await start(scenario, nodes, 'another'));
    expect(statesOf(other)).toEqual({ make: 'cached', judge: 'cached', push: 'complete' });
    expect((await versionsOf(scenario)).map(({ number }) => number)).toEqual([1, 1]);
  });

  it('leaves nothing where its place cannot be made', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const nodes = pushing(scenario, { baseDirectory: '/proc/no/such/place' });
    const run = await scenario.waitForRun(await scenario.startRun(nodes));
    expect(run.nodes['push']?.error).toMatchObject({ code: 'forbidden' });
    expect(await versionsOf(scenario)).toEqual([]);
  });
});
