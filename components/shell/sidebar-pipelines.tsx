'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { useTRPC } from '../trpc/client';
import { StateIcon } from '../ui/state-mark';

const SHOWN = 5;
const REFRESH_MS = 3_000;

/** The pipelines that ran last, each with the state of its newest run. Nothing before the first run. */
export function SidebarPipelines() {
  const trpc = useTRPC();
  const recent = useQuery(trpc.runs.recentPipelines.queryOptions({ limit: SHOWN }, { refetchInterval: REFRESH_MS }));
  if (recent.data === undefined || recent.data.length === 0) return null;
  return (
    <nav aria-label="Recent pipelines" className="mt-4 hidden desktop:block">
      <h2 className="px-2 pb-1 text-11 font-medium text-text-3">Pipelines</h2>
      {recent.data.map(({ id, name, lastRun }) => (
        <Link
          key={id}
          href={`/pipelines/${id}`}
          prefetch={false}
          title={name}
          className="flex h-7 items-center gap-2 rounded-control px-2 text-13 text-text-2 -outline-offset-2 hover:bg-hover"
        >
          <StateIcon mark={lastRun.mark} label={lastRun.words} />
          <span dir="auto" className="truncate">
            {name}
          </span>
        </Link>
      ))}
    </nav>
  );
}
