import type { EdgeProps } from '@xyflow/react';
import { cva } from 'class-variance-authority';
import { memo, type CSSProperties } from 'react';

import { wireKey } from '../../../lib/pipeline/connect';
import { wirePath } from '../../../lib/pipeline/wire-path';
import type { NodeStatus } from '../../../lib/run/derive-statuses';
import { waitingGate } from '../../../lib/run/gate-state';
import { artifactToken } from '../../ui/artifact-mark';
import { GateMark } from '../gate-mark';
import { useCanvas } from './canvas-context';
import { useEditor, useOverlay } from './editor-context';
import type { FlowEdge } from './flow-adapter';

/** Corner radius of wires, in pixels at zoom 1. */
export const WIRE_CORNER = 8;

const canal = cva('fill-none', {
  variants: {
    flow: {
      still: 'stroke-[color-mix(in_oklab,var(--wire)_62%,var(--ground))]',
      dry: 'stroke-[color-mix(in_oklab,var(--wire)_34%,var(--ground))]',
      running: 'stroke-(--wire) motion-safe:animate-flow',
      cut: 'stroke-[color-mix(in_oklab,var(--wire)_34%,var(--ground))]',
    },
    selected: { true: 'stroke-(--wire)', false: '' },
    offered: { true: 'stroke-accent', false: '' },
  },
});

/** A wire: thick where rows travel, in the colour of what travels, moving where it flows. */
export const PipelineEdge = memo(function PipelineEdge({ id, data, source, target }: EdgeProps<FlowEdge>) {
  const selected = useEditor((state) => state.selectedWires.has(id));
  const offered = useCanvas((state) => state.splice?.wire.key === id);
  const isOff = useCanvas(({ wiring }) => wiring?.detached !== undefined && wireKey(wiring.detached) === id);
  const flow = useOverlay(({ statuses }) => flowOf(statuses.get(source)?.mark, statuses.get(target)?.mark));
  const gate = useOverlay(({ statuses }) => (data?.wire.isGated === true ? statuses.get(source)?.gate : undefined));
  if (data === undefined || isOff) return null;
  const { wire, route } = data;
  return (
    <>
      <path
        data-wire={id}
        d={wirePath(route, WIRE_CORNER)}
        style={{ '--wire': `var(${artifactToken(wire.type)})` } as CSSProperties}
        strokeWidth={wireWidth(wire.type) + (selected || offered ? 1 : 0)}
        strokeDasharray={flow === 'running' ? '7 4' : flow === 'cut' ? '2 4' : undefined}
        className={canal({ flow, selected, offered })}
      />
      {wire.isGated && <GateMark gate={gate ?? waitingGate(source)} points={route} />}
    </>
  );
});

/** Rows travel on thick wires, descriptions on thin ones. */
export function wireWidth(type: string | undefined): number {
  return type === 'Examples' || type === 'InferenceResult' ? 2.25 : 1.5;
}

/** What a wire does. `dry`: nothing has travelled yet. `cut`: nothing will. */
export type Flow = 'still' | 'dry' | 'running' | 'cut';

/** What a wire does between nodes that stand so. */
export function flowOf(from: NodeStatus['mark'] | undefined, to: NodeStatus['mark'] | undefined): Flow {
  if (to === 'running') return 'running';
  if (to === 'skipped' || to === 'canceled') return 'cut';
  return from === 'complete' || from === 'cached' || from === 'warning' || from === 'stale' ? 'still' : 'dry';
}
