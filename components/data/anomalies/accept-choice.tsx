'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState, type ReactNode } from 'react';

import { remediesFor, type Remedy } from '../../../lib/artifact/anomaly-remedy';
import type { AnomalyItem } from '../../../lib/artifact/anomaly-report';
import { seenRun } from '../../../lib/artifact/data-address';
import type { DataArtifact } from '../../../lib/artifact/data-family';
import { parseSchemaText } from '../../../lib/artifact/data-schema';
import { compareSchemas } from '../../../lib/artifact/schema-change';
import { hasComments } from '../../../lib/artifact/schema-edit';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { Button } from '../../ui/button';
import { SkeletonRows } from '../../ui/skeleton';
import { ChangeList } from '../schema/schema-diff';
import { AcceptDialog } from './accept-dialog';
import type { LoadedAnomalies } from './loaded-anomalies';
import { REMEDY_WORDS } from './remedy-words';

/** Props of {@link AcceptChoice}. */
export type AcceptChoiceProps = {
  readonly artifact: DataArtifact;
  readonly list: LoadedAnomalies;
  /** What is decided about: one anomaly, or several together. */
  readonly items: readonly AnomalyItem[];
  readonly onAccepted: () => void;
};

/** The ways in which a schema can take anomalies in, each with exactly what it changes; then does it. */
export function AcceptChoice({ artifact, list, items, onAccepted }: AcceptChoiceProps) {
  const trpc = useTRPC();
  const [isOpen, setOpen] = useState(false);
  const [wanted, setRemedy] = useState<Remedy>('update');
  const types = items.flatMap(({ splits }) => splits.flatMap((split) => split.types));
  // Several features may need different remedies: together they are updated, as TFDV does it.
  const remedies = items.length === 1 ? remediesFor(types, list.environment) : (['update'] as const);
  const remedy = remedies.find((each) => each === wanted) ?? 'update';
  const isGone = list.schemaNode === undefined || list.history?.use.type === 'gone';
  const acceptance = {
    artifactId: artifact.id,
    runId: seenRun(artifact),
    paths: items.map(({ path }) => path),
    remedy,
  };
  const proposal = useQuery(
    trpc.anomalies.propose.queryOptions(acceptance, { enabled: !isGone, placeholderData: keepPreviousData }),
  );
  const { data } = proposal;
  const schemas = useMemo(
    () =>
      data === undefined ? undefined : { before: parseSchemaText(data.before), after: parseSchemaText(data.after) },
    [data],
  );
  const changes = useMemo(
    () => (schemas === undefined ? [] : compareSchemas(schemas.before, schemas.after)),
    [schemas],
  );
  const next = (list.history?.versions[0]?.number ?? 0) + 1;
  if (isGone)
    return (
      <p className="text-12 text-text-2">
        The pipeline has no schema at {list.schemaNode?.nodeId ?? 'this step'} any more, so that nothing can be accepted
        into it.
      </p>
    );
  if (proposal.error !== null) return <ErrorPanel error={toShownError(proposal.error)} />;
  if (schemas === undefined || data === undefined)
    return <SkeletonRows rows={2} label="Working out what would change" />;
  return (
    <>
      <p className="text-12 text-text-3">Recorded; applies from the next run.</p>
      <RemedyCards remedies={remedies} chosen={remedy} next={next} onChoose={setRemedy}>
        <div
          aria-busy={proposal.isPlaceholderData}
          className={`mt-2 max-h-60 overflow-y-auto border-l-2 ${proposal.isPlaceholderData ? 'opacity-55' : ''}`}
        >
          <ChangeList changes={changes} />
        </div>
      </RemedyCards>
      {changes.length === 0 && !proposal.isPlaceholderData ? (
        <p className="pt-2 text-12 text-text-2">The schema in use allows this already. Check again to see it.</p>
      ) : (
        <div className="pt-3">
          <Button
            look="ink"
            disabled={proposal.isPlaceholderData}
            onClick={() => {
              setOpen(true);
            }}
          >
            {remedy === 'update' ? (items.length === 1 ? 'Accept…' : `Accept ${items.length}…`) : 'Change the schema…'}
          </Button>
        </div>
      )}
      {isOpen && (
        <AcceptDialog
          acceptance={acceptance}
          what={items.length === 1 ? (items[0]?.feature ?? '') : `${items.length} anomalies`}
          number={next}
          schemas={schemas}
          revision={data.revision}
          losesComments={hasComments(data.before)}
          onAccepted={onAccepted}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

type RemedyCardsProps = {
  readonly remedies: readonly Remedy[];
  readonly chosen: Remedy;
  /** Number of the version that is made. */
  readonly next: number;
  readonly onChoose: (remedy: Remedy) => void;
  /** What the chosen one changes. */
  readonly children: ReactNode;
};

function RemedyCards({ remedies, chosen, next, onChoose, children }: RemedyCardsProps) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label="What the schema is to say" className="mt-2 flex flex-col gap-2">
      {remedies.map((remedy) => {
        const { title, help } = REMEDY_WORDS[remedy];
        const isChosen = remedy === chosen;
        return (
          <div
            key={remedy}
            className={`rounded-card bg-surface p-3 ${isChosen ? 'border-2 border-accent' : 'border border-border'}`}
          >
            <label className="flex items-start gap-2">
              {remedies.length > 1 && (
                <input
                  type="radio"
                  name={name}
                  checked={isChosen}
                  onChange={() => {
                    onChoose(remedy);
                  }}
                  className="mt-0.5 size-4 flex-none accent-accent"
                />
              )}
              <span>
                <span className="block font-semibold">{title}</span>
                <span className="block text-12 text-text-2">
                  {help}
                  {isChosen && ` Makes schema ${next}.`}
                </span>
              </span>
            </label>
            {isChosen && children}
          </div>
        );
      })}
    </div>
  );
}
