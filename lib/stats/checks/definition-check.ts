/** What is wrong with a feature's own definition, whatever the data are. */

import type { AnomalyReason } from '../../artifact/anomalies';
import {
  type DataSchema,
  type DomainField,
  type FeatureType,
  type SchemaFeature,
  type ValueCount,
  domainFieldOf,
  withDomain,
} from '../../artifact/data-schema';
import { textFieldName } from '../../tfmd/text-names';
import { type Finding, fine, reason } from './finding';

const TYPES_OF_DOMAIN: { readonly [F in DomainField]: readonly FeatureType[] | undefined } = {
  domain: ['BYTES'],
  boolDomain: ['INT', 'BYTES', 'FLOAT'],
  intDomain: ['INT', 'BYTES'],
  floatDomain: ['FLOAT', 'BYTES'],
  stringDomain: ['BYTES'],
  structDomain: ['STRUCT'],
  naturalLanguageDomain: ['BYTES', 'INT'],
  imageDomain: ['BYTES'],
  midDomain: ['BYTES'],
  urlDomain: ['BYTES'],
  timeDomain: ['INT', 'BYTES'],
  timeOfDayDomain: undefined,
};

const UNCONSTRAINABLE: { readonly [F in DomainField]?: string } = {
  boolDomain: 'bool',
  intDomain: 'int',
  floatDomain: 'float',
  structDomain: 'struct',
  naturalLanguageDomain: 'semantic',
  imageDomain: 'semantic',
  midDomain: 'semantic',
  urlDomain: 'semantic',
  timeDomain: 'semantic',
};

const invalid = (shortText: string, text?: string) => reason('INVALID_SCHEMA_SPECIFICATION', shortText, text);

/** Checks name, type, limits and domain. A feature without name or type becomes DEPRECATED; the rest is repaired. */
export function checkDefinition(feature: SchemaFeature, schema: DataSchema): Finding {
  if (feature.name === undefined) {
    const text = 'unspecified name (maybe meant to be the empty string): find name rather than deprecating.';
    return { feature: { ...feature, lifecycleStage: 'DEPRECATED' }, reasons: [reason('FEATURE_MISSING_NAME', text)] };
  }
  const typed = checkType(feature);
  if (typed.feature.type === undefined) return typed;
  const steps = [checkMinFraction, checkValueCount, checkValueCounts, checkShape, checkDomainType];
  const checked = steps.reduce<Finding>((done, step) => followedBy(done, step(done.feature)), typed);
  return followedBy(checked, checkDomain(checked.feature, schema));
}

function followedBy(done: Finding, next: Finding): Finding {
  return { feature: next.feature, reasons: [...done.reasons, ...next.reasons] };
}

function checkType(feature: SchemaFeature): Finding {
  if (feature.type !== undefined) return fine(feature);
  if (feature.domain !== undefined || feature.stringDomain !== undefined) {
    const text = 'unspecified type: inferring the type to be BYTES, given the domain specified.';
    return { feature: { ...feature, type: 'BYTES' }, reasons: [reason('FEATURE_MISSING_TYPE', text)] };
  }
  const text = 'unspecified type: determine the type and set it, rather than deprecating.';
  return { feature: { ...feature, lifecycleStage: 'DEPRECATED' }, reasons: [reason('FEATURE_MISSING_TYPE', text)] };
}

function checkMinFraction(feature: SchemaFeature): Finding {
  const { minFraction = 0 } = feature.presence ?? {};
  if (minFraction < 0) {
    const presence = { ...feature.presence, minFraction: undefined };
    return {
      feature: { ...feature, presence },
      reasons: [invalid('min_fraction should not be negative: clear is equal to zero')],
    };
  }
  if (minFraction <= 1) return fine(feature);
  const presence = { ...feature.presence, minFraction: 1 };
  return { feature: { ...feature, presence }, reasons: [invalid('min_fraction should not greater than 1')] };
}

