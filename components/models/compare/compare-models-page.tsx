'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import type { Comparison } from '../../../lib/comparison/comparison-answer';
import { metricWords } from '../../../lib/evaluation/metric-words';
import { formatQuantity } from '../../../lib/format/number';
import { zVersionId } from '../../../lib/ids';
import { CurveChart } from '../../charts/curve-chart';
import { EmptyState } from '../../shell/empty-state';
import { ErrorPanel } from '../../shell/error-panel';
import { PageHead } from '../../shell/page-head';
import { useAddress } from '../../shell/use-address';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Select } from '../../ui/select';
import { SkeletonRows } from '../../ui/skeleton';
import { ComparedFacts } from './compared-facts';
import { ComparedFigures, ComparedSlices } from './compared-figures';
import { ComparedRows } from './compared-rows';
import { versionLook } from './version-looks';

const MOST = 10;
const LEAST_ROWS = ['1', '10', '50', '100', '500'] as const;

/** Two to ten versions side by side. Which ones, and what is looked at, stands in the address. */
export function CompareModelsPage() {
  const { params, replace, push } = useAddress();
  const ids = (params.get('versions') ?? '')
    .split(',')
    .flatMap((id) => zVersionId.safeParse(id).data ?? [])
    .slice(0, MOST);
  const isAll = params.get('all') === '1';
  const metric = params.get('metric') ?? undefined;
  const minRows = LEAST_ROWS.find((each) => each === params.get('least')) ?? '1';
  const trpc = useTRPC();
  const query = useQuery(
    trpc.models.compare.queryOptions(
      { versionIds: ids, minRows: Number(minRows), ...(metric !== undefined && { metric }) },
      { enabled: ids.length >= 2, placeholderData: (before) => before, staleTime: Infinity },
    ),
  );
  const setIds = (next: readonly string[]) => {
    push({ versions: next.join(',') });
  };
  const { data } = query;
  const names = (data?.versions ?? []).map(({ model, number }) => `${model} v${number}`);
  return (
    <>
      <PageHead crumbs={[{ label: 'Models', href: '/models' }, { label: 'Compare versions' }]} />
      <div className="min-h-0 flex-1 overflow-auto px-4 pb-10 tablet:px-5">
        {ids.length < 2 ? (
          <EmptyState title="Choose two to ten versions to compare">
            <p>
              Open a model, mark its versions, and compare them: the address of that page can be sent to a colleague.
            </p>
            <Link href="/models" className="text-accent hover:underline">
              To the models
            </Link>
          </EmptyState>
        ) : query.error !== null ? (
          <div className="py-5">
            <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
          </div>
        ) : data === undefined ? (
          <SkeletonRows rows={10} label="Comparing the versions" />
        ) : (
          <div className={query.isPlaceholderData ? 'opacity-60' : ''}>
            <ul aria-label="Versions" className="flex flex-wrap gap-2 py-4">
              {data.versions.map(({ id, model, modelId, number, aliases }, index) => (
                <li
                  key={id}
                  className="inline-flex h-8 items-center gap-2 rounded-control border border-border bg-surface pr-1 pl-2.5 text-12 max-tablet:h-11"
                >
                  <Link
                    href={`/models/${modelId}?version=${number}`}
                    className="max-w-60 truncate font-medium hover:underline"
                  >
                    <bdi>{model}</bdi> v{number}
                  </Link>
                  {aliases.length > 0 && <span className="text-text-3">{aliases.join(', ')}</span>}
                  {index === 0 ? (
                    <span className="pr-1.5 text-text-3">reference</span>
                  ) : (
                    <button
                      type="button"
                      className="pr-1.5 text-accent hover:underline"
                      onClick={() => {
                        setIds([id, ...ids.filter((other) => other !== id)]);
                      }}
                    >
                      make reference
                    </button>
                  )}
                  {ids.length > 2 && (
                    <button
                      type="button"
                      aria-label={`Take ${model} v${number} away`}
                      className="grid size-6 place-items-center rounded-control text-text-3 hover:bg-hover hover:text-text max-tablet:size-11"
                      onClick={() => {
                        setIds(ids.filter((other) => other !== id));
                      }}
                    >
                      <X size={14} aria-hidden="true" />
                    </button>
                  )}
                </li>
              ))}
            </ul>
            {data.result.comparable ? (
              <Measured
                comparison={data.result.comparison}
                names={names}
                minRows={minRows}
                onChange={(change) => {
                  replace(change);
                }}
              />
            ) : (
              <p role="status" className="rounded-card bg-st-warning-soft p-3">
                <span className="block font-medium">Their figures cannot be compared</span>
                <span className="block text-12 text-text-2">{data.result.reason}</span>
              </p>
            )}
            <Section
              title="What they are made of"
              tools={
                <label className="flex items-center gap-2 text-12 text-text-2">
                  <input
                    type="checkbox"
                    checked={isAll}
                    className="size-4 accent-accent"
                    onChange={(event) => {
                      replace({ all: event.target.checked ? '1' : undefined });
                    }}
                  />
                  Also what is the same
                </label>
              }
            >
              <ComparedFacts facts={data.facts} names={names} isAll={isAll} />
            </Section>
          </div>
        )}
      </div>
    </>
  );
}

