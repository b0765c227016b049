import { cva } from 'class-variance-authority';

import { longestPiece } from '../../lib/pipeline/wire-path';
import type { GateState } from '../../lib/run/gate-state';

/** Edge of the tile, in pixels at zoom 1. */
const TILE = 22;
const ICON = 14;

const mark = cva('', {
  variants: {
    position: { open: 'text-st-complete', shut: 'text-st-failed', waiting: 'text-text-3' },
  },
});

/** Props of {@link GateMark}. */
export type GateMarkProps = {
  readonly gate: GateState;
  /** The wire that it stands on. */
  readonly points: readonly (readonly [x: number, y: number])[];
};

/** The gate on a wire: its plate is raised, down, or an outline while nobody knows. Part of an SVG drawing. */
export function GateMark({ gate, points }: GateMarkProps) {
  const [[ax, ay], [bx, by]] = longestPiece(points);
  const { position, words } = gate;
  return (
    <g
      role="img"
      aria-label={words}
      data-gate={position}
      transform={`translate(${(ax + bx) / 2 - TILE / 2} ${(ay + by) / 2 - TILE / 2})`}
      className={mark({ position })}
    >
      <title>{words}</title>
      <rect width={TILE} height={TILE} rx="4" className="fill-surface stroke-border" />
      <g transform={`translate(${(TILE - ICON) / 2} ${(TILE - ICON) / 2})`} className="fill-current">
        <path d="M1 1h1.6v12H1zM11.4 1H13v12h-1.6z" />
        {position === 'open' && <path d="M4.2 1h5.6v5.8H4.2z" />}
        {position === 'shut' && <path d="M4.2 6.6h5.6v5.8H4.2z" />}
        {position === 'waiting' && (
          <path d="M4.2 6.6h5.6v5.8H4.2z" className="fill-none stroke-current" strokeWidth="1.3" />
        )}
      </g>
    </g>
  );
}
