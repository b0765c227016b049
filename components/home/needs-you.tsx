'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';

import { formatCount } from '../../lib/format/number';
import type { AppRouter } from '../../server/api/root';
import { useTRPC } from '../trpc/client';
import { buttonLook } from '../ui/button';
import { Moment } from '../ui/moment';
import { StateLabel } from '../ui/state-mark';

/** Rows that are drawn; the rest is counted. */
const SHOWN = 5;
const REFRESH_MS = 5_000;
/** Failed runs that are asked for, to find the last one of each pipeline among them. */
const LOOKED_AT = 100;

/** Props of {@link NeedsYou}. */
export type NeedsYouProps = {
  /** Pipelines whose last run failed. */
  readonly failed: inferRouterOutputs<AppRouter>['pipelines']['list'];
};

/** Pipelines whose last run failed, each with its reason and the way to it. */
export function NeedsYou({ failed }: NeedsYouProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.runs.list.queryOptions(
      { is: ['failed'], limit: LOOKED_AT },
      { refetchInterval: REFRESH_MS, placeholderData: keepPreviousData },
    ),
  );
  const runs = query.data?.runs ?? [];
  const rest = failed.length - SHOWN;
  return (
    <section aria-label="Needs you" className="rounded-card border border-border">
      <h2 className="px-5 py-2.5 text-13 font-semibold">Needs you</h2>
      <ul>
        {failed.slice(0, SHOWN).map(({ id, name, lastRun }) => {
          if (lastRun === undefined) return null;
          const failure = runs.find((run) => run.id === lastRun.id)?.failure;
          return (
            <li key={id} className="flex items-center gap-3 border-t px-5 py-2">
              <div className="min-w-0 flex-1">
                <p className="flex min-w-0 flex-wrap items-center gap-x-2">
                  <StateLabel mark="failed">
                    {failure === undefined ? 'Failed' : `Failed in ${failure.node}`}
                  </StateLabel>
                  <span title={name} dir="auto" className="truncate font-medium">
                    {name}
                  </span>
                  <span className="text-12 text-text-3">
                    run {lastRun.number}, <Moment at={lastRun.createdAt} />
                  </span>
                </p>
                {failure !== undefined && <p className="text-12 break-words text-text-2">{failure.message}</p>}
              </div>
              <Link
                href={`/runs/${lastRun.id}${failure === undefined ? '' : `?node=${encodeURIComponent(failure.node)}`}`}
                className={buttonLook()}
              >
                See why
              </Link>
            </li>
          );
        })}
      </ul>
      {rest > 0 && (
        <p className="border-t px-5 py-2 text-12 text-text-3">
          {SHOWN} of {formatCount(failed.length)} shown.{' '}
          <Link href="/runs?is=failed" className="font-medium text-accent hover:underline">
            All failed runs
          </Link>
        </p>
      )}
    </section>
  );
}
