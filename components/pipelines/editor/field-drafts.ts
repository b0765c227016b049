'use client';

/**
 * Text in a field that means no value yet: `1e`, half a JSON. It is not part of the document, and it is not lost either
 * when the person looks at another node; it lives as long as the tab.
 */

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

import type { PipelineId } from '../../../lib/ids';
import { formatJsonPath, type JsonPath } from '../../../lib/json/json-path';
import type { NodeId } from '../../../lib/pipeline/pipeline';

/** Where a draft belongs. */
export type DraftPlace = { readonly pipelineId: PipelineId; readonly node: NodeId; readonly path: JsonPath };

/** A draft, with a sentence about what keeps it from being a value. */
export type FieldDraft = DraftPlace & { readonly text: string; readonly reason: string };

const drafts = createStore<{ readonly byKey: ReadonlyMap<string, FieldDraft> }>()(() => ({ byKey: new Map() }));

function keyOf({ pipelineId, node, path }: DraftPlace): string {
  return `${pipelineId}/${node}/${formatJsonPath(path)}`;
}

/** The draft of a field, where there is one. */
export function useFieldDraft(place: DraftPlace): FieldDraft | undefined {
  const key = keyOf(place);
  return useStore(drafts, ({ byKey }) => byKey.get(key));
}

/** Keeps or gives up the draft of a field. */
export function setFieldDraft(
  place: DraftPlace,
  draft: { readonly text: string; readonly reason: string } | undefined,
): void {
  const key = keyOf(place);
  const { byKey } = drafts.getState();
  if (draft === undefined && !byKey.has(key)) return;
  const next = new Map(byKey);
  if (draft === undefined) next.delete(key);
  else next.set(key, { ...place, ...draft });
  drafts.setState({ byKey: next });
}

/** Every draft there is, whatever the pipeline. The same object until one changes. */
export function useFieldDrafts(): ReadonlyMap<string, FieldDraft> {
  return useStore(drafts, ({ byKey }) => byKey);
}
