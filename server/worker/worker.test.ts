import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { PipelineNode } from '../../lib/pipeline/pipeline';
import { startRun } from '../runs/start-run';
import { TEST_COMPONENTS } from '../testing/components/specs';
import type { Scenario } from '../testing/scenario';
import { openTestScenario } from '../testing/test-scenario';

/** Starts a run as the command line does: validated, planned, with reuse. */
async function start(scenario: Scenario, nodes: { readonly [id: string]: PipelineNode }) {
  const { db, artifactsFolder } = scenario;
  const document = { format: 'sluice.pipeline/1' as const, name: 'reuse', nodes };
  const { id } = await startRun(
    { db, artifactsFolder, catalog: TEST_COMPONENTS },
    {
      pipeline: { document, baseFolder: scenario.folder },
      values: { params: {}, set: [] },
      selection: { type: 'all' },
      reuse: true,
    },
    'a test',
  );
  return id;
}

const states = (run: { readonly nodes: { readonly [id: string]: { readonly state: string } } }) =>
  Object.values(run.nodes).map((node) => node.state);

/** The file of the first output of a node. */
function outputFile(scenario: Scenario, run: Awaited<ReturnType<Scenario['waitForRun']>>, node: string): string {
  const uri = run.nodes[node]?.outputs['token']?.[0]?.uri ?? '';
  return path.join(scenario.artifactsFolder, uri, 'text.txt');
}

describe('a worker', () => {
  it('runs a diamond to its end, hands outputs on and records what went in', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const runId = await scenario.startRun({
      a: { component: 'NoOp', params: { text: 'a' } },
      b: { component: 'NoOp', inputs: { after: 'a.token' } },
      c: { component: 'NoOp', inputs: { after: ['a.token'] }, params: { text: 'c' } },
      d: { component: 'NoOp', inputs: { after: ['b.token', 'c.token'] } },
    });
    const run = await scenario.waitForRun(runId);
    expect(run.state).toBe('complete');
    expect(states(run)).toEqual(['complete', 'complete', 'complete', 'complete']);
    expect(readFileSync(outputFile(scenario, run, 'c'), 'utf8')).toBe('c');
  });

  it('A3 computes nothing in an unchanged run', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const nodes = {
      a: { component: 'NoOp', params: { text: 'a', journal: scenario.file('a') } },
      b: { component: 'NoOp', inputs: { after: 'a.token' }, params: { journal: scenario.file('b') } },
    };
    const first = await scenario.waitForRun(await start(scenario, nodes));
    const second = await scenario.waitForRun(await start(scenario, nodes));
    expect(states(second)).toEqual(['cached', 'cached']);
    expect(second.nodes['a']?.outputs).toEqual(first.nodes['a']?.outputs);
    expect(scenario.journal('a').filter((line) => line.startsWith('start'))).toHaveLength(1);
  });

  it('runs a node after all whose output disappears between plan and run', async () => {
    await using scenario = await openTestScenario();
    const worker = await scenario.startWorker();
    const nodes = {
      a: { component: 'NoOp', params: { text: 'a' } },
      b: { component: 'NoOp', inputs: { after: 'a.token' } },
    };
    const first = await scenario.waitForRun(await start(scenario, nodes));
    await worker.stop();
    const runId = await start(scenario, nodes);
    rmSync(path.dirname(outputFile(scenario, first, 'a')), { recursive: true });
    await scenario.startWorker();
    const second = await scenario.waitForRun(runId);
    // The node made the same bytes again, so what depends on them can still be reused.
    expect(states(second)).toEqual(['complete', 'cached']);
    expect(second.nodes['a']).toMatchObject({ decision: 'execute' });
    expect(second.nodes['a']?.reason).toContain('no longer on disk');
    expect(existsSync(outputFile(scenario, second, 'a'))).toBe(true);
  });

  it('says that an input was changed on disk, and the next run makes it again', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const gate = { gate: scenario.file('gate') };
    const nodes = {
      a: { component: 'NoOp', params: { text: 'abc' } },
      b: { component: 'Gate', inputs: { after: 'a.token' }, params: gate },
      c: { component: 'NoOp', inputs: { after: ['a.token', 'b.token'] } },
    };
    const runId = await start(scenario, nodes);
    await scenario.waitForEvent(runId, ({ body }) => body.type === 'node.logged');
    const file = outputFile(scenario, await scenario.snapshot(runId), 'a');
    appendFileSync(file, 'more');
    scenario.openGate('gate');
    const run = await scenario.waitForRun(runId);
    expect(run.nodes['c']?.error).toMatchObject({ code: 'artifact-damaged' });
    expect(run.nodes['c']?.error?.nextStep).toContain('new run');
    writeFileSync(file, 'xyz');

    const next = await scenario.waitForRun(await start(scenario, nodes));
    expect(next.state).toBe('complete');
    expect(next.nodes['a']?.state).toBe('complete');
    expect(readFileSync(outputFile(scenario, next, 'a'), 'utf8')).toBe('abc');
    writeFileSync(file, 'abc');
  });

  it('keeps a bounded log and says how much was dropped', async () => {
    await using scenario = await openTestScenario();
    await scenario.startWorker();
    const runId = await scenario.startRun({ a: { component: 'Talker', params: { lines: 1_234, progress: 500 } } });
    await scenario.waitForRun(runId);
    const events = await scenario.events(runId);
    const lines = events.flatMap(({ body }) => (body.type === 'node.logged' ? [body.message] : []));
    expect(lines).toHaveLength(1_001);
    expect(lines.at(-1)).toContain('234 more lines were dropped');
    const progress = events.flatMap(({ body }) => (body.type === 'node.progressed' ? [body] : []));
    expect(progress.length).toBeLessThan(100);
    expect(progress.at(-1)?.share).toBe(1);
  });

  it('gives back what it ran when it is asked to stop, and the next one goes on', async () => {
    await using scenario = await openTestScenario();
    const worker = await scenario.startWorker();
    const runId = await scenario.startRun({ a: { component: 'Gate', params: { gate: scenario.file('gate') } } });
    await scenario.waitForAttempt(runId, 'a', 1);
    await worker.stop();
    expect((await scenario.snapshot(runId)).nodes['a']).toMatchObject({ state: 'queued' });
    scenario.openGate('gate');
    await scenario.startWorker();
    expect((await scenario.waitForRun(runId)).state).toBe('complete');
  });
});