function checkValueCount(feature: SchemaFeature): Finding {
  if (feature.valueCount === undefined) return fine(feature);
  const { valueCount, mistakes } = repairedCount(feature.valueCount);
  return {
    feature: { ...feature, valueCount },
    reasons: mistakes.map((mistake) => invalid(`ValueCount.${mistake}`)),
  };
}

function checkValueCounts(feature: SchemaFeature): Finding {
  if (feature.valueCounts === undefined) return fine(feature);
  const repaired = feature.valueCounts.valueCount.map(repairedCount);
  const reasons = repaired.flatMap(({ mistakes }, level) =>
    mistakes.map((mistake) =>
      invalid(`ValueCounts.${mistake}`, `ValueCounts.${mistake.replace(' should', ` at level ${level} should`)}.`),
    ),
  );
  const valueCounts = { valueCount: repaired.map(({ valueCount }) => valueCount) };
  return { feature: { ...feature, valueCounts }, reasons };
}

function repairedCount(given: ValueCount): { readonly valueCount: ValueCount; readonly mistakes: readonly string[] } {
  const isNegative = (given.min ?? 0) < 0;
  const floor: ValueCount = isNegative ? { ...given, min: undefined } : given;
  const isReversed = floor.max !== undefined && floor.max < (floor.min ?? 0);
  const mistakes = [
    ...(isNegative ? ['min should not be negative'] : []),
    ...(isReversed ? ['max should not be less than min'] : []),
  ];
  return { valueCount: isReversed ? { ...floor, max: floor.min ?? 0 } : floor, mistakes };
}

function checkShape(feature: SchemaFeature): Finding {
  if (feature.shape?.dim.some(({ size = 0 }) => size <= 0) !== true) return fine(feature);
  return {
    feature: { ...feature, shape: undefined },
    reasons: [invalid('Shape.dim.size must be a positive integer')],
  };
}

function checkDomainType(feature: SchemaFeature): Finding {
  const field = domainFieldOf(feature);
  const types = field && TYPES_OF_DOMAIN[field];
  if (field === undefined || types === undefined || types.includes(feature.type ?? 'TYPE_UNKNOWN'))
    return fine(feature);
  const text = `The domain "${textFieldName(field)}" does not match the type: ${feature.type ?? 'TYPE_UNKNOWN'}`;
  return {
    feature: withDomain(feature),
    reasons: [reason('DOMAIN_INVALID_FOR_TYPE', 'The domain does not match the type', text)],
  };
}

function checkDomain(feature: SchemaFeature, schema: DataSchema): Finding {
  const { domain, stringDomain, boolDomain } = feature;
  if (domain !== undefined && !schema.stringDomain.some(({ name }) => name === domain)) {
    // TFDV clears the name before it prints it.
    return { feature: withDomain(feature), reasons: [reason('INVALID_DOMAIN_SPECIFICATION', 'missing domain: ')] };
  }
  const constrained = checkConstraints(feature);
  // These two are repaired without a word.
  if (stringDomain !== undefined) {
    const value = [...new Set(stringDomain.value)];
    return { ...constrained, feature: { ...constrained.feature, stringDomain: { ...stringDomain, value } } };
  }
  if (boolDomain?.trueValue !== undefined && boolDomain.trueValue === boolDomain.falseValue) {
    const repaired = { ...boolDomain, falseValue: undefined };
    return { ...constrained, feature: { ...constrained.feature, boolDomain: repaired } };
  }
  return constrained;
}

function checkConstraints(feature: SchemaFeature): Finding {
  if (feature.distributionConstraints === undefined) return fine(feature);
  const field = domainFieldOf(feature);
  const kind = field && UNCONSTRAINABLE[field];
  if (field !== undefined && kind === undefined) return fine(feature);
  const reasons: readonly AnomalyReason[] = [
    kind === undefined
      ? invalid('distribution constraints require domain or string domain.')
      : invalid(`distribution constraints not supported for ${kind} domains.`),
  ];
  return { feature: { ...feature, distributionConstraints: undefined }, reasons };
}
