/** A run, as `--json` tells it and as people read it. */

import { errorSentences } from '../../lib/errors';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { zArtifactId, zRunId } from '../../lib/ids';
import { artifactFolder } from '../storage/artifact-store';
import type { RunAnswer } from './answers';
import { details } from './output';
import { formatDuration, printable, textTable } from './text-table';

type NodeAnswer = RunAnswer['nodes'][string];

/** The answer of `run` and `runs show`. Folders are absolute. */
export function toRunAnswer(run: RunSnapshot, artifactsFolder: string): RunAnswer {
  const nodes: Record<string, NodeAnswer> = {};
  for (const [id, node] of Object.entries(run.nodes)) nodes[id] = toNodeAnswer(node, artifactsFolder);
  const { pipeline, pipelineVersion, state } = run;
  return { runId: zRunId.parse(run.runId), number: run.runNumber, pipeline, pipelineVersion, state, nodes };
}

function toNodeAnswer(node: NodeSnapshot, artifactsFolder: string): NodeAnswer {
  const outputs: NodeAnswer['outputs'] = {};
  for (const [port, [artifact]] of Object.entries(node.outputs)) {
    if (artifact === undefined) continue;
    const { id, type, digest, uri } = artifact;
    outputs[port] = { id: zArtifactId.parse(id), type, digest, folder: artifactFolder(artifactsFolder, uri) };
  }
  return {
    state: node.state,
    decision: node.decision,
    reason: node.stateReason ?? node.reason,
    attempts: node.attempts.length,
    durationMs: node.durationMs ?? null,
    error: node.error === undefined ? null : { message: errorText(node) },
    outputs,
  };
}

/** Lines for people: one a node, then every error with its next step. */
export function describeRun(run: RunSnapshot): string {
  const rows = Object.values(run.nodes).map((node) => [
    node.node,
    STATE_WORDS[node.state],
    node.durationMs === undefined ? '' : formatDuration(node.durationMs),
    node.state === 'cached' ? `from run ${node.fromRunNumber ?? '?'}` : (node.stateReason ?? ''),
  ]);
  const errors = Object.values(run.nodes).flatMap((node) =>
    node.error === undefined ? [] : [`${node.node} failed: ${printable(errorText(node))}`, ...details(node.error)],
  );
  const title = `Run ${run.runNumber} of ${run.pipeline} (${run.runId}): ${run.state}`;
  return [title, textTable(['node', 'state', 'time', ''], rows), ...errors].join('\n');
}

/** The screen's words for states. */
export const STATE_WORDS = {
  queued: 'queued',
  running: 'running',
  complete: 'complete',
  cached: 'reused',
  failed: 'failed',
  canceled: 'canceled',
  skipped: 'skipped',
} as const satisfies { readonly [S in NodeSnapshot['state']]: string };

function errorText({ error }: NodeSnapshot): string {
  return error === undefined ? '' : errorSentences(error);
}
