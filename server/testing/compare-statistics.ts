/**
 * Compares statistics as proto JSON with a golden file, field by field, within the tolerance the goldens state:
 * counts, labels and order exact; other numbers 1e-6 relative; sample counts of histograms 1e-6 relative or 0.5.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Leaves out what a feature's sketch upstream is known not to have exactly, for example its quantile boundaries. */
export type CompareOptions = { readonly ignore?: (path: string) => boolean };

/** One line per difference, `path: golden … ours …`; empty when equal. Features are matched by path, not by order. */
export function compareStatistics(ours: unknown, golden: unknown, options: CompareOptions = {}): readonly string[] {
  const differences: string[] = [];
  // Both are proto JSON, from protobufjs or from a file.
  compare(ours as Json | undefined, golden as Json | undefined, '');
  return differences;

  function compare(left: Json | undefined, right: Json | undefined, path: string): void {
    if (options.ignore?.(path) === true || (isEmpty(left) && isEmpty(right))) return;
    if (Array.isArray(left) && Array.isArray(right)) compareLists(left, right, path);
    else if (isObject(left) && isObject(right)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
        compare(left[key], right[key], `${path}.${key}`);
    } else if (!isSameValue(left, right, path))
      differences.push(`${path}: golden ${JSON.stringify(right)}, ours ${JSON.stringify(left)}`);
  }

  function compareLists(left: readonly Json[], right: readonly Json[], path: string): void {
    if (left.length !== right.length)
      differences.push(`${path}: golden has ${right.length} items, ours ${left.length}`);
    const isFeatures = path.endsWith('.features');
    for (const [index, item] of right.entries()) {
      const name = isFeatures ? stepsOf(item) : String(index);
      const other = isFeatures ? left.find((candidate) => stepsOf(candidate) === name) : left[index];
      compare(other, item, `${path}[${name}]`);
    }
  }
}

function isSameValue(left: Json | undefined, right: Json | undefined, path: string): boolean {
  if (left === right) return true;
  // A field left out holds its default.
  const [a, b] = [left ?? 0, right ?? 0];
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  const slack =
    path.endsWith('.sample_count') && path.includes('histogram') && !path.includes('rank_histogram') ? 0.5 : 0;
  return Math.abs(a - b) <= Math.max(slack, 1e-6 * Math.max(Math.abs(a), Math.abs(b)));
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stepsOf(feature: Json | undefined): string {
  const path = isObject(feature) ? feature['path'] : undefined;
  return isObject(path) ? JSON.stringify(path['step']) : '';
}
