/** What a schema says of a feature that it did not know: the most that the statistics allow to say. */

import { type SchemaFeature, type StringDomain, schemaFeature } from '../../artifact/data-schema';
import type { FeatureView } from '../statistics-view';
import {
  type DomainPart,
  boolDomainCandidate,
  isIntDomainCandidate,
  semanticDomain,
  stringDomainCandidate,
} from './domain-candidates';
import { inferValueCount } from './value-count-check';

/** How a new feature is described. */
export type InferenceOptions = {
  /** Write a fixed number of values as a `shape` where every example has it, instead of a `value_count`. */
  readonly inferFeatureShape: boolean;
  /** Texts with more different values get no domain. */
  readonly maxStringDomainSize: number;
};

/** A new feature, and its list of texts where it has one. */
export type NewFeature = { readonly feature: SchemaFeature; readonly stringDomain?: StringDomain };

/** Describes a feature. The name of a new string domain differs from `domainNames`. */
export function newFeature(
  view: FeatureView,
  options: InferenceOptions,
  domainNames: ReadonlySet<string | undefined>,
): NewFeature {
  const base = schemaFeature({
    name: view.name,
    type: view.featureType,
    presence: {
      ...(view.numPresent > 0 && view.numMissing === 0 && { minFraction: 1 }),
      minCount: view.numPresent < 1 ? 0 : 1,
    },
    ...(view.numPresent > 0 && valuesOf(view, options)),
  });
  const values = needsStringDomain(view) ? stringDomainCandidate(view, options.maxStringDomainSize) : undefined;
  if (values === undefined) return { feature: { ...base, ...inlineDomain(view) } };
  const name = freeName(view.path, domainNames);
  return { feature: { ...base, domain: name }, stringDomain: { name, value: values } };
}

function valuesOf(view: FeatureView, { inferFeatureShape }: InferenceOptions): Partial<SchemaFeature> {
  const { levels } = view;
  const isFixed = levels.every(({ min, max, numMissing }) => numMissing === 0 && min === max && min > 0);
  if (inferFeatureShape && isFixed) return { shape: { dim: levels.map(({ min }) => ({ size: min })) } };
  return inferValueCount(levels);
}

function isOpaque(view: FeatureView): boolean {
  return view.hasInvalidUtf8 || view.type === 'BYTES';
}

function inlineDomain(view: FeatureView): DomainPart {
  const semantic = semanticDomain(view);
  if (semantic !== undefined) return semantic;
  if (isOpaque(view)) return {};
  const boolDomain = boolDomainCandidate(view);
  if (boolDomain !== undefined) return { boolDomain };
  return isIntDomainCandidate(view) ? { intDomain: {} } : {};
}

function needsStringDomain(view: FeatureView): boolean {
  return !isOpaque(view) && Object.keys(inlineDomain(view)).length === 0;
}

function freeName(candidate: string, taken: ReadonlySet<string | undefined>): string {
  let name = candidate;
  for (let suffix = 2; taken.has(name); suffix++) name = `${candidate}${suffix}`;
  return name;
}
