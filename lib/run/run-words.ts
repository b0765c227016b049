/** What screens say of runs, node runs and artifacts: one place, so that a state has one word. */

import * as z from 'zod';

import type { ArtifactRef } from '../artifact/artifact';
import { assertNever } from '../assert';
import { summaryWords, zEvaluationSummary } from '../evaluation/evaluation-summary';
import { formatCount, formatProgress, formatQuantity } from '../format/number';
import type { AttemptSnapshot, NodeSnapshot, RunSnapshot } from './fold-run';
import type { NodeState, PlanDecision, RunState, StateReason } from './run';
import type { NodeOutputs } from './run-event';

const WORDS = {
  queued: 'Queued',
  running: 'Running',
  complete: 'Complete',
  cached: 'Reused',
  failed: 'Failed',
  canceled: 'Canceled',
  skipped: 'Skipped',
} as const satisfies Record<NodeState | RunState, string>;

/** The word of a state: the screen's word for `cached` is "Reused". */
export function stateWord(state: NodeState | RunState): string {
  return WORDS[state];
}

/** The state of a node run with what it says also: `Running 62 %`, `Reused from run 46`, `2 anomalies`. */
export function nodeStateWords(node: NodeSnapshot): string {
  const anomalies = anomalyWords(node);
  if (anomalies !== undefined) return anomalies;
  if (node.state === 'running' && node.share !== undefined) return `Running ${formatProgress(node.share)}`;
  if (node.state === 'cached' && node.fromRunNumber !== undefined) return `Reused from run ${node.fromRunNumber}`;
  return stateWord(node.state);
}

/** What an examined node is warned of: the count of anomalies among its outputs. Undefined while all is well. */
function anomalyWords(node: NodeSnapshot): string | undefined {
  if (node.state !== 'complete' && node.state !== 'cached') return undefined;
  const count = anomalyCountOf(node.outputs);
  return count === 0 ? undefined : formatQuantity(count, 'anomaly', 'anomalies');
}

/** How many anomalies the outputs of a node hold, over all splits. */
export function anomalyCountOf(outputs: NodeOutputs): number {
  return Object.values(outputs)
    .flat()
    .filter(({ type }) => type === 'ExampleAnomalies')
    .reduce((sum, { properties }) => sum + (zCounts.safeParse(properties).data?.anomalyCount ?? 0), 0);
}

/** The state whose look a node wears: one that found anomalies wears that of a warning, the worst wins. */
export function nodeMark(node: NodeSnapshot): NodeState | 'warning' {
  return anomalyWords(node) === undefined ? node.state : 'warning';
}

/** The state of a run in words: `Running 1 of 2`, `All reused`, `Failed in trainer`, `Canceling`. */
export function runStateWords(run: RunSnapshot): string {
  const nodes = Object.values(run.nodes);
  if (run.cancelRequestedAt !== undefined && run.state === 'running') return 'Canceling';
  switch (run.state) {
    case 'running': {
      const done = nodes.filter((node) => node.endedAt !== undefined).length;
      return `Running, ${done} of ${nodes.length} done`;
    }
    case 'complete': {
      const warned = nodes.filter((node) => anomalyWords(node) !== undefined).length;
      const word = nodes.length > 0 && nodes.every((node) => node.state === 'cached') ? 'All reused' : 'Complete';
      return warned === 0 ? word : `${word}, ${formatQuantity(warned, 'warning')}`;
    }
    case 'failed': {
      const failed = nodes.filter((node) => node.state === 'failed');
      const [first] = failed;
      if (first === undefined) return 'Failed';
      return failed.length === 1 ? `Failed in ${first.node}` : `Failed in ${first.node} and ${failed.length - 1} more`;
    }
    case 'queued':
    case 'canceled':
      return stateWord(run.state);
    default:
      return assertNever(run.state, 'run state');
  }
}

/** The state whose look a run wears: a warning where a node found anomalies, reuse where every node was reused. */
export function runMark(run: RunSnapshot): RunState | 'cached' | 'warning' {
  const nodes = Object.values(run.nodes);
  if (run.state === 'complete' && nodes.some((node) => anomalyWords(node) !== undefined)) return 'warning';
  const isAllReused = run.state === 'complete' && nodes.length > 0 && nodes.every((node) => node.state === 'cached');
  return isAllReused ? 'cached' : run.state;
}

/** One line under a node's name: what came out, what it waits for, or why it ended so. */
export function nodeHeadline(node: NodeSnapshot): string {
  switch (node.state) {
    case 'queued': {
      const retry = node.attempts.at(-1);
      if (retry?.retryInMs !== undefined) return `Attempt ${node.attempts.length + 1} follows`;
      return node.upstream.length === 0 ? 'Waits for a worker' : `Waits for ${node.upstream.join(', ')}`;
    }
    case 'running':
      return node.progressMessage ?? (node.share === undefined ? 'Running' : formatProgress(node.share));
    case 'complete':
      return outputsHeadline(node) ?? 'Complete';
    case 'cached':
      return (
        anomalyWords(node) ?? (node.fromRunNumber === undefined ? 'Reused' : `Reused from run ${node.fromRunNumber}`)
      );
    case 'failed':
      return node.error?.message ?? reasonWords(node.stateReason) ?? 'Failed';
    case 'skipped':
    case 'canceled':
      return endedBecause(node) ?? stateWord(node.state);
    default:
      return assertNever(node.state, 'node state');
  }
}

