/** `sluice runs`: what has run, and what to do about it. A run is named by its number, its id, or `latest`. */

import type { Command } from 'commander';

import { AppError } from '../../lib/errors';
import type { RunId } from '../../lib/ids';
import { didYouMean } from '../../lib/text/closest-word';
import { isFinalRunState } from '../../lib/run/run';
import { readEvents } from '../events/read-events';
import { cancelRun } from '../runs/cancel-run';
import { retryRun } from '../runs/retry-run';
import { getRun, listRuns, requireRunId } from '../runs/run-history-repository';
import { group, parseCount, perform, verb, type Call, type CommonFlags } from './call';
import { followRun, printRun } from './follow-run';
import { EXIT, print, printDocument, say } from './output';
import { withStudio, type Studio } from './studio';
import { printable, textTable } from './text-table';

/** Defines the verbs. */
export function runsCommand(): Command {
  return group('runs', 'list and show runs, cancel and retry them, read their logs')
    .addCommand(listCommand())
    .addCommand(onRun('show', 'one run and its nodes', show))
    .addCommand(onRun('cancel', 'end a run; returns when nothing of it runs any more', cancel))
    .addCommand(
      onRun('retry', 'run again what failed, was canceled or was therefore skipped; waits for the end', retry),
    )
    .addCommand(logsCommand());
}

type ListFlags = CommonFlags & { readonly limit: number; readonly pipeline?: string };

function listCommand(): Command {
  return verb('list', 'runs, newest first')
    .option('--limit <n>', 'at most so many, up to 1000', parseCount, 100)
    .option('--pipeline <name>', 'only those of this pipeline')
    .action((flags: ListFlags) =>
      perform(flags, (call) =>
        withStudio(call, async ({ db }) => {
          const runs = await listRuns(db, { limit: flags.limit, pipeline: flags.pipeline });
          if (call.json) printDocument({ runs });
          else if (runs.length === 0) print('No runs yet. `sluice run FILE` starts one.');
          else
            print(
              textTable(
                ['run', 'pipeline', 'state', 'created', 'id'],
                runs.map((run) => [run.number, run.pipeline, run.state, run.createdAt, run.id]),
              ),
            );
          return EXIT.done;
        }),
      ),
    );
}

type RunWork = (call: Call, studio: Studio, runId: RunId) => Promise<number>;

function onRun(name: string, summary: string, work: RunWork): Command {
  return verb(name, summary)
    .argument('<run>', 'number, id or "latest"')
    .action((run: string, flags: CommonFlags) =>
      perform(flags, (call) =>
        withStudio(call, async (studio) => work(call, studio, await requireRunId(studio.db, run))),
      ),
    );
}

async function show(call: Call, studio: Studio, runId: RunId): Promise<number> {
  printRun(call, studio, await getRun(studio.db, runId));
  return EXIT.done;
}

async function cancel(call: Call, studio: Studio, runId: RunId): Promise<number> {
  const run = await getRun(studio.db, runId);
  if (isFinalRunState(run.state)) {
    say(`The run had already ended: ${run.state}.`);
    printRun(call, studio, run);
    return run.state === 'failed' ? EXIT.failed : EXIT.done;
  }
  await cancelRun(studio.db, runId, 'command line');
  const code = await followRun(call, studio, { runId, after: run.cursor, cancelsOnSignal: false });
  // The cancel was what was asked for: it is done, whatever the run became.
  return code === EXIT.canceled ? EXIT.done : code;
}

async function retry(call: Call, studio: Studio, runId: RunId): Promise<number> {
  const { cursor } = await getRun(studio.db, runId);
  await retryRun(studio.db, runId);
  return followRun(call, studio, { runId, after: cursor });
}

function logsCommand(): Command {
  return verb('logs', 'what the nodes of a run logged')
    .argument('<run>', 'number, id or "latest"')
    .argument('[node]', 'only this node')
    .action((run: string, node: string | undefined, flags: CommonFlags) =>
      perform(flags, (call) => withStudio(call, (studio) => logs(call, studio, { run, node }))),
    );
}

async function logs(
  call: Call,
  { db }: Studio,
  of: { readonly run: string; readonly node: string | undefined },
): Promise<number> {
  const runId = await requireRunId(db, of.run);
  const snapshot = await getRun(db, runId);
  requireNode(Object.keys(snapshot.nodes), of.node);
  const lines = [];
  for (let after = 0; ;) {
    const events = await readEvents(db, runId, after);
    const last = events.at(-1);
    if (last === undefined) break;
    after = last.seq;
    for (const { at, body } of events) {
      if (body.type !== 'node.logged' || (of.node !== undefined && body.node !== of.node)) continue;
      const { node, attempt, level, message } = body;
      lines.push({ at, node, attempt, level, message });
    }
  }
  if (call.json) printDocument({ runId, lines });
  else for (const line of lines) print(`${line.at}  ${line.node}  ${line.level}  ${printable(line.message)}`);
  return EXIT.done;
}

function requireNode(known: readonly string[], node: string | undefined): void {
  if (node === undefined || known.includes(node)) return;
  throw new AppError('not-found', `The run has no node "${node}".${didYouMean(node, known)}`, { node });
}
