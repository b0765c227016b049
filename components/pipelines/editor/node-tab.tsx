'use client';

import type { ComponentSpec } from '../../../lib/catalog/component-spec';
import { setExecution } from '../../../lib/pipeline/commands';
import type { ExecutionPolicy, NodeId, PipelineNode } from '../../../lib/pipeline/pipeline';
import { ComponentReadme } from './component-readme';
import { LimitField } from './limit-field';
import { useEditorStore } from './editor-context';

/** Props of {@link NodeTab}. */
export type NodeTabProps = {
  readonly node: NodeId;
  readonly content: PipelineNode;
  readonly spec: ComponentSpec | undefined;
};

type PolicyKey = keyof ExecutionPolicy;

const MS_PER_SECOND = 1_000;

const FIELDS: readonly {
  readonly key: PolicyKey;
  readonly label: string;
  readonly help: string;
  readonly unit?: string;
  readonly scale: number;
  readonly min: number;
  readonly max: number;
  readonly initial?: number;
}[] = [
  {
    key: 'retries',
    label: 'Retries',
    help: 'Attempts after the first one. Errors that will not pass by themselves are never retried.',
    scale: 1,
    min: 0,
    max: 100,
    initial: 0,
  },
  {
    key: 'retryDelayMs',
    label: 'First delay',
    help: 'Wait before the first retry; it doubles each time.',
    unit: 's',
    scale: MS_PER_SECOND,
    min: 0,
    max: 86_400,
    initial: 1,
  },
  {
    key: 'retryMaxDelayMs',
    label: 'Longest delay',
    help: 'The delay grows no further than this.',
    unit: 's',
    scale: MS_PER_SECOND,
    min: 0,
    max: 86_400,
    initial: 60,
  },
  {
    key: 'timeoutMs',
    label: 'Time limit',
    help: 'One attempt is ended after so long, with everything that it started. Empty: no limit.',
    unit: 's',
    scale: MS_PER_SECOND,
    min: 0.001,
    max: 31_536_000,
  },
];

/** How often and how long the node is tried, and what its component is. */
export function NodeTab({ node, content, spec }: NodeTabProps) {
  const store = useEditorStore();
  const policy = content.execution ?? {};
  return (
    <div className="py-2">
      <section aria-label="Attempts">
        <h3 className="px-4 pb-1 text-11 text-text-3">Attempts</h3>
        {FIELDS.map(({ key, scale, ...field }) => (
          <LimitField
            key={key}
            {...field}
            place={['nodes', node, 'execution', key]}
            value={policy[key] === undefined ? undefined : policy[key] / scale}
            isWhole={scale === 1}
            onChange={(value) => {
              store
                .getState()
                .change(
                  { label: `Set ${field.label.toLowerCase()} of ${node}`, burst: `execution:${node}:${key}` },
                  (document) => {
                    const { [key]: _before, ...rest } = document.nodes[node]?.execution ?? {};
                    const next = { ...rest, ...(value !== undefined && { [key]: Math.round(value * scale) }) };
                    return setExecution(document, node, Object.keys(next).length === 0 ? undefined : next);
                  },
                );
            }}
          />
        ))}
      </section>
      {spec !== undefined && <ComponentReadme spec={spec} />}
    </div>
  );
}
