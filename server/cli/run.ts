/** `sluice run`: runs a pipeline file or a stored pipeline, or tells what a run would do. */

import { Option, type Command } from 'commander';
import * as z from 'zod';

import { COMPONENTS } from '../../lib/catalog/index';
import { AppError } from '../../lib/errors';
import { parseAssignment, type LaunchValues } from '../../lib/pipeline/launch-values';
import type { Selection } from '../../lib/pipeline/selection';
import { planRun, prepareLaunch, type RunRequest } from '../runs/plan-run';
import { startRun } from '../runs/start-run';
import { perform, verb, type Call, type CommonFlags } from './call';
import { followRun } from './follow-run';
import { EXIT, print, printDocument } from './output';
import { isPipelineFile, readPipelineFile } from './pipeline-file';
import { withStudio, type Studio } from './studio';
import { textTable } from './text-table';

type RunFlags = CommonFlags & {
  readonly set: readonly string[];
  readonly param: readonly string[];
  readonly to?: string;
  readonly from?: string;
  readonly only?: string;
  readonly reuse: boolean;
  readonly plan?: boolean;
};

const collect = (value: string, earlier: readonly string[]) => [...earlier, value];

/** Defines the verb. */
export function runCommand(): Command {
  return verb('run', 'run a pipeline file (imported under its name first) or a stored pipeline')
    .argument('<file|name>', 'path of a pipeline file, or name of a stored pipeline')
    .option('--set <node.param=JSON>', 'set a parameter of a node for this run; repeatable', collect, [])
    .option('--param <name=JSON>', 'set a pipeline parameter for this run; repeatable', collect, [])
    .addOption(new Option('--to <nodes>', 'these nodes and what they depend on').conflicts(['from', 'only']))
    .addOption(new Option('--from <nodes>', 'these nodes and what depends on them').conflicts(['to', 'only']))
    .addOption(new Option('--only <nodes>', 'exactly these nodes').conflicts(['to', 'from']))
    .option('--no-reuse', 'execute every node, even where nothing changed')
    .option('--plan', 'tell what would execute, be reused, skipped or blocked, and why; start nothing')
    .action((target: string, flags: RunFlags) => perform(flags, (call) => run(call, target, flags)));
}

async function run(call: Call, target: string, flags: RunFlags): Promise<number> {
  const values = launchValues(flags);
  const selection = selectionOf(flags);
  const pipeline = (await isPipelineFile(target)) ? await readPipelineFile(target) : { name: target };
  const request: RunRequest = { pipeline, values, selection, reuse: flags.reuse };
  // What is wrong with a file shows at once, before anything is started for it.
  if ('document' in pipeline) prepareLaunch(pipeline.document, request, COMPONENTS);
  return withStudio(call, async (studio) => {
    if (flags.plan === true) return plan(call, studio, request);
    const { id } = await startRun(studio.context, request, 'command line');
    return followRun(call, studio, { runId: id });
  });
}

async function plan(call: Call, studio: Studio, request: RunRequest): Promise<number> {
  const planned = await planRun(studio.context, request);
  const nodes = planned.plan.nodes.map(({ node, decision, reason }) => ({ node, decision, reason }));
  if (call.json)
    printDocument({
      nodes: Object.fromEntries(nodes.map(({ node, decision, reason }) => [node, { decision, reason }])),
    });
  else
    print(
      textTable(
        ['node', 'will', 'why'],
        nodes.map(({ node, decision, reason }) => [node, decision, reason]),
      ),
    );
  return EXIT.done;
}

function launchValues(flags: RunFlags): LaunchValues {
  const params: Record<string, LaunchValues['params'][string]> = {};
  for (const text of flags.param) {
    const { target, value } = assignment('--param', text);
    params[target] = value;
  }
  return {
    params,
    set: flags.set.map((text) => assignment('--set', text)).map(({ target, value }) => ({ path: target, value })),
  };
}

function assignment(flag: '--param' | '--set', text: string) {
  const parsed = parseAssignment(flag, text);
  if (!parsed.ok) throw new AppError('invalid-input', parsed.error);
  return { target: parsed.value.target, value: z.json().parse(parsed.value.value) };
}

function selectionOf({ to, from, only }: RunFlags): Selection {
  if (to !== undefined) return { type: 'to', nodes: nodeList('--to', to) };
  if (from !== undefined) return { type: 'from', nodes: nodeList('--from', from) };
  if (only !== undefined) return { type: 'only', nodes: nodeList('--only', only) };
  return { type: 'all' };
}

function nodeList(flag: string, text: string): string[] {
  const nodes = text.split(',').map((node) => node.trim());
  if (nodes.includes('')) throw new AppError('invalid-input', `${flag} takes ids of nodes, separated by commas.`);
  return nodes;
}
