import type { NodeProps } from '@xyflow/react';
import { cva } from 'class-variance-authority';
import { memo, type CSSProperties } from 'react';

import { ComponentIcon } from '../component-icon';
import { useEditor } from './editor-context';
import type { FlowNode } from './flow-adapter';
import { PortHandle } from './port-handle';

const card = cva(
  'nopan pointer-events-auto relative h-full w-full rounded-card border border-border bg-surface text-left shadow-node outline-offset-2',
  { variants: { selected: { true: 'outline-2 outline-accent', false: '' } } },
);

/** A node's card: icon and name, what came out, and its ports. */
export const PipelineNodeCard = memo(function PipelineNodeCard({ id, data }: NodeProps<FlowNode>) {
  const { node, card: content } = data.scene;
  const selected = useEditor((state) => state.selectedNodes.has(id));
  return (
    <div data-node-id={id} role="group" aria-label={`${id}, ${node.component}`} className={card({ selected })}>
      <div className="flex h-8 items-center gap-1.5 px-[9px] pt-0.5">
        <ComponentIcon component={node.component} />
        <span title={id} className="min-w-0 flex-1 truncate text-13 font-semibold">
          {id}
        </span>
      </div>
      <p title={node.component} className="-mt-0.5 truncate px-2.5 text-12 leading-[18px] text-text-2">
        {node.component}
      </p>
      {[...content.inputs, ...content.outputs].map((port) => (
        <PortHandle key={`${port.side}:${port.name}`} port={port} />
      ))}
    </div>
  );
});
