/** What the plan says before a run is what the engine does in it, through real workers, whatever changed in between. */

import { appendFile, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { COMPONENTS } from '../../lib/catalog/index';
import type { LaunchValues } from '../../lib/pipeline/launch-values';
import { PIPELINE_FORMAT, type Pipeline } from '../../lib/pipeline/pipeline';
import type { Selection } from '../../lib/pipeline/selection';
import { TEST_COMPONENTS } from '../testing/components/specs';
import type { Scenario } from '../testing/scenario';
import { openTestScenario } from '../testing/test-scenario';
import { planRun } from './plan-run';
import type { RunContext } from './run-context';
import { startRun } from './start-run';

const NOTHING: LaunchValues = { params: {}, set: [] };

describe('the plan of a run', () => {
  let scenario: Scenario;
  let context: RunContext;

  beforeAll(async () => {
    scenario = await openTestScenario();
    await scenario.startWorker();
    const catalog = { ...COMPONENTS, ...TEST_COMPONENTS };
    context = { db: scenario.db, catalog, artifactsFolder: scenario.artifactsFolder };
    await writeFile(scenario.file('rows.csv'), 'a,b\n1,x\n2,y\n3,z\n4,w\n5,v\n6,u\n');
  });
  afterAll(async () => {
    await scenario[Symbol.asyncDispose]();
  });

  const document: Pipeline = {
    format: PIPELINE_FORMAT,
    name: 'tree',
    parameters: { word: { type: 'string', default: 'left' } },
    nodes: {
      examples: { component: 'CsvExampleGen', params: { inputBase: 'rows.csv' } },
      statistics: { component: 'StatisticsGen', inputs: { examples: 'examples.examples' } },
      root: { component: 'NoOp', params: { text: 'root' } },
      left: { component: 'NoOp', inputs: { after: 'root.token' }, params: { text: { $param: 'word' } } },
      right: { component: 'NoOp', inputs: { after: 'root.token' }, params: { text: 'right' } },
      leaf: { component: 'NoOp', inputs: { after: ['left.token', 'right.token'] }, params: { text: 'leaf' } },
    },
  };
  type Asked = { readonly values?: LaunchValues; readonly selection?: Selection; readonly reuse?: boolean };

  /** Plans, runs, and holds what happened to what was planned. Returns the decisions by node. */
  async function runAsPlanned(asked: Asked = {}): Promise<Record<string, string>> {
    const { values = NOTHING, selection = { type: 'all' }, reuse = true } = asked;
    const request = { pipeline: { document, baseFolder: scenario.folder }, values, selection, reuse };
    const { plan } = await planRun(context, request);
    const planned = Object.fromEntries(plan.nodes.map(({ node, decision }) => [node, decision]));
    const reasons = Object.fromEntries(plan.nodes.map(({ node, reason }) => [node, reason]));
    const { id } = await startRun(context, request, 'test');
    const run = await scenario.waitForRun(id);
    const events = await scenario.events(id);
    expect(run.state).toBe('complete');
    const states = { execute: 'complete', reuse: 'cached', skip: 'skipped', blocked: 'blocked' } as const;
    const expected = Object.fromEntries(plan.nodes.map(({ node, decision }) => [node, states[decision]]));
    const came = Object.fromEntries(Object.values(run.nodes).map(({ node, state }) => [node, state]));
    expect(came).toEqual(expected);
    const started = events.flatMap(({ body }) => (body.type === 'node.started' ? [body.node] : []));
    // On a busy machine an attempt may be lost and made again; which nodes executed is what counts.
    expect([...new Set(started)].sort()).toEqual(
      plan.nodes
        .filter((node) => node.decision === 'execute')
        .map(({ node }) => node)
        .sort(),
    );
    expect(events.filter(({ body }) => body.type === 'node.replanned')).toEqual([]);
    expect(Object.fromEntries(Object.values(run.nodes).map(({ node, reason }) => [node, reason]))).toEqual(reasons);
    return planned;
  }

  async function outputFolder(node: string): Promise<string> {
    const request = {
      pipeline: { name: document.name },
      values: NOTHING,
      selection: { type: 'all' },
      reuse: true,
    } as const;
    const { plan } = await planRun(context, request);
    const outputs = plan.nodes.find((item) => item.node === node)?.from?.outputs ?? {};
    const [uri] = Object.values(outputs).flatMap((artifacts) => artifacts.map((artifact) => artifact.uri));
    return path.join(scenario.artifactsFolder, uri ?? '');
  }

  const all = (decision: string, but: Record<string, string> = {}) => ({
    ...Object.fromEntries(Object.keys(document.nodes).map((id) => [id, decision])),
    ...but,
  });

  it('is what happens, through changes of parameters, files, artifacts and selections', async () => {
    expect(await runAsPlanned()).toEqual(all('execute'));
    expect(await runAsPlanned()).toEqual(all('reuse'));

    const word: LaunchValues = { params: { word: 'other' }, set: [] };
    expect(await runAsPlanned({ values: word })).toEqual(all('reuse', { left: 'execute', leaf: 'execute' }));
    expect(await runAsPlanned()).toEqual(all('reuse'));

    await appendFile(scenario.file('rows.csv'), '7,t\n');
    expect(await runAsPlanned()).toEqual(all('reuse', { examples: 'execute', statistics: 'execute' }));

    await rm(await outputFolder('right'), { recursive: true });
    expect(await runAsPlanned()).toEqual(all('reuse', { right: 'execute', leaf: 'execute' }));

    const changed = path.join(await outputFolder('left'), 'text.txt');
    await writeFile(changed, (await readFile(changed, 'utf8')).toUpperCase());
    const later = Date.now() / 1000 + 60;
    await utimes(changed, later, later);
    expect(await runAsPlanned()).toEqual(all('reuse', { left: 'execute', leaf: 'execute' }));

    expect(await runAsPlanned({ selection: { type: 'to', nodes: ['left'] }, reuse: false })).toEqual(
      all('skip', { root: 'execute', left: 'execute' }),
    );
    expect(await runAsPlanned({ selection: { type: 'from', nodes: ['right'] }, reuse: false })).toEqual(
      all('skip', { root: 'reuse', left: 'reuse', right: 'execute', leaf: 'execute' }),
    );
    const stale: Asked = { values: word, selection: { type: 'only', nodes: ['leaf', 'statistics'] }, reuse: false };
    expect(await runAsPlanned(stale)).toEqual(
      all('skip', { left: 'reuse', right: 'reuse', leaf: 'execute', examples: 'reuse', statistics: 'execute' }),
    );
    expect(await runAsPlanned()).toEqual(all('reuse'));
  }, 120_000);
});
