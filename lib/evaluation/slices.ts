/** Which rows belong to which slice. A slice is a list of features with one value each, sorted by name; all rows are `[]`. */

import type { SlicingSpec } from './eval-config';

/** A value of a feature in a slice: numbers stay numbers. */
export type SliceValue = string | number;
/** See the module. */
export type SliceKey = readonly (readonly [feature: string, value: SliceValue])[];

/** The text of a slice as TFMA writes it: `Overall`, `age:5`, `age_X_gender:1_X_f`. */
export function sliceText(key: SliceKey): string {
  if (key.length === 0) return 'Overall';
  return `${key.map(([feature]) => feature).join('_X_')}:${key.map(([, value]) => String(value)).join('_X_')}`;
}

/** True when a slice is one of those that a spec names: it has exactly the spec's features, with the values given. */
export function isSliceOf(key: SliceKey, { featureKeys, featureValues }: SlicingSpec): boolean {
  const names = new Set([...featureKeys, ...Object.keys(featureValues)]);
  if (names.size !== key.length) return false;
  return key.every(
    ([feature, value]) =>
      names.has(feature) &&
      (!Object.hasOwn(featureValues, feature) || isSameValue(value, featureValues[feature] ?? '')),
  );
}

/** "5" means 5 too; a number with a point is compared as one. */
function isSameValue(value: SliceValue, wanted: string): boolean {
  if (typeof value === 'string') return value === wanted;
  return wanted.trim() !== '' && Number(wanted) === value;
}

/** The values of one feature, row by row: none where it is missing, several where it holds a list. */
export type SliceFeature = readonly (null | SliceValue | readonly SliceValue[])[];

/** A slice and the rows in it, ascending. */
export type Slice = { readonly key: SliceKey; readonly rows: Int32Array };

/** What slices are made of. */
export type SliceRequest = {
  readonly specs: readonly SlicingSpec[];
  readonly features: ReadonlyMap<string, SliceFeature>;
  readonly rows: number;
};

/** Every slice that the specs name and that has a row, in the order of the specs; one that several name comes once. */
export function findSlices({ specs, features, rows }: SliceRequest): readonly Slice[] {
  const found = new Map<string, { key: SliceKey; rows: number[] }>();
  const seen = new Set<string>();
  for (const spec of specs) {
    const names = [...new Set([...spec.featureKeys, ...Object.keys(spec.featureValues)])].toSorted();
    const id = JSON.stringify([names, sortedEntries(spec.featureValues)]);
    if (seen.has(id)) continue;
    seen.add(id);
    const taken = new Map<string, { key: SliceKey; rows: number[] }>();
    for (let row = 0; row < rows; row++) addRow(taken, { row, names, spec, features });
    for (const [text, slice] of taken) if (!found.has(text)) found.set(text, slice);
  }
  return [...found.values()].map(({ key, rows: inside }) => ({ key, rows: Int32Array.from(inside) }));
}

type RowPlace = {
  readonly row: number;
  readonly names: readonly string[];
  readonly spec: SlicingSpec;
  readonly features: ReadonlyMap<string, SliceFeature>;
};

function addRow(taken: Map<string, { key: SliceKey; rows: number[] }>, { row, names, spec, features }: RowPlace): void {
  let keys: SliceKey[] = [[]];
  for (const name of names) {
    const cell = features.get(name)?.[row] ?? null;
    const wanted = Object.hasOwn(spec.featureValues, name) ? spec.featureValues[name] : undefined;
    const values = new Set(cell === null ? [] : isList(cell) ? cell : [cell]);
    const fitting = [...values].filter((value) => wanted === undefined || isSameValue(value, wanted));
    keys = keys.flatMap((key) => fitting.map((value): SliceKey => [...key, [name, value]]));
  }
  for (const key of keys) {
    const text = JSON.stringify(key);
    const slice = taken.get(text);
    if (slice === undefined) taken.set(text, { key, rows: [row] });
    else slice.rows.push(row);
  }
}

function isList(cell: SliceValue | readonly SliceValue[]): cell is readonly SliceValue[] {
  return Array.isArray(cell);
}

/** Entries by their name. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
