'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

import { formatCount } from '../../lib/format/number';
import { outcomeMark } from '../../lib/run/run-words';
import type { AppRouter } from '../../server/api/root';
import { StateLabel } from '../ui/state-mark';

/** Pipelines that are named; the list has the others. */
const SHOWN = 4;

/** Props of {@link PipelineLinks}. */
export type PipelineLinksProps = {
  /** The most recently run or changed first. */
  readonly pipelines: inferRouterOutputs<AppRouter>['pipelines']['list'];
};

/** Samples and pipelines of one's own, each with how its last run went. */
export function PipelineLinks({ pipelines }: PipelineLinksProps) {
  return (
    <nav aria-label="Samples and pipelines" className="flex flex-col">
      <ul>
        {pipelines.slice(0, SHOWN).map(({ id, name, lastRun }) => (
          <li key={id} className="border-b">
            <Link
              href={`/pipelines/${id}`}
              className="flex min-h-9 items-center gap-2 px-1 -outline-offset-2 hover:bg-hover max-tablet:min-h-11"
            >
              <span title={name} dir="auto" className="min-w-0 flex-1 truncate font-medium">
                {name}
              </span>
              <span className="text-12 text-text-3">
                {lastRun === undefined ? (
                  'Ready to run'
                ) : (
                  <StateLabel mark={outcomeMark(lastRun).mark}>{outcomeMark(lastRun).words}</StateLabel>
                )}
              </span>
              <ChevronRight size={14} aria-hidden="true" className="text-text-3" />
            </Link>
          </li>
        ))}
      </ul>
      {pipelines.length > SHOWN && (
        <Link href="/pipelines" className="px-1 py-2 text-12 font-medium text-accent hover:underline">
          All {formatCount(pipelines.length)} pipelines
        </Link>
      )}
    </nav>
  );
}
