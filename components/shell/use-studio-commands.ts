'use client';

import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { House, Plus, SquarePlay, SunMoon, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';

import { stateWord } from '../../lib/run/run-words';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { showToast } from '../ui/toast';
import type { CommandGroup } from './command-box';
import { stepTheme } from './theme-cookie';

/** Recent runs that are offered without a number. */
const RECENT = 5;

/** What can be visited and done from every page: pages, pipelines, runs by their number. */
export function useStudioCommands(query: string): readonly CommandGroup[] {
  const trpc = useTRPC();
  const router = useRouter();
  const number = Number(/^(?:run\s*)?#?(\d{1,9})$/i.exec(query.trim())?.[1] ?? Number.NaN);
  const pipelines = useQuery(trpc.pipelines.list.queryOptions());
  const recent = useQuery(trpc.runs.list.queryOptions({ limit: RECENT }));
  const named = useQuery(
    trpc.runs.list.queryOptions(Number.isNaN(number) || number < 1 ? skipToken : { number, limit: 1 }),
  );
  const visit = (address: string) => () => {
    router.push(address);
  };
  const create = useMutation(
    trpc.drafts.create.mutationOptions({
      onSuccess: ({ id }) => {
        router.push(`/pipelines/${id}`);
      },
      onError: (error) => {
        showToast(toShownError(error).message, { tone: 'failed' });
      },
    }),
  );
  const asked = named.data?.runs ?? [];
  const runs = asked.length > 0 ? asked : (recent.data?.runs ?? []);
  return [
    {
      heading: 'Runs',
      items: runs.map((run) => ({
        id: run.id,
        label: `Run ${run.number} of ${run.pipeline}`,
        icon: SquarePlay,
        note: stateWord(run.state),
        onSelect: visit(`/runs/${run.id}`),
      })),
    },
    {
      heading: 'Pipelines',
      items: (pipelines.data ?? []).map(({ id, name }) => ({
        id,
        label: name,
        icon: Workflow,
        onSelect: visit(`/pipelines/${id}`),
      })),
    },
    {
      heading: 'Studio',
      items: [
        {
          id: 'new-pipeline',
          label: 'New pipeline',
          icon: Plus,
          onSelect: () => {
            create.mutate({});
          },
        },
        { id: 'go-home', label: 'Go to home', icon: House, onSelect: visit('/') },
        { id: 'go-pipelines', label: 'Go to pipelines', icon: Workflow, onSelect: visit('/pipelines') },
        { id: 'go-runs', label: 'Go to runs', icon: SquarePlay, onSelect: visit('/runs') },
        { id: 'studio-theme', label: 'Change theme', icon: SunMoon, onSelect: stepTheme },
      ],
    },
  ];
}
