import { useEffect, useRef, type PointerEvent } from 'react';

import { boundsOf, inflate, type Box } from '../../../lib/pipeline/box-index';
import { useCanvas, useCanvasStore } from './canvas-context';
import { viewBox, type CanvasState, type Viewport } from './canvas-store';
import { blockColour } from './draw-map';
import { useOverlayStore } from './editor-context';
import { onThemeChange, readColours } from './surface-colours';

const WIDTH = 152;
const HEIGHT = 96;
/** Around the cards, as a share of the longer side. */
const MARGIN = 0.04;
/** Smaller than this, in pixels of the minimap, nothing is seen. */
const LEAST = 1.5;

/** Props of {@link Minimap}. */
export type MinimapProps = { readonly setViewport: (viewport: Viewport) => void };

/** The whole pipeline in the colours of its states, and what of it is in view; a press or a drag goes there. */
export function Minimap({ setViewport }: MinimapProps) {
  const canvas = useCanvasStore();
  const overlay = useOverlayStore();
  const surface = useRef<HTMLCanvasElement>(null);
  const count = useCanvas(({ scene }) => scene.nodes.size);

  useEffect(() => {
    const element = surface.current;
    const pen = element?.getContext('2d');
    if (element === null || pen === null || pen === undefined) return undefined;
    const root = element.parentElement ?? document.body;
    let colours = readColours(root);
    let frame = 0;
    const draw = () => {
      frame = 0;
      const density = window.devicePixelRatio;
      element.width = WIDTH * density;
      element.height = HEIGHT * density;
      const { scene } = canvas.getState();
      const frameOf = mapFrame(canvas.getState());
      const { statuses } = overlay.getState();
      pen.setTransform(
        density * frameOf.scale,
        0,
        0,
        density * frameOf.scale,
        density * frameOf.x,
        density * frameOf.y,
      );
      for (const { id, x, y, width, height } of scene.nodes.values()) {
        pen.fillStyle = blockColour(colours, statuses.get(id)?.mark ?? 'draft');
        pen.fillRect(x, y, Math.max(width, LEAST / frameOf.scale), Math.max(height, LEAST / frameOf.scale));
      }
    };
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    ask();
    const stops = [
      canvas.subscribe((state, before) => {
        if (state.scene !== before.scene) ask();
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
  }, [canvas, overlay, count]);

  if (count === 0) return null;
  const go = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 0) return;
    const state = canvas.getState();
    const bounds = event.currentTarget.getBoundingClientRect();
    const frame = mapFrame(state);
    const x = (event.clientX - bounds.left - frame.x) / frame.scale;
    const y = (event.clientY - bounds.top - frame.y) / frame.scale;
    const { zoom } = state.viewport;
    setViewport({ x: state.size.width / 2 - x * zoom, y: state.size.height / 2 - y * zoom, zoom });
  };
  return (
    <div
      aria-hidden
      data-minimap=""
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
      className="absolute right-3 bottom-3 h-[96px] w-[152px] overflow-hidden rounded-card border border-border bg-surface shadow-node max-tablet:hidden"
    >
      <canvas ref={surface} className="h-full w-full" />
      <InView />
    </div>
  );
}

function InView() {
  const view = useRef<SVGRectElement>(null);
  const canvas = useCanvasStore();
  useEffect(() => {
    const place = (state: CanvasState) => {
      const { x, y, scale } = mapFrame(state);
      const box = viewBox(state);
      const rect = view.current;
      rect?.setAttribute('x', String(box.x * scale + x));
      rect?.setAttribute('y', String(box.y * scale + y));
      rect?.setAttribute('width', String(Math.max(4, box.width * scale)));
      rect?.setAttribute('height', String(Math.max(4, box.height * scale)));
    };
    place(canvas.getState());
    return canvas.subscribe((state, before) => {
      if (state.viewport !== before.viewport || state.size !== before.size || state.scene !== before.scene)
        place(state);
    });
  }, [canvas]);
  return (
    <svg className="absolute inset-0 h-full w-full">
      <rect ref={view} rx={3} className="fill-accent/5 stroke-accent stroke-[1.5]" />
    </svg>
  );
}

type MapFrame = { readonly x: number; readonly y: number; readonly scale: number };

const frames = new WeakMap<CanvasState['scene'], MapFrame>();

/** How the canvas lies under the minimap: all cards, in the middle. Worked out once per scene. */
function mapFrame({ scene }: Pick<CanvasState, 'scene'>): MapFrame {
  const known = frames.get(scene);
  if (known !== undefined) return known;
  const cards = boundsOf(scene.nodes.values()) ?? { x: 0, y: 0, width: 1, height: 1 };
  const bounds: Box = inflate(cards, MARGIN * Math.max(cards.width, cards.height));
  const scale = Math.min(WIDTH / bounds.width, HEIGHT / bounds.height);
  const frame = {
    scale,
    x: WIDTH / 2 - (bounds.x + bounds.width / 2) * scale,
    y: HEIGHT / 2 - (bounds.y + bounds.height / 2) * scale,
  };
  frames.set(scene, frame);
  return frame;
}
