/** What a person sees while a run goes on, on standard error: a table that stays in place, or plain lines where there is no terminal. */

import { errorSentences } from '../../lib/errors';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import type { RunEvent } from '../../lib/run/run-event';
import { STATE_WORDS } from './run-answer';
import { formatDuration, printable } from './text-table';

/** Follows a run on the screen. */
export type RunDisplay = {
  /** Shows what events changed. */
  readonly update: (run: RunSnapshot, events: readonly RunEvent[]) => void;
  /** Leaves the last state on the screen. */
  readonly end: () => void;
};

/** Chooses by what standard error is. */
export function openRunDisplay(out: NodeJS.WriteStream = process.stderr): RunDisplay {
  return out.isTTY ? liveTable(out) : plainLines(out);
}

function plainLines(out: NodeJS.WriteStream): RunDisplay {
  return {
    update: (run, events) => {
      for (const event of events) {
        const line = describeEvent(run, event);
        if (line !== undefined) out.write(`${line}\n`);
      }
    },
    end: () => undefined,
  };
}

/** One line for an event that a person wants to know of. */
export function describeEvent(run: RunSnapshot, { body }: RunEvent): string | undefined {
  switch (body.type) {
    case 'run.queued':
      return `Run ${body.runNumber} of ${body.pipeline} is queued (${run.runId}).`;
    case 'node.started':
      return `${body.node}: running${body.attempt > 1 ? `, attempt ${body.attempt}` : ''}`;
    case 'node.attempt-ended':
      if (body.retryInMs === undefined) return undefined;
      return `${body.node}: attempt ${body.attempt} ${body.outcome}, again in ${formatDuration(body.retryInMs)}. ${printable(body.error?.message ?? '')}`.trim();
    case 'node.completed':
      return `${body.node}: complete in ${formatDuration(body.durationMs)}`;
    case 'node.reused':
      return `${body.node}: reused from run ${body.fromRunNumber}`;
    case 'node.failed':
      return `${body.node}: failed. ${printable(errorSentences(body.error))}`;
    case 'node.skipped':
      return `${body.node}: skipped (${body.reason}${body.because === undefined ? '' : ` of ${body.because}`})`;
    case 'node.canceled':
      return `${body.node}: canceled`;
    case 'node.replanned':
      return `${body.node}: ${printable(body.reason)}`;
    case 'run.cancel-requested':
      return 'Canceling…';
    case 'run.retried':
      return `Run ${run.runNumber} goes on: ${body.nodes.join(', ')}`;
    case 'run.finished':
      return `Run ${run.runNumber} is ${body.state}.`;
    default:
      return undefined;
  }
}

const REDRAW_MS = 200;
const MARKS = {
  queued: '·',
  running: '▸',
  complete: '✓',
  cached: '↺',
  failed: '✗',
  canceled: '■',
  skipped: '–',
} as const satisfies { readonly [S in NodeSnapshot['state']]: string };

function liveTable(out: NodeJS.WriteStream): RunDisplay {
  let drawnLines = 0;
  let last: RunSnapshot | undefined;
  const draw = () => {
    if (last === undefined) return;
    const lines = renderRun(last, { ...sizeOf(out), now: Date.now() });
    out.write(
      `${drawnLines > 0 ? `\u001b[${drawnLines}A` : ''}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[J`,
    );
    drawnLines = lines.length;
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    update: (run) => {
      last = run;
    },
    end: () => {
      clearInterval(timer);
      draw();
    },
  };
}

/** A terminal that does not tell its size is taken for the usual one; the last row is left for the cursor. */
function sizeOf({ columns, rows }: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } {
  return { columns: columns > 0 ? columns : 80, rows: (rows > 0 ? rows : 24) - 1 };
}

/** Lines of the table, at most `rows`: where there are more nodes, those that run or failed come first, and the rest is counted. */
export function renderRun(
  run: RunSnapshot,
  size: { readonly columns: number; readonly rows: number; readonly now: number },
): readonly string[] {
  const nodes = Object.values(run.nodes);
  const room = Math.max(1, size.rows - 2);
  const shown = nodes.length <= room ? nodes : [...nodes].sort((a, b) => urgency(a) - urgency(b)).slice(0, room - 1);
  const width = Math.min(40, Math.max(...shown.map((node) => node.node.length), 0));
  const lines = shown.map((node) => renderNode(node, width, size.now));
  const hidden = nodes.length - shown.length;
  const done = nodes.filter((node) => node.state !== 'queued' && node.state !== 'running').length;
  const title = `Run ${run.runNumber} of ${run.pipeline}: ${run.state}, ${done} of ${nodes.length} nodes`;
  return [title, ...lines, ...(hidden > 0 ? [`… and ${hidden} more`] : [])].map((line) => line.slice(0, size.columns));
}

function renderNode(node: NodeSnapshot, width: number, now: number): string {
  const time =
    node.durationMs ?? (node.state === 'running' ? now - Date.parse(node.attempts.at(-1)?.startedAt ?? '') : undefined);
  const share = node.state === 'running' && node.share !== undefined ? `${Math.floor(node.share * 100)} %` : '';
  const note =
    node.state === 'running'
      ? (node.progressMessage ?? '')
      : node.state === 'cached'
        ? `run ${node.fromRunNumber ?? '?'}`
        : (node.error?.message ?? '');
  const parts = [
    `${MARKS[node.state]} ${printable(node.node).slice(0, width).padEnd(width)}`,
    STATE_WORDS[node.state].padEnd(8),
    (time === undefined || Number.isNaN(time) ? '' : formatDuration(Math.max(0, time))).padStart(10),
    share.padStart(5),
    printable(note),
  ];
  return parts.join('  ').trimEnd();
}

function urgency({ state }: NodeSnapshot): number {
  return ['running', 'failed', 'queued', 'canceled', 'complete', 'cached', 'skipped'].indexOf(state);
}
