/** Validation and planning of a large pipeline: what an editor does while a person types, and a start before it queues. */

import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from '../../../lib/pipeline/pipeline';
import { validatePipeline } from '../../../lib/pipeline/validate';
import { TOY_CATALOG } from '../../testing/toy-catalog';
import { ToyWorld } from '../../testing/toy-world';
import type { BenchRow } from './bench-row';
import { medianOf } from './median';

const NODES = 1_000;
const ROUNDS = 9;
const VALIDATE_BAR_MS = 20;
const PLAN_BAR_MS = 500;

/** Medians of nine rounds on 1,000 nodes and about 1,500 wires. */
export async function run(): Promise<readonly BenchRow[]> {
  const pipeline = largePipeline();
  const world = new ToyWorld(TOY_CATALOG);
  const request = { selection: { type: 'all' }, reuse: true } as const;
  world.execute(pipeline, world.plan(pipeline, request));
  const validateMs = medianOf(ROUNDS, () => {
    if (validatePipeline(pipeline, TOY_CATALOG).length > 0) throw new Error('the large pipeline has problems');
  });
  const planMs = medianOf(ROUNDS, () => {
    if (world.plan(pipeline, request).nodes.length !== NODES) throw new Error('the plan leaves nodes out');
  });
  return [
    row('Problems of 1,000 nodes and 1,500 wires', validateMs, VALIDATE_BAR_MS),
    row('Plan of 1,000 nodes and 1,500 wires, all reused', planMs, PLAN_BAR_MS),
  ];
}

function row(claim: string, measured: number, barMs: number): BenchRow {
  return { claim, measured, unit: 'ms', bar: `≤ ${barMs} ms`, ok: measured <= barMs };
}

function largePipeline(): Pipeline {
  const nodes: Record<string, PipelineNode> = { n0: { component: 'ToyMake' } };
  for (let i = 1; i < NODES; i++) {
    const many = i % 2 === 0 ? [`n${i - 1}.rows`] : [...new Set([`n${i - 1}.rows`, `n${Math.floor(i / 2)}.rows`])];
    nodes[`n${i}`] = { component: 'ToyJoin', inputs: { many } };
  }
  return { format: PIPELINE_FORMAT, name: 'large', nodes };
}
