'use client';

import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import * as z from 'zod';

import { COMPONENTS } from '../../../lib/catalog/index';
import type { Arriving } from '../../../lib/pipeline/arriving-columns';
import type { PortRef, Pipeline } from '../../../lib/pipeline/pipeline';
import { resolveParams } from '../../../lib/pipeline/resolve-params';
import { toShownError } from '../../trpc/shown-error';
import { useTRPC } from '../../trpc/client';
import { useEditedPipelineId } from './editor-context';

const STALE_MS = 15_000;

/** Text of an output, by which answers are found. */
export function outputKey({ node, port }: PortRef): string {
  return `${node}.${port}`;
}

/** What is known of the columns of some outputs, asked anew when their nodes change. */
export function useArriving(document: Pipeline, outputs: readonly PortRef[]): ReadonlyMap<string, Arriving> {
  const trpc = useTRPC();
  const pipelineId = useEditedPipelineId();
  return useQueries({
    queries: outputs.map(({ node, port }) => {
      const component = document.nodes[node]?.component ?? '';
      return trpc.editing.columns.queryOptions(
        { pipelineId, node, component, params: toParams(document, node), port },
        { staleTime: STALE_MS, enabled: Object.hasOwn(COMPONENTS, component) },
      );
    }),
    combine: (answers) =>
      new Map(
        answers.map(({ data, error }, index): readonly [string, Arriving] => [
          outputKey(outputs[index] ?? { node: '', port: '' }),
          data ?? (error === null ? ASKING : { state: 'unknown', reason: toShownError(error).message }),
        ]),
      ),
  });
}

const zParams = z.record(z.string(), z.json());

const ASKING: Arriving = { state: 'asking' };

function toParams(document: Pipeline, node: string) {
  const { params } = resolveParams(document, node);
  return zParams.parse(params);
}

/** The value as it was when nothing had changed for a while: what is asked of the server follows typing at a distance. */
export function useSettled<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, delayMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, delayMs]);
  return settled;
}
