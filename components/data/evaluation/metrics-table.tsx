'use client';

import { ArrowDown, ArrowUp, Equal } from 'lucide-react';

import type { Figure, FigureSeries } from '../../../lib/evaluation/evaluation-answers';
import {
  classWords,
  formatChange,
  formatMetric,
  metricWords,
  scopeWords,
  type MetricWords,
} from '../../../lib/evaluation/metric-words';
import { formatQuantity } from '../../../lib/format/number';
import { Tooltip } from '../../ui/tooltip';
import { seriesId } from './series-id';
import type { Summary } from './use-evaluation-screen';

/** Props of {@link MetricsTable}. */
export type MetricsTableProps = {
  readonly summary: Summary;
  /** Which slice, by its place. */
  readonly at: number;
  readonly rows: number;
  /** Classes of metrics by their names. */
  readonly names: ReadonlyMap<string, string>;
  readonly chosen: FigureSeries | undefined;
  /** A metric was pressed: slices are listed by it. */
  readonly onChoose: (id: string) => void;
};

/** Figures of one slice for both models, and the change; of single classes in a table of their own. */
export function MetricsTable(props: MetricsTableProps) {
  const { summary, rows, names } = props;
  const plain = summary.series
    .filter(({ classId }) => classId === undefined)
    .toSorted((a, b) => countsFirst(a, b, names));
  return (
    <section aria-label="Metrics">
      <div className="flex items-baseline gap-2">
        <h2 className="font-semibold">Metrics</h2>
        <span className="text-12 text-text-3">{formatQuantity(rows, 'row')}</span>
      </div>
      {summary.series.length === 0 ? (
        <p className="py-2 text-12 text-text-2">No metric was asked for. Name some in evalConfig.metricsSpecs.</p>
      ) : (
        <table className="w-full text-12">
          <caption className="sr-only">Metrics</caption>
          <thead>
            <tr className="h-6 border-b border-border text-11 text-text-3">
              <th scope="col" className="text-left font-medium">
                <span className="sr-only">Metric</span>
              </th>
              {summary.hasBaseline && <Head isWide>baseline</Head>}
              <Head>{summary.hasBaseline ? 'candidate' : 'value'}</Head>
              {summary.hasBaseline && <Head>Change</Head>}
              {summary.hasBaseline && (
                <th scope="col" className="w-18 pl-3 text-left font-medium">
                  <span className="sr-only">Better or worse</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {plain.map((series) => (
              <MetricRow key={seriesId(series)} series={series} {...props} />
            ))}
          </tbody>
        </table>
      )}
      <ClassFigures {...props} />
    </section>
  );
}

function countsFirst(a: FigureSeries, b: FigureSeries, names: ReadonlyMap<string, string>): number {
  return Number(metricWords(b.name, names).isCount) - Number(metricWords(a.name, names).isCount);
}

/** The head of a column of figures; one that is `isWide` has no room on a phone. */
function Head({ children, isWide = false }: { readonly children: string; readonly isWide?: boolean }) {
  return (
    <th scope="col" className={`w-18 pl-3 text-right font-medium ${isWide ? 'max-tablet:hidden' : ''}`}>
      {children}
    </th>
  );
}

type MetricRowProps = MetricsTableProps & { readonly series: FigureSeries };

function MetricRow({ series, summary, at, names, chosen, onChoose }: MetricRowProps) {
  const words = metricWords(series.name, names);
  const { isCount, better } = words;
  const scope = scopeWords(series, summary.classNames);
  const id = seriesId(series);
  const isChosen = chosen !== undefined && seriesId(chosen) === id;
  const candidate = series.candidate[at];
  const baseline = series.baseline?.[at];
  const change = series.change?.[at];
  return (
    <tr className={`h-6.5 border-b border-border-subtle ${isChosen ? 'bg-selected' : 'hover:bg-hover'}`}>
      <th scope="row" className="max-w-60 text-left font-normal">
        <Tooltip label={`${words.help} TFMA calls it ${series.name}.`} side="right">
          <button
            type="button"
            aria-pressed={isChosen}
            onClick={() => {
              onChoose(id);
            }}
            className="max-w-full truncate rounded-chip px-1 hover:text-accent hover:underline"
          >
            {words.label}
            {words.isCount && summary.hasWeights && scope === '' && <span className="text-text-3"> by weight</span>}
            {scope !== '' && <span className="text-text-3"> {scope}</span>}
            {better === 'lower' && <span className="text-11 text-text-3"> lower is better</span>}
          </button>
        </Tooltip>
      </th>
      {summary.hasBaseline && (
        <td className="pl-3 text-right text-text-2 max-tablet:hidden">
          <FigureText figure={baseline} isCount={isCount} />
        </td>
      )}
      <td className="pl-3 text-right font-semibold">
        <FigureText figure={candidate} isCount={isCount} />
      </td>
      {summary.hasBaseline && <td className="pl-3 text-right font-medium">{formatChange(change, isCount)}</td>}
      {summary.hasBaseline && (
        <td className="pl-3">
          <Judgement change={change} words={words} />
        </td>
      )}
    </tr>
  );
}

/** A figure; one that is not defined says so. */
export function FigureText({ figure, isCount }: { readonly figure: Figure | undefined; readonly isCount: boolean }) {
  if (figure === 'NaN')
    return (
      <span
        className="font-normal text-text-3"
        title="Not defined for these rows: what it would be divided by is zero."
      >
        not defined
      </span>
    );
  return <>{formatMetric(figure, { isCount })}</>;
}

/** Better or worse in a word, an arrow and a colour. */
export function Judgement({ change, words }: { readonly change: Figure | undefined; readonly words: MetricWords }) {
  if (typeof change !== 'number' || words.better === undefined) return null;
  if (change === 0)
    return (
      <span className="inline-flex items-center gap-1 text-text-3">
        <Equal size={12} aria-hidden="true" />
        same
      </span>
    );
  const isBetter = change > 0 === (words.better === 'higher');
  const Arrow = change > 0 ? ArrowUp : ArrowDown;
  return (
    <span
      className={`inline-flex items-center gap-1 align-middle font-medium ${isBetter ? 'text-st-complete' : 'text-st-failed'}`}
    >
      <Arrow size={12} aria-hidden="true" />
      {isBetter ? 'better' : 'worse'}
    </span>
  );
}

/** One line for each class, one column for each metric: the candidate's figures, and the change below. */
function ClassFigures({ summary, at, names, chosen, onChoose }: MetricsTableProps) {
  const ofClasses = summary.series.filter(({ classId }) => classId !== undefined);
  if (ofClasses.length === 0) return null;
  const classes = [...new Set(ofClasses.map(({ classId }) => classId ?? 0))].toSorted((a, b) => a - b);
  const metrics = [...new Set(ofClasses.map(({ name, weighted }) => JSON.stringify([name, weighted ?? null])))];
  return (
    <div className="mt-3 overflow-x-auto" role="region" aria-label="Metrics by class" tabIndex={0}>
      <table className="w-full text-12">
        <caption className="pb-1 text-left font-semibold text-text">By class, one against the rest</caption>
        <thead>
          <tr className="h-6 border-b border-border text-11 text-text-3">
            <th scope="col" className="text-left font-medium">
              Class
            </th>
            {metrics.map((text) => {
              const first = ofClasses.find(({ name, weighted }) => JSON.stringify([name, weighted ?? null]) === text);
              const words = metricWords(first?.name ?? '', names);
              return (
                <th key={text} scope="col" className="pl-3 text-right font-medium" title={words.help}>
                  {words.label}
                  {first?.weighted !== undefined && (first.weighted ? ' by weight' : ' by rows')}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {classes.map((classId) => (
            <tr key={classId} className="h-6.5 border-b border-border-subtle">
              <th scope="row" className="max-w-40 truncate text-left font-normal">
                <bdi>{classWords(classId, summary.classNames)}</bdi>
              </th>
              {metrics.map((text) => {
                const series = ofClasses.find(
                  (each) => each.classId === classId && JSON.stringify([each.name, each.weighted ?? null]) === text,
                );
                const { isCount } = metricWords(series?.name ?? '', names);
                const isChosen = series !== undefined && chosen !== undefined && seriesId(series) === seriesId(chosen);
                return (
                  <td key={text} className={`pl-3 text-right ${isChosen ? 'bg-selected' : ''}`}>
                    {series === undefined ? (
                      '–'
                    ) : (
                      <button
                        type="button"
                        aria-pressed={isChosen}
                        className="rounded-chip font-medium hover:text-accent hover:underline"
                        onClick={() => {
                          onChoose(seriesId(series));
                        }}
                      >
                        <FigureText figure={series.candidate[at]} isCount={isCount} />
                        {series.change !== undefined && (
                          <span className="block text-11 font-normal text-text-3">
                            {formatChange(series.change[at], isCount)}
                          </span>
                        )}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
