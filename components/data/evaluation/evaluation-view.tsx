'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useMemo, useState } from 'react';

import { sliceText } from '../../../lib/evaluation/slices';
import { formatFigure, verdictWords } from '../../../lib/evaluation/verdict-words';
import { formatQuantity } from '../../../lib/format/number';
import type { AppRouter } from '../../../server/api/root';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Select } from '../../ui/select';
import { SkeletonRows } from '../../ui/skeleton';
import { StateLabel } from '../../ui/state-mark';
import type { DataViewProps } from '../views';

type Answer = inferRouterOutputs<AppRouter>['evaluations']['get'];
type Entry = Answer['entries'][number];

/** Counts say how much a slice weighs; they are no quality to sort by first. */
const COUNTS = new Set(['example_count', 'weighted_example_count']);

/** The verdict in sentences, and the figures of every slice, the worst first by the chosen one. */
export function EvaluationView({ artifact }: DataViewProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.evaluations.get.queryOptions({ artifactId: artifact.id }, { staleTime: Infinity }));
  if (query.error !== null)
    return (
      <div className="p-5">
        <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
      </div>
    );
  if (query.data === undefined) return <SkeletonRows rows={8} label="Loading the evaluation" />;
  return (
    <div
      className="min-h-0 flex-1 overflow-auto px-4 pb-6 tablet:px-5"
      role="region"
      aria-label="Evaluation"
      tabIndex={0}
    >
      <VerdictWords validation={query.data.validation} />
      <Figures answer={query.data} />
    </div>
  );
}

function VerdictWords({ validation }: { readonly validation: Answer['validation'] }) {
  const verdict = verdictWords(validation, decodeBase64);
  if (verdict === undefined) return null;
  return (
    <section aria-label="Verdict" className="py-3">
      <h2 className="text-15 font-semibold">
        <StateLabel mark={verdict.isBlessed ? 'complete' : 'warning'}>{verdict.headline}</StateLabel>
      </h2>
      <ul className="mt-1 text-12 text-text-2">
        {verdict.faults.map((fault) => (
          <li key={fault} dir="auto">
            {fault}
          </li>
        ))}
      </ul>
    </section>
  );
}

function decodeBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
}

function Figures({ answer }: { readonly answer: Answer }) {
  const names = useMemo(() => numberNames(answer.entries), [answer]);
  const [chosen, setChosen] = useState(names.find((name) => !COUNTS.has(name)) ?? names[0] ?? '');
  const sorted = useMemo(
    () => answer.entries.toSorted((a, b) => order(a, chosen) - order(b, chosen)),
    [answer, chosen],
  );
  if (names.length === 0) return <p className="text-12 text-text-2">No metric was asked for.</p>;
  return (
    <section aria-label="Figures">
      <div className="flex items-center gap-2 py-1">
        <h2 className="font-semibold">Slices</h2>
        <span className="text-12 text-text-3">
          {formatQuantity(answer.entries.length, 'line')}
          {answer.entries.length < answer.total && ` of ${answer.total}`}, lowest first
        </span>
        <span className="ml-auto">
          <Select
            label="by"
            value={chosen}
            options={names.map((name) => ({ value: name, label: name }))}
            onChange={setChosen}
          />
        </span>
      </div>
      <table className="w-full min-w-[640px] text-12">
        <thead>
          <tr className="h-7 border-b border-border text-11 text-text-3">
            <th scope="col" className="pr-4 text-left font-medium">
              Slice
            </th>
            {names.map((name) => (
              <th
                key={name}
                scope="col"
                {...(name === chosen && { 'aria-sort': 'ascending' as const })}
                className={`pl-4 text-right ${name === chosen ? 'font-semibold text-text' : 'font-medium'}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((entry) => (
            <tr key={entryName(entry)} className="h-7 border-b border-border-subtle">
              <th scope="row" className="max-w-80 pr-4 text-left font-medium">
                <span dir="auto" title={entryName(entry)} className="block truncate">
                  {entryName(entry)}
                </span>
              </th>
              {names.map((name) => (
                <td key={name} className={`pl-4 text-right ${name === chosen ? 'font-medium' : 'text-text-2'}`}>
                  {cell(entry.metrics[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Metrics that are single numbers, counts first. */
function numberNames(entries: readonly Entry[]): readonly string[] {
  const names = new Set<string>();
  for (const { metrics } of entries)
    for (const [name, value] of Object.entries(metrics)) if (isFigure(value)) names.add(name);
  return [...names].toSorted((a, b) => Number(COUNTS.has(b)) - Number(COUNTS.has(a)));
}

function isFigure(value: unknown): value is number | string {
  return typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity';
}

function cell(value: unknown): string {
  return isFigure(value) ? (value === 'NaN' ? '–' : formatFigure(value)) : '–';
}

/** What has no figure comes last. */
function order({ metrics }: Entry, name: string): number {
  const value = metrics[name];
  return typeof value === 'number' ? value : Infinity;
}

function entryName({ slice, model, subKey, aggregation, isDiff, weighted }: Entry): string {
  return [
    sliceText(slice),
    ...(model === 'baseline' ? ['baseline'] : []),
    ...(isDiff === true ? ['difference'] : []),
    ...(subKey === undefined ? [] : [`class ${subKey.classId}`]),
    ...(aggregation === undefined ? [] : [aggregation]),
    ...(weighted === undefined ? [] : [weighted ? 'weighted' : 'unweighted']),
  ].join(', ');
}
