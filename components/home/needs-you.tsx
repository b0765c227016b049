import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';

import type { AppRouter } from '../../server/api/root';
import { buttonLook } from '../ui/button';
import { Moment } from '../ui/moment';
import { StateLabel } from '../ui/state-mark';

type Outputs = inferRouterOutputs<AppRouter>;

/** Props of {@link NeedsYou}. */
export type NeedsYouProps = {
  /** Pipelines whose last run failed. */
  readonly failed: Outputs['pipelines']['list'];
  /** Recent runs, for the reasons of those among them. */
  readonly runs: Outputs['runs']['list']['runs'];
};

/** Pipelines whose last run failed, each with its reason and the way to it. */
export function NeedsYou({ failed, runs }: NeedsYouProps) {
  return (
    <section aria-label="Needs you" className="rounded-card border border-border">
      <h2 className="px-5 py-2.5 text-13 font-semibold">Needs you</h2>
      <ul>
        {failed.map(({ id, name, lastRun }) => {
          if (lastRun === undefined) return null;
          const failure = runs.find((run) => run.id === lastRun.id)?.failure;
          return (
            <li key={id} className="flex items-center gap-3 border-t px-5 py-2">
              <div className="min-w-0 flex-1">
                <p className="flex min-w-0 flex-wrap items-center gap-x-2">
                  <StateLabel mark="failed">
                    {failure === undefined ? 'Failed' : `Failed in ${failure.node}`}
                  </StateLabel>
                  <span title={name} className="truncate font-medium">
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
    </section>
  );
}
