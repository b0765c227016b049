'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import type { ErrorInfo } from '../../lib/errors';
import { formatBytes } from '../../lib/format/number';
import { formatDuration } from '../../lib/format/time';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { nodeDuration } from '../../lib/run/run-times';
import { endedBecause, nodeMark, nodeStateWords, peakMemoryOf } from '../../lib/run/run-words';
import { ErrorPanel, type ShownError } from '../shell/error-panel';
import { StateLabel } from '../ui/state-mark';
import { TimeSince } from '../ui/time-since';
import { NodeAttempts } from './node-attempts';
import { NodeInputs, NodeOutputs } from './node-artifacts';
import { NodeLineage } from './node-lineage';
import { NodeParams } from './node-params';
import { NodeTraining } from './node-training';

/** Props of {@link NodePanel}. */
export type NodePanelProps = {
  readonly node: NodeSnapshot;
  readonly run: RunSnapshot;
  readonly document: Pipeline;
  readonly onSelect: (node: string) => void;
  readonly onClose: () => void;
};

/** Everything about one node of a run. */
export function NodePanel({ node, run, document, onSelect, onClose }: NodePanelProps) {
  const because = node.state === 'skipped' || node.state === 'canceled' ? endedBecause(node) : undefined;
  return (
    <aside
      aria-label={`Node ${node.node}`}
      className="min-h-0 min-w-0 border-b px-4 py-3 tablet:px-5 desktop:overflow-auto desktop:border-b-0 desktop:border-l"
    >
      <header className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 title={node.node} dir="auto" className="truncate text-left text-15 font-semibold">
            {node.node}
          </h2>
          <p className="flex flex-wrap items-center gap-x-2 text-12">
            <StateLabel mark={nodeMark(node)} share={node.share}>
              {nodeStateWords(node)}
            </StateLabel>
            <span className="text-text-3">{node.component}</span>
          </p>
        </div>
        <button
          type="button"
          aria-label="Close the node"
          onClick={onClose}
          className="ml-auto grid size-7 flex-none place-content-center rounded-control text-text-3 hover:bg-hover max-tablet:size-11"
        >
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <NodeTraining node={node} run={run} />
      <dl className="mt-2 grid grid-cols-[repeat(4,minmax(0,auto))] justify-between gap-x-3 gap-y-2">
        <Figures node={node} />
      </dl>
      <p dir="auto" className="mt-2 text-12 break-words text-text-2">
        {because === undefined ? '' : `${because}. `}
        {node.reason}
        {node.fromRun !== undefined && (
          <>
            {' '}
            <Link
              href={`/runs/${node.fromRun}?node=${encodeURIComponent(node.node)}`}
              className="text-accent underline-offset-2 hover:underline"
            >
              Run {node.fromRunNumber}
            </Link>
          </>
        )}
      </p>
      {node.error !== undefined && (
        <div className="mt-3">
          <ErrorPanel error={toShown(node.error)} />
        </div>
      )}
      <NodeOutputs node={node} run={run} />
      <NodeInputs node={node} run={run} document={document} />
      <NodeParams node={node} document={document} />
      <NodeAttempts node={node} />
      <NodeLineage node={node} run={run} onSelect={onSelect} />
    </aside>
  );
}

/** Time, memory and processor: of what was not recorded, a dash with the reason. */
function Figures({ node }: { readonly node: NodeSnapshot }) {
  const current = node.state === 'running' ? node.attempts.at(-1) : undefined;
  const tookMs = nodeDuration(node);
  const peak = peakMemoryOf([node]);
  const last = node.attempts.at(-1);
  const cpuMs = last?.usage?.cpuMs;
  const cores = cpuMs === undefined || !last?.durationMs ? undefined : cpuMs / last.durationMs;
  return (
    <>
      <Fact name="Took">
        {tookMs === undefined && current !== undefined ? <TimeSince at={current.startedAt} /> : formatDuration(tookMs)}
      </Fact>
      <Fact
        name="Expected"
        title={
          node.expectedMs === undefined
            ? 'Not known: nothing of this node ran before this run, or nothing needed to run'
            : 'The median of its last executions before this run'
        }
      >
        {formatDuration(node.expectedMs)}
      </Fact>
      <Fact name="Peak memory" title={peak === undefined ? 'Not recorded' : 'Of the process that ran it'}>
        {peak === undefined ? '–' : formatBytes(peak)}
      </Fact>
      <Fact
        name="CPU"
        title={cores === undefined ? 'Not recorded' : 'Processor time of the last attempt by its duration'}
      >
        {cores === undefined ? '–' : `${cores < 0.05 ? '<0.1' : cores.toFixed(1)} cores`}
      </Fact>
    </>
  );
}

type FactProps = {
  readonly name: string;
  readonly title?: string;
  readonly children: ReactNode;
};

function Fact({ name, title, children }: FactProps) {
  return (
    <div title={title} className="min-w-0">
      <dt className="text-11 text-text-3">{name}</dt>
      <dd className="leading-[18px] font-medium whitespace-nowrap">{children}</dd>
    </div>
  );
}

function toShown(error: ErrorInfo): ShownError {
  const details = [error.code, error.path, error.cause].filter((part) => part !== undefined).join('\n');
  return { message: error.message, nextStep: error.nextStep, details };
}
