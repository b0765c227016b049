/** What the engine costs: a step, a fan-out, a reuse, a click, a sweep; with real workers on an embedded PostgreSQL. */

import type { RunId } from '../../../lib/ids';
import type { PipelineNode } from '../../../lib/pipeline/pipeline';
import { isFinalRunState } from '../../../lib/run/run';
import { listRuns } from '../../runs/run-history-repository';
import { startRun } from '../../runs/start-run';
import { TEST_COMPONENTS } from '../../testing/components/specs';
import type { Scenario } from '../../testing/scenario';
import { waitFor } from '../../testing/wait-for';
import { DEFAULT_TIMES } from '../../worker/worker-settings';
import { sweep } from '../../worker/sweep';
import type { BenchRow } from './bench-row';
import { openBenchScenario } from './bench-scenario';

type Nodes = { readonly [id: string]: PipelineNode };

const noOp = (after: readonly string[]): PipelineNode => ({
  component: 'NoOp',
  inputs: { after: after.map((id) => `${id}.token`) },
});

/** Measures the engine's claims. */
export async function run(): Promise<readonly BenchRow[]> {
  await using scenario = await openBenchScenario();
  await scenario.startWorker();
  await warmUp(scenario);
  return [
    await measureStep(scenario),
    await measureFanOut(scenario),
    await measureClick(scenario),
    await measureReuse(scenario),
    await measureManyRuns(scenario),
    await measureSweep(scenario),
  ];
}

/** Asks for nothing but the newest run's state: folding its events again and again would be part of what is measured. */
async function untilFinished({ db }: Scenario, runId: RunId): Promise<void> {
  const isFinished = async (): Promise<boolean> => {
    const [newest] = await listRuns(db, { limit: 1 });
    return newest?.id === runId && isFinalRunState(newest.state);
  };
  await waitFor(`the end of run ${runId}`, isFinished, 120_000);
}

/** As many steps as are measured afterwards: the compiler optimises the worker's code only once it has run often. */
async function warmUp(scenario: Scenario): Promise<void> {
  await untilFinished(scenario, await scenario.startRun(chain()));
}

const chain = (): Nodes =>
  Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`n${i}`, noOp(i === 0 ? [] : [`n${i - 1}`])]));

/** From the start of a step to the start of the next one in a chain of steps that do nothing. */
async function measureStep(scenario: Scenario): Promise<BenchRow> {
  const runId = await scenario.startRun(chain());
  await untilFinished(scenario, runId);
  const starts = (await scenario.events(runId)).filter((event) => event.body.type === 'node.started').map(atMs);
  const gaps = starts.slice(1).map((at, i) => at - (starts[i] ?? 0));
  const measured = median(gaps);
  return {
    claim: 'overhead of a step (median, warm)',
    measured,
    unit: 'ms',
    bar: '≤ 10 ms',
    peer: { name: 'Luigi, local', value: 29, unit: 'ms' },
    ok: measured <= 10,
  };
}

async function measureFanOut(scenario: Scenario): Promise<BenchRow> {
  const nodes: Record<string, PipelineNode> = { root: noOp([]) };
  for (let i = 1; i < 1_000; i++) nodes[`n${i}`] = noOp(['root']);
  const runId = await scenario.startRun(nodes);
  await untilFinished(scenario, runId);
  const measured = (await spanMs(scenario, runId)) / 1_000;
  return { claim: '1,000 steps that do nothing', measured, unit: 's', bar: '≤ 10 s', ok: measured <= 10 };
}

async function measureClick(scenario: Scenario): Promise<BenchRow> {
  const delays: number[] = [];
  for (let i = 0; i < 10; i++) {
    const clickedAt = Date.now();
    const { id } = await start(scenario, { a: noOp([]) }, { reuse: false });
    await untilFinished(scenario, id);
    const started = (await scenario.events(id)).find((event) => event.body.type === 'node.started');
    delays.push(started === undefined ? Number.NaN : atMs(started) - clickedAt);
  }
  const measured = median(delays);
  return { claim: 'click on Run → first node running', measured, unit: 'ms', bar: '≤ 100 ms', ok: measured <= 100 };
}

async function measureReuse(scenario: Scenario): Promise<BenchRow> {
  const nodes: Nodes = { a: { ...noOp([]), params: { text: 'a' } }, b: noOp(['a']) };
  const first = await start(scenario, nodes, { reuse: true });
  await scenario.waitForRun(first.id);
  const delays: number[] = [];
  for (let i = 0; i < 10; i++) {
    const from = Date.now();
    const { id } = await start(scenario, nodes, { reuse: true });
    const finished = await scenario.waitForRun(id);
    const states = Object.values(finished.nodes).map((node) => node.state);
    if (states.some((state) => state !== 'cached')) throw new Error(`not reused: ${states.join(', ')}`);
    delays.push(Date.parse(finished.finishedAt ?? '') - from);
  }
  const measured = median(delays);
  return { claim: 'rerun of two unchanged nodes', measured, unit: 'ms', bar: '≤ 150 ms', ok: measured <= 150 };
}

async function measureManyRuns(scenario: Scenario): Promise<BenchRow> {
  const from = performance.now();
  const ids = await Promise.all(Array.from({ length: 200 }, () => scenario.startRun({ a: noOp([]), b: noOp(['a']) })));
  const runs = await Promise.all(ids.map((id) => scenario.waitForRun(id, undefined, 120_000)));
  const measured = (performance.now() - from) / 1_000;
  const right = runs.filter((run) => run.state === 'complete').length;
  return { claim: '200 runs queued at once, all right', measured, unit: 's', bar: 'all complete', ok: right === 200 };
}

/** One pass over 10,000 open nodes, with nothing wrong to find. */
async function measureSweep(scenario: Scenario): Promise<BenchRow> {
  const nodes: Record<string, PipelineNode> = { root: { component: 'Gate', params: { gate: scenario.file('never') } } };
  for (let i = 1; i < 10_000; i++) nodes[`n${i}`] = noOp(['root']);
  const runId = await scenario.startRun(nodes);
  await scenario.waitForEvent(runId, (event) => event.body.type === 'node.started');
  const passes: number[] = [];
  for (let i = 0; i < 5; i++) {
    const from = performance.now();
    await sweep({
      db: scenario.db,
      artifactsFolder: scenario.artifactsFolder,
      workerId: 'work_of_nobody',
      leaseMs: DEFAULT_TIMES.leaseMs,
      held: () => [],
      isClaiming: () => false,
    });
    passes.push(performance.now() - from);
  }
  const measured = median(passes);
  return { claim: 'a sweep over 10,000 open nodes', measured, unit: 'ms', bar: '≤ 200 ms', ok: measured <= 200 };
}

function start(scenario: Scenario, nodes: Nodes, { reuse }: { readonly reuse: boolean }) {
  const name = reuse ? 'reuse' : 'click';
  const context = { db: scenario.db, catalog: TEST_COMPONENTS, artifactsFolder: scenario.artifactsFolder };
  return startRun(
    context,
    {
      pipeline: { document: { format: 'sluice.pipeline/1', name, nodes }, baseFolder: scenario.folder },
      values: { params: {}, set: [] },
      selection: { type: 'all' },
      reuse,
    },
    'benchmark',
  );
}

async function spanMs(scenario: Scenario, runId: RunId): Promise<number> {
  const events = await scenario.events(runId);
  const [first, last] = [events.at(0), events.at(-1)];
  return first === undefined || last === undefined ? Number.NaN : atMs(last) - atMs(first);
}

function atMs(event: { readonly at: string }): number {
  return Date.parse(event.at);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
