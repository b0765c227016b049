/**
 * Why a finding was raised, in numbers: the schema's rule, what was measured, the limit, and by how much it is past it.
 * TFDV's own texts name one or the other; a person who decides needs all of them.
 */

import type { Anomalies, AnomalyReason } from '../artifact/anomalies';
import { domainFieldOf, type DataSchema, type SchemaFeature } from '../artifact/data-schema';
import {
  closeShare,
  domainWords,
  environmentWords,
  presenceWords,
  typeWords,
  valencyWords,
} from '../artifact/schema-words';
import { formatCount, formatQuantity, formatValue, NO_VALUE } from '../format/number';
import { explainListed, explainRange } from './explain-domain-anomaly';
import type { FeatureView, ValueLevel } from './statistics-view';

/** A figure and what stands under it. */
export type ExplainedFigure = { readonly text: string; readonly detail?: string };

/** Why a finding was raised. */
export type AnomalyExplanation = {
  /** One sentence without the name of the feature. */
  readonly finding: string;
  readonly rule: ExplainedFigure;
  readonly measured: ExplainedFigure;
  readonly limit: ExplainedFigure;
  /** By how much, or in how many values or examples; absent where there is nothing to count. */
  readonly over?: ExplainedFigure;
  /** Bounds to draw into a histogram. */
  readonly bounds?: { readonly min?: number; readonly max?: number };
};

/** What a finding was measured on. */
export type ExplainedContext = {
  /** The schema that was validated against. */
  readonly schema: DataSchema;
  /** Of the feature; undefined where the data have none. */
  readonly view: FeatureView | undefined;
  readonly name: string;
  readonly numExamples: number;
  readonly environment?: string | undefined;
  /** Measured distances, as the anomalies hold them. */
  readonly driftSkewInfo?: Anomalies['driftSkewInfo'];
};

/** Explains one finding. What this validator never raises is told by its own text. */
export function explainAnomaly(reason: AnomalyReason, context: ExplainedContext): AnomalyExplanation {
  const feature = context.schema.feature.find(({ name }) => (name ?? '') === context.name);
  const explained =
    feature === undefined
      ? explainStranger(reason, context)
      : context.view === undefined
        ? explainAbsent(reason, feature, context.numExamples)
        : explainFeature(reason, { ...context, feature, view: context.view });
  return explained ?? explainComparison(reason, context) ?? explainByText(reason);
}

/** A finding about a feature that both the schema and the data have. */
export type KnownFeature = ExplainedContext & { readonly feature: SchemaFeature; readonly view: FeatureView };

function explainStranger({ type }: AnomalyReason, { view, numExamples, schema }: ExplainedContext) {
  if (type === 'SCHEMA_NEW_COLUMN') {
    return {
      finding: 'The data hold a column that the schema does not know.',
      rule: { text: 'Only known columns', detail: formatQuantity(schema.feature.length, 'feature') },
      measured: { text: view?.type ?? NO_VALUE, detail: presentDetail(view, numExamples) },
      limit: { text: 'no such feature' },
      ...(view !== undefined && { over: { text: formatQuantity(view.numPresent, 'example') } }),
    };
  }
  if (type !== 'DATASET_LOW_NUM_EXAMPLES' && type !== 'DATASET_HIGH_NUM_EXAMPLES') return undefined;
  const { minExamplesCount, maxExamplesCount } = schema.datasetConstraints ?? {};
  const isLow = type === 'DATASET_LOW_NUM_EXAMPLES';
  const limit = isLow ? minExamplesCount : maxExamplesCount;
  return {
    finding: isLow
      ? 'There are fewer examples than the schema asks for.'
      : 'There are more examples than the schema allows.',
    rule: { text: 'Number of examples' },
    measured: { text: formatCount(numExamples) },
    limit: { text: formatCount(limit), detail: isLow ? 'at least' : 'at most' },
    over: { text: formatQuantity(Math.abs(numExamples - (limit ?? 0)), 'example') },
  };
}

function explainAbsent({ type }: AnomalyReason, feature: SchemaFeature, numExamples: number) {
  if (type !== 'SCHEMA_MISSING_COLUMN') return undefined;
  return {
    finding: 'The schema asks for this column; the data do not have it.',
    rule: { text: 'Presence', detail: presenceWords(feature) },
    measured: { text: 'no column', detail: `0 of ${formatQuantity(numExamples, 'example')}` },
    limit: { text: presenceWords(feature) },
    over: { text: formatQuantity(numExamples, 'example') },
  };
}

function presentDetail(view: FeatureView | undefined, numExamples: number): string {
  return `in ${formatCount(view?.numPresent ?? 0)} of ${formatQuantity(numExamples, 'example')}`;
}

