import { cva } from 'class-variance-authority';
import { memo, type CSSProperties } from 'react';

import type { CardPort } from '../../../lib/pipeline/card-geometry';
import { ArtifactMark } from '../../ui/artifact-mark';

/** Props of {@link PortHandle}. */
export type PortHandleProps = {
  readonly port: CardPort;
  readonly isWired: boolean;
  /** A wire is being drawn: may it end here? Undefined while none is. */
  readonly accepts: boolean | undefined;
};

const handle = cva('absolute top-(--port-y) grid size-6 -translate-y-1/2 cursor-crosshair place-items-center', {
  variants: {
    // React Flow finds the ends of wires by the classes `source` and `target`.
    side: { input: 'target -left-[13px]', output: 'source -right-[13px]' },
    dim: { true: 'opacity-30', false: '' },
    offered: { true: 'rounded-full bg-accent-soft', false: '' },
  },
});

const label = cva(
  'absolute top-(--port-y) max-w-[calc(50%-12px)] -translate-y-1/2 truncate text-11 group-data-[detail=bare]/canvas:hidden group-data-[detail=name]/canvas:hidden',
  {
    variants: {
      side: { input: 'left-2.5', output: 'right-2.5 text-right' },
      dim: { true: 'opacity-30', false: '' },
      known: { true: 'text-text-3', false: 'text-st-failed' },
    },
  },
);

/** A port: its shape on the card's edge in a target of 24 px, and its name inside. */
export const PortHandle = memo(function PortHandle({ port, isWired, accepts }: PortHandleProps) {
  const { side, name, type, isOptional } = port;
  const dim = accepts === false;
  // The card's border lies outside of what its contents are placed in.
  const y = `${port.y - 1}px`;
  return (
    <>
      <span style={{ '--port-y': y } as CSSProperties} className={label({ side, dim, known: type !== undefined })}>
        {name}
        {isOptional && !isWired ? '?' : ''}
      </span>
      <span
        data-port={`${side}:${name}`}
        data-handleid={name}
        data-handlepos={side === 'input' ? 'left' : 'right'}
        title={titleOf(port)}
        style={{ '--port-y': y } as CSSProperties}
        className={handle({ side, dim, offered: accepts === true })}
      >
        <ArtifactMark type={type} halo />
      </span>
    </>
  );
});

function titleOf({ name, type, summary, isOptional }: CardPort): string {
  const kind = type ?? 'not known to this component';
  return `${name}: ${kind}${isOptional ? ', optional' : ''}${summary === '' ? '' : `. ${summary}`}`;
}
