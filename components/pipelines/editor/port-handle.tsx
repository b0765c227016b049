import { cva } from 'class-variance-authority';
import type { CSSProperties } from 'react';

import type { CardPort } from '../../../lib/pipeline/card-geometry';
import { ArtifactMark } from '../../ui/artifact-mark';

/** Props of {@link PortHandle}. */
export type PortHandleProps = {
  readonly port: CardPort;
};

const handle = cva('absolute top-(--port-y) grid size-6 -translate-y-1/2 cursor-crosshair place-items-center', {
  variants: { side: { input: '-left-3', output: '-right-3' } },
});

const label = cva('absolute top-(--port-y) max-w-[calc(50%-12px)] -translate-y-1/2 truncate text-11 text-text-3', {
  variants: { side: { input: 'left-2.5', output: 'right-2.5 text-right' } },
});

/** A port: its shape on the card's edge in a target of 24 px, and its name inside. */
export function PortHandle({ port }: PortHandleProps) {
  const { side, name, type } = port;
  // The card's border lies outside of what its contents are placed in.
  return (
    <>
      <span style={{ '--port-y': `${port.y - 1}px` } as CSSProperties} className={label({ side })}>
        {name}
      </span>
      <span
        data-port={`${side}:${name}`}
        title={titleOf(port)}
        style={{ '--port-y': `${port.y - 1}px` } as CSSProperties}
        className={handle({ side })}
      >
        <ArtifactMark type={type} halo />
      </span>
    </>
  );
}

function titleOf({ name, type, summary, isOptional }: CardPort): string {
  const kind = type ?? 'not known to this component';
  return `${name}: ${kind}${isOptional ? ', optional' : ''}${summary === '' ? '' : `. ${summary}`}`;
}
