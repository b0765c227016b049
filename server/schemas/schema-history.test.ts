import { readFile, stat, writeFile, chmod } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SchemaNode } from '../../lib/artifact/schema-version';
import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import { renameNode } from '../../lib/pipeline/commands';
import { saveDraft, savePipeline } from '../pipelines/pipeline-repository';
import { tempFolder } from '../testing/temp-folder';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import {
  inferSchemaInstead,
  loadSchemaHistory,
  loadSchemaText,
  saveSchemaVersion,
  useSchemaVersion,
} from './schema-history';

const TEXT = '# mine\nfeature { name: "a" type: INT }\n';
const origin = { type: 'file', name: 'schema.pbtxt' } as const;
const draft = (text: string, note = '') => ({ text, note, origin, author: 'you' });

let database: TestDatabase;
const folder = tempFolder();
const context = () => ({ db: database.db, schemasFolder: folder.path });
let count = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function documentOf(name: string): Pipeline {
  return {
    format: PIPELINE_FORMAT,
    name,
    nodes: {
      statistics: { component: 'StatisticsGen' },
      schema: {
        component: 'SchemaGen',
        inputs: { statistics: 'statistics.statistics' },
        params: { maxStringDomainSize: 7 },
      },
    },
  };
}

async function storePipeline(): Promise<SchemaNode> {
  const document = documentOf(`pipeline ${++count}`);
  const { id } = await database.db.transaction((tx) =>
    savePipeline(tx, { document, baseFolder: '/tmp', draft: 'keep-draft' }),
  );
  return { pipelineId: id, nodeId: 'schema' };
}

async function revisionOf(node: SchemaNode) {
  return (await loadSchemaHistory(context(), node)).revision;
}

describe('versions of a curated schema', () => {
  it('begin with none, and the schema is inferred', async () => {
    expect(await loadSchemaHistory(context(), await storePipeline())).toMatchObject({
      versions: [],
      use: { type: 'inferred' },
    });
  });

  it('are kept to the letter in a file that the pipeline reads from then on', async () => {
    const node = await storePipeline();
    const saved = await saveSchemaVersion(
      context(),
      { ...node, revision: await revisionOf(node), use: true },
      draft(TEXT),
    );
    expect(saved).toMatchObject({ number: 1, isNew: true });
    const file = path.join(folder.path, node.pipelineId, 'schema', 'v1', 'schema.pbtxt');
    expect(await readFile(file, 'utf8')).toBe(TEXT);
    expect((await stat(file)).mode & 0o222).toBe(0);
    const history = await loadSchemaHistory(context(), node);
    expect(history).toMatchObject({ use: { type: 'version', number: 1 }, revision: saved.revision });
    expect(history.versions).toMatchObject([{ number: 1, featureCount: 1, author: 'you', origin }]);
    expect(await loadSchemaText(context(), node, 1)).toBe(TEXT);
  });

  it('can be kept without being used; the same text makes no other one', async () => {
    const node = await storePipeline();
    const revision = await revisionOf(node);
    const save = () => saveSchemaVersion(context(), { ...node, revision, use: false }, draft(TEXT));
    expect(await save()).toEqual({ number: 1, isNew: true, revision });
    expect(await save()).toEqual({ number: 1, isNew: false, revision });
    expect((await loadSchemaHistory(context(), node)).use).toEqual({ type: 'inferred' });
  });

  it('are changed for one another, also where the file was lost, and given up for inference', async () => {
    const node = await storePipeline();
    let revision = await revisionOf(node);
    for (const text of [TEXT, `${TEXT}# more\n`]) {
      ({ revision } = await saveSchemaVersion(context(), { ...node, revision, use: true }, draft(text)));
    }
    const file = path.join(folder.path, node.pipelineId, 'schema', 'v1', 'schema.pbtxt');
    await chmod(file, 0o644);
    await writeFile(file, 'spoilt');
    revision = await useSchemaVersion(context(), { ...node, revision, number: 1 });
    expect(await readFile(file, 'utf8')).toBe(TEXT);
    expect((await loadSchemaHistory(context(), node)).use).toEqual({ type: 'version', number: 1 });
    revision = await inferSchemaInstead(context(), { ...node, revision });
    expect(await loadSchemaHistory(context(), node)).toMatchObject({ use: { type: 'inferred' }, revision });
  });

  it('are not saved over what somebody changed meanwhile', async () => {
    const node = await storePipeline();
    const revision = await revisionOf(node);
    await saveSchemaVersion(context(), { ...node, revision, use: true }, draft(TEXT));
    const late = saveSchemaVersion(context(), { ...node, revision, use: true }, draft(`${TEXT}#\n`));
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect((await loadSchemaHistory(context(), node)).versions).toHaveLength(1);
  });

  it('stay with a node that is renamed', async () => {
    const node = await storePipeline();
    const { revision } = await saveSchemaVersion(
      context(),
      { ...node, revision: await revisionOf(node), use: true },
      draft(TEXT),
    );
    const file = path.join(folder.path, node.pipelineId, 'schema', 'v1', 'schema.pbtxt');
    const curated: Pipeline = {
      ...documentOf(`pipeline ${count}`),
      nodes: { schema: { component: 'ImportSchemaGen', params: { schemaFile: file } } },
    };
    await database.db.transaction((tx) =>
      saveDraft(tx, { id: node.pipelineId, revision, document: renameNode(curated, 'schema', 'rules') }),
    );
    const renamed = { ...node, nodeId: 'rules' };
    const history = await loadSchemaHistory(context(), renamed);
    expect(history).toMatchObject({ use: { type: 'version', number: 1 } });
    const next = { ...renamed, revision: history.revision, use: true };
    expect(await saveSchemaVersion(context(), next, draft(`${TEXT}#\n`))).toMatchObject({ number: 2 });
  });

  it.each([
    ['feature {\n  colour: 1\n}', 'line 2, column 3'],
    ['feature {', 'closing brace'],
  ])('refuse %j with its place', async (text, message) => {
    const node = await storePipeline();
    const save = saveSchemaVersion(context(), { ...node, revision: await revisionOf(node), use: true }, draft(text));
    await expect(save).rejects.toThrow(message);
  });

  it('say what is there instead where the node is gone or reads a file of its own', async () => {
    const node = await storePipeline();
    expect((await loadSchemaHistory(context(), { ...node, nodeId: 'gone' })).use).toEqual({ type: 'gone' });
    const revision = await revisionOf(node);
    const nodes: Pipeline['nodes'] = { schema: { component: 'ImportSchemaGen', params: { schemaFile: 'mine.pbtxt' } } };
    await database.db.transaction((tx) =>
      saveDraft(tx, { id: node.pipelineId, revision, document: { ...documentOf(`pipeline ${count}`), nodes } }),
    );
    expect((await loadSchemaHistory(context(), node)).use).toEqual({ type: 'file', path: 'mine.pbtxt' });
  });
});
