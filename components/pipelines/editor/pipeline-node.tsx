import type { NodeProps } from '@xyflow/react';
import { cva } from 'class-variance-authority';
import { memo } from 'react';

import type { WireJudge } from '../../../lib/pipeline/accept-wire';
import type { CardPort } from '../../../lib/pipeline/card-geometry';
import { inputSources } from '../../../lib/pipeline/pipeline';
import { StateIcon } from '../../ui/state-mark';
import { ComponentIcon } from '../component-icon';
import { useCanvas } from './canvas-context';
import { useEditor } from './editor-context';
import type { FlowNode } from './flow-adapter';
import { useNodeStatus } from './node-status';
import { PortHandle } from './port-handle';

const card = cva('nopan pointer-events-auto relative h-full w-full rounded-card border text-left', {
  variants: {
    mark: {
      none: 'border-border bg-surface shadow-node',
      draft: 'border-border bg-surface shadow-node',
      invalid: 'border-border bg-surface shadow-node',
      stale: 'border-border bg-surface shadow-node',
      queued: 'border-border bg-surface',
      running: 'border-st-running bg-surface shadow-node',
      complete: 'border-border bg-surface shadow-node',
      cached: 'border-border bg-surface shadow-node',
      warning: 'border-st-warning bg-surface shadow-node',
      failed: 'border-st-failed bg-surface shadow-node',
      canceled: 'border-border bg-surface',
      skipped: 'border-dashed border-border bg-ground',
    },
    selected: { true: 'outline-2 outline-offset-2 outline-accent', false: '' },
    lifted: { true: 'shadow-lifted', false: '' },
    dim: { true: 'opacity-30', false: '' },
    over: { true: 'bg-accent-soft', false: '' },
  },
});

const headline = cva(
  '-mt-0.5 truncate px-2.5 text-(length:--line-size) leading-[1.5] group-data-[detail=name]/canvas:hidden',
  {
    variants: {
      mark: {
        none: 'text-text-2',
        draft: 'text-text-3',
        invalid: 'text-st-failed',
        stale: 'text-st-warning',
        queued: 'text-text-3',
        running: 'text-st-running',
        complete: 'text-text-2',
        cached: 'text-text-2',
        warning: 'text-st-warning',
        failed: 'text-st-failed',
        canceled: 'text-st-canceled',
        skipped: 'text-text-3',
      },
    },
  },
);

/** A node's card: icon, name and badge, what came out, and its ports. */
export const PipelineNodeCard = memo(function PipelineNodeCard({ id, data }: NodeProps<FlowNode>) {
  const { node, card: content } = data.scene;
  const status = useNodeStatus(id);
  const selected = useEditor((state) => state.selectedNodes.has(id));
  const isFocused = useCanvas((state) => state.focused === id && state.isKeyboard);
  const lifted = useCanvas((state) => state.drag?.ids.has(id) === true);
  const judge = useCanvas((state) => state.wiring?.judge);
  const isStart = useCanvas((state) => state.wiring?.from.node === id);
  const over = useCanvas((state) => state.wiring?.over?.node === id && state.wiring.over.reason === undefined);
  const mark = status?.mark ?? 'none';
  const refused = judge === undefined || isStart ? undefined : judge.refuseNode(id);
  const words = status?.words ?? '';
  return (
    <div
      data-node-id={id}
      role="group"
      aria-label={[id, node.component, words].filter(Boolean).join(', ')}
      title={refused}
      className={card({ mark, selected, lifted, dim: refused !== undefined, over })}
    >
      {isFocused && (
        <span className="pointer-events-none absolute -inset-[7px] rounded-[12px] border-2 border-dashed border-accent" />
      )}
      <div
        className={`flex h-8 items-center gap-1.5 rounded-t-card px-[9px] pt-0.5 group-data-[detail=name]/canvas:h-full ${mark === 'failed' ? 'bg-st-failed-soft' : ''}`}
      >
        <ComponentIcon component={node.component} />
        <span
          title={id}
          dir="auto"
          className="min-w-0 flex-1 truncate text-(length:--name-size) leading-[1.25] font-semibold"
        >
          {id}
        </span>
        {status !== undefined && (
          <span title={status.hint ?? words} className="flex [&>svg]:size-(--badge-size)">
            <StateIcon mark={status.mark} share={status.share} label={words} />
          </span>
        )}
      </div>
      <p dir="auto" title={status?.headline ?? node.component} className={headline({ mark })}>
        {status?.headline ?? node.component}
      </p>
      {[...content.inputs, ...content.outputs].map((port) => (
        <PortHandle
          key={`${port.side}:${port.name}`}
          port={port}
          isWired={port.side === 'output' || inputSources(node, port.name).length > 0}
          accepts={acceptsAt(judge, { id, port, isStart })}
        />
      ))}
    </div>
  );
});

type PortPlace = { readonly id: string; readonly port: CardPort; readonly isStart: boolean };

function acceptsAt(judge: WireJudge | undefined, { id, port, isStart }: PortPlace): boolean | undefined {
  if (judge === undefined) return undefined;
  const accepts = judge.refuse({ node: id, port: port.name, side: port.side }) === undefined;
  // The port that the wire begins in stays as it is, the others of its card cannot take it.
  return isStart && accepts ? undefined : accepts;
}
