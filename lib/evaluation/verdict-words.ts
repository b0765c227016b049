/** The verdict of an evaluation in sentences: each threshold with the figure, its bound, and whether it holds. */

import { formatCount, formatQuantity, formatValue } from '../format/number';
import { metricName } from '../metrics/metric-class';
import type { EvalConfig, MetricThreshold, SlicingSpec } from './eval-config';
import type { EvaluationSummary, Figure, FigureSeries } from './evaluation-answers';
import { classNamesOf, formatMetric, metricWords, scopeWords } from './metric-words';
import type { Verdict } from './read-verdict';
import { isSliceOf, type SliceKey } from './slices';

/** One threshold as it was held against one slice, or the worst of several. */
export type ThresholdSentence = {
  readonly holds: boolean;
  /** `AUC 0.955 is at least 0.900`. */
  readonly text: string;
  /** What it is about, beside the sentence: `value`, `change`, or the slice. */
  readonly note: string;
  /** The slice to look at; undefined where it is all rows. */
  readonly slice: SliceKey | undefined;
};

/** The verdict as it is read. */
export type VerdictWords = {
  readonly isBlessed: boolean;
  readonly headline: string;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly sentences: readonly ThresholdSentence[];
};

type Asked = {
  readonly name: string;
  /** Undefined: every slice. */
  readonly spec: SlicingSpec | undefined;
  readonly threshold: MetricThreshold;
};

/** What the sentences are made of. */
export type VerdictRequest = {
  readonly verdict: Verdict;
  readonly config: EvalConfig;
  readonly summary: Pick<EvaluationSummary, 'slices' | 'series' | 'hasBaseline' | 'classNames'>;
};

/** Slices that fail one threshold and are named. */
const NAMED = 4;

/** See the module. */
export function verdictWords({ verdict, config, summary }: VerdictRequest): VerdictWords {
  const asked = askedOf(config);
  const perThreshold = asked.flatMap((each) =>
    halvesOf(each, summary).map((half) => sentencesOf(each, half, { verdict, config, summary })),
  );
  const sentences = [
    ...perThreshold.flat(),
    ...verdict.missingSlices
      .filter(({ featureKeys, featureValues }) => featureKeys.length > 0 || Object.keys(featureValues).length > 0)
      .map((spec) => missing(spec)),
  ].toSorted((a, b) => Number(a.holds) - Number(b.holds));
  return {
    isBlessed: verdict.isBlessed,
    headline: verdict.isBlessed ? 'Blessed' : 'Not blessed',
    reason: reasonOf(verdict, perThreshold, asked),
    sentences,
  };
}

function reasonOf(
  verdict: Verdict,
  perThreshold: readonly (readonly ThresholdSentence[])[],
  asked: readonly Asked[],
): string {
  const left = verdict.isFirstRun ? ' There was no baseline, so that no change was held against a threshold.' : '';
  if (!verdict.hasThresholds)
    return asked.length > 0 && verdict.isFirstRun
      ? 'Only changes have a threshold, and there was no baseline: nothing was held against it. Set a value threshold.'
      : 'No threshold is set, so that nothing was validated.';
  const all = perThreshold.length;
  const held = perThreshold.filter((sentences) => sentences.every(({ holds }) => holds)).length;
  if (held === all && !verdict.isBlessed) return `A threshold does not hold.${left}`;
  if (held === all) return `${all === 1 ? 'The threshold holds.' : `All ${all} thresholds hold.`}${left}`;
  if (all === 1) return `The threshold does not hold.${left}`;
  return `${formatCount(held)} of ${formatQuantity(all, 'threshold')} ${held === 1 ? 'holds' : 'hold'}.${left}`;
}

