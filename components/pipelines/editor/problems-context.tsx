'use client';

import { useQuery } from '@tanstack/react-query';
import { createContext, use, useCallback, useMemo, type ReactNode } from 'react';

import { COMPONENTS } from '../../../lib/catalog/index';
import { columnProblems, neededOutputs, type Arriving } from '../../../lib/pipeline/arriving-columns';
import { PIPELINE_FORMAT, type Pipeline, type PortRef } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { specOf } from '../../../lib/pipeline/spec-of';
import { useTRPC } from '../../trpc/client';
import { problemsOf, useEditedPipelineId } from './editor-context';
import { useLateDocument } from './judged-document';
import { outputKey, useArriving, useSettled } from './use-arriving';

/** How long a person must pause before the server is asked, in ms. */
const PAUSE_MS = 400;
/** How often files that are missing are looked for again, in ms. */
const LOOK_AGAIN_MS = 3_000;

/** What is known of a document beside itself. */
export type Judged = {
  /** What was judged: the document as it was drawn last. */
  readonly document: Pipeline;
  /** Every problem of it: its own at once, missing files and columns as soon as the server has looked. */
  readonly problems: readonly Problem[];
  /**
   * Problems of the source files that it names, undefined while the server looks for the first time. Where it cannot be asked
   * there are none: a run looks again before it starts.
   */
  readonly fileProblems: readonly Problem[] | undefined;
  /** What is known of the columns that its parameters name, by output. */
  readonly arriving: (output: PortRef) => Arriving | undefined;
};

const Context = createContext<Judged | undefined>(undefined);

/** Judges the document once for everything below it: after the canvas has been drawn, and after the key in a field. */
export function ProblemsProvider({ children }: { readonly children: ReactNode }) {
  const document = useLateDocument() ?? NOTHING;
  const paused = useSettled(document, PAUSE_MS);
  // What was opened has nobody typing in it: the server is asked at once.
  const settled = paused === NOTHING ? document : paused;
  const files = useFileQuery(settled);
  const fileProblems =
    document === NOTHING ? undefined : (files.data ?? (files.isPending && namesFiles(document) ? undefined : NONE));
  const arriving = useArrivingFor(settled);
  const problems = useMemo(() => {
    if (document === NOTHING) return NONE;
    const columns = columnProblems(document, COMPONENTS, arriving);
    const still = (files.data ?? NONE).filter(({ node }) => node !== undefined && Object.hasOwn(document.nodes, node));
    return [...problemsOf(document), ...still, ...columns];
  }, [document, files.data, arriving]);
  const judged = useMemo(
    () => ({ document, problems, fileProblems, arriving }),
    [document, problems, fileProblems, arriving],
  );
  return <Context value={judged}>{children}</Context>;
}

/** What is known of the edited document. */
export function useJudged(): Judged {
  const judged = use(Context);
  if (judged === undefined) throw new Error('an editor part was drawn outside of ProblemsProvider');
  return judged;
}

/** Stands for a document that nobody has looked at yet. */
const NOTHING: Pipeline = { format: PIPELINE_FORMAT, name: '', nodes: {} };
const NONE: readonly Problem[] = [];

function useArrivingFor(settled: Pipeline): (output: PortRef) => Arriving | undefined {
  const outputs = useMemo(() => neededOutputs(settled, COMPONENTS), [settled]);
  const known = useArriving(settled, outputs);
  return useCallback((output) => known.get(outputKey(output)), [known]);
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