function outputsHeadline(node: NodeSnapshot): string | undefined {
  for (const artifact of Object.values(node.outputs).flat()) {
    const words = artifactHeadline(artifact);
    if (words !== undefined) return words;
  }
  return undefined;
}

const zCounts = z.looseObject({
  rowCount: z.number().optional(),
  rows: z.record(z.string(), z.number()).optional(),
  featureCount: z.number().optional(),
  anomalyCount: z.number().optional(),
});

/** What an artifact holds, in a few words: `9,999 rows × 14 columns`, `14 features`, `2 anomalies`. Undefined where it does not say. */
export function artifactHeadline(artifact: ArtifactRef): string | undefined {
  const counts = zCounts.safeParse(artifact.properties);
  if (!counts.success) return undefined;
  const { rowCount, featureCount, anomalyCount } = counts.data;
  if (artifact.type === 'ExampleAnomalies' && anomalyCount !== undefined)
    return anomalyCount === 0 ? 'No anomalies' : formatQuantity(anomalyCount, 'anomaly', 'anomalies');
  if (artifact.type === 'PushedModel') return pushedWords(artifact);
  if (artifact.type === 'ModelEvaluation') return evaluationWords(artifact);
  if (artifact.type === 'Examples' && rowCount !== undefined) {
    const columns = featureCount === undefined ? '' : ` × ${formatQuantity(featureCount, 'column')}`;
    return `${formatQuantity(rowCount, 'row')}${columns}`;
  }
  return featureCount === undefined ? undefined : formatQuantity(featureCount, 'feature');
}

/** What Evaluator found: `AUC 0.912 (+0.004) · blessed`. */
function evaluationWords({ properties }: ArtifactRef): string | undefined {
  const summary = zEvaluationSummary.safeParse(properties);
  return summary.success ? summaryWords(summary.data) : undefined;
}

const zPushed = z.object({ pushed: z.literal(1), pushedVersion: z.string() });

/** What Pusher did: `Pushed as 1764010800`, by the name of the version's folder. */
function pushedWords({ properties }: ArtifactRef): string {
  const pushed = zPushed.safeParse(properties);
  return pushed.success ? `Pushed as ${pushed.data.pushedVersion}` : 'Not pushed';
}

/** Rows of each split in the artifact's own order: `train 6,660, eval 3,339`. Undefined where it does not say. */
export function splitCounts(artifact: ArtifactRef): string | undefined {
  const counts = zCounts.safeParse(artifact.properties);
  if (!counts.success || counts.data.rows === undefined) return undefined;
  const { rows } = counts.data;
  return splitNames(artifact)
    .filter((split) => rows[split] !== undefined)
    .map((split) => `${split} ${formatCount(rows[split])}`)
    .join(', ');
}

/** The splits of an artifact, in its own order. */
export function splitNames(artifact: ArtifactRef): readonly string[] {
  const names = z.array(z.string()).safeParse(artifact.properties['splitNames']);
  return names.success ? names.data : [];
}

const REASON_WORDS: Record<StateReason, string> = {
  'upstream-failed': 'what it needs failed',
  'upstream-canceled': 'what it needs was canceled',
  'upstream-skipped': 'what it needs was skipped',
  'not-selected': 'not part of this run',
  'not-blessed': 'the model was not blessed',
  'empty-input': 'what it needs came out empty',
  'timed-out': 'it took longer than its limit',
  'run-timed-out': 'the run took longer than its limit',
  lost: 'its process disappeared',
  'canceled-by-user': 'canceled by a person',
};

/** A reason as a half sentence, without a capital. */
export function reasonWords(reason: StateReason | undefined): string | undefined {
  return reason === undefined ? undefined : REASON_WORDS[reason];
}

/** Why a node was skipped, with the node that kept it from running: `evaluator did not bless the model`. */
export function skipWords({
  because,
  reason,
}: {
  readonly because?: string | undefined;
  readonly reason?: StateReason | undefined;
}): string | undefined {
  if (because === undefined) return undefined;
  switch (reason) {
    case 'upstream-failed':
      return `${because} failed`;
    case 'upstream-canceled':
      return `${because} was canceled`;
    case 'upstream-skipped':
      return `${because} was skipped`;
    case 'not-blessed':
      return `${because} did not bless the model`;
    case 'empty-input':
      return `${because} had nothing to give`;
    default:
      return undefined;
  }
}

