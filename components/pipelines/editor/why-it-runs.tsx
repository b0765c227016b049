'use client';

import { Route } from 'lucide-react';

import type { NodeId } from '../../../lib/pipeline/pipeline';
import { useOverlay } from './editor-context';

const TITLES = {
  execute: 'Why it runs',
  reuse: 'Why it is reused',
  skip: 'Why it is skipped',
  blocked: 'Why it cannot run',
} as const;

/** What the next run does with a node, and why. */
export function WhyItRuns({ node }: { readonly node: NodeId }) {
  const plan = useOverlay((state) => state.plan?.find((item) => item.node === node));
  if (plan === undefined) return null;
  return (
    <aside aria-label={TITLES[plan.decision]} className="max-h-40 flex-none overflow-auto border-t px-4 py-2.5">
      <h3 className="flex items-center gap-1.5 text-12 font-medium">
        <Route size={14} aria-hidden="true" className="text-text-3" />
        {TITLES[plan.decision]}
      </h3>
      <p dir="auto" className="pt-0.5 text-12 break-words text-text-2">
        {plan.reason}
      </p>
    </aside>
  );
}
