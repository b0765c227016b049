'use client';

import { CONFUSION_METRICS } from '../../../lib/metrics/confusion-metrics';
import type { Confusion } from '../../../lib/metrics/binary-problem';
import { formatChange, formatMetric, metricWords } from '../../../lib/evaluation/metric-words';
import type { ModelScores } from './scores-panel';
import { Judgement } from './metrics-table';
import type { Thresholds } from './use-thresholds';

/** Props of {@link ThresholdFigures}. */
export type ThresholdFiguresProps = {
  readonly models: readonly ModelScores[];
  readonly thresholds: Thresholds;
};

const FIGURES = [
  { metric: 'Precision', undefinedWhen: 'nothing is said to be positive' },
  { metric: 'Recall', undefinedWhen: 'no positive rows' },
  { metric: 'F1Score', undefinedWhen: 'nothing is positive, or said to be' },
  { metric: 'BinaryAccuracy', undefinedWhen: 'no rows' },
  { metric: 'Specificity', undefinedWhen: 'no negative rows' },
  { metric: 'FPR', undefinedWhen: 'no negative rows' },
  { metric: 'FNR', undefinedWhen: 'no positive rows' },
] as const satisfies readonly { readonly metric: keyof typeof CONFUSION_METRICS; readonly undefinedWhen: string }[];

/** The figures at the threshold, of both models. */
export function ThresholdFigures({ models, thresholds }: ThresholdFiguresProps) {
  const counts = models.map(({ model, curve }) => curve.at(thresholds[model]));
  const hasBaseline = models.length > 1;
  return (
    <table className="max-w-120 min-w-64 flex-1 text-12">
      <caption className="pb-1 text-left text-12 font-medium">
        Figures at{' '}
        {hasBaseline && thresholds.candidate !== thresholds.baseline ? 'these thresholds' : thresholds.candidate}
      </caption>
      <thead>
        <tr className="h-6 border-b border-border text-11 text-text-3">
          <th scope="col" className="text-left font-medium">
            <span className="sr-only">Figure</span>
          </th>
          {hasBaseline && <Head>baseline</Head>}
          <Head>{hasBaseline ? 'candidate' : 'value'}</Head>
          {hasBaseline && <Head>Change</Head>}
          {hasBaseline && (
            <th scope="col" className="w-18 pl-3">
              <span className="sr-only">Better or worse</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {FIGURES.map((figure) => (
          <FigureRow key={figure.metric} figure={figure} counts={counts} />
        ))}
      </tbody>
    </table>
  );
}

function Head({ children }: { readonly children: string }) {
  return (
    <th scope="col" className="w-16 pl-3 text-right font-medium">
      {children}
    </th>
  );
}

type FigureRowProps = { readonly figure: (typeof FIGURES)[number]; readonly counts: readonly Confusion[] };

function FigureRow({ figure: { metric, undefinedWhen }, counts }: FigureRowProps) {
  const words = metricWords(metric, new Map([[metric, metric]]));
  const [candidate, baseline] = counts.map((each) => CONFUSION_METRICS[metric](each));
  const change = candidate === undefined || baseline === undefined ? undefined : candidate - baseline;
  const cell = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? (
      <span className="text-11 font-normal whitespace-nowrap text-text-3" title={`Not defined: ${undefinedWhen}`}>
        not defined<span className="sr-only">: {undefinedWhen}</span>
      </span>
    ) : (
      formatMetric(value)
    );
  return (
    <tr className="h-6 border-b border-border-subtle" data-figure={metric}>
      <th scope="row" className="text-left font-normal" title={words.help}>
        {words.label}
        {words.better === 'lower' && <span className="text-11 text-text-3"> lower is better</span>}
      </th>
      {baseline !== undefined && <td className="pl-3 text-right text-text-2">{cell(baseline)}</td>}
      <td className="pl-3 text-right font-semibold">{cell(candidate)}</td>
      {change !== undefined && (
        <>
          <td className="pl-3 text-right font-medium">{Number.isNaN(change) ? '–' : formatChange(change)}</td>
          <td className="pl-3">{Number.isNaN(change) ? null : <Judgement change={change} words={words} />}</td>
        </>
      )}
    </tr>
  );
}
