import { ChevronRight, Rows3, SquarePen, SquarePlay, type LucideIcon } from 'lucide-react';
import Link from 'next/link';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { dataAddress } from '../../lib/artifact/data-address';
import { Panel } from './panel';

/** Props of {@link NextSteps}. */
export type NextStepsProps = {
  readonly runId: string;
  readonly pipelineId: string;
  readonly examples: ArtifactRef | undefined;
  /** The run that the rows are seen from, where it reused them. */
  readonly seenFrom: string | undefined;
  readonly isOver: boolean;
};

/** What is worth a newcomer's first minutes. */
export function NextSteps({ runId, pipelineId, examples, seenFrom, isOver }: NextStepsProps) {
  return (
    <Panel title={isOver ? 'Worth your first ten minutes' : 'When it is done'}>
      <ul className="-mx-5">
        {examples !== undefined && (
          <Step href={dataAddress(examples.id, { run: seenFrom })} icon={Rows3} words="Read the rows that were split" />
        )}
        <Step
          href={`/pipelines/${pipelineId}`}
          icon={SquarePen}
          words="Change a parameter and run again: only what it affects executes"
        />
        <Step href={`/runs/${runId}`} icon={SquarePlay} words="See what each node did, why, and how long it took" />
      </ul>
    </Panel>
  );
}

type StepProps = { readonly href: string; readonly icon: LucideIcon; readonly words: string };

function Step({ href, icon: Icon, words }: StepProps) {
  return (
    <li className="border-t first:border-t-0">
      <Link href={href} className="flex min-h-8 items-center gap-2 px-5 py-1 text-12 -outline-offset-2 hover:bg-hover">
        <Icon size={14} aria-hidden="true" className="text-text-3" />
        <span className="min-w-0 flex-1">{words}</span>
        <ChevronRight size={14} aria-hidden="true" className="text-text-3" />
      </Link>
    </li>
  );
}
