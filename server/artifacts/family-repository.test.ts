import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ArtifactType } from '../../lib/artifact/artifact';
import { newId } from '../db/new-id';
import {
  artifacts,
  executionInputs,
  executions,
  nodeRuns,
  pipelines,
  pipelineVersions,
  runs,
} from '../db/schema/index';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { listDatasets } from './data-artifact-repository';
import { loadFamily } from './family-repository';

const AT = new Date('2026-01-01T00:00:00Z');

describe('the family of an artifact', () => {
  let database: TestDatabase;
  let clock = AT.getTime();
  let runIds: readonly string[];
  let pipelineId: string;

  beforeAll(async () => {
    database = await openTestDatabase();
    pipelineId = newId('pipe');
    const { db } = database;
    const document = { format: 'sluice/1' as never, name: 'taxi', nodes: {} };
    await db.insert(pipelines).values({ id: pipelineId, name: 'taxi', currentVersion: 1, baseFolder: '/tmp' });
    await db.insert(pipelineVersions).values({ pipelineId, version: 1, document, digest: 'd' });
    runIds = [newId('run'), newId('run')];
    for (const id of runIds)
      await db.insert(runs).values({ id, pipelineId, pipelineVersion: 1, document, baseFolder: '/tmp', request: {} });
  });
  afterAll(() => database[Symbol.asyncDispose]());

  /** Records an execution of a node in a run that takes artifacts and makes one. */
  async function make(
    type: ArtifactType,
    node: string,
    made: { readonly run: 0 | 1; readonly from?: readonly string[] },
  ) {
    const [executionId, id] = [newId('exec'), newId('art')];
    const { db } = database;
    const moment = new Date((clock += 1_000));
    await db.insert(executions).values({
      id: executionId,
      runId: runIds[made.run] ?? '',
      pipelineId,
      nodeId: node,
      component: node,
      cacheKey: id,
      key: {},
      attempt: 1,
      startedAt: moment,
      finishedAt: new Date(moment.getTime() + 40),
    });
    await db.insert(artifacts).values({
      ...{ id, type, digest: 'a'.repeat(64), uri: id, sizeBytes: 1, properties: {}, files: [] },
      ...{ executionId, port: 'out', createdAt: moment },
    });
    for (const [position, artifactId] of (made.from ?? []).entries())
      await db.insert(executionInputs).values({ executionId, port: 'in', position, artifactId });
    return id;
  }

  /** Records a run of another pipeline whose nodes reuse what made these artifacts. */
  async function reuse(name: string, nodes: Readonly<Record<string, string>>) {
    const [otherId, runId] = [newId('pipe'), newId('run')];
    const { db } = database;
    const document = { format: 'sluice/1' as never, name, nodes: {} };
    await db.insert(pipelines).values({ id: otherId, name, currentVersion: 1, baseFolder: '/tmp' });
    await db.insert(pipelineVersions).values({ pipelineId: otherId, version: 1, document, digest: 'd' });
    await db
      .insert(runs)
      .values({ id: runId, pipelineId: otherId, pipelineVersion: 1, document, baseFolder: '/tmp', request: {} });
    for (const [nodeId, id] of Object.entries(nodes)) {
      const [made] = await db.select().from(artifacts).where(eq(artifacts.id, id));
      await db.insert(nodeRuns).values({
        ...{ runId, nodeId, component: nodeId, upstream: [], waitingOn: 0, state: 'cached', decision: 'reuse' },
        reuseExecutionId: made?.executionId,
      });
    }
    return runId;
  }

  const compare = (a: string, b: string) => (a < b ? -1 : 1);
  const membersOf = async (id: string) => {
    const { members } = await loadFamily(database.db, id);
    return Object.fromEntries(Object.values(members).map((member) => [member.type, String(member.id)]));
  };

  it('holds what stems from the artifact and what it stems from, the newest of each type', async () => {
    const examples = await make('Examples', 'a-examples', { run: 0 });
    const older = await make('ExampleStatistics', 'a-statistics', { run: 0, from: [examples] });
    const newer = await make('ExampleStatistics', 'a-statistics', { run: 1, from: [examples] });
    const schema = await make('Schema', 'a-schema', { run: 0, from: [older] });
    const anomalies = await make('ExampleAnomalies', 'a-validator', { run: 1, from: [newer, schema] });
    const newest = { Examples: examples, ExampleStatistics: newer, Schema: schema, ExampleAnomalies: anomalies };
    expect(await membersOf(examples)).toEqual(newest);
    expect(await membersOf(newer)).toEqual(newest);
    // The older statistics never met the anomalies but through the schema that was inferred from them.
    expect(await membersOf(older)).toEqual({ ...newest, ExampleStatistics: older });
    expect((await loadFamily(database.db, older)).ofNode.map(({ id }) => String(id))).toEqual([newer, older]);
  });

  it('prefers anomalies of the very statistics that a schema was inferred from', async () => {
    const examples = await make('Examples', 'b-examples', { run: 0 });
    const statistics = await make('ExampleStatistics', 'b-statistics', { run: 0, from: [examples] });
    const schema = await make('Schema', 'b-schema', { run: 0, from: [statistics] });
    const own = await make('ExampleAnomalies', 'b-validator', { run: 0, from: [statistics, schema] });
    const others = await make('Examples', 'b-serving', { run: 1 });
    const foreign = await make('ExampleStatistics', 'b-serving-statistics', { run: 1, from: [others] });
    await make('ExampleAnomalies', 'b-serving-validator', { run: 1, from: [foreign, schema] });
    expect(await membersOf(schema)).toEqual({
      ...{ Examples: examples, ExampleStatistics: statistics, Schema: schema, ExampleAnomalies: own },
    });
  });

  it('finds an imported schema through the anomalies that it led to', async () => {
    const examples = await make('Examples', 'c-examples', { run: 0 });
    const statistics = await make('ExampleStatistics', 'c-statistics', { run: 0, from: [examples] });
    const schema = await make('Schema', 'c-import', { run: 0 });
    const anomalies = await make('ExampleAnomalies', 'c-validator', { run: 0, from: [statistics, schema] });
    const all = { Examples: examples, ExampleStatistics: statistics, Schema: schema, ExampleAnomalies: anomalies };
    for (const id of Object.values(all)) expect(await membersOf(id)).toEqual(all);
  });

  it('is lonely where nothing was made yet, and says where none is', async () => {
    const examples = await make('Examples', 'd-examples', { run: 0 });
    expect(await membersOf(examples)).toEqual({ Examples: examples });
    await expect(loadFamily(database.db, newId('art'))).rejects.toMatchObject({ code: 'not-found' });
  });

  describe('seen from a run of another pipeline that reused it', () => {
    it('is of that run alone, says who made it, and names who reused it', async () => {
      const examples = await make('Examples', 'f-examples', { run: 0 });
      const statistics = await make('ExampleStatistics', 'f-statistics', { run: 0, from: [examples] });
      // The pipeline that made them looked for anomalies; the one that reused them does not.
      await make('ExampleAnomalies', 'f-validator', { run: 0, from: [statistics] });
      const other = await reuse('mine', { examples, statistics });
      const seen = await loadFamily(database.db, statistics, other);
      expect(seen).toMatchObject({ seenFrom: other, artifact: { node: 'statistics', pipeline: { name: 'mine' } } });
      expect(seen.artifact.run.id).toBe(other);
      expect(seen.artifact.madeIn).toMatchObject({ pipeline: { name: 'taxi' }, run: { id: runIds[0] } });
      expect(Object.keys(seen.members).toSorted(compare)).toEqual(['ExampleStatistics', 'Examples']);
      const made = await loadFamily(database.db, statistics);
      expect(made).toMatchObject({ artifact: { pipeline: { name: 'taxi' } }, reusedBy: [{ run: { id: other } }] });
      expect(made.artifact.madeIn).toBeUndefined();
    });

    it('is as it was made where the run has nothing to do with it', async () => {
      const examples = await make('Examples', 'g-examples', { run: 0 });
      const seen = await loadFamily(database.db, examples, await reuse('others', {}));
      expect(seen).toMatchObject({ artifact: { node: 'g-examples', pipeline: { name: 'taxi' } }, reusedBy: [] });
      expect(seen.seenFrom).toBeUndefined();
    });
  });

  it('shows in the list by the newest examples of each node', async () => {
    const older = await make('Examples', 'e-examples', { run: 0 });
    await make('ExampleStatistics', 'e-statistics', { run: 0, from: [older] });
    const newer = await make('Examples', 'e-examples', { run: 1 });
    const statistics = await make('ExampleStatistics', 'e-statistics', { run: 1, from: [newer] });
    const anomalies = await make('ExampleAnomalies', 'e-validator', { run: 1, from: [statistics] });
    const [first] = await listDatasets(database.db);
    expect(first).toMatchObject({
      examples: { id: newer, run: { number: 2 }, pipeline: { name: 'taxi' }, tookMs: 40 },
      statistics: { id: statistics },
      anomalies: { id: anomalies },
    });
    expect(first?.schema).toBeUndefined();
    expect((await listDatasets(database.db)).map(({ examples }) => examples.node)).not.toContain(older);
  });
});