function askedOf({ metricsSpecs }: EvalConfig): readonly Asked[] {
  const all = metricsSpecs.flatMap((spec): Asked[] => [
    ...spec.metrics.flatMap(({ className, config, threshold, perSliceThresholds }): Asked[] => {
      const name = metricName(className, config ?? {});
      return [
        ...(threshold === undefined ? [] : [{ name, spec: undefined, threshold }]),
        ...perSliceThresholds.flatMap((each) =>
          each.slicingSpecs.map((slicing) => ({ name, spec: slicing, threshold: each.threshold })),
        ),
      ];
    }),
    ...Object.entries(spec.thresholds).map(([name, threshold]) => ({ name, spec: undefined, threshold })),
    ...Object.entries(spec.perSliceThresholds).flatMap(([name, { thresholds }]) =>
      thresholds.flatMap((each) =>
        each.slicingSpecs.map((slicing) => ({ name, spec: slicing, threshold: each.threshold })),
      ),
    ),
  ]);
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

type Half = { readonly threshold: MetricThreshold; readonly isChange: boolean };

/** What is asked of the value, and what of the change where there is a baseline. */
function halvesOf(
  { threshold: { valueThreshold, changeThreshold } }: Asked,
  { hasBaseline }: VerdictRequest['summary'],
) {
  return [
    ...(valueThreshold === undefined ? [] : [{ threshold: { valueThreshold }, isChange: false }]),
    ...(changeThreshold === undefined || !hasBaseline ? [] : [{ threshold: { changeThreshold }, isChange: true }]),
  ] satisfies readonly Half[];
}

function sentencesOf(asked: Asked, half: Half, request: VerdictRequest): readonly ThresholdSentence[] {
  const series = request.summary.series.filter(({ name }) => name === asked.name);
  if (series.length === 0) return [notFound(asked, half, request)];
  return series.flatMap((each) => ofSeries(asked, half, { ...request, series: each }));
}

type Place = {
  readonly key: SliceKey;
  readonly value: Figure | undefined;
  readonly base: Figure | undefined;
  readonly fails: boolean;
};

function ofSeries(
  { spec }: Asked,
  half: Half,
  { verdict, summary, config, series }: VerdictRequest & { readonly series: FigureSeries },
): readonly ThresholdSentence[] {
  const failing = new Set(
    verdict.failures
      .filter(
        ({ name, classId, aggregation, isChange }) =>
          name === series.name &&
          classId === series.classId &&
          (aggregation === undefined || aggregation === series.aggregation) &&
          isChange === half.isChange,
      )
      .map(({ key }) => JSON.stringify(key)),
  );
  const values = half.isChange ? series.change : series.candidate;
  const places = summary.slices.flatMap(({ key }, index): Place[] => {
    if (spec !== undefined && !isSliceOf(key, spec)) return [];
    const value = values?.[index];
    // A slice that is too small has no figure and nothing to hold.
    if (value === null || value === undefined) return [];
    return [{ key, value, base: series.baseline?.[index], fails: failing.has(JSON.stringify(key)) }];
  });
  if (places.length === 0) return [];
  const words = metricWords(series.name, classNamesOf(config));
  const scope = scopeWords(series, summary.classNames);
  const label = scope === '' ? words.label : `${words.label} of ${scope}`;
  const say = (place: Place, of: number): ThresholdSentence => ({
    holds: !place.fails,
    text: half.isChange ? changeText(label, place, half.threshold) : valueText(label, place, half.threshold),
    note: place.key.length === 0 ? (half.isChange ? 'change' : 'value') : sliceNote(place.key, of),
    slice: place.key.length === 0 ? undefined : place.key,
  });
  const overall = places.filter(({ key }) => key.length === 0);
  const others = places.filter(({ key }) => key.length > 0);
  const failed = others.filter(({ fails }) => fails);
  const weakest = worst(others, half);
  const named = failed.length > 0 ? failed.slice(0, NAMED) : weakest === undefined ? [] : [weakest];
  return [
    ...overall.map((place) => say(place, 0)),
    ...named.map((place) => say(place, failed.length > 0 ? 0 : others.length)),
    ...(failed.length > NAMED
      ? [
          {
            holds: false,
            text: `${label} does not hold in ${formatQuantity(failed.length - NAMED, 'more slice', 'more slices')}`,
            note: half.isChange ? 'change' : 'value',
            slice: undefined,
          },
        ]
      : []),
  ];
}

function sliceNote(key: SliceKey, of: number): string {
  return of > 1 ? `${sliceWords(key)}, the weakest of ${formatCount(of)} slices` : sliceWords(key);
}

/** A slice as people read it: `payment_type = Cash and hour = 5`. */
export function sliceWords(key: SliceKey): string {
  return key.length === 0 ? 'All rows' : key.map(([name, value]) => `${name} = ${String(value)}`).join(' and ');
}

/** The one that is nearest to its bound. */
function worst(places: readonly Place[], { threshold: { valueThreshold, changeThreshold } }: Half): Place | undefined {
  const isUpper =
    changeThreshold === undefined
      ? valueThreshold?.lowerBound === undefined && valueThreshold?.upperBound !== undefined
      : changeThreshold.direction === 'LOWER_IS_BETTER';
  const rank = ({ value }: Place) => (typeof value === 'number' ? (isUpper ? -value : value) : -Infinity);
  return places.toSorted((a, b) => rank(a) - rank(b))[0];
}

function valueText(label: string, { value, fails }: Place, { valueThreshold }: MetricThreshold): string {
  const { lowerBound, upperBound } = valueThreshold ?? {};
  if (typeof value !== 'number') return `${label} is not defined, so that no bound holds`;
  const near = lowerBound !== undefined && (value < lowerBound || upperBound === undefined) ? lowerBound : upperBound;
  const figure = `${label} ${formatMetric(value, { beside: near })}`;
  const bound = (limit: number) => formatMetric(limit, { beside: value });
  if (lowerBound !== undefined && upperBound !== undefined)
    return `${figure} is ${fails ? 'outside' : 'within'} ${bound(lowerBound)} to ${bound(upperBound)}`;
  if (lowerBound !== undefined) return `${figure} is ${fails ? 'below' : 'at least'} ${bound(lowerBound)}`;
  if (upperBound !== undefined) return `${figure} is ${fails ? 'above' : 'at most'} ${bound(upperBound)}`;
  return `${figure} has no bound`;
}

function changeText(label: string, { value, base }: Place, { changeThreshold }: MetricThreshold): string {
  const { direction, absolute, relative } = changeThreshold ?? {};
  if (typeof value !== 'number') return `The change of ${label} is not defined, so that no bound holds`;
  const isHigherBetter = direction !== 'LOWER_IS_BETTER';
  const share = typeof base === 'number' && base !== 0 ? value / base : undefined;
  const limits = [
    ...(absolute === undefined
      ? []
      : [allowed(absolute, isHigherBetter, formatMetric(Math.abs(absolute), { beside: 0 }))]),
    ...(relative === undefined
      ? []
      : [allowed(relative, isHigherBetter, `${formatValue(Math.abs(relative * 100))} %`)]),
  ];
  const ratio =
    relative === undefined || share === undefined ? '' : ` (${formatValue(Number((share * 100).toPrecision(3)))} %)`;
  const size = formatMetric(Math.abs(value));
  const moved =
    value === 0 ? 'is as in the baseline' : `is ${size}${ratio} ${value > 0 ? 'above' : 'below'} the baseline`;
  if (direction === undefined) return `${label} ${moved}; the threshold has no direction`;
  return limits.length === 0 ? `${label} ${moved}` : `${label} ${moved}, ${limits.join(' and ')}`;
}

function allowed(bound: number, isHigherBetter: boolean, size: string): string {
  const [good, bad] = isHigherBetter ? ['rise', 'fall'] : ['fall', 'rise'];
  const signed = isHigherBetter ? bound : -bound;
  if (signed === 0) return `may not ${bad}`;
  return signed > 0 ? `must ${good} by ${size}` : `may ${bad} by ${size}`;
}

function notFound({ name, spec }: Asked, { isChange }: Half, { config }: VerdictRequest): ThresholdSentence {
  const where = spec === undefined ? '' : ` in ${specWords(spec)}`;
  return {
    holds: false,
    text: `${metricWords(name, classNamesOf(config)).label} was not measured${where}, and a threshold names it`,
    note: isChange ? 'change' : 'value',
    slice: undefined,
  };
}

function missing(spec: SlicingSpec): ThresholdSentence {
  return {
    holds: false,
    text: `No row is in the slice ${specWords(spec)}, which a threshold names`,
    note: 'slice',
    slice: undefined,
  };
}

function specWords({ featureKeys, featureValues }: SlicingSpec): string {
  const names = [...featureKeys, ...Object.entries(featureValues).map(([name, value]) => `${name} = ${value}`)];
  return names.length === 0 ? 'all rows' : names.join(' and ');
}
