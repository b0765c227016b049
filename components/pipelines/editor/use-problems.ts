'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo } from 'react';

import { COMPONENTS } from '../../../lib/catalog/index';
import { columnProblems, neededOutputs, type Arriving } from '../../../lib/pipeline/arriving-columns';
import { PIPELINE_FORMAT, type Pipeline, type PortRef } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { specOf } from '../../../lib/pipeline/spec-of';
import { useTRPC } from '../../trpc/client';
import { problemsOf, useEditedPipelineId } from './editor-context';
import { useJudgedDocument } from './judged-document';
import { outputKey, useArriving, useSettled } from './use-arriving';

/** How long a person must pause before the server is asked, in ms. */
const PAUSE_MS = 400;
/** How often files that are missing are looked for again, in ms. */
const LOOK_AGAIN_MS = 3_000;

/** Every problem of the document: its own at once; missing files and columns as soon as the server has looked. */
export function useProblems(): readonly Problem[] {
  return useProblemsOf(useJudgedDocument());
}

/** The same for what stands beside the canvas: it comes after the canvas has been drawn, and after the key in a field. */
export function useLateProblems(): readonly Problem[] {
  return useProblemsOf(useLateDocument() ?? NOTHING);
}

/** The document once it has been drawn; undefined while the editor opens. */
export function useLateDocument(): Pipeline | undefined {
  const document = useDeferredValue(useJudgedDocument(), NOTHING);
  return document === NOTHING ? undefined : document;
}

/** Stands for a document that nobody has looked at yet. */
const NOTHING: Pipeline = { format: PIPELINE_FORMAT, name: '', nodes: {} };

function useProblemsOf(document: Pipeline): readonly Problem[] {
  const files = useFileProblems(useSettled(document, PAUSE_MS));
  const arriving = useArrivingFor(document);
  return useMemo(() => {
    if (document === NOTHING) return NONE;
    const columns = columnProblems(document, COMPONENTS, arriving);
    const still = files.filter(({ node }) => node !== undefined && Object.hasOwn(document.nodes, node));
    return [...problemsOf(document), ...still, ...columns];
  }, [document, files, arriving]);
}

/** What is known of the columns that the document's parameters name, by output. */
export function useArrivingOf(): (output: PortRef) => Arriving | undefined {
  return useArrivingFor(useJudgedDocument());
}

function useArrivingFor(document: Pipeline): (output: PortRef) => Arriving | undefined {
  const settled = useSettled(document, PAUSE_MS);
  const outputs = useMemo(() => neededOutputs(settled, COMPONENTS), [settled]);
  const known = useArriving(settled, outputs);
  return useCallback((output) => known.get(outputKey(output)), [known]);
}

const NONE: readonly Problem[] = [];

/**
 * Problems of the source files that the document names, undefined while the server looks for the first time. Where it cannot
 * be asked there are none: a run looks again before it starts.
 */
export function useKnownFileProblems(): readonly Problem[] | undefined {
  const document = useLateDocument();
  const settled = useSettled(document ?? NOTHING, PAUSE_MS);
  const { data, isPending } = useFileQuery(settled === NOTHING ? (document ?? NOTHING) : settled);
  if (document === undefined) return undefined;
  return data ?? (isPending && namesFiles(document) ? undefined : NONE);
}

function useFileProblems(document: Pipeline): readonly Problem[] {
  return useFileQuery(document).data ?? NONE;
}

function namesFiles({ nodes }: Pipeline): boolean {
  return Object.values(nodes).some(({ component }) => specOf(COMPONENTS, component)?.sources !== undefined);
}

function useFileQuery(document: Pipeline) {
  const trpc = useTRPC();
  const pipelineId = useEditedPipelineId();
  // Only what names files travels: a card that moves asks nothing.
  const asked = useMemo((): Pipeline => {
    const { format, name, parameters, nodes } = document;
    const reading: Pipeline['nodes'] = {};
    for (const [id, { component, params }] of Object.entries(nodes))
      if (specOf(COMPONENTS, component)?.sources !== undefined)
        reading[id] = { component, ...(params !== undefined && { params }) };
    return { format, name, ...(parameters !== undefined && { parameters }), nodes: reading };
  }, [document]);
  return useQuery(
    trpc.editing.sourceProblems.queryOptions(
      { pipelineId, document: asked },
      {
        placeholderData: (before) => before,
        enabled: Object.keys(asked.nodes).length > 0,
        // A file that is put in its place meanwhile is seen without anybody's doing.
        refetchInterval: ({ state }) => (state.data === undefined || state.data.length === 0 ? false : LOOK_AGAIN_MS),
        refetchOnWindowFocus: 'always',
      },
    ),
  );
}
