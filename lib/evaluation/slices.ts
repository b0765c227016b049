/** Which rows belong to which slice. A slice is a list of features with one value each, sorted by name; all rows are `[]`. */

import type { SlicingSpec } from './eval-config';
import type { SliceFeature, SliceValue } from './slice-feature';

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
  const found = new Map<string, Slice>();
  const seen = new Set<string>();
  for (const spec of specs) {
    const names = [...new Set([...spec.featureKeys, ...Object.keys(spec.featureValues)])].toSorted();
    const id = JSON.stringify([names, sortedEntries(spec.featureValues)]);
    if (seen.has(id)) continue;
    seen.add(id);
    for (const slice of slicesOf({ spec, names, features, rows })) {
      const text = JSON.stringify(slice.key);
      if (!found.has(text)) found.set(text, slice);
    }
  }
  return [...found.values()];
}

type SpecRequest = Pick<SliceRequest, 'features' | 'rows'> & {
  readonly spec: SlicingSpec;
  readonly names: readonly string[];
};

/** The slices of one spec in the order of their first rows: each feature divides what those before it left together. */
function slicesOf({ spec, names, features, rows }: SpecRequest): readonly Slice[] {
  let groups: Groups = { rowOf: undefined, groupOf: new Int32Array(rows), keys: [[]] };
  for (const name of names) {
    const feature = features.get(name);
    if (feature === undefined) return [];
    const wanted = Object.hasOwn(spec.featureValues, name) ? spec.featureValues[name] : undefined;
    groups = divide(groups, { name, feature, wanted });
  }
  const { rowOf, groupOf, keys } = groups;
  const sizes = new Int32Array(keys.length);
  for (const group of groupOf) sizes[group] = (sizes[group] ?? 0) + 1;
  const slices = keys.map((key, group) => ({ key, rows: new Int32Array(sizes[group] ?? 0) }));
  const filled = new Int32Array(keys.length);
  for (let member = 0; member < groupOf.length; member++) {
    const group = groupOf[member] ?? 0;
    const inside = slices[group]?.rows;
    const place = filled[group] ?? 0;
    if (inside !== undefined) inside[place] = rowOf === undefined ? member : (rowOf[member] ?? 0);
    filled[group] = place + 1;
  }
  return slices.filter(({ rows: inside }) => inside.length > 0);
}

/** Rows and the group of each; a row stands in several where a feature holds a list. Ascending by row. */
type Groups = {
  /** Absent where member and row are the same. */
  readonly rowOf: Int32Array | undefined;
  readonly groupOf: Int32Array;
  readonly keys: readonly SliceKey[];
};

type Divider = { readonly name: string; readonly feature: SliceFeature; readonly wanted: string | undefined };

function divide({ rowOf, groupOf, keys }: Groups, { name, feature, wanted }: Divider): Groups {
  const { values, codes, ends } = feature;
  const isWanted = Uint8Array.from(values, (value) => (wanted === undefined || isSameValue(value, wanted) ? 1 : 0));
  const numbers = new Map<number, number>();
  const found: SliceKey[] = [];
  const into = { rows: new Members(groupOf.length), groups: new Members(groupOf.length) };
  for (let member = 0; member < groupOf.length; member++) {
    const row = rowOf === undefined ? member : (rowOf[member] ?? 0);
    const group = groupOf[member] ?? 0;
    const first = ends === undefined ? row : row === 0 ? 0 : (ends[row - 1] ?? 0);
    const end = ends === undefined ? row + 1 : (ends[row] ?? 0);
    for (let at = first; at < end; at++) {
      const code = codes[at] ?? -1;
      if (code < 0 || isWanted[code] === 0) continue;
      const pair = group * values.length + code;
      let number = numbers.get(pair);
      if (number === undefined) {
        number = found.length;
        numbers.set(pair, number);
        found.push([...(keys[group] ?? []), [name, values[code] ?? '']]);
      }
      into.rows.push(row);
      into.groups.push(number);
    }
  }
  return { rowOf: into.rows.take(), groupOf: into.groups.take(), keys: found };
}

/** A list of whole numbers that grows. */
class Members {
  private numbers: Int32Array;
  private length = 0;

  constructor(expected: number) {
    this.numbers = new Int32Array(expected);
  }

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Int32Array(Math.max(1024, this.length * 2));
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.length++] = number;
  }

  take(): Int32Array {
    return this.numbers.subarray(0, this.length);
  }
}

/** Entries by their name. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
