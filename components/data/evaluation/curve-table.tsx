'use client';

import type { CurveName } from '../../../lib/evaluation/evaluation-screen';
import { formatMetric } from '../../../lib/evaluation/metric-words';
import { CONFUSION_METRICS } from '../../../lib/metrics/confusion-metrics';
import { formatCount } from '../../../lib/format/number';
import type { ModelScores } from './scores-panel';

/** Props of {@link CurveTable}. */
export type CurveTableProps = {
  readonly name: CurveName;
  readonly models: readonly ModelScores[];
  readonly isWeighted: boolean;
};

const STEPS = 20;
const BINS = 10;

/** A curve in figures: what can be read without seeing it. */
export function CurveTable({ name, models, isWeighted }: CurveTableProps) {
  return (
    <div
      role="region"
      aria-label="The curve in figures"
      tabIndex={0}
      className="max-h-110 overflow-auto -outline-offset-2"
    >
      <table className="text-12">
        <caption className="sr-only">The curve in figures</caption>
        <thead>
          <tr className="h-6 border-b border-border text-11 text-text-3">
            <Head>{name === 'calibration' ? 'Predicted' : 'Threshold'}</Head>
            {models.flatMap(({ model }) =>
              heads(name).map((head) => (
                <Head key={`${model} ${head}`}>{models.length > 1 ? `${model} ${head}` : head}</Head>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {name === 'calibration'
            ? Array.from({ length: BINS }, (_, bin) => (
                <tr key={bin} className="h-6 border-b border-border-subtle">
                  <td className="pl-3 text-right text-text-3">{`${bin / BINS} to ${(bin + 1) / BINS}`}</td>
                  {models.flatMap(({ model, series }) => {
                    const found = series.calibration.find((each) => each.bin === bin);
                    const means =
                      found === undefined ? undefined : isWeighted ? (found.weighted ?? found.plain) : found.plain;
                    return [
                      <Cell key={`${model} score`}>{formatMetric(means?.score)}</Cell>,
                      <Cell key={`${model} label`}>{formatMetric(means?.label)}</Cell>,
                      <Cell key={`${model} rows`}>{formatCount(found?.rows ?? 0)}</Cell>,
                    ];
                  })}
                </tr>
              ))
            : Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS).map((threshold) => (
                <tr key={threshold} className="h-6 border-b border-border-subtle">
                  <td className="pl-3 text-right text-text-3">{threshold.toFixed(2)}</td>
                  {models.flatMap(({ model, curve }) => {
                    const counts = curve.at(threshold);
                    const [x, y] = name === 'roc' ? (['FPR', 'Recall'] as const) : (['Recall', 'Precision'] as const);
                    return [x, y].map((metric) => (
                      <Cell key={`${model} ${metric}`}>{formatMetric(CONFUSION_METRICS[metric](counts))}</Cell>
                    ));
                  })}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}

function heads(name: CurveName): readonly string[] {
  if (name === 'calibration') return ['predicted', 'observed', 'rows'];
  return name === 'roc' ? ['false positive rate', 'recall'] : ['recall', 'precision'];
}

function Head({ children }: { readonly children: string }) {
  return (
    <th scope="col" className="pl-3 text-right font-medium whitespace-nowrap">
      {children}
    </th>
  );
}

function Cell({ children }: { readonly children: string }) {
  return <td className="pl-3 text-right">{children}</td>;
}
