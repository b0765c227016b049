import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { emptyRun, foldRun } from '../../lib/run/fold-run';
import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from '../../lib/pipeline/pipeline';
import type { Selection } from '../../lib/pipeline/selection';
import { nodeRuns } from '../db/schema/index';
import { readEvents } from '../events/read-events';
import { executeToyRun } from '../testing/publish-toy';
import { tempFolder } from '../testing/temp-folder';
import { openTestDatabase, type TestDatabase } from '../testing/test-database';
import { TOY_CATALOG } from '../testing/toy-catalog';
import type { RunRequest } from './plan-run';
import { planRun } from './plan-run';
import type { RunContext } from './run-context';
import { startRun } from './start-run';

describe('start a run', () => {
  let database: TestDatabase;
  const temp = tempFolder();
  const folder = temp.path;
  let context: RunContext;
  let names = 0;

  beforeAll(async () => {
    database = await openTestDatabase();
    context = { db: database.db, catalog: TOY_CATALOG, artifactsFolder: path.join(folder, 'artifacts') };
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    temp[Symbol.dispose]();
  });

  /** source → pass → describe, in a folder of its own with one source file. */
  async function aChain(): Promise<{ document: Pipeline; baseFolder: string }> {
    names += 1;
    const baseFolder = path.join(folder, `chain-${names}`);
    await mkdir(baseFolder);
    await writeFile(path.join(baseFolder, 'rows.csv'), `a,b\n1,${names}\n`);
    const document: Pipeline = {
      format: PIPELINE_FORMAT,
      name: `chain ${names}`,
      parameters: { k: { type: 'integer', default: 100 } },
      nodes: {
        source: { component: 'ToySource', params: { inputBase: 'rows.csv' } },
        pass: { component: 'ToyPass', inputs: { rows: 'source.rows' }, params: { topK: { $param: 'k' } } },
        figures: { component: 'ToyDescribe', inputs: { rows: 'pass.rows' } },
      },
    };
    return { document, baseFolder };
  }

  function request(pipeline: RunRequest['pipeline'], selection: Selection = { type: 'all' }): RunRequest {
    return { pipeline, values: { params: {}, set: [] }, selection, reuse: true };
  }
  const run = async (wanted: RunRequest) => {
    const started = await startRun(context, wanted, 'test');
    return { ...started, executed: await executeToyRun(context, started.id) };
  };
  const decisions = async (wanted: RunRequest) =>
    Object.fromEntries((await planRun(context, wanted)).plan.nodes.map(({ node, decision }) => [node, decision]));
  const reasons = async (wanted: RunRequest) =>
    Object.fromEntries((await planRun(context, wanted)).plan.nodes.map(({ node, reason }) => [node, reason]));

  it('queues every node with what it waits for, and says so in the first event', async () => {
    const chain = await aChain();
    const started = await startRun(context, request(chain), 'test');
    const rows = await database.db.select().from(nodeRuns).where(eq(nodeRuns.runId, started.id));
    expect(Object.fromEntries(rows.map((row) => [row.nodeId, [row.state, row.decision, row.waitingOn]]))).toEqual({
      source: ['queued', 'execute', 0],
      pass: ['queued', 'execute', 1],
      figures: ['queued', 'execute', 1],
    });
    const snapshot = foldRun(emptyRun(started.id), await readEvents(database.db, started.id, 0));
    expect(snapshot).toMatchObject({ state: 'queued', runNumber: started.number, pipeline: chain.document.name });
    expect(snapshot.nodes['pass']?.upstream).toEqual(['source']);
  });

  it('plans to reuse everything when nothing changed, and names the run', async () => {
    const chain = await aChain();
    const first = await run(request(chain));
    expect(first.executed).toEqual(['source', 'pass', 'figures']);
    expect(await reasons(request(chain))).toEqual({
      source: `Reused from run ${first.number}: nothing it depends on changed.`,
      pass: `Reused from run ${first.number}: nothing it depends on changed.`,
      figures: `Reused from run ${first.number}: nothing it depends on changed.`,
    });
    expect((await run(request(chain))).executed).toEqual([]);
  });

  it('executes from the node whose source file changed, and names the file and both digests', async () => {
    const chain = await aChain();
    await run(request(chain));
    await appendFile(path.join(chain.baseFolder, 'rows.csv'), '2,3\n');
    const why = await reasons(request(chain));
    expect(why['source']).toMatch(
      /^source runs because inputBase's file rows\.csv changed: [0-9a-f]{8}… → [0-9a-f]{8}…\.$/,
    );
    expect(why['pass']).toMatch(/^pass runs because source makes new rows \(inputBase's file rows\.csv changed: /);
    expect(why['figures']).toMatch(/^figures runs because pass makes new rows \(source: inputBase's file rows\.csv /);
    expect((await run(request(chain))).executed).toEqual(['source', 'pass', 'figures']);
  });

  it('executes from the node whose parameter changed, and names the field with both values', async () => {
    const chain = await aChain();
    await run(request(chain));
    const wanted = { ...request(chain), values: { params: { k: 200 }, set: [] } };
    expect((await reasons(wanted))['pass']).toBe('pass runs because topK is 200 now and was 100.');
    expect((await run(wanted)).executed).toEqual(['pass', 'figures']);
    expect((await run(request(chain))).executed).toEqual([]);
  });

  it('reuses a moved file and a copied pipeline by content', async () => {
    const chain = await aChain();
    const first = await run(request(chain));
    const elsewhere = path.join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(path.join(elsewhere, 'rows.csv'), `a,b\n1,${names}\n`);
    const copy = { baseFolder: elsewhere, document: { ...chain.document, name: 'a copy' } };
    expect((await reasons(request(copy)))['source']).toBe(
      `Reused from run ${first.number} of pipeline ${chain.document.name}: nothing it depends on changed.`,
    );
    expect((await run(request(copy))).executed).toEqual([]);
  });

  it('plans a copy of a long chain without asking for each node', async () => {
    const nodes: Record<string, PipelineNode> = { n0: { component: 'ToyMake', params: { seed: 77 } } };
    for (let i = 1; i < 150; i++) nodes[`n${i}`] = { component: 'ToyPass', inputs: { rows: `n${i - 1}.rows` } };
    const document: Pipeline = { format: PIPELINE_FORMAT, name: 'long', nodes };
    await run(request({ document, baseFolder: folder }));
    let questions = 0;
    const counting = new Proxy(database.db, {
      get(db, name, receiver) {
        if (name === 'execute' || name === 'select') questions += 1;
        const value: unknown = Reflect.get(db, name, receiver);
        return value;
      },
    });
    const copy = request({ document: { ...document, name: 'long copy' }, baseFolder: folder });
    const { plan } = await planRun({ ...context, db: counting }, copy);
    expect(plan.nodes.filter(({ decision }) => decision === 'reuse')).toHaveLength(150);
    expect(questions).toBeLessThan(10);
  });

  it('executes again what is no longer on disk', async () => {
    const chain = await aChain();
    const first = await run(request(chain));
    const pass = first.planned.plan.nodes.find((node) => node.node === 'pass');
    expect(pass?.decision).toBe('execute');
    const { plan } = await planRun(context, request(chain));
    const uri = plan.nodes.find((node) => node.node === 'pass')?.from?.outputs['rows']?.[0]?.uri ?? '';
    await rm(path.join(context.artifactsFolder, uri), { recursive: true });
    expect((await reasons(request(chain)))['pass']).toBe(
      `pass runs because its output rows of run ${first.number} is no longer on disk.`,
    );
    expect((await run(request(chain))).executed).toEqual(['pass', 'figures']);
  });

  it('takes from outside the selection what is there, and says what is out of date', async () => {
    const chain = await aChain();
    const first = await run(request(chain));
    const wanted: RunRequest = {
      ...request(chain, { type: 'only', nodes: ['figures'] }),
      values: { params: { k: 7 }, set: [] },
    };
    expect(await decisions(wanted)).toEqual({ source: 'skip', pass: 'reuse', figures: 'reuse' });
    expect((await reasons(wanted))['pass']).toBe(
      `pass is not selected: taken as it is from run ${first.number}, though topK is 7 now and was 100.`,
    );
    const started = await startRun(context, wanted, 'test');
    const snapshot = foldRun(emptyRun(started.id), await readEvents(database.db, started.id, 0));
    expect(snapshot.nodes['source']).toMatchObject({ state: 'skipped', stateReason: 'not-selected' });
  });

  it('refuses a run whose selection takes what was never made, and says what to run first', async () => {
    const chain = await aChain();
    await expect(startRun(context, request(chain, { type: 'only', nodes: ['figures'] }), 'test')).rejects.toThrow(
      'pass is not selected and there is nothing to take from it, because no run of this pipeline has finished it yet. Run it first: --to pass.',
    );
  });

  it('refuses a missing source file at its parameter', async () => {
    const chain = await aChain();
    await rm(path.join(chain.baseFolder, 'rows.csv'));
    await expect(startRun(context, request(chain), 'test')).rejects.toMatchObject({
      code: 'invalid-pipeline',
      node: 'source',
      path: 'nodes.source.params.inputBase',
    });
  });

  it('executes every selected node when nothing is to be reused', async () => {
    const chain = await aChain();
    await run(request(chain));
    const wanted = { ...request(chain, { type: 'to', nodes: ['pass'] }), reuse: false };
    expect((await run(wanted)).executed).toEqual(['source', 'pass']);
  });

  it('runs a part whatever is broken elsewhere, and refuses the part that is', async () => {
    const chain = await aChain();
    const nodes = {
      ...chain.document.nodes,
      bad: { component: 'ToyPass', inputs: { rows: 'source.rows' }, params: { topK: 0 } },
      lost: { component: 'NoSuchThing' },
      left: { component: 'ToyPass', inputs: { rows: 'right.rows' } },
      right: { component: 'ToyPass', inputs: { rows: 'left.rows' } },
    };
    const broken = { ...chain, document: { ...chain.document, nodes } };
    const { executed } = await run(request(broken, { type: 'to', nodes: ['figures'] }));
    expect([...executed].sort()).toEqual(['figures', 'pass', 'source']);
    expect(await decisions(request(broken, { type: 'to', nodes: ['figures'] }))).toEqual({
      source: 'reuse',
      pass: 'reuse',
      figures: 'reuse',
      bad: 'skip',
      lost: 'skip',
      left: 'skip',
      right: 'skip',
    });
    await expect(planRun(context, request(broken, { type: 'to', nodes: ['bad'] }))).rejects.toMatchObject({
      code: 'invalid-pipeline',
      node: 'bad',
    });
    await expect(planRun(context, request(broken))).rejects.toThrow('circle');
  });
});
