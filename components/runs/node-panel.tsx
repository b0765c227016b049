'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { errorSentences, type ErrorInfo } from '../../lib/errors';
import { formatBytes } from '../../lib/format/number';
import { formatDuration } from '../../lib/format/time';
import { inputSources, type Pipeline } from '../../lib/pipeline/pipeline';
import type { AttemptSnapshot, NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { nodeDuration } from '../../lib/run/run-times';
import { artifactHeadline, attemptWords, endedBecause, nodeMark, nodeStateWords } from '../../lib/run/run-words';
import { ArtifactPreview } from '../data';
import { ErrorPanel, type ShownError } from '../shell/error-panel';
import { ArtifactMark } from '../ui/artifact-mark';
import { Digest } from '../ui/digest';
import { StateLabel, type Mark } from '../ui/state-mark';
import { TimeSince } from '../ui/time-since';

/** Props of {@link NodePanel}. */
export type NodePanelProps = {
  readonly node: NodeSnapshot;
  readonly run: RunSnapshot;
  readonly document: Pipeline;
  readonly onClose: () => void;
};

/** Everything about one node of a run. */
export function NodePanel({ node, run, document, onClose }: NodePanelProps) {
  const outputs = Object.entries(node.outputs).flatMap(([port, list]) => list.map((artifact) => ({ port, artifact })));
  const inputs = inputsOf(node.node, run, document);
  const current = node.state === 'running' ? node.attempts.at(-1) : undefined;
  const because = node.state === 'skipped' || node.state === 'canceled' ? endedBecause(node) : undefined;
  return (
    <aside
      aria-label={`Node ${node.node}`}
      className="min-h-0 min-w-0 border-b px-4 py-3 tablet:px-5 desktop:overflow-auto desktop:border-b-0 desktop:border-l"
    >
      <header className="flex items-start gap-2">
        <div className="min-w-0">
          <h2 title={node.node} className="truncate text-15 font-semibold">
            {node.node}
          </h2>
          <p className="text-12 text-text-3">{node.component}</p>
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
      <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-2">
        <Fact name="State">
          <StateLabel mark={nodeMark(node)} share={node.share}>
            {nodeStateWords(node)}
          </StateLabel>
        </Fact>
        <Fact name="Took">
          <Took ms={nodeDuration(node)} runningSince={current?.startedAt} />
        </Fact>
      </dl>
      <p className="mt-2 text-12 break-words text-text-2">
        {because === undefined ? '' : `${because}. `}
        {node.reason}
        {node.fromRun !== undefined && (
          <>
            {' '}
            <Link href={`/runs/${node.fromRun}`} className="text-accent underline-offset-2 hover:underline">
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
      <Section title="Outputs" count={outputs.length}>
        {outputs.map(({ port, artifact }) => (
          <div key={artifact.id}>
            <ArtifactLine port={port} artifact={artifact} />
            <ArtifactPreview artifact={artifact} />
          </div>
        ))}
        {outputs.length === 0 && (
          <p className="text-12 text-text-3">{node.endedAt === undefined ? 'None yet.' : 'None.'}</p>
        )}
      </Section>
      {inputs.length > 0 && (
        <Section title="Inputs" count={inputs.length}>
          {inputs.map(({ port, from, artifact }) =>
            artifact === undefined ? (
              <p key={`${port} ${from}`} className="py-1 text-12 text-text-3">
                {port}, waits for {from}
              </p>
            ) : (
              <ArtifactLine key={`${port} ${from}`} port={port} artifact={artifact} />
            ),
          )}
        </Section>
      )}
      {node.attempts.length > 0 && (
        <Section title="Attempts" count={node.attempts.length}>
          {node.attempts.toReversed().map((attempt) => (
            <Attempt
              key={attempt.attempt}
              attempt={attempt}
              shown={node.error}
              isLast={attempt === node.attempts.at(-1)}
            />
          ))}
        </Section>
      )}
    </aside>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-11 text-text-3">{name}</dt>
      <dd className="leading-[18px] font-medium">{children}</dd>
    </div>
  );
}

type TookProps = { readonly ms: number | undefined; readonly runningSince: string | undefined };

function Took({ ms, runningSince }: TookProps) {
  return ms === undefined && runningSince !== undefined ? <TimeSince at={runningSince} /> : formatDuration(ms);
}

type SectionProps = { readonly title: string; readonly count: number; readonly children: ReactNode };

function Section({ title, count, children }: SectionProps) {
  return (
    <section className="mt-3 border-t pt-2.5">
      <h3 className="mb-1 flex items-baseline gap-2 font-semibold">
        {title}
        <span className="text-12 font-normal text-text-3">{count}</span>
      </h3>
      {children}
    </section>
  );
}

function ArtifactLine({ port, artifact }: { readonly port: string; readonly artifact: ArtifactRef }) {
  return (
    <p className="flex min-h-[26px] items-center gap-2.5 text-12">
      <ArtifactMark type={artifact.type} />
      <span className="font-medium" title={artifact.type}>
        {port}
      </span>
      <span className="min-w-0 truncate text-text-3">
        {[artifactHeadline(artifact), formatBytes(artifact.sizeBytes)].filter((part) => part !== undefined).join(', ')}
      </span>
      <span className="ml-auto">
        <Digest digest={artifact.digest} />
      </span>
    </p>
  );
}

type InputLine = { readonly port: string; readonly from: string; readonly artifact: ArtifactRef | undefined };

function inputsOf(id: string, run: RunSnapshot, document: Pipeline): readonly InputLine[] {
  const node = document.nodes[id];
  if (node === undefined) return [];
  return Object.keys(node.inputs ?? {}).flatMap((port) =>
    inputSources(node, port).flatMap((source): readonly InputLine[] => {
      const from = `${source.node}.${source.port}`;
      const artifacts = run.nodes[source.node]?.outputs[source.port] ?? [];
      return artifacts.length === 0
        ? [{ port, from, artifact: undefined }]
        : artifacts.map((artifact) => ({ port, from, artifact }));
    }),
  );
}

const ATTEMPT_MARKS: Record<NonNullable<AttemptSnapshot['outcome']>, Mark> = {
  complete: 'complete',
  failed: 'failed',
  canceled: 'canceled',
  'timed-out': 'failed',
  lost: 'warning',
};

type AttemptProps = {
  readonly attempt: AttemptSnapshot;
  readonly shown: ErrorInfo | undefined;
  readonly isLast: boolean;
};

function Attempt({ attempt, shown, isLast }: AttemptProps) {
  const { outcome, error, retryInMs } = attempt;
  return (
    <div className="py-1 text-12">
      <p className="flex items-center gap-3">
        <span className="text-text-3">{attempt.attempt}</span>
        <StateLabel mark={outcome === undefined ? 'running' : ATTEMPT_MARKS[outcome]}>
          {attemptWords(attempt)}
        </StateLabel>
        <span className="ml-auto">
          <Took ms={attempt.durationMs} runningSince={outcome === undefined ? attempt.startedAt : undefined} />
        </span>
      </p>
      {/* The error that ended the node stands above already. */}
      {error !== undefined && error.message !== shown?.message && (
        <p className="mt-0.5 break-words text-text-2">{errorSentences(error)}</p>
      )}
      {retryInMs !== undefined && (
        <p className="text-text-3">
          {isLast ? 'The next attempt follows' : 'Tried again'} after {formatDuration(retryInMs)}.
        </p>
      )}
    </div>
  );
}

function toShown(error: ErrorInfo): ShownError {
  const details = [error.code, error.path, error.cause].filter((part) => part !== undefined).join('\n');
  return { message: error.message, nextStep: error.nextStep, details };
}
