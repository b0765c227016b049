/** Which rows a finding is about, as conditions of the rows screen. */

import type { AnomalyReason } from '../artifact/anomalies';
import { domainFieldOf, type DataSchema, type SchemaFeature } from '../artifact/data-schema';
import type { RowCondition } from '../artifact/row-query';
import { domainValues } from '../artifact/schema-words';
import { parseInt64 } from './checks/label-numbers';
import { labelsWhere, oddLabels, unlistedLabels, type OffendingLabels } from './offending-labels';
import type { FeatureView } from './statistics-view';

/** Most values of a condition, as its parser has it. */
const MAX_VALUES = 1_000;
/** The greatest finite number of single precision, and the next double that is clearly beyond it. */
const BEYOND_FLOAT32 = 3.402_823_6e38;

/** What a finding was measured on. */
export type OffendingContext = {
  readonly schema: DataSchema;
  readonly view: FeatureView | undefined;
  readonly name: string;
};

/**
 * Conditions that the offending rows fulfil, and no other rows do; undefined where there are no rows to point at: what is
 * wrong is the column, the schema, or the dataset as a whole.
 */
export function offendingRows(
  { type }: AnomalyReason,
  { schema, view, name }: OffendingContext,
): readonly RowCondition[] | undefined {
  if (view === undefined) return undefined;
  const feature = schema.feature.find((each) => (each.name ?? '') === name);
  if (type === 'SCHEMA_NEW_COLUMN') return [{ column: name, op: 'present' }];
  if (feature === undefined) return undefined;
  const condition = conditionOf(type, { feature, view, schema, column: name });
  return condition === undefined ? undefined : [condition];
}

type Offence = {
  readonly feature: SchemaFeature;
  readonly view: FeatureView;
  readonly schema: DataSchema;
  readonly column: string;
};

function conditionOf(type: AnomalyReason['type'], offence: Offence): RowCondition | undefined {
  const { feature, view, schema, column } = offence;
  switch (type) {
    case 'FEATURE_TYPE_LOW_NUMBER_PRESENT':
    case 'FEATURE_TYPE_LOW_FRACTION_PRESENT':
      return view.numMissing > 0 ? { column, op: 'missing' } : undefined;
    case 'UNEXPECTED_DATA_TYPE':
      return { column, op: 'present' };
    case 'FEATURE_TYPE_LOW_NUMBER_VALUES':
      return countOutside(column, { max: (feature.valueCount?.min ?? 0) - 1 }, view);
    case 'FEATURE_TYPE_HIGH_NUMBER_VALUES':
      return countOutside(column, { min: (feature.valueCount?.max ?? 0) + 1 }, view);
    case 'INVALID_FEATURE_SHAPE':
      return outsideShape(offence);
    case 'ENUM_TYPE_UNEXPECTED_STRING_VALUES': {
      const listed = domainValues(feature, schema) ?? [];
      return outsideList(column, { listed, unlisted: unlistedLabels(listed, view) }, view);
    }
    case 'BOOL_TYPE_UNEXPECTED_STRING':
    case 'INT_TYPE_NOT_INT_STRING':
    case 'FLOAT_TYPE_STRING_NOT_FLOAT':
      return oneOf(column, oddLabels(type, feature, view));
    case 'BOOL_TYPE_SMALL_INT':
      return { column, op: 'between', max: 0, maxExcluded: true };
    case 'BOOL_TYPE_BIG_INT':
      return { column, op: 'between', min: 2 };
    case 'BOOL_TYPE_UNEXPECTED_FLOAT':
      return { column, op: 'notIn', values: [0, 1] };
    case 'INT_TYPE_SMALL_INT':
    case 'INT_TYPE_BIG_INT':
      return outsideIntegers(type === 'INT_TYPE_SMALL_INT', offence);
    case 'FLOAT_TYPE_SMALL_FLOAT':
    case 'FLOAT_TYPE_BIG_FLOAT':
      return outsideFloats(type === 'FLOAT_TYPE_SMALL_FLOAT', offence);
    case 'FLOAT_TYPE_HAS_NAN':
      return view.type === 'FLOAT' ? { column, op: 'notANumber' } : undefined;
    case 'FLOAT_TYPE_HAS_INF':
      if (view.type !== 'FLOAT') return undefined;
      // Conditions are joined by "and": of two infinities the positive one is shown.
      return view.numbers.max === Infinity
        ? { column, op: 'between', min: BEYOND_FLOAT32 }
        : { column, op: 'between', max: -BEYOND_FLOAT32 };
    default:
      return undefined;
  }
}

function countOutside(column: string, bounds: { min?: number; max?: number }, view: FeatureView) {
  return view.levels.length === 1 ? ({ column, op: 'valueCount', ...bounds } as const) : undefined;
}

function outsideShape({ feature, view, column }: Offence): RowCondition | undefined {
  if (view.numMissing > 0) return { column, op: 'missing' };
  const size = feature.shape?.dim.reduce((product, dim) => product * (dim.size ?? 0), 1) ?? 0;
  const [level] = view.levels;
  if (level === undefined || view.levels.length > 1) return undefined;
  return countOutside(column, level.max > size ? { min: size + 1 } : { max: size - 1 }, view);
}

/** By the shorter of both lists: the unlisted values where all of them are known, else whatever is not listed. */
function outsideList(
  column: string,
  { listed, unlisted }: { readonly listed: readonly string[]; readonly unlisted: OffendingLabels },
  view: FeatureView,
): RowCondition | undefined {
  const areAllKnown = view.labels.size === view.numUnique;
  if (areAllKnown && unlisted.labels.length <= listed.length) return oneOf(column, unlisted);
  if (listed.length === 0 || listed.length > MAX_VALUES) return oneOf(column, unlisted);
  return { column, op: 'notIn', values: [...listed] };
}

function oneOf(column: string, found: OffendingLabels | undefined): RowCondition | undefined {
  if (found === undefined || found.labels.length === 0) return undefined;
  return { column, op: 'in', values: found.labels.slice(0, MAX_VALUES) };
}

function outsideIntegers(isSmall: boolean, { feature, view, column }: Offence): RowCondition | undefined {
  const limit = isSmall ? feature.intDomain?.min : feature.intDomain?.max;
  if (limit === undefined) return undefined;
  if (view.type === 'STRING') {
    const isOutside = (value: bigint) => (isSmall ? value < limit : value > limit);
    return oneOf(
      column,
      labelsWhere(view, (label) => isOutside(parseInt64(label) ?? limit)),
    );
  }
  // Numbers beyond 2^53 would be rounded to the limit itself.
  if (!Number.isSafeInteger(Number(limit) + 1)) return undefined;
  return isSmall
    ? { column, op: 'between', max: Number(limit), maxExcluded: true }
    : { column, op: 'between', min: Number(limit) + 1 };
}

function outsideFloats(isSmall: boolean, { feature, view, column }: Offence): RowCondition | undefined {
  const limit = isSmall ? feature.floatDomain?.min : feature.floatDomain?.max;
  if (limit === undefined || view.type !== 'FLOAT' || domainFieldOf(feature) !== 'floatDomain') return undefined;
  return isSmall
    ? { column, op: 'between', max: limit, maxExcluded: true }
    : { column, op: 'between', min: nextFloat32(limit) };
}

/** The next greater number of single precision: values are stored so, and the lower bound of a condition is inclusive. */
function nextFloat32(value: number): number {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, value);
  if (value === 0) return 2 ** -149;
  bits.setInt32(0, bits.getInt32(0) + (value > 0 ? 1 : -1));
  return bits.getFloat32(0);
}
