/** Edges of the bins of errors and values. The query process sums by the same ones, to the last bit. */

import type { ErrorEdges } from './evaluation-answers';

/** The lower edge of a bin. */
export function edgeAt({ low, high, bins }: ErrorEdges, bin: number): number {
  return low + bin * ((high - low) / bins);
}

/** What a bin holds, from a bound to below another; the first and the last one are open, for what lies outside is in them. */
export function binBounds(edges: ErrorEdges, bin: number): { from?: number; to?: number } {
  return {
    ...(bin > 0 && { from: edgeAt(edges, bin) }),
    ...(bin < edges.bins - 1 && { to: edgeAt(edges, bin + 1) }),
  };
}
