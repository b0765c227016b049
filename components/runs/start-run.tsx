'use client';

import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import type { PipelineId } from '../../lib/ids';
import { RunDialog } from '../pipelines';
import { useTRPC } from '../trpc/client';
import { Button } from '../ui/button';
import { Menu } from '../ui/menu';

/** Pipelines that the menu names; the others are on their own page. */
const SHOWN = 10;
const STALE_MS = 30_000;

/** Chooses a pipeline, shows what a run of it would do, and starts it. */
export function StartRun() {
  const trpc = useTRPC();
  const router = useRouter();
  const pipelines = useQuery(trpc.pipelines.list.queryOptions(undefined, { staleTime: STALE_MS }));
  const [chosen, setChosen] = useState<{ readonly id: PipelineId; readonly name: string }>();
  const entries = () => [
    ...(pipelines.data ?? []).slice(0, SHOWN).map(({ id, name }) => ({
      type: 'item' as const,
      id: String(id),
      label: name,
      onSelect: () => {
        setChosen({ id, name });
      },
    })),
    { type: 'separator' as const, id: 'more' },
    {
      type: 'item' as const,
      id: 'all',
      label: 'All pipelines',
      onSelect: () => {
        router.push('/pipelines');
      },
    },
  ];
  return (
    <>
      <Menu
        align="end"
        entries={entries}
        trigger={
          <Button look="ink">
            <Play size={14} aria-hidden="true" />
            Start a run
          </Button>
        }
      />
      {chosen !== undefined && (
        <RunDialog
          pipelineId={chosen.id}
          name={chosen.name}
          selection={{ type: 'all' }}
          onClose={() => {
            setChosen(undefined);
          }}
        />
      )}
    </>
  );
}
