'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { GitCompare, Tag, Trophy } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';

import { formatQuantity } from '../../lib/format/number';
import type { ModelId } from '../../lib/ids';
import { versionName, type ModelVersion } from '../../lib/model/model';
import type { AppRouter } from '../../server/api/root';
import { ErrorPanel } from '../shell/error-panel';
import { PageHead } from '../shell/page-head';
import { StaleLine } from '../shell/stale-line';
import { useAddress } from '../shell/use-address';
import { useTitle } from '../shell/use-title';
import { TryIt } from '../try-it/index';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/skeleton';
import { Tabs } from '../ui/tabs';
import { AliasDialog, type AliasIntent } from './alias-dialog';
import { AliasHistory } from './alias-history';
import { LineageView } from './lineage-view';
import { VersionEvidence } from './version-evidence';
import { VersionPane } from './version-pane';
import { VersionTable } from './version-table';

const REFRESH_MS = 5_000;

/** A model with its versions, as the server tells it. */
export type ModelDetail = inferRouterOutputs<AppRouter>['models']['get'];

/** A registered model: versions, one of them in detail, what was done to its aliases, and where it came from. */
export function ModelPage({ modelId }: { readonly modelId: ModelId }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.models.get.queryOptions({ modelId }, { refetchInterval: REFRESH_MS }));
  const detail = query.data;
  useTitle(detail === undefined ? undefined : detail.model.name);
  return (
    <>
      {query.isPending && (
        <>
          <PageHead crumbs={[{ label: 'Models', href: '/models' }, { label: 'Model' }]} />
          <SkeletonRows rows={10} label="Loading the model" />
        </>
      )}
      {query.error !== null && detail === undefined && (
        <>
          <PageHead crumbs={[{ label: 'Models', href: '/models' }, { label: 'Model' }]} />
          <div className="p-5">
            <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
          </div>
        </>
      )}
      {detail !== undefined && <ModelView detail={detail} stale={<StaleLine query={query} />} />}
    </>
  );
}

const TABS = ['versions', 'try', 'lineage'] as const;

type ModelViewProps = { readonly detail: ModelDetail; readonly stale: React.ReactNode };

function ModelView({ detail, stale }: ModelViewProps) {
  const { model, versions, changes } = detail;
  const address = useAddress();
  const [intent, setIntent] = useState<AliasIntent>();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const asked = Number(address.params.get('version'));
  const version = versions.find(({ number }) => number === asked) ?? versions[0];
  if (version === undefined) return null;
  const tab = TABS.find((one) => one === address.params.get('tab')) ?? 'versions';
  const champion = versions.find(({ aliases }) => aliases.includes('champion'));
  const choose = (chosen: ModelVersion) => {
    address.replace({ version: String(chosen.number) });
  };
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Models', href: '/models' }, { label: model.name }]}
        note={formatQuantity(model.versionCount, 'version')}
      >
        {marked.size > 0 && <CompareLink versions={versions} marked={marked} />}
        <Button
          onClick={() => {
            setIntent({ version, alias: '' });
          }}
        >
          <Tag size={14} strokeWidth={1.75} aria-hidden="true" />
          Set alias
        </Button>
        {champion?.id !== version.id && (
          <span className="max-tablet:hidden">
            <Button
              look="ink"
              onClick={() => {
                setIntent({ version, alias: 'champion' });
              }}
            >
              <Trophy size={14} strokeWidth={1.75} aria-hidden="true" />
              Make v{version.number} champion
            </Button>
          </span>
        )}
      </PageHead>
      {stale}
      <div className="min-h-0 flex-1">
        <Tabs
          label="Views of the model"
          value={tab}
          onChange={(chosen) => {
            address.replace({ tab: chosen === 'versions' ? undefined : chosen });
          }}
          items={[
            {
              id: 'versions',
              label: 'Versions',
              count: versions.length,
              content: () => (
                <>
                  <div className="flex border-b border-border max-desktop:flex-col">
                    <VersionTable
                      versions={versions}
                      data={detail.data}
                      chosen={version.id}
                      onChoose={choose}
                      marked={marked}
                      onMark={(of, isMarked) => {
                        setMarked(new Set([...[...marked].filter((id) => id !== of.id), ...(isMarked ? [of.id] : [])]));
                      }}
                    />
                    <VersionPane version={version} onAlias={setIntent} />
                  </div>
                  <div className="grid desktop:grid-cols-2">
                    <AliasHistory changes={changes} versions={versions} onChoose={choose} />
                    <VersionEvidence model={model} version={version} />
                  </div>
                </>
              ),
            },
            {
              id: 'try',
              label: `Try v${version.number}`,
              content: () => (
                <TryIt artifactId={version.modelArtifactId} versionName={versionName(model.name, version.number)} />
              ),
            },
            {
              id: 'lineage',
              label: 'Lineage',
              content: () => <LineageView version={version} versions={versions} onChoose={choose} />,
            },
          ]}
        />
      </div>
      {intent !== undefined && (
        <AliasDialog
          key={`${intent.version.id} ${intent.alias}`}
          intent={intent}
          versions={versions}
          onClose={() => {
            setIntent(undefined);
          }}
        />
      )}
    </>
  );
}

const MOST_COMPARED = 10;

type CompareLinkProps = { readonly versions: readonly ModelVersion[]; readonly marked: ReadonlySet<string> };

/** To the marked versions side by side: the champion, else the oldest, is what the others are held against. */
function CompareLink({ versions, marked }: CompareLinkProps) {
  const chosen = versions.filter(({ id }) => marked.has(id)).toReversed();
  if (chosen.length < 2 || chosen.length > MOST_COMPARED)
    return (
      <span className="text-12 text-text-3 max-tablet:sr-only">
        {chosen.length < 2
          ? 'Mark another version to compare'
          : `At most ${MOST_COMPARED} versions are compared at once`}
      </span>
    );
  const first = chosen.find(({ aliases }) => aliases.includes('champion')) ?? chosen[0];
  const ids = [first, ...chosen.filter((version) => version !== first)].flatMap((version) => version?.id ?? []);
  return (
    <Link
      href={`/models/compare?versions=${ids.join(',')}`}
      className="inline-flex h-7 items-center gap-1.5 rounded-control border border-border bg-surface px-2.5 text-12 font-medium hover:bg-hover max-tablet:h-11"
    >
      <GitCompare size={14} strokeWidth={1.75} aria-hidden="true" />
      Compare {chosen.length} versions
    </Link>
  );
}
