import { errorSentences, type ErrorInfo } from '../../lib/errors';
import { formatDuration } from '../../lib/format/time';
import type { AttemptSnapshot, NodeSnapshot } from '../../lib/run/fold-run';
import { attemptWords } from '../../lib/run/run-words';
import { StateLabel, type Mark } from '../ui/state-mark';
import { TimeSince } from '../ui/time-since';
import { PanelSection } from './panel-section';

const MARKS: Record<NonNullable<AttemptSnapshot['outcome']>, Mark> = {
  complete: 'complete',
  failed: 'failed',
  canceled: 'canceled',
  'timed-out': 'failed',
  lost: 'warning',
};

/** The attempts of a node, the last one first. Nothing before the first. */
export function NodeAttempts({ node }: { readonly node: NodeSnapshot }) {
  if (node.attempts.length === 0) return null;
  return (
    <PanelSection title="Attempts" count={node.attempts.length}>
      {node.attempts.toReversed().map((attempt) => (
        <Attempt key={attempt.attempt} attempt={attempt} shown={node.error} isLast={attempt === node.attempts.at(-1)} />
      ))}
    </PanelSection>
  );
}

type AttemptProps = {
  readonly attempt: AttemptSnapshot;
  readonly shown: ErrorInfo | undefined;
  readonly isLast: boolean;
};

function Attempt({ attempt, shown, isLast }: AttemptProps) {
  const { outcome, error, retryInMs, usage } = attempt;
  return (
    <div className="py-1 text-12">
      <p className="flex items-center gap-3">
        <span className="text-text-3">{attempt.attempt}</span>
        <StateLabel mark={outcome === undefined ? 'running' : MARKS[outcome]}>{attemptWords(attempt)}</StateLabel>
        {usage?.startMs !== undefined && (
          <span className="text-text-3">started in {formatDuration(usage.startMs)}</span>
        )}
        <span className="ml-auto">
          {attempt.durationMs === undefined && outcome === undefined ? (
            <TimeSince at={attempt.startedAt} />
          ) : (
            formatDuration(attempt.durationMs)
          )}
        </span>
      </p>
      {/* The error that ended the node stands above already. */}
      {error !== undefined && error.message !== shown?.message && (
        <p className="mt-0.5 break-words text-text-2">{errorSentences(error)}</p>
      )}
      {retryInMs !== undefined && (
        <p className="text-text-3">
          {isLast ? 'The next attempt follows' : 'Tried again'} after {formatDuration(retryInMs)}.
        </p>
      )}
    </div>
  );
}