type MeasuredProps = {
  readonly comparison: Comparison;
  readonly names: readonly string[];
  readonly minRows: (typeof LEAST_ROWS)[number];
  readonly onChange: (change: { readonly metric?: string; readonly least?: string | undefined }) => void;
};

function Measured({ comparison, names, minRows, onChange }: MeasuredProps) {
  return (
    <>
      <Section title={`Metrics on the same ${formatQuantity(comparison.rows, 'row')}`}>
        <ComparedFigures comparison={comparison} names={names} />
      </Section>
      {comparison.curves.length > 0 && <Curves comparison={comparison} names={names} />}
      <Section
        title="Slices that got worse first"
        tools={
          <>
            <Select
              label="metric"
              value={comparison.slices.metric}
              options={comparison.metrics.map(({ name }) => ({ value: name, label: metricWords(name).label }))}
              onChange={(metric) => {
                onChange({ metric });
              }}
            />
            <Select
              label="at least"
              value={minRows}
              options={LEAST_ROWS.map((each) => ({ value: each, label: formatQuantity(Number(each), 'row') }))}
              onChange={(least) => {
                onChange({ least: least === '1' ? undefined : least });
              }}
            />
          </>
        }
      >
        <ComparedSlices comparison={comparison} names={names} />
      </Section>
      <Section title="Rows on which they disagree">
        <ComparedRows comparison={comparison} names={names} />
      </Section>
    </>
  );
}

function Curves({ comparison: { curves }, names }: Pick<MeasuredProps, 'comparison' | 'names'>) {
  const drawn = (x: 'recall' | 'fallOut', y: 'recall' | 'precision') =>
    curves.map((points, index) => ({
      id: names[index] ?? '',
      look: versionLook(index),
      points: points.flatMap((point) => {
        const [across, up] = [point[x], point[y]];
        return across === null || up === null ? [] : [{ x: across, y: up }];
      }),
    }));
  return (
    <Section title="Curves">
      <div className="grid gap-6 tablet:grid-cols-2 desktop:max-w-200">
        <figure>
          <figcaption className="pb-1 text-12 text-text-2">ROC: true by false positive rate</figcaption>
          <CurveChart
            label="ROC curves of the versions"
            curves={drawn('fallOut', 'recall')}
            guide="diagonal"
            size={320}
            nothing="Not defined: all rows are of one class."
          />
        </figure>
        <figure>
          <figcaption className="pb-1 text-12 text-text-2">Precision by recall</figcaption>
          <CurveChart
            label="Precision–recall curves of the versions"
            curves={drawn('recall', 'precision')}
            guide={undefined}
            size={320}
            nothing="Not defined: no row is positive."
          />
        </figure>
      </div>
    </Section>
  );
}

type SectionProps = { readonly title: string; readonly tools?: ReactNode; readonly children: ReactNode };

function Section({ title, tools, children }: SectionProps) {
  return (
    <section className="pt-6">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2 pb-2">
        <h2 className="text-15 font-semibold">{title}</h2>
        <div className="flex flex-wrap items-center gap-2">{tools}</div>
      </div>
      {children}
    </section>
  );
}