/** Why a node was skipped or canceled, as a sentence without its full stop. */
export function endedBecause({ because, stateReason }: NodeSnapshot): string | undefined {
  const skipped = skipWords({ because, reason: stateReason });
  if (skipped !== undefined) return skipped;
  const words = reasonWords(stateReason);
  return words === undefined ? undefined : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const DECISION_WORDS: Record<PlanDecision, string> = {
  execute: 'Runs',
  reuse: 'Reuses',
  skip: 'Skips',
  blocked: 'Blocked',
};

/** The word of a plan's decision. */
export function decisionWord(decision: PlanDecision): string {
  return DECISION_WORDS[decision];
}

/** Whether a node did what the plan said: undefined while that is open, and where a failure or a person kept it from it. */
export function keptPlan(node: NodeSnapshot): boolean | undefined {
  switch (node.state) {
    case 'queued':
    case 'running':
      return undefined;
    case 'complete':
    case 'failed':
      return node.decision === 'execute';
    case 'cached':
      return node.decision === 'reuse';
    case 'skipped':
      if (node.stateReason === 'not-selected') return node.decision === 'skip';
      // What is skipped for its inputs could not always be known before: a plan that did not foresee it is not wrong.
      return node.decision === 'skip' ? true : undefined;
    case 'canceled':
      return undefined;
    default:
      return assertNever(node.state, 'node state');
  }
}

/** What a plan comes to: `2 to run, 1 reused`. */
export function planWords(decisions: readonly PlanDecision[]): string {
  const words: [PlanDecision, string][] = [
    ['execute', 'to run'],
    ['reuse', 'reused'],
    ['skip', 'skipped'],
    ['blocked', 'blocked'],
  ];
  return words
    .map(([decision, word]) => ({ word, many: decisions.filter((one) => one === decision).length }))
    .filter(({ many }) => many > 0)
    .map(({ many, word }) => `${many} ${word}`)
    .join(', ');
}

/** What came of a run, counted: `8 ran, 1 reused, 1 skipped`. What is not over yet is left out. */
export function outcomeWords(nodes: readonly NodeSnapshot[]): string {
  const words: [readonly NodeState[], string][] = [
    [['complete'], 'ran'],
    [['cached'], 'reused'],
    [['failed'], 'failed'],
    [['canceled'], 'canceled'],
    [['skipped'], 'skipped'],
  ];
  return words
    .map(([states, word]) => ({ word, many: nodes.filter(({ state }) => states.includes(state)).length }))
    .filter(({ many }) => many > 0)
    .map(({ many, word }) => `${many} ${word}`)
    .join(', ');
}

/** The largest peak memory of any attempt, in bytes. Undefined where none was recorded. */
export function peakMemoryOf(nodes: readonly NodeSnapshot[]): number | undefined {
  const peaks = nodes.flatMap(({ attempts }) => attempts.flatMap(({ usage }) => usage?.peakMemoryBytes ?? []));
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

/** The state of a run in a list, with what it says also: `Failed in trainer`, `1 warning`, `All reused`. */
export type RunSummaryState = {
  readonly state: RunState;
  readonly warnings: number;
  readonly nodes: readonly { readonly state: NodeState }[];
  readonly nodeCount: number;
  readonly failure?: { readonly node: string } | undefined;
  readonly cancelRequestedAt?: string | undefined;
};

/** Mark and words of a run that is known by its row only. */
export function summaryMark(row: RunSummaryState): {
  readonly mark: ReturnType<typeof runMark>;
  readonly words: string;
} {
  const { state, warnings, nodes, nodeCount, failure } = row;
  const done = nodes.filter((node) => node.state !== 'queued' && node.state !== 'running').length;
  if (state === 'running' && row.cancelRequestedAt !== undefined) return { mark: 'running', words: 'Canceling' };
  if (state === 'running') {
    // A row shows the first nodes only: of a longer run it cannot say how many are done.
    return { mark: 'running', words: nodeCount > nodes.length ? 'Running' : `Running, ${done} of ${nodeCount} done` };
  }
  if (state === 'failed' && failure !== undefined) return { mark: 'failed', words: `Failed in ${failure.node}` };
  if (
    state === 'complete' &&
    warnings === 0 &&
    nodes.length === nodeCount &&
    nodes.every((node) => node.state === 'cached')
  )
    return { mark: 'cached', words: 'All reused' };
  return outcomeMark(row);
}

/** Mark and words of a run of which no more than this is known. */
export function outcomeMark({ state, warnings }: { readonly state: RunState; readonly warnings: number }): {
  readonly mark: RunState | 'warning';
  readonly words: string;
} {
  return state === 'complete' && warnings > 0
    ? { mark: 'warning', words: formatQuantity(warnings, 'warning') }
    : { mark: state, words: stateWord(state) };
}

/** How an attempt ended, in a word or two. */
export function attemptWords(attempt: AttemptSnapshot): string {
  switch (attempt.outcome) {
    case undefined:
      return 'Running';
    case 'complete':
      return 'Complete';
    case 'failed':
      return 'Failed';
    case 'canceled':
      return 'Canceled';
    case 'timed-out':
      return 'Timed out';
    case 'lost':
      return 'Lost';
    default:
      return assertNever(attempt.outcome, 'outcome');
  }
}
