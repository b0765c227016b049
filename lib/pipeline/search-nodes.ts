/** Finds nodes by words in their name or component, by what they are (`is:invalid`) and by component (`type:schema`). */

import type { StatusMark } from '../run/derive-statuses';
import type { NodeId } from './pipeline';

/** What is searched. */
export type SearchedNode = { readonly id: NodeId; readonly component: string; readonly mark: StatusMark | undefined };

/** The values of `is:`, and the marks that each one means. */
export const SEARCH_FLAGS = {
  invalid: ['invalid'],
  failed: ['failed'],
  warning: ['warning'],
  running: ['running', 'queued'],
  stale: ['stale'],
  draft: ['draft'],
  done: ['complete', 'cached', 'warning'],
} as const satisfies Record<string, readonly StatusMark[]>;

/** Nodes that every word of the query lets through; those whose name begins with a word come first. */
export function searchNodes(nodes: readonly SearchedNode[], query: string): readonly SearchedNode[] {
  const words = query
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = nodes.filter((node) => words.every((word) => isMatch(node, word)));
  const rank = ({ id }: SearchedNode) => (words.some((word) => id.toLowerCase().startsWith(word)) ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b));
}

function isMatch({ id, component, mark }: SearchedNode, word: string): boolean {
  if (word.startsWith('is:')) {
    const flag = word.slice('is:'.length);
    // While it is being typed, a flag lets everything through that it may become.
    return Object.entries(SEARCH_FLAGS).some(
      ([name, marks]) => name.startsWith(flag) && (flag === '' || marks.some((one) => one === mark)),
    );
  }
  if (word.startsWith('type:')) return component.toLowerCase().includes(word.slice('type:'.length));
  return id.toLowerCase().includes(word) || component.toLowerCase().includes(word);
}
