/** A step that stands as it is: no dot, quote or parenthesis, or one pair of parentheses around all of it. */
const PLAIN_STEP = /^(?:\([^()]*\)|[^().']+)$/s;

/**
 * A feature's path as TFX serialises it: steps joined by dots, odd ones in single quotes with quotes doubled
 * (`struct.'bar.baz'`).
 */
export function serializePath(steps: readonly string[]): string {
  return steps.map((step) => (PLAIN_STEP.test(step) ? step : `'${step.replaceAll("'", "''")}'`)).join('.');
}
