import { useEffect, useRef } from 'react';

import { useCanvas, useCanvasStore } from './canvas-context';
import { drawMap } from './draw-map';
import { useEditorStore, useOverlayStore } from './editor-context';
import { onThemeChange, readColours } from './surface-colours';

/** All cards and wires on one surface, while they are too many or too small to be elements. */
export function MapSurface() {
  const canvas = useCanvasStore();
  const editor = useEditorStore();
  const overlay = useOverlayStore();
  const isMap = useCanvas(({ level }) => level === 'map');
  const surface = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = surface.current;
    const pen = element?.getContext('2d');
    if (!isMap || element === null || pen === null || pen === undefined) return undefined;
    const root = element.parentElement ?? document.body;
    let colours = readColours(root);
    let frame = 0;
    const font = getComputedStyle(root).fontFamily;
    const draw = () => {
      frame = 0;
      const state = canvas.getState();
      const density = window.devicePixelRatio;
      const width = Math.round(state.size.width * density);
      const height = Math.round(state.size.height * density);
      if (element.width !== width || element.height !== height) {
        element.width = width;
        element.height = height;
      }
      const { selectedNodes, selectedWires } = editor.getState();
      drawMap(pen, {
        state,
        selectedNodes,
        selectedWires,
        statuses: overlay.getState().statuses,
        colours,
        density,
        font,
      });
    };
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    // The first drawing comes with the frame in which the cards go.
    draw();
    const stops = [
      canvas.subscribe(ask),
      editor.subscribe((state, before) => {
        if (state.selectedNodes !== before.selectedNodes || state.selectedWires !== before.selectedWires) ask();
      }),
      overlay.subscribe((state, before) => {
        if (state.statuses !== before.statuses) ask();
      }),
      onThemeChange(() => {
        colours = readColours(root);
        ask();
      }),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [canvas, editor, overlay, isMap]);

  if (!isMap) return null;
  return (
    <canvas ref={surface} aria-hidden data-level="map" className="pointer-events-none absolute inset-0 h-full w-full" />
  );
}
