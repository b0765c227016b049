import type { ReactNode } from 'react';

import { formatBytes } from '../../lib/format/number';
import { formatDuration } from '../../lib/format/time';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { isFinalRunState } from '../../lib/run/run';
import { expectedRunMs } from '../../lib/run/expectation';
import { keptPlan, outcomeWords, peakMemoryOf, planWords, runMark, runStateWords } from '../../lib/run/run-words';
import { Moment } from '../ui/moment';
import { StateLabel } from '../ui/state-mark';
import { TimeSince } from '../ui/time-since';

/** Props of {@link RunFacts}. */
export type RunFactsProps = { readonly run: RunSnapshot; readonly startedBy: string };

/** The facts of a run in one line under the head. */
export function RunFacts({ run, startedBy }: RunFactsProps) {
  const nodes = Object.values(run.nodes);
  const expectedMs = expectedRunMs(run.nodes);
  const peak = peakMemoryOf(nodes);
  const isOver = isFinalRunState(run.state);
  return (
    <dl className="flex flex-none flex-wrap gap-x-6 gap-y-2 border-b px-4 py-2.5 tablet:px-5">
      <Fact name="State">
        <StateLabel mark={runMark(run)}>{runStateWords(run)}</StateLabel>
      </Fact>
      <Fact name="Took">
        <Took run={run} />
        {expectedMs !== undefined && (
          <span className="font-normal text-text-3" title="From the median of earlier executions of its nodes">
            {' '}
            expected {formatDuration(expectedMs)}
          </span>
        )}
      </Fact>
      <Fact name="Started by">
        {startedBy}{' '}
        <span className="font-normal text-text-3">
          <Moment at={run.queuedAt} />
        </span>
      </Fact>
      <Fact name="Pipeline">Version {run.pipelineVersion}</Fact>
      <Fact name={isOver ? 'Plan kept' : 'Plan'}>
        {isOver ? outcomeWords(nodes) : planWords(nodes.map(({ decision }) => decision))}{' '}
        <span className="font-normal text-text-3">{planKept(run)}</span>
      </Fact>
      {peak !== undefined && <Fact name="Peak memory">{formatBytes(peak)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-11 text-text-3">{name}</dt>
      <dd className="text-13 leading-[18px] font-medium whitespace-nowrap">{children}</dd>
    </div>
  );
}

function Took({ run }: { readonly run: RunSnapshot }) {
  if (run.startedAt === undefined) return '–';
  if (!isFinalRunState(run.state)) return <TimeSince at={run.startedAt} />;
  return run.finishedAt === undefined ? '–' : formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
}

function planKept(run: RunSnapshot): string {
  const kept = Object.values(run.nodes).map(keptPlan);
  if (kept.some((one) => one === false)) return `${kept.filter((one) => one === false).length} not as predicted`;
  return isFinalRunState(run.state) && kept.every((one) => one === true) ? 'as predicted' : '';
}
