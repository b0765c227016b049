import type { Comparison } from '../../../lib/comparison/comparison-answer';
import { formatChange, formatMetric } from '../../../lib/evaluation/metric-words';

type Value = Comparison['metrics'][number]['values'][number];

const VERDICTS = {
  better: { mark: '▲', word: 'better', look: 'text-st-complete' },
  worse: { mark: '▼', word: 'worse', look: 'text-st-failed' },
  undecided: { mark: '≈', word: 'could be chance', look: 'text-text-3' },
} as const;

/** Props of {@link ComparedCell}. */
export type ComparedCellProps = { readonly value: Value | undefined };

/** A figure of a version and, below it, how it differs from the first version's and how far that could be chance. */
export function ComparedCell({ value }: ComparedCellProps) {
  if (value === undefined) return <td />;
  const { difference, interval, verdict } = value;
  const words = verdict === undefined ? undefined : VERDICTS[verdict];
  return (
    <td className="py-1.5 pl-3 text-right tablet:pl-4 align-top tabular-nums">
      <span className="block font-medium">{formatMetric(value.value)}</span>
      {difference !== undefined && (
        <span className={`block text-11 ${words?.look ?? 'text-text-3'}`}>
          {words !== undefined && (
            <>
              <span aria-hidden="true">{words.mark} </span>
              <span className="sr-only">{words.word}: </span>
            </>
          )}
          {formatChange(difference)}
          {interval !== undefined && (
            <span
              className="text-text-3 max-tablet:block"
              title={`In 95 of 100 resamplings the difference lies here${words === undefined ? '' : `: ${words.word}`}.`}
            >
              {' '}
              [{formatChange(interval.lower)}, {formatChange(interval.upper)}]
            </span>
          )}
        </span>
      )}
    </td>
  );
}
