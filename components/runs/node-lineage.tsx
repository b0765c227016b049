'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import Link from 'next/link';

import { formatCount } from '../../lib/format/number';
import { zArtifactId } from '../../lib/ids';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { useTRPC } from '../trpc/client';
import { PanelSection } from './panel-section';

/** Props of {@link NodeLineage}. */
export type NodeLineageProps = {
  readonly node: NodeSnapshot;
  readonly run: RunSnapshot;
  readonly onSelect: (node: string) => void;
};

/** What a node comes from and goes on to: in this run along the wires, in others by the artifacts themselves. */
export function NodeLineage({ node, run, onSelect }: NodeLineageProps) {
  const before = reach(run, node.node, (id) => run.nodes[id]?.upstream ?? []);
  const downstream = new Map<string, string[]>();
  for (const { node: id, upstream } of Object.values(run.nodes))
    for (const source of upstream) downstream.set(source, [...(downstream.get(source) ?? []), id]);
  const after = reach(run, node.node, (id) => downstream.get(id) ?? []);
  return (
    <>
      {before.length > 0 && (
        <PanelSection title="Comes from">
          <Chain nodes={before.toReversed()} onSelect={onSelect} />
        </PanelSection>
      )}
      <PanelSection title="Goes on to">
        {after.length === 0 ? (
          <p className="text-12 text-text-3">Nothing in this run.</p>
        ) : (
          <Chain nodes={after} onSelect={onSelect} />
        )}
        <OtherRuns node={node} runId={run.runId} />
      </PanelSection>
    </>
  );
}

/** Nodes of a chain that are named; more are counted. */
const SHOWN = 12;

function Chain({ nodes, onSelect }: { readonly nodes: readonly string[]; readonly onSelect: (node: string) => void }) {
  return (
    <p className="flex flex-wrap gap-x-1.5 text-12">
      {nodes.slice(0, SHOWN).map((id, index) => (
        <span key={id} className="flex max-w-full min-w-0 items-center gap-1.5">
          {index > 0 && (
            <span aria-hidden="true" className="text-text-3">
              ›
            </span>
          )}
          <button
            type="button"
            title={id}
            onClick={() => {
              onSelect(id);
            }}
            className="truncate text-text-2 hover:text-text hover:underline max-tablet:min-h-11"
          >
            {id}
          </button>
        </span>
      ))}
      {nodes.length > SHOWN && <span className="text-text-3">and {nodes.length - SHOWN} more</span>}
    </p>
  );
}

/** Executions of other runs and pipelines that took these very artifacts. */
function OtherRuns({ node, runId }: { readonly node: NodeSnapshot; readonly runId: string }) {
  const trpc = useTRPC();
  const artifactIds = Object.values(node.outputs)
    .flat()
    .map(({ id }) => zArtifactId.parse(id));
  const uses = useQuery(trpc.runs.usesOf.queryOptions(artifactIds.length === 0 ? skipToken : { artifactIds }));
  const others = (uses.data?.uses ?? []).filter((use) => use.runId !== runId);
  if (uses.data === undefined || others.length === 0) return null;
  const unshown = uses.data.total - uses.data.uses.length;
  return (
    <>
      <h4 className="mt-2 text-11 text-text-3">Its outputs were also taken by</h4>
      <ul className="text-12">
        {others.map((use) => (
          <li key={`${use.runId} ${use.node}`} className="flex min-w-0 gap-2 py-0.5">
            <Link
              href={`/runs/${use.runId}?node=${encodeURIComponent(use.node)}`}
              prefetch={false}
              className="flex-none font-medium hover:underline"
            >
              Run {use.runNumber}
            </Link>
            <span title={`${use.node} of ${use.pipeline}`} className="min-w-0 truncate text-text-2">
              {use.node} <span className="text-text-3">of {use.pipeline}</span>
            </span>
          </li>
        ))}
      </ul>
      {unshown > 0 && <p className="text-12 text-text-3">and {formatCount(unshown)} more</p>}
    </>
  );
}

/** What is reached from a node, nearest first, without itself. */
function reach(run: RunSnapshot, from: string, next: (id: string) => readonly string[]): readonly string[] {
  const found = new Set<string>();
  const open = [from];
  for (const id of open) {
    for (const other of next(id)) {
      if (found.has(other) || other === from || run.nodes[other] === undefined) continue;
      found.add(other);
      open.push(other);
    }
  }
  return [...found];
}
