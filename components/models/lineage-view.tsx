'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';

import { inOrder, stepNames, type LineageStep } from '../../lib/model/lineage';
import type { ModelVersion } from '../../lib/model/model';
import { artifactHeadline } from '../../lib/run/run-words';
import { PipelineGraph } from '../pipelines';
import { ErrorPanel } from '../shell/error-panel';
import { useTRPC } from '../trpc/client';
import { toShownError } from '../trpc/shown-error';
import { ArtifactMark } from '../ui/artifact-mark';
import { Digest } from '../ui/digest';
import { Select } from '../ui/select';
import { SkeletonRows } from '../ui/skeleton';

/** Props of {@link LineageView}. */
export type LineageViewProps = {
  readonly version: ModelVersion;
  readonly versions: readonly ModelVersion[];
  readonly onChoose: (version: ModelVersion) => void;
};

/** Every step behind a version, from the files that were read to the push, as a graph and as a list. */
export function LineageView({ version, versions, onChoose }: LineageViewProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.models.lineage.queryOptions({ versionId: version.id }, { staleTime: Infinity }));
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center gap-2 px-5 py-3">
        <Select
          label="version"
          value={version.id}
          options={versions.map(({ id, number }) => ({ value: String(id), label: `v${number}` }))}
          onChange={(id) => {
            const chosen = versions.find((one) => one.id === id);
            if (chosen !== undefined) onChoose(chosen);
          }}
        />
        <p className="text-12 text-text-2">
          From the files that were read to the push. What an earlier run made names it.
        </p>
      </div>
      {query.isPending && <SkeletonRows rows={8} label="Loading the lineage" />}
      {query.error !== null && (
        <div className="px-5">
          <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data !== undefined && <Lineage steps={query.data} version={version} />}
    </div>
  );
}

function Lineage({ steps, version }: { readonly steps: readonly LineageStep[]; readonly version: ModelVersion }) {
  const [selected, setSelected] = useState<string>();
  const names = stepNames(steps);
  const ordered = inOrder(steps);
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <>
      <PipelineGraph
        label={`Lineage of version ${version.number}: ${ordered.length} steps`}
        nodes={ordered.map((step) => ({
          id: nameOf(step.executionId),
          upstream: step.takes.map(nameOf),
          headline: headlineOf(step),
          mark: step.run.id === version.run.id ? 'complete' : 'cached',
          stateWords: `${step.component}, run ${step.run.number}`,
        }))}
        selected={selected}
        onSelect={setSelected}
      />
      <ol aria-label="Steps" className="px-5 pt-2 pb-6 text-12">
        {ordered.map((step) => (
          <StepItem key={step.executionId} step={step} isSelected={nameOf(step.executionId) === selected} />
        ))}
      </ol>
    </>
  );
}

function headlineOf({ outputs, component }: LineageStep): string {
  return outputs.map((output) => artifactHeadline(output)).find((words) => words !== undefined) ?? component;
}

function StepItem({ step, isSelected }: { readonly step: LineageStep; readonly isSelected: boolean }) {
  const { node, component, componentVersion, run, pipelineVersion, sources, outputs } = step;
  return (
    <li
      className={`grid gap-x-4 gap-y-0.5 border-b px-1 py-2 tablet:grid-cols-[280px_minmax(0,1fr)] ${isSelected ? 'bg-selected' : ''}`}
    >
      <div className="min-w-0">
        <p title={node} className="truncate font-semibold">
          {node}
        </p>
        <p className="text-text-3">
          {component}
          {componentVersion !== null && ` ${componentVersion}`},{' '}
          <Link href={`/runs/${run.id}?node=${encodeURIComponent(node)}`} className="text-accent underline">
            run {run.number}
          </Link>
          , pipeline version {pipelineVersion}
        </p>
      </div>
      <ul className="min-w-0">
        {outputs.map((output) => (
          <li key={output.id} className="flex min-w-0 items-center gap-2 py-px">
            <ArtifactMark type={output.type} />
            <Link href={`/data/${output.id}`} className="min-w-0 truncate text-accent hover:underline">
              {output.port}
            </Link>
            <span className="min-w-0 truncate text-text-2">{artifactHeadline(output)}</span>
            <Digest digest={output.digest} />
          </li>
        ))}
        {sources.map(({ param, name, digest }) => (
          <li key={`${param} ${name}`} className="flex min-w-0 items-center gap-2 py-px text-text-2">
            <span title={name} dir="auto" className="min-w-0 truncate">
              read {name}
            </span>
            <Digest digest={digest} />
          </li>
        ))}
      </ul>
    </li>
  );
}
