'use client';

import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';

import type { DataArtifact, DataFamily } from '../../lib/artifact/data-family';
import { formatDuration, formatMoment } from '../../lib/format/time';
import type { ArtifactId } from '../../lib/ids';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { useTitle } from '../shell/use-title';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Select } from '../ui/select';
import { SkeletonRows } from '../ui/skeleton';
import { DataTabs, isOfDataset } from './data-tabs';
import { DATA_ACTIONS, DATA_VIEWS } from './views';

/** One artifact among its relatives: head, tabs, and the view of its type. */
export function DataPage({ artifactId }: { readonly artifactId: ArtifactId }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useQuery(
    trpc.data.family.queryOptions(
      { artifactId },
      { placeholderData: () => familySeenFrom(client, trpc.data.family.pathKey(), artifactId) },
    ),
  );
  const family = query.data;
  useTitle(family === undefined ? undefined : `${datasetName(family)}, ${family.artifact.pipeline.name}`);
  return (
    <>
      {family === undefined ? (
        <PageHead crumbs={[{ label: 'Data', href: '/data' }, { label: 'Dataset' }]} />
      ) : (
        <FamilyHead family={family} />
      )}
      {family !== undefined && <DataTabs family={family} />}
      {query.isPending && <SkeletonRows rows={12} label="Loading the dataset" />}
      {query.error !== null && family === undefined && (
        <div className="p-5">
          <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      {family !== undefined && <FamilyView key={family.artifact.id} family={family} />}
    </>
  );
}

function FamilyHead({ family }: { readonly family: DataFamily }) {
  const { artifact } = family;
  const Actions = DATA_ACTIONS[artifact.type];
  return (
    <PageHead
      crumbs={[
        { label: 'Data', href: '/data' },
        { label: artifact.pipeline.name, href: `/pipelines/${artifact.pipeline.id}` },
        { label: datasetName(family) },
      ]}
      note={`${artifact.component}, ${formatDuration(artifact.tookMs)}`}
    >
      <RunChoice family={family} />
      {Actions !== undefined && <Actions artifact={artifact} family={family} />}
    </PageHead>
  );
}

/** The other artifacts that the same node made. */
function RunChoice({ family: { artifact, ofNode } }: { readonly family: DataFamily }) {
  const router = useRouter();
  const now = new Date();
  return (
    <Select
      label="run"
      value={String(artifact.id)}
      options={ofNode.map(({ id, run, createdAt }) => ({
        value: String(id),
        label: `${run.number}, ${formatMoment(new Date(createdAt), now)}`,
      }))}
      onChange={(id) => {
        router.push(`/data/${id}`);
      }}
    />
  );
}

function FamilyView({ family }: { readonly family: DataFamily }) {
  const View = DATA_VIEWS[family.artifact.type];
  return (
    // The views scroll by themselves, so that their heads stay.
    <div className="flex min-h-0 flex-1 flex-col">
      <View artifact={family.artifact} family={family} />
    </div>
  );
}

/** A dataset is called after the node that made its rows, everything else after its own. */
function datasetName({ artifact, members }: DataFamily): string {
  return (isOfDataset(artifact.type) ? (members.Examples ?? artifact) : artifact).node;
}

/** The family as another member saw it: enough to draw while the artifact's own is asked for. */
function familySeenFrom(client: QueryClient, key: readonly unknown[], id: ArtifactId): DataFamily | undefined {
  for (const [, seen] of client.getQueriesData<DataFamily>({ queryKey: key })) {
    const artifact: DataArtifact | undefined = Object.values(seen?.members ?? {}).find((member) => member.id === id);
    if (seen !== undefined && artifact !== undefined) return { artifact, members: seen.members, ofNode: [artifact] };
  }
  return undefined;
}
