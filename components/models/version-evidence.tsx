'use client';

import { useQuery } from '@tanstack/react-query';
import {
  ArrowUpRight,
  Blend,
  Database,
  FileCode,
  FolderOutput,
  Gauge,
  SquarePlay,
  Table2,
  type LucideIcon,
} from 'lucide-react';
import Link from 'next/link';

import { formatQuantity } from '../../lib/format/number';
import { artifactsOfType, codeOf, type LineageStep } from '../../lib/model/lineage';
import type { ModelVersion, RegisteredModel } from '../../lib/model/model';
import { artifactHeadline } from '../../lib/run/run-words';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { SkeletonRows } from '../ui/skeleton';

/** Props of {@link VersionEvidence}. */
export type VersionEvidenceProps = { readonly model: RegisteredModel; readonly version: ModelVersion };

/** What a version rests on: data, schema, features, code, checks, run; each leads there. */
export function VersionEvidence({ model, version }: VersionEvidenceProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.models.lineage.queryOptions({ versionId: version.id }, { staleTime: Infinity }));
  return (
    <section aria-label={`Evidence for v${version.number}`} className="min-w-0 px-5 py-4">
      <h2 className="pb-1.5 text-13 font-semibold">Evidence for v{version.number}</h2>
      {query.isPending && <SkeletonRows rows={6} label="Loading the evidence" />}
      {query.error !== null && <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && (
        <ul className="text-12">
          {evidenceOf({ model, version, steps: query.data }).map((item) => (
            <EvidenceRow key={`${item.label} ${item.href}`} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

type Evidence = { readonly label: string; readonly icon: LucideIcon; readonly words: string; readonly href: string };

function EvidenceRow({ item: { label, icon: Icon, words, href } }: { readonly item: Evidence }) {
  return (
    <li>
      <Link
        href={href}
        className="grid min-h-6 grid-cols-[16px_72px_minmax(0,1fr)_16px] items-start gap-x-2 rounded-control py-1 hover:bg-hover max-tablet:min-h-11 max-tablet:items-center"
      >
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" className="mt-px text-text-3" />
        <span className="text-text-3">{label}</span>
        <span dir="auto" className="min-w-0 break-words">
          {words}
        </span>
        <ArrowUpRight size={14} strokeWidth={1.75} aria-hidden="true" className="mt-px text-text-3" />
      </Link>
    </li>
  );
}

type Given = {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
  readonly steps: readonly LineageStep[];
};

function evidenceOf({ model, version, steps }: Given): readonly Evidence[] {
  const ofType = (type: string, label: string, icon: LucideIcon): readonly Evidence[] =>
    artifactsOfType(steps, type)
      .slice(0, 1)
      .map((artifact) => ({
        label,
        icon,
        words: [artifact.node, artifactHeadline(artifact)].filter(Boolean).join(', '),
        href: `/data/${artifact.id}`,
      }));
  const files = steps.flatMap(({ component, sources }) => (component.endsWith('ExampleGen') ? sources : []));
  const data = ofType('Examples', 'Data', Database).map((item) => ({
    ...item,
    words: `${item.words}${files.length === 0 ? '' : `, from ${fileWords(files.map(({ name }) => name))}`}`,
  }));
  return [
    ...data,
    ...ofType('Schema', 'Schema', Table2),
    ...ofType('TransformGraph', 'Features', Blend),
    {
      label: 'Code',
      icon: FileCode,
      words: `pipeline version ${version.pipelineVersion}; ${codeOf(steps).join(', ')}`,
      href: `/pipelines/${model.pipeline.id}`,
    },
    version.evaluation === null
      ? {
          label: 'Checks',
          icon: Gauge,
          words: 'no blessing is wired: nothing was checked',
          href: `/runs/${version.run.id}`,
        }
      : {
          label: 'Checks',
          icon: Gauge,
          words: 'blessed: every threshold holds',
          href: `/data/${version.evaluation.id}`,
        },
    {
      label: 'Run',
      icon: SquarePlay,
      words: `run ${version.run.number}, ${formatQuantity(steps.length, 'step')} from the data to the push`,
      href: `/runs/${version.run.id}?node=${encodeURIComponent(version.node)}`,
    },
    {
      label: 'Files',
      icon: FolderOutput,
      words: `version folder ${version.pushedVersion}`,
      href: `/data/${version.pushedArtifactId}`,
    },
  ];
}

function fileWords(names: readonly string[]): string {
  const [first = ''] = names;
  return names.length === 1 ? first : `${first} and ${formatQuantity(names.length - 1, 'more file', 'more files')}`;
}
