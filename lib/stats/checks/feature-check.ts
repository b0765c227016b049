/**
 * Everything that is checked of one feature that the schema knows and the statistics hold, in TFDV's order. Each check
 * sees the feature as the checks before it repaired it.
 */

import {
  type DataSchema,
  type SchemaFeature,
  type StringDomain,
  domainFieldOf,
  isIgnored,
  isInEnvironment,
  isRequired,
  withDomain,
} from '../../artifact/data-schema';
import { FEATURE } from '../../tfmd/schema-messages';
import { writeText } from '../../tfmd/text-writer';
import type { FeatureView } from '../statistics-view';
import { checkBoolDomain } from './bool-domain-check';
import { checkDefinition } from './definition-check';
import { semanticDomain } from './domain-candidates';
import { type Finding, fine, reason } from './finding';
import { checkFloatDomain } from './float-domain-check';
import { checkIntDomain } from './int-domain-check';
import { checkPresence } from './presence-check';
import { checkStringDomain } from './string-domain-check';
import { checkUnique } from './unique-check';
import { checkShape, checkValueCount } from './value-count-check';

/** Where a feature is checked. */
export type CheckContext = {
  readonly schema: DataSchema;
  readonly view: FeatureView;
  readonly environment: string | undefined;
};

/** A {@link Finding} with what it changes outside of the feature. */
export type FeatureFinding = Finding & {
  /** The shared string domain of the feature with values it lacked. */
  readonly stringDomain?: StringDomain;
  /** Name of a shared string domain that no feature can use any more. */
  readonly removedDomain?: string;
};

type Step = (feature: SchemaFeature, context: CheckContext) => FeatureFinding;

const STEPS: readonly Step[] = [
  checkEnvironment,
  (feature, { view }) => checkValueCount(feature, view),
  (feature, { view }) => checkShape(feature, view),
  (feature, { view }) => checkPresence(feature, view),
  (feature, { view }) => checkType(feature, view),
  (feature, { view }) => checkOpaqueDomain(feature, view),
  checkDomain,
  (feature, { view }) => checkUnique(feature, view),
];

/** Checks a feature; one that is ignored, or that its own definition makes DEPRECATED, is left alone. */
export function checkFeature(feature: SchemaFeature, context: CheckContext): FeatureFinding {
  if (isIgnored(feature)) return fine(feature);
  const defined = checkDefinition(feature, context.schema);
  if (isIgnored(defined.feature)) return defined;
  if (context.view.numPresent === 0) return checkAbsence(defined, context);
  return STEPS.reduce<FeatureFinding>((done, step) => {
    const next = step(done.feature, context);
    return { ...done, ...next, reasons: [...done.reasons, ...next.reasons] };
  }, defined);
}

function checkAbsence(defined: Finding, { schema, environment }: CheckContext): Finding {
  const { feature, reasons } = defined;
  if (!isRequired(feature, schema, environment)) return defined;
  const missing = reason('FEATURE_TYPE_NOT_PRESENT', 'Column dropped', 'The feature was not present in any examples.');
  return { feature: { ...feature, lifecycleStage: 'DEPRECATED' }, reasons: [...reasons, missing] };
}

function checkEnvironment(feature: SchemaFeature, { schema, environment, view }: CheckContext): Finding {
  if (environment === undefined || isInEnvironment(feature, schema, environment)) return fine(feature);
  const notInEnvironment = feature.notInEnvironment.filter((name) => name !== environment);
  const allowed = { ...feature, notInEnvironment };
  const inEnvironment = isInEnvironment(allowed, schema, environment)
    ? feature.inEnvironment
    : [...feature.inEnvironment, environment];
  const text = `New column ${view.path} found in data but not in the environment ${environment} in the schema.`;
  return {
    feature: { ...allowed, inEnvironment },
    reasons: [reason('SCHEMA_NEW_COLUMN', 'Column missing in environment', text)],
  };
}

function checkType(feature: SchemaFeature, view: FeatureView): Finding {
  if (feature.type === view.featureType) return fine(feature);
  const text = `Expected data of type: ${feature.type ?? 'TYPE_UNKNOWN'} but got ${view.type}`;
  return {
    feature: { ...feature, lifecycleStage: 'DEPRECATED' },
    reasons: [reason('UNEXPECTED_DATA_TYPE', 'Unexpected data type', text)],
  };
}

/** What statistics call BYTES is not looked into, so that a domain of texts or numbers cannot hold. */
function checkOpaqueDomain(feature: SchemaFeature, view: FeatureView): Finding {
  const field = domainFieldOf(feature);
  const mayStay = [undefined, 'naturalLanguageDomain', 'imageDomain', 'urlDomain'].includes(field);
  if (view.type !== 'BYTES' || mayStay) return fine(feature);
  const cleared = withDomain(feature);
  const text = `Data is marked as BYTES with incompatible domain_info: ${writeText(FEATURE, cleared)}`;
  return { feature: cleared, reasons: [reason('DOMAIN_INVALID_FOR_TYPE', 'Invalid domain type', text)] };
}

function checkDomain(feature: SchemaFeature, { schema, view }: CheckContext): FeatureFinding {
  const { domain, stringDomain, boolDomain, intDomain, floatDomain } = feature;
  if (boolDomain !== undefined) return checkBoolDomain(feature, view, boolDomain);
  if (intDomain !== undefined) return checkIntDomain(feature, view, intDomain);
  if (floatDomain !== undefined) return checkFloatDomain(feature, view, floatDomain);
  if (stringDomain !== undefined) {
    const found = checkStringDomain(stringDomain, view, feature.distributionConstraints);
    return { feature: withDomain(feature, { stringDomain: found.domain }), reasons: found.reasons };
  }
  const shared = domain === undefined ? undefined : schema.stringDomain.find(({ name }) => name === domain);
  if (domain !== undefined && shared !== undefined) {
    const found = checkStringDomain(shared, view, feature.distributionConstraints);
    if (found.domain === undefined) {
      return { feature: withDomain(feature), reasons: found.reasons, removedDomain: domain };
    }
    return { feature, reasons: found.reasons, ...(found.reasons.length > 0 && { stringDomain: found.domain }) };
  }
  return domainFieldOf(feature) === undefined ? checkSemanticDomain(feature, view) : fine(feature);
}

function checkSemanticDomain(feature: SchemaFeature, view: FeatureView): Finding {
  const semantic = semanticDomain(view);
  if (semantic === undefined) return fine(feature);
  const text = `Updated semantic domain for feature: ${feature.name ?? ''}`;
  return {
    feature: withDomain(feature, semantic),
    reasons: [reason('SEMANTIC_DOMAIN_UPDATE', 'Updated semantic domain', text)],
  };
}
