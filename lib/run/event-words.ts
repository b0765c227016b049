/** One line for each event of a run: what the list of events says. */

import { assertNever } from '../assert';
import { formatProgress, formatQuantity } from '../format/number';
import { formatDuration } from '../format/time';
import type { RunEvent, RunEventBody } from './run-event';
import { planWords, reasonWords, skipWords, stateWord } from './run-words';

/** What happened, in words; the node is named by {@link eventNode}. */
export function eventWords(body: RunEventBody): string {
  switch (body.type) {
    case 'run.queued':
      return `Queued with ${planWords(Object.values(body.nodes).map(({ decision }) => decision))}`;
    case 'run.started':
      return 'Run started';
    case 'run.cancel-requested':
      return `Cancel requested by ${body.by}`;
    case 'run.retried':
      return `Goes on with ${body.nodes.join(', ')}`;
    case 'run.repaired':
      return `Repaired after a crash: ${body.what}`;
    case 'run.finished':
      return `Run ended: ${stateWord(body.state).toLowerCase()}`;
    case 'node.started':
      return body.attempt === 1 ? 'Started' : `Attempt ${body.attempt} started`;
    case 'node.progressed':
      return [body.share === undefined ? undefined : formatProgress(body.share), body.message]
        .filter((part) => part !== undefined)
        .join(', ');
    case 'node.logged':
      return body.message;
    case 'node.attempt-ended': {
      const end = `Attempt ${body.attempt} ended after ${formatDuration(body.durationMs)}: ${body.outcome.replace('-', ' ')}`;
      return body.retryInMs === undefined ? end : `${end}, next one in ${formatDuration(body.retryInMs)}`;
    }
    case 'node.completed': {
      const outputs = Object.values(body.outputs).flat().length;
      return `Complete in ${formatDuration(body.durationMs)} with ${formatQuantity(outputs, 'output')}`;
    }
    case 'node.reused':
      return `Reused from run ${body.fromRunNumber}`;
    case 'node.failed':
      return `Failed: ${body.error.message}`;
    case 'node.skipped': {
      const reason = skipWords(body) ?? reasonWords(body.reason);
      return `Skipped: ${reason ?? body.reason}`;
    }
    case 'node.canceled':
      return `Canceled: ${reasonWords(body.reason) ?? body.reason}`;
    case 'node.finish-requested':
      return 'Asked to stop and keep the best';
    case 'node.replanned':
      return `Planned anew: ${body.reason}`;
    default:
      return assertNever(body, 'event');
  }
}

/** The events without the reports of progress that a later one of the same node has overtaken. */
export function withoutPassedProgress(events: readonly RunEvent[]): readonly RunEvent[] {
  const last = new Map<string, number>();
  for (const { seq, body } of events) if (body.type === 'node.progressed') last.set(body.node, seq);
  return events.filter(({ seq, body }) => body.type !== 'node.progressed' || last.get(body.node) === seq);
}

/** The node that an event is about, where it is about one. */
export function eventNode(body: RunEventBody): string | undefined {
  return 'node' in body ? body.node : undefined;
}
