'use client';

import Link from 'next/link';

import type { ArtifactRef } from '../../lib/artifact/artifact';
import { dataAddress } from '../../lib/artifact/data-address';
import { formatBytes } from '../../lib/format/number';
import { inputSources, type Pipeline } from '../../lib/pipeline/pipeline';
import type { NodeSnapshot, RunSnapshot } from '../../lib/run/fold-run';
import { artifactHeadline } from '../../lib/run/run-words';
import { ArtifactPreview } from '../data';
import { ArtifactMark } from '../ui/artifact-mark';
import { Digest } from '../ui/digest';
import { PanelSection } from './panel-section';

/** What a node made, each with a look into it and the way to all of it. */
export function NodeOutputs({ node, run }: Omit<NodeInputsProps, 'document'>) {
  const seenFrom = node.fromRun === undefined ? undefined : run.runId;
  const outputs = Object.entries(node.outputs).flatMap(([port, list]) => list.map((artifact) => ({ port, artifact })));
  return (
    <PanelSection title="Outputs" count={outputs.length}>
      {outputs.map(({ port, artifact }) => (
        <div key={artifact.id}>
          <ArtifactLine port={port} artifact={artifact} seenFrom={seenFrom} />
          <ArtifactPreview artifact={artifact} run={seenFrom} />
        </div>
      ))}
      {outputs.length === 0 && (
        <p className="text-12 text-text-3">{node.endedAt === undefined ? 'None yet.' : 'None.'}</p>
      )}
    </PanelSection>
  );
}

/** Props of {@link NodeInputs}. */
export type NodeInputsProps = {
  readonly node: NodeSnapshot;
  readonly run: RunSnapshot;
  readonly document: Pipeline;
};

/** What a node took, or what it still waits for. Nothing for a node without inputs. */
export function NodeInputs({ node, run, document }: NodeInputsProps) {
  const inputs = inputsOf(node.node, run, document);
  if (inputs.length === 0) return null;
  return (
    <PanelSection title="Inputs" count={inputs.length}>
      {inputs.map(({ port, from, artifact, isReused }) =>
        artifact === undefined ? (
          <p key={`${port} ${from}`} className="py-1 text-12 text-text-3">
            {port}, waits for {from}
          </p>
        ) : (
          <ArtifactLine
            key={`${port} ${from}`}
            port={port}
            artifact={artifact}
            from={from}
            seenFrom={isReused ? run.runId : undefined}
          />
        ),
      )}
    </PanelSection>
  );
}

type ArtifactLineProps = {
  readonly port: string;
  readonly artifact: ArtifactRef;
  readonly from?: string;
  /** The run, where it reused the artifact. */
  readonly seenFrom: string | undefined;
};

function ArtifactLine({ port, artifact, from, seenFrom }: ArtifactLineProps) {
  return (
    <p className="flex min-h-[26px] items-center gap-2.5 text-12 max-tablet:min-h-11">
      <ArtifactMark type={artifact.type} />
      <Link
        href={dataAddress(artifact.id, { run: seenFrom })}
        prefetch={false}
        title={`${artifact.type}${from === undefined ? '' : ` of ${from}`}`}
        className="max-w-40 truncate font-medium hover:underline"
      >
        {port}
      </Link>
      <span className="min-w-0 truncate text-text-3">
        {[artifactHeadline(artifact), formatBytes(artifact.sizeBytes)].filter((part) => part !== undefined).join(', ')}
      </span>
      <span className="ml-auto">
        <Digest digest={artifact.digest} />
      </span>
    </p>
  );
}

type InputLine = {
  readonly port: string;
  readonly from: string;
  readonly artifact: ArtifactRef | undefined;
  readonly isReused: boolean;
};

function inputsOf(id: string, run: RunSnapshot, document: Pipeline): readonly InputLine[] {
  const node = document.nodes[id];
  if (node === undefined) return [];
  return Object.keys(node.inputs ?? {}).flatMap((port) =>
    inputSources(node, port).flatMap((source): readonly InputLine[] => {
      const from = `${source.node}.${source.port}`;
      const artifacts = run.nodes[source.node]?.outputs[source.port] ?? [];
      const isReused = run.nodes[source.node]?.fromRun !== undefined;
      return artifacts.length === 0
        ? [{ port, from, artifact: undefined, isReused }]
        : artifacts.map((artifact) => ({ port, from, artifact, isReused }));
    }),
  );
}
