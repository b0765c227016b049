'use client';

import type { DataArtifact } from '../../../lib/artifact/data-family';
import type { ChartScale } from '../../../lib/chart/prepare-histogram';
import { zArtifactId, type ArtifactId } from '../../../lib/ids';
import { splitNames } from '../../../lib/run/run-words';
import { ROW_SORTS, ROW_TYPES, type RowChoice } from '../../../lib/stats/order-rows';
import { useAddress, type AddressChange } from '../../shell/use-address';

/** A dataset that is shown. */
export type ShownDataset = {
  readonly artifactId: ArtifactId;
  readonly split: string;
  readonly slice?: string | undefined;
};

/** What the address of the statistics says. */
export type StatisticsAddress = {
  /** One or two: the second is compared with the first. */
  readonly datasets: readonly ShownDataset[];
  readonly choice: RowChoice;
  readonly bins: 'equal' | 'quantiles';
  readonly scale: ChartScale;
  /** Key of the expanded feature, and the bar that is chosen in it. */
  readonly open: string | undefined;
  readonly bar: number | undefined;
  readonly change: (change: AddressChange) => void;
};

/** In place of a dataset to compare with: none. */
export const ALONE = 'none';

/** A dataset as the address writes it: `eval`, or `art_….eval` of another artifact. */
export function datasetAddress(dataset: Pick<ShownDataset, 'artifactId' | 'split'>, own: ArtifactId): string {
  return dataset.artifactId === own ? dataset.split : `${dataset.artifactId}.${dataset.split}`;
}

/** Reads the address of the statistics of an artifact. Without a word of it: the first two splits, alarming first. */
export function useStatisticsAddress(artifact: DataArtifact): StatisticsAddress {
  const { params, replace } = useAddress();
  const splits = splitNames(artifact);
  const first = splits.find((split) => split === params.get('split')) ?? splits[0] ?? '';
  const slice = params.get('slice') ?? undefined;
  const second = readSecond(params.get('with') ?? splits.find((split) => split !== first), artifact);
  const withSlice = <T extends object>(dataset: T) => ({ ...dataset, ...(slice !== undefined && { slice }) });
  const datasets = [{ artifactId: artifact.id, split: first }, ...(second === undefined ? [] : [second])];
  const bar = Number(params.get('bar') ?? Number.NaN);
  return {
    datasets: datasets.map(withSlice),
    choice: {
      sort: ROW_SORTS.find((sort) => sort === params.get('sort')) ?? 'alarming',
      isReversed: params.get('reverse') === '1',
      text: params.get('q') ?? '',
      type: ROW_TYPES.find((type) => type === params.get('type')),
      onlyAlarming: params.get('alarming') === '1',
    },
    bins: params.get('bins') === 'quantiles' ? 'quantiles' : 'equal',
    // Two datasets differ in size: their shares are compared unless counts are asked for.
    scale: {
      isShare: params.has('share') ? params.get('share') === '1' : datasets.length > 1,
      isLog: params.get('log') === '1',
    },
    open: params.get('open') ?? undefined,
    bar: Number.isInteger(bar) && bar >= 0 ? bar : undefined,
    change: replace,
  };
}

function readSecond(text: string | undefined, own: DataArtifact): ShownDataset | undefined {
  if (text === undefined || text === ALONE) return undefined;
  const dot = text.indexOf('.');
  const other = zArtifactId.safeParse(text.slice(0, Math.max(0, dot)));
  if (other.success && dot < text.length - 1) return { artifactId: other.data, split: text.slice(dot + 1) };
  return { artifactId: own.id, split: text };
}
