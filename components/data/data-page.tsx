'use client';

import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useRouter } from 'next/navigation';

import { dataAddress } from '../../lib/artifact/data-address';
import type { DataFamily } from '../../lib/artifact/data-family';
import { formatDuration, formatMoment } from '../../lib/format/time';
import { zRunId, type ArtifactId, type RunId } from '../../lib/ids';
import type { AppRouter } from '../../server/api/root';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { useAddress } from '../shell/use-address';
import { useTitle } from '../shell/use-title';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Select } from '../ui/select';
import { SkeletonRows } from '../ui/skeleton';
import { DataTabs, isOfDataset } from './data-tabs';
import { ReusedLine } from './reused-line';
import { DATA_ACTIONS, DATA_VIEWS } from './views';

/** One artifact among its relatives: head, tabs, and the view of its type. */
export function DataPage({ artifactId }: { readonly artifactId: ArtifactId }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { params } = useAddress();
  // A link from a run that reused the artifact names that run.
  const runId = zRunId.safeParse(params.get('run')).data;
  const query = useQuery(
    trpc.data.family.queryOptions(
      { artifactId, runId },
      { placeholderData: () => familySeenBefore(client, trpc.data.family.pathKey(), { artifactId, runId }) },
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
      {family !== undefined && <ReusedLine family={family} />}
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
        router.push(dataAddress(id));
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

/** As the server answers: what is absent is not there at all. */
type Family = inferRouterOutputs<AppRouter>['data']['family'];

/** The family as another member saw it: enough to draw while the artifact's own is asked for. */
function familySeenBefore(
  client: QueryClient,
  key: readonly unknown[],
  { artifactId, runId }: { readonly artifactId: ArtifactId; readonly runId: RunId | undefined },
): Family | undefined {
  for (const [, seen] of client.getQueriesData<Family>({ queryKey: key })) {
    if (seen === undefined || seen.seenFrom !== runId) continue;
    const artifact = Object.values(seen.members).find((member) => member.id === artifactId);
    if (artifact !== undefined) return { ...seen, artifact, ofNode: [artifact], reusedBy: [] };
  }
  return undefined;
}
