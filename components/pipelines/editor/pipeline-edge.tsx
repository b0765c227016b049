import type { EdgeProps } from '@xyflow/react';
import { memo, type CSSProperties } from 'react';

import { wirePath } from '../../../lib/pipeline/wire-path';
import { artifactToken } from '../../ui/artifact-mark';
import { useEditor } from './editor-context';
import type { FlowEdge } from './flow-adapter';

/** Corner radius of wires, in pixels at zoom 1. */
export const WIRE_CORNER = 8;

/** A wire: thick where rows travel, in the colour of what travels. */
export const PipelineEdge = memo(function PipelineEdge({ id, data }: EdgeProps<FlowEdge>) {
  const selected = useEditor((state) => state.selectedWires.has(id));
  if (data === undefined) return null;
  const { wire, route } = data;
  return (
    <path
      data-wire={id}
      d={wirePath(route, WIRE_CORNER)}
      style={{ '--wire': `var(${artifactToken(wire.type)})` } as CSSProperties}
      strokeWidth={wireWidth(wire.type) + (selected ? 1 : 0)}
      className={`fill-none ${selected ? 'stroke-(--wire)' : 'stroke-[color-mix(in_oklab,var(--wire)_62%,var(--ground))]'}`}
    />
  );
});

/** Rows travel on thick wires, descriptions on thin ones. */
export function wireWidth(type: string | undefined): number {
  return type === 'Examples' || type === 'InferenceResult' ? 2.25 : 1.5;
}
