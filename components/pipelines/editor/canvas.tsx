'use client';

import '@xyflow/react/dist/base.css';

import { ReactFlow, ReactFlowProvider, useReactFlow, type EdgeTypes, type NodeTypes } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, useState, type RefObject } from 'react';

import { describeNode } from '../../../lib/pipeline/describe-node';
import { CanvasContext, useCanvas, useCanvasStore } from './canvas-context';
import { attachKeys } from './canvas-keys';
import { CanvasOverlay, PortChooser, RefusalBubble } from './canvas-overlay';
import { createCanvasStore, followDocument, lookAt, type Viewport } from './canvas-store';
import { acceptPalette } from './drop-component';
import { useEditor, useEditorStore } from './editor-context';
import { toFlow } from './flow-adapter';
import { attachGestures } from './gestures';
import { openCanvasView } from './canvas-view';
import { KeyWireBar } from './key-wire-bar';
import { MapSurface } from './map-surface';
import { Minimap } from './minimap';
import { useNodeStatus } from './node-status';
import { PipelineEdge } from './pipeline-edge';
import { PipelineNodeCard } from './pipeline-node';
import { ZOOM_RANGE } from './viewport';

const NODE_TYPES: NodeTypes = { pipeline: PipelineNodeCard };
const EDGE_TYPES: EdgeTypes = { pipeline: PipelineEdge };

/** The canvas of the pipeline editor. Everything that it shows and changes is in the editor's store. */
export function Canvas() {
  const editor = useEditorStore();
  const [canvas] = useState(() => createCanvasStore(editor));
  useEffect(() => followDocument(canvas, editor), [canvas, editor]);
  return (
    <CanvasContext value={canvas}>
      <ReactFlowProvider>
        <CanvasWindow />
      </ReactFlowProvider>
    </CanvasContext>
  );
}

const FOCUS_ID = 'canvas-focus';

function CanvasWindow() {
  const name = useEditor((state) => state.document.name);
  const element = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  const isKeyboard = useCanvas((state) => state.isKeyboard);
  useWindow(element, ground);
  return (
    // The arrow keys walk on the canvas, which is what the role `application` says to screen readers.
    <div
      ref={element}
      role="application"
      aria-label={`Canvas of ${name}`}
      aria-roledescription="canvas"
      aria-activedescendant={FOCUS_ID}
      tabIndex={0}
      className={`group/canvas relative h-full w-full overflow-hidden bg-ground -outline-offset-2 ${isKeyboard ? '' : 'outline-none'}`}
    >
      <div
        ref={ground}
        className="ground-dots pointer-events-none absolute inset-0 [background-position:var(--ground-x)_var(--ground-y)] [background-size:var(--ground-step)_var(--ground-step)]"
      />
      <MapSurface />
      <FlowSurface />
      <Minimap
        setViewport={(viewport) => {
          void flow.setViewport(viewport);
        }}
      />
      <KeyWireBar />
      <RefusalBubble />
      <PortChooser />
      <FocusedNode />
    </div>
  );
}

const FlowSurface = memo(function FlowSurface() {
  const canvas = useCanvasStore();
  const scene = useCanvas((state) => state.scene);
  const routing = useCanvas((state) => state.routing);
  const drag = useCanvas((state) => (state.level === 'cards' ? state.drag : undefined));
  const shownNodes = useCanvas((state) => state.shownNodes);
  const shownWires = useCanvas((state) => state.shownWires);
  const { nodes, edges } = useMemo(
    () => toFlow({ scene, routing, drag, shownNodes, shownWires }),
    [scene, routing, drag, shownNodes, shownWires],
  );
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      minZoom={ZOOM_RANGE.least}
      maxZoom={ZOOM_RANGE.greatest}
      onViewportChange={(viewport) => {
        lookAt(canvas, { viewport });
      }}
      onlyRenderVisibleElements
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      zoomActivationKeyCode={null}
      disableKeyboardA11y
      attributionPosition="top-right"
    >
      <CanvasOverlay />
    </ReactFlow>
  );
});

/** Measures the window, listens to the pointer, and offers the canvas to the rest of the editor. */
function useWindow(element: RefObject<HTMLDivElement | null>, ground: RefObject<HTMLDivElement | null>): void {
  const editor = useEditorStore();
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  useEffect(() => {
    const root = element.current;
    if (root === null) return undefined;
    // One application is enough: ours, which answers the keys.
    root.querySelector('.react-flow')?.setAttribute('role', 'presentation');
    const setViewport = (viewport: Viewport, durationMs = 0) => {
      void flow.setViewport(viewport, durationMs === 0 ? undefined : { duration: durationMs });
    };
    const view = openCanvasView({ canvas, editor, element: root, setViewport });
    editor.getState().registerCanvasView(view.view);
    const paint = () => {
      paintGround(root, ground.current, canvas.getState().viewport);
    };
    paint();
    const stops = [
      view.close,
      canvas.subscribe((state, before) => {
        if (state.viewport !== before.viewport) paint();
      }),
      attachGestures({ canvas, editor, element: root, setViewport }),
      acceptPalette({ canvas, editor, element: root }),
      attachKeys({ canvas, editor, element: root }),
    ];
    return () => {
      for (const stop of stops) stop();
      editor.getState().registerCanvasView(undefined);
    };
  }, [canvas, editor, element, flow, ground]);
}

const DOTS_STEP = 16;
/** Dots closer than this would be a grey. */
const LEAST_STEP = 9;

function paintGround(root: HTMLElement, ground: HTMLElement | null, { x, y, zoom }: Viewport): void {
  let step = DOTS_STEP * zoom;
  while (step < LEAST_STEP) step *= 2;
  ground?.style.setProperty('--ground-step', `${step}px`);
  ground?.style.setProperty('--ground-x', `${x % step}px`);
  ground?.style.setProperty('--ground-y', `${y % step}px`);
  const detail = zoom >= 0.75 ? 'full' : zoom >= 0.5 ? 'bare' : 'name';
  const least = 11 / zoom;
  const size = String(Math.round(zoom * 100));
  // Only when the zoom changes: these are inherited by every card.
  if (root.dataset['zoom'] === size) return;
  root.dataset['zoom'] = size;
  root.dataset['detail'] = detail;
  root.style.setProperty('--name-size', `${Math.max(13, least)}px`);
  root.style.setProperty('--line-size', `${Math.max(12, least)}px`);
  root.style.setProperty('--badge-size', `${Math.max(14, least)}px`);
}

/** The node that the keyboard is on, for screen readers: it is there whether its card is drawn or not. */
function FocusedNode() {
  const scene = useCanvas((state) => state.scene);
  const focused = useCanvas((state) => state.focused);
  const status = useNodeStatus(focused ?? '');
  const announcement = useEditor((state) => state.announcement);
  const words =
    focused === undefined ? 'No node. Arrow keys begin at the first one.' : describeNode(scene, focused, status?.words);
  return (
    <div className="sr-only">
      <div id={FOCUS_ID} role="img" aria-label={words} />
      <p role="status">{announcement}</p>
    </div>
  );
}
