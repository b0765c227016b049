'use client';

import { cva } from 'class-variance-authority';
import { useStore } from 'zustand';

import { PANES, paneStore, resizePane, type Pane } from './pane-store';

const KEY_STEP = 16;

const divider = cva(
  'absolute touch-none outline-offset-0 hover:bg-accent-line focus-visible:bg-accent active:bg-accent',
  {
    variants: {
      pane: {
        palette: 'inset-y-0 -right-[3px] w-[5px] cursor-col-resize',
        inspector: 'inset-y-0 -left-[3px] w-[5px] cursor-col-resize',
        drawer: 'inset-x-0 -top-[3px] h-[5px] cursor-row-resize',
      },
    },
  },
);

/** The edge of a pane, to be dragged or moved with the arrow keys. A double click brings the usual size back. */
export function PaneDivider({ pane }: { readonly pane: Pane }) {
  const size = useStore(paneStore, (state) => state.sizes[pane]);
  const { least, most, usual, label } = PANES[pane];
  const isRow = pane === 'drawer';
  // The palette grows to the right; the other two grow away from their far edge.
  const direction = pane === 'palette' ? 1 : -1;
  return (
    // A window splitter is a focusable separator: https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/
    <div
      role="separator"
      aria-label={label}
      aria-orientation={isRow ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const moved = isRow ? event.movementY : event.movementX;
        resizePane(pane, paneStore.getState().sizes[pane] + direction * moved);
      }}
      onDoubleClick={() => {
        resizePane(pane, usual);
      }}
      onKeyDown={(event) => {
        const [less, more] = isRow ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
        const step = event.key === more ? KEY_STEP : event.key === less ? -KEY_STEP : 0;
        if (step === 0) return;
        event.preventDefault();
        event.stopPropagation();
        resizePane(pane, size + direction * step);
      }}
      className={divider({ pane })}
    />
  );
}