function explainFeature(reason: AnomalyReason, known: KnownFeature): AnomalyExplanation | undefined {
  const { feature, view, schema } = known;
  switch (reason.type) {
    case 'SCHEMA_NEW_COLUMN':
      return {
        finding: `The data hold this column although the schema keeps it out of the environment ${known.environment ?? ''}.`,
        rule: { text: 'Environments', detail: environmentWords(feature) },
        measured: { text: 'in the data', detail: presentDetail(view, known.numExamples) },
        limit: { text: 'not in this environment' },
      };
    case 'FEATURE_TYPE_NOT_PRESENT':
    case 'FEATURE_TYPE_LOW_NUMBER_PRESENT':
    case 'FEATURE_TYPE_LOW_FRACTION_PRESENT':
      return explainPresence(reason.type, known);
    case 'FEATURE_TYPE_LOW_NUMBER_VALUES':
    case 'FEATURE_TYPE_HIGH_NUMBER_VALUES':
      return explainValueCount(reason.type === 'FEATURE_TYPE_LOW_NUMBER_VALUES', feature, view.levels);
    case 'VALUE_NESTEDNESS_MISMATCH':
      return {
        finding: 'Values are nested in another way than the schema says.',
        rule: { text: 'Values per example', detail: valencyWords(feature) },
        measured: { text: formatQuantity(view.levels.length, 'level') },
        limit: { text: formatQuantity(feature.valueCounts?.valueCount.length ?? 1, 'level') },
      };
    case 'INVALID_FEATURE_SHAPE':
      return explainShape(feature, view, known.numExamples);
    case 'UNEXPECTED_DATA_TYPE':
      return {
        finding: `The values are ${view.type}; the schema says ${feature.type ?? 'nothing'}.`,
        rule: { text: 'Type', detail: typeWords(feature) },
        measured: { text: view.type, detail: presentDetail(view, known.numExamples) },
        limit: { text: feature.type ?? NO_VALUE },
        over: { text: formatQuantity(view.numPresent, 'example') },
      };
    case 'DOMAIN_INVALID_FOR_TYPE':
      return {
        finding: 'The domain cannot go with the values.',
        rule: { text: 'Domain', detail: domainWords(feature, schema) },
        measured: { text: view.type },
        limit: { text: domainFieldOf(feature) === undefined ? NO_VALUE : domainWords(feature, schema) },
      };
    case 'SEMANTIC_DOMAIN_UPDATE':
      return {
        finding: 'The values suggest a domain, and the schema has none.',
        rule: { text: 'Domain', detail: domainWords(feature, schema) },
        measured: { text: view.domainInfo ?? NO_VALUE },
        limit: { text: 'a domain that fits' },
      };
    case 'FEATURE_TYPE_LOW_UNIQUE':
    case 'FEATURE_TYPE_HIGH_UNIQUE':
    case 'FEATURE_TYPE_NO_UNIQUE':
      return explainUnique(reason.type, feature, view);
    default:
      return explainListed(reason.type, known) ?? explainRange(reason.type, known);
  }
}

function explainPresence(type: string, { feature, view, numExamples }: KnownFeature): AnomalyExplanation {
  const { minFraction = 0, minCount = 0 } = feature.presence ?? {};
  const rule = { text: 'Presence', detail: presenceWords(feature) };
  const present = formatCount(view.numPresent);
  if (type === 'FEATURE_TYPE_LOW_NUMBER_PRESENT') {
    return {
      finding: 'It stands in fewer examples than the schema asks for.',
      rule,
      measured: { text: present, detail: `of ${formatQuantity(numExamples, 'example')}` },
      limit: { text: formatCount(minCount), detail: `min_count ${minCount}` },
      over: { text: `${formatQuantity(minCount - view.numPresent, 'example')} too few` },
    };
  }
  const fraction = view.fractionPresent ?? 0;
  const tooFew = Math.max(view.numPresent === 0 ? 1 : 0, Math.ceil(minFraction * numExamples - view.numPresent));
  return {
    finding:
      type === 'FEATURE_TYPE_NOT_PRESENT'
        ? 'No example has a value.'
        : `It is missing in ${formatQuantity(view.numMissing, 'example')}.`,
    rule,
    measured: { text: closeShare(fraction), detail: `${present} of ${formatQuantity(numExamples, 'example')}` },
    limit:
      minFraction > 0
        ? { text: closeShare(minFraction), detail: `min_fraction ${minFraction}` }
        : { text: formatQuantity(minCount, 'example'), detail: `min_count ${minCount}` },
    over: { text: `${formatQuantity(tooFew, 'example')} too few` },
  };
}

function explainValueCount(isLow: boolean, feature: SchemaFeature, levels: readonly ValueLevel[]): AnomalyExplanation {
  const counts = feature.valueCounts?.valueCount ?? [feature.valueCount ?? {}];
  const at = levels.findIndex((level, index) => {
    const { min, max } = counts[index] ?? {};
    return isLow ? min !== undefined && level.min < min : max !== undefined && level.max > max;
  });
  const level = levels[Math.max(0, at)];
  const limit = counts[Math.max(0, at)];
  const where = levels.length > 1 ? { detail: `at level ${Math.max(0, at)}` } : {};
  return {
    finding: isLow ? 'Some examples hold too few values.' : 'Some examples hold too many values.',
    rule: { text: 'Values per example', detail: valencyWords(feature) },
    measured: { text: isLow ? `down to ${formatCount(level?.min)}` : `up to ${formatCount(level?.max)}`, ...where },
    limit: { text: isLow ? `at least ${formatCount(limit?.min)}` : `at most ${formatCount(limit?.max)}` },
  };
}

