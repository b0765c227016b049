import type { FigureSeries } from '../../../lib/evaluation/evaluation-answers';
import { metricWords } from '../../../lib/evaluation/metric-words';

/** Names a series in the address: `auc`, `precision@2`, `recall@micro`, `auc~rows`. */
export function seriesId({ name, classId, aggregation, weighted }: Omit<FigureSeries, 'candidate'>): string {
  const scope = classId ?? aggregation;
  return `${name}${scope === undefined ? '' : `@${scope}`}${weighted === undefined ? '' : weighted ? '~weight' : '~rows'}`;
}

/** The series that the address names, else the first that is no count. */
export function chosenSeries(series: readonly FigureSeries[], wanted: string | undefined): FigureSeries | undefined {
  return (
    series.find((each) => seriesId(each) === wanted) ??
    series.find(({ name }) => !metricWords(name).isCount) ??
    series[0]
  );
}
