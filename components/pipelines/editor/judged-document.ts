'use client';

import { useDeferredValue } from 'react';

import { PIPELINE_FORMAT, type Pipeline } from '../../../lib/pipeline/pipeline';
import { useEditor } from './editor-context';

type Seen = { readonly parameters: Pipeline['parameters']; readonly document: Pipeline };

const seenByNodes = new WeakMap<Pipeline['nodes'], Seen>();

/** The same document for as long as its nodes and parameters are the same: cards that move judge nothing anew. */
export function judgedDocument(document: Pipeline): Pipeline {
  const { nodes, parameters } = document;
  const seen = seenByNodes.get(nodes);
  if (seen !== undefined && seen.parameters === parameters) return seen.document;
  seenByNodes.set(nodes, { parameters, document });
  return document;
}

/** The document as far as nodes and parameters go: it stays the same object while cards are moved. */
export function useJudgedDocument(): Pipeline {
  return useEditor((state) => judgedDocument(state.document));
}

/** Stands for a document that has not been drawn: React takes `undefined` for no first value. */
const NOT_YET: Pipeline = { format: PIPELINE_FORMAT, name: '', nodes: {} };

/** The document once it has been drawn; undefined while the editor opens. */
export function useLateDocument(): Pipeline | undefined {
  const document = useDeferredValue(useJudgedDocument(), NOT_YET);
  return document === NOT_YET ? undefined : document;
}
