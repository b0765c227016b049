'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';

import type { DataArtifact, DataFamily } from '../../../lib/artifact/data-family';
import { formatMoment } from '../../../lib/format/time';
import { splitNames } from '../../../lib/run/run-words';
import { useTRPC } from '../../trpc/client';
import { Button } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { ALONE, datasetAddress, type StatisticsAddress } from './statistics-address';

/** Props of {@link CompareMenu}. */
export type CompareMenuProps = {
  readonly artifact: DataArtifact;
  readonly family: DataFamily;
  readonly address: StatisticsAddress;
};

/** Chooses what the first dataset is compared with: another split, another run, the statistics of another node. */
export function CompareMenu({ artifact, family, address }: CompareMenuProps) {
  const trpc = useTRPC();
  const others = useQuery(trpc.data.newest.queryOptions({ type: 'ExampleStatistics' }));
  const entries = () => {
    const choose = (dataset: string) => () => {
      address.change({ with: dataset, bar: undefined });
    };
    const splitsOf = (other: DataArtifact): readonly MenuEntry[] =>
      splitNames(other)
        .filter((split) => other.id !== artifact.id || split !== address.datasets[0]?.split)
        .map((split) => ({
          ...({ type: 'item', id: `${other.id} ${split}`, label: split } as const),
          onSelect: choose(datasetAddress({ artifactId: other.id, split }, artifact.id)),
        }));
    const section = (other: DataArtifact, label: string): readonly MenuEntry[] => {
      const splits = splitsOf(other);
      return splits.length === 0 ? [] : [{ type: 'heading', id: `of ${other.id}`, label }, ...splits];
    };
    const now = new Date();
    const ofOtherNodes = (others.data ?? []).filter(
      ({ id, node, pipeline }) =>
        id !== artifact.id && (node !== artifact.node || pipeline.id !== artifact.pipeline.id),
    );
    return [
      ...section(artifact, 'These statistics'),
      ...family.ofNode
        .filter(({ id }) => id !== artifact.id)
        .flatMap((other) => section(other, `Run ${other.run.number}, ${formatMoment(new Date(other.createdAt), now)}`)),
      ...ofOtherNodes.flatMap((other) => section(other, `${other.pipeline.name}, ${other.node}`)),
      ...(address.datasets.length > 1
        ? [
            { type: 'separator', id: 'end' } as const,
            { type: 'item', id: ALONE, label: 'Nothing', onSelect: choose(ALONE) } as const,
          ]
        : []),
    ];
  };
  return (
    <Menu
      trigger={
        <Button look="quiet">
          <Plus size={14} aria-hidden="true" />
          Compare with…
        </Button>
      }
      entries={entries}
    />
  );
}
