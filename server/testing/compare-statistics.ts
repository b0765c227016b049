/**
 * Compares statistics as proto JSON with a golden file, field by field, within the tolerance the goldens state:
 * counts, labels and order exact; other numbers 1e-6 relative; sample counts of histograms 1e-6 relative or 0.5.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What is compared more loosely. */
export type CompareOptions = {
  /**
   * All values, ascending, of features with more distinct ones than TFDV's sketch holds. There its boundaries and its
   * median are approximate: they may lie 1 % of the ranks apart, and counts of buckets 1 % of all values.
   */
  readonly sketched?: { readonly [feature: string]: ArrayLike<number> };
};

/** One line per difference, `path: golden … ours …`; empty when equal. Features are matched by path, not by order. */
export function compareStatistics(ours: unknown, golden: unknown, options: CompareOptions = {}): readonly string[] {
  const comparison = new Comparison(options);
  // Both are proto JSON, from protobufjs or from a file.
  comparison.compare(ours as Json | undefined, golden as Json | undefined, '');
  return comparison.differences;
}

class Comparison {
  readonly differences: string[] = [];
  #sketched: ArrayLike<number> | undefined;

  constructor(private readonly options: CompareOptions) {}

  compare(left: Json | undefined, right: Json | undefined, path: string): void {
    if (isEmpty(left) && isEmpty(right)) return;
    if (Array.isArray(left) && Array.isArray(right)) this.#compareLists(left, right, path);
    else if (isObject(left) && isObject(right)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
        this.compare(left[key], right[key], `${path}.${key}`);
    } else if (!this.#isSame(left, right, path))
      this.differences.push(`${path}: golden ${JSON.stringify(right)}, ours ${JSON.stringify(left)}`);
  }

  #compareLists(left: readonly Json[], right: readonly Json[], path: string): void {
    if (left.length !== right.length)
      this.differences.push(`${path}: golden has ${right.length} items, ours ${left.length}`);
    const isFeatures = path.endsWith('.features');
    for (const [index, item] of right.entries()) {
      const name = isFeatures ? nameOf(item) : String(index);
      const other = isFeatures ? left.find((candidate) => nameOf(candidate) === name) : left[index];
      if (isFeatures) this.#sketched = this.options.sketched?.[name];
      this.compare(other, item, `${path}[${name}]`);
    }
  }

  #isSame(left: Json | undefined, right: Json | undefined, path: string): boolean {
    if (left === right) return true;
    // A field left out holds its default.
    const [a, b] = [left ?? 0, right ?? 0];
    if (typeof a !== 'number' || typeof b !== 'number') return false;
    const field = path.slice(path.lastIndexOf('.') + 1);
    const isBucket = /\.(num_values_histogram|histograms\[\d+\])\.buckets\[/.test(path);
    if (this.#sketched !== undefined && /num_stats\.(median|histograms)/.test(path)) {
      const slack = 0.01 * this.#sketched.length;
      if (field === 'sample_count') return Math.abs(a - b) <= slack;
      if (Math.abs(rankOf(a, this.#sketched) - rankOf(b, this.#sketched)) <= slack) return true;
    }
    const absolute = isBucket && field === 'sample_count' ? 0.5 : 0;
    return Math.abs(a - b) <= Math.max(absolute, 1e-6 * Math.max(Math.abs(a), Math.abs(b)));
  }
}

function rankOf(value: number, sorted: ArrayLike<number>): number {
  let rank = 0;
  while (rank < sorted.length && (sorted[rank] ?? 0) < value) rank++;
  return rank;
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(feature: Json | undefined): string {
  const path = isObject(feature) ? feature['path'] : undefined;
  const steps = isObject(path) ? path['step'] : undefined;
  return Array.isArray(steps) ? steps.join('.') : '';
}
