'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { formatCount, formatQuantity, formatValue } from '../../../lib/format/number';
import { learnedWords, opName } from '../../../lib/transform/step-words';
import { zTransformGraph, type TransformStep } from '../../../lib/transform/transform-graph';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import type { DataViewProps } from '../views';

/** Tokens and boundaries that are shown before somebody asks for more. */
const SHOWN = 8;

/** The features that Transform makes, with what it learned for each from the training rows. */
export function TransformGraphView({ artifact }: DataViewProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.transforms.graph.queryOptions({ artifactId: artifact.id }, { staleTime: Infinity }));
  const steps = useMemo(
    () => (query.data === undefined ? [] : zTransformGraph.parse(JSON.parse(query.data.graph)).steps),
    [query.data],
  );
  if (query.error !== null)
    return (
      <div className="p-5">
        <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />
      </div>
    );
  if (query.data === undefined) return <SkeletonRows rows={8} label="Loading the transform graph" />;
  return (
    <div
      className="min-h-0 flex-1 overflow-auto px-4 pb-6 tablet:px-5"
      role="region"
      aria-label="Features"
      tabIndex={0}
    >
      <p className="py-3 text-12 text-text-2">
        {formatQuantity(steps.length, 'feature')}, learned from the training rows and frozen. Training and serving read
        the same graph.
      </p>
      <table className="w-full text-12 max-tablet:block">
        <thead className="max-tablet:sr-only">
          <tr className="h-7 border-b border-border text-left text-11 text-text-3">
            {['Feature', 'Op', 'Reads', 'Kind', 'Learned'].map((head) => (
              <th key={head} scope="col" className="pr-4 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-tablet:block">
          {steps.map((step) => (
            <StepRow key={step.name} step={step} tokens={tokensOf(step, query.data.vocabularies)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function tokensOf({ op }: TransformStep, vocabularies: Readonly<Record<string, readonly string[]>>) {
  return op.type === 'vocabulary' ? vocabularies[op.file] : undefined;
}

function StepRow({ step, tokens }: { readonly step: TransformStep; readonly tokens: readonly string[] | undefined }) {
  const { name, column, from, fillMissing, kind, op } = step;
  return (
    <tr className="border-b border-border-subtle align-top max-tablet:flex max-tablet:flex-wrap max-tablet:gap-x-3 max-tablet:py-2 max-tablet:[&>*]:py-0.5">
      <th scope="row" className="max-w-60 py-1.5 pr-4 text-left font-medium max-tablet:w-full max-tablet:max-w-none">
        <span dir="auto" title={name} className="block truncate text-left">
          {name}
        </span>
      </th>
      <td className="py-1.5 pr-4">{opName(step)}</td>
      <td className="max-w-60 py-1.5 pr-4 text-text-2">
        <span dir="auto" title={column} className="block truncate text-left">
          {column}
        </span>
        <span className="block text-11 text-text-3">
          {from === 'feature' ? 'a feature' : 'a column'}
          {fillMissing !== undefined && `, blanks become ${fillMissing === '' ? 'an empty text' : String(fillMissing)}`}
        </span>
      </td>
      <td className="py-1.5 pr-4 text-text-3">{kind}</td>
      <td className="py-1.5 text-text-2 max-tablet:w-full">
        {learnedWords(step)}
        {op.type === 'buckets' && <Values values={op.boundaries.map(formatValue)} total={op.boundaries.length} />}
        {op.type === 'vocabulary' && tokens !== undefined && <Values values={tokens} total={op.size} />}
      </td>
    </tr>
  );
}

/** The first values; the others, as far as they are here, on demand. */
function Values({ values, total }: { readonly values: readonly string[]; readonly total: number }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? values : values.slice(0, SHOWN);
  return (
    <span className="mt-0.5 block text-11 text-text-3">
      <bdi>{shown.join(' · ')}</bdi>
      {!isOpen && values.length > SHOWN && (
        <button
          type="button"
          className="ml-1.5 text-accent hover:underline"
          onClick={() => {
            setOpen(true);
          }}
        >
          {formatCount(values.length - SHOWN)} more
        </button>
      )}
      {isOpen && values.length < total && ` · ${formatCount(values.length)} of ${formatCount(total)} shown`}
    </span>
  );
}