function explainShape(feature: SchemaFeature, view: FeatureView, numExamples: number): AnomalyExplanation {
  const size = feature.shape?.dim.reduce((product, dim) => product * (dim.size ?? 0), 1);
  const [level] = view.levels;
  const counts =
    level === undefined ? NO_VALUE : level.min === level.max ? formatCount(level.min) : `${level.min} to ${level.max}`;
  const isMissing = view.numMissing > 0;
  return {
    finding: isMissing
      ? `A shape needs a value everywhere; ${formatQuantity(view.numMissing, 'example has', 'examples have')} none.`
      : 'Examples hold another number of values than the shape.',
    rule: { text: 'Values per example', detail: valencyWords(feature) },
    measured: isMissing
      ? { text: closeShare(view.numPresent / numExamples), detail: presentDetail(view, numExamples) }
      : { text: counts, detail: 'values per example' },
    limit: {
      text: isMissing ? '100 %' : formatCount(size),
      detail: isMissing ? 'always present' : 'values per example',
    },
    ...(isMissing && { over: { text: `missing in ${formatQuantity(view.numMissing, 'example')}` } }),
  };
}

function explainUnique(type: string, { uniqueConstraints }: SchemaFeature, view: FeatureView): AnomalyExplanation {
  const { min = 0, max = 0 } = uniqueConstraints ?? {};
  const rule = { text: 'Different values', detail: `${formatCount(min)} to ${formatCount(max)}` };
  const limit = { text: type === 'FEATURE_TYPE_LOW_UNIQUE' ? formatCount(min) : formatCount(max) };
  if (view.numUnique === undefined || type === 'FEATURE_TYPE_NO_UNIQUE') {
    return { finding: 'Different values are counted of text alone.', rule, measured: { text: 'not counted' }, limit };
  }
  const by = Math.abs(view.numUnique - (type === 'FEATURE_TYPE_LOW_UNIQUE' ? min : max));
  return {
    finding:
      type === 'FEATURE_TYPE_LOW_UNIQUE'
        ? 'There are too few different values.'
        : 'There are too many different values.',
    rule,
    measured: { text: formatCount(view.numUnique), detail: 'different values' },
    limit,
    over: { text: formatCount(by) },
  };
}

const DISTANCES: { readonly [type: string]: { readonly measure: string; readonly name: string } } = {
  COMPARATOR_L_INFTY_HIGH: { measure: 'L_INFTY', name: 'L∞ distance' },
  COMPARATOR_JENSEN_SHANNON_DIVERGENCE_HIGH: {
    measure: 'JENSEN_SHANNON_DIVERGENCE',
    name: 'Jensen–Shannon divergence',
  },
  COMPARATOR_NORMALIZED_ABSOLUTE_DIFFERENCE_HIGH: {
    measure: 'NORMALIZED_ABSOLUTE_DIFFERENCE',
    name: 'Normalized absolute difference',
  },
};

/** Distances of distributions, of which the anomalies themselves hold the figures. */
function explainComparison(reason: AnomalyReason, { driftSkewInfo, name }: ExplainedContext) {
  const distance = DISTANCES[reason.type];
  if (distance === undefined) return undefined;
  const measurements = (driftSkewInfo ?? [])
    .filter(({ path }) => path?.step.join('.') === name)
    .flatMap(({ driftMeasurements, skewMeasurements }) => [...driftMeasurements, ...skewMeasurements])
    .filter(({ type }) => type === distance.measure);
  const found = measurements.find(({ value = 0, threshold = 0 }) => value > threshold);
  if (found === undefined) return undefined;
  const by = (found.value ?? 0) - (found.threshold ?? 0);
  return {
    finding: reason.shortDescription,
    rule: { text: distance.name },
    measured: { text: formatValue(found.value) },
    limit: { text: formatValue(found.threshold) },
    over: { text: formatValue(by) },
  };
}

/** What is wrong with the schema itself, and what other tools raised: their own words. */
function explainByText({ type, shortDescription, description }: AnomalyReason): AnomalyExplanation {
  const ofSchema = /^(?:INVALID_|FEATURE_MISSING_)/.test(type);
  return {
    finding: description === '' ? shortDescription : description,
    rule: { text: ofSchema ? 'The schema itself' : shortDescription },
    measured: { text: ofSchema ? shortDescription.replace(/: $/, '') : NO_VALUE },
    limit: { text: ofSchema ? 'a valid definition' : NO_VALUE },
  };
}
