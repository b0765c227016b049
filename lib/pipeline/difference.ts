/** What is different between two documents, named so that a person recognises what they did. */

import { stableJson } from '../hash';
import type { NodeId, Pipeline } from './pipeline';

/** Nodes by what happened to them, and what else changed. */
export type Difference = {
  readonly added: readonly NodeId[];
  readonly removed: readonly NodeId[];
  /** Same id, another component, wire, parameter or policy. */
  readonly changed: readonly NodeId[];
  /** Cards that lie elsewhere. */
  readonly moved: readonly NodeId[];
  /** Other parts of the document: `name`, `parameters`, `notes`… */
  readonly others: readonly string[];
};

/** From `before` to `after`. */
export function differenceOf(before: Pipeline, after: Pipeline): Difference {
  const added = Object.keys(after.nodes).filter((id) => !Object.hasOwn(before.nodes, id));
  const removed = Object.keys(before.nodes).filter((id) => !Object.hasOwn(after.nodes, id));
  const kept = Object.keys(after.nodes).filter((id) => Object.hasOwn(before.nodes, id));
  const { nodes: _nodes, layout: layoutBefore = {}, ...restBefore } = before;
  const { nodes: _nodesAfter, layout: layoutAfter = {}, ...restAfter } = after;
  return {
    added,
    removed,
    changed: kept.filter((id) => isDifferent(before.nodes[id], after.nodes[id])),
    moved: kept.filter((id) => isDifferent(layoutBefore[id], layoutAfter[id])),
    others: differentKeys(restBefore, restAfter),
  };
}

/** `adds schema, removes b, changes rows, moves 3 cards`; undefined where nothing differs. */
export function differenceWords({ added, removed, changed, moved, others }: Difference): string | undefined {
  const parts = [
    added.length > 0 && `adds ${listed(added)}`,
    removed.length > 0 && `removes ${listed(removed)}`,
    changed.length > 0 && `changes ${listed(changed)}`,
    moved.length > 0 && `moves ${moved.length === 1 ? listed(moved) : `${moved.length} cards`}`,
    others.length > 0 && `changes the pipeline's ${listed(others)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : parts.join(', ');
}

const SHOWN = 4;

function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return rest > 0 ? `${names.slice(0, SHOWN).join(', ')} and ${rest} more` : names.join(', ');
}

function isDifferent(a: unknown, b: unknown): boolean {
  return a !== b && stableJson(a ?? null) !== stableJson(b ?? null);
}

function differentKeys(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => isDifferent(before[key], after[key]));
}
