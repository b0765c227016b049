/** What a hand leaves on the canvas while it works: the wire that it draws, guides, the lasso, reasons and choices. */

import { ViewportPortal } from '@xyflow/react';
import { useEffect, useRef, type CSSProperties } from 'react';

import { routeFreely } from '../../../lib/pipeline/route-wires';
import { findPort, portPoint, type Scene } from '../../../lib/pipeline/scene';
import { wirePath } from '../../../lib/pipeline/wire-path';
import { ArtifactMark, artifactStroke } from '../../ui/artifact-mark';
import { useCanvas, useCanvasStore } from './canvas-context';
import { toScreen, type Wiring } from './canvas-store';
import { WIRE_CORNER } from './pipeline-edge';

/** Lies over the cards and moves with them. */
export function CanvasOverlay() {
  return (
    <ViewportPortal>
      <svg className="pointer-events-none absolute top-0 left-0 overflow-visible" width="1" height="1" aria-hidden>
        <LooseWire />
        <Guides />
        <Lasso />
      </svg>
    </ViewportPortal>
  );
}

function LooseWire() {
  const wiring = useCanvas((state) => state.wiring);
  const scene = useCanvas((state) => state.scene);
  if (wiring === undefined) return null;
  const { from, at, over } = wiring;
  const start = pointOf(scene, from.node, { side: from.side, port: from.port }) ?? [at.x, at.y];
  const isRefused = over?.reason !== undefined;
  const target =
    over?.port === undefined || isRefused
      ? undefined
      : pointOf(scene, over.node, { side: over.port.side, port: over.port.name });
  const loose = target ?? [at.x, at.y];
  const route = from.side === 'output' ? routeFreely(start, loose) : routeFreely(loose, start);
  return (
    <path
      data-loose-wire=""
      d={wirePath(route, WIRE_CORNER)}
      strokeWidth={2.25}
      strokeDasharray={target === undefined ? '5 4' : undefined}
      className={`fill-none ${isRefused ? 'stroke-st-failed' : artifactStroke(typeAt(scene, wiring))}`}
    />
  );
}

function Guides() {
  const guides = useCanvas((state) => state.drag?.guides);
  return guides?.map(({ axis, at, from, to }) => (
    <path
      key={`${axis}${at}`}
      d={axis === 'x' ? `M${at} ${from}V${to}` : `M${from} ${at}H${to}`}
      className="stroke-accent stroke-1 [vector-effect:non-scaling-stroke]"
    />
  ));
}

function Lasso() {
  const lasso = useCanvas((state) => state.lasso);
  if (lasso === undefined) return null;
  return <rect {...lasso} className="fill-accent/10 stroke-accent stroke-1 [vector-effect:non-scaling-stroke]" />;
}

/** Why a wire may not go where it is held, or where it was let go. */
export function RefusalBubble() {
  const wiring = useCanvas((state) => state.wiring);
  const refusal = useCanvas((state) => state.refusal);
  const viewport = useCanvas((state) => state.viewport);
  const held =
    wiring?.over?.reason === undefined
      ? undefined
      : { at: wiring.at, reason: `${wiring.over.node} ${wiring.over.reason}` };
  const shown = held ?? refusal;
  if (shown === undefined) return null;
  const { x, y } = toScreen({ viewport }, shown.at);
  return (
    <p
      role={held === undefined ? 'note' : undefined}
      style={{ '--x': `${x}px`, '--y': `${y}px` } as CSSProperties}
      className="pointer-events-none absolute top-(--y) left-[min(var(--x),calc(100%-19rem))] w-max max-w-72 translate-x-3 translate-y-3 rounded-control border border-st-failed bg-raised px-2 py-1 text-12 text-st-failed shadow-lifted"
    >
      {shown.reason}
    </p>
  );
}

/** Asks which of several ports is meant. */
export function PortChooser() {
  const canvas = useCanvasStore();
  const chooser = useCanvas((state) => state.chooser);
  const viewport = useCanvas((state) => state.viewport);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('button')?.focus();
  }, [chooser]);
  if (chooser === undefined) return null;
  const { x, y } = toScreen({ viewport }, chooser.at);
  const close = () => {
    canvas.setState({ chooser: undefined });
    list.current?.closest<HTMLElement>('[role=application]')?.focus();
  };
  return (
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label={chooser.title}
      style={{ '--x': `${x}px`, '--y': `${y}px` } as CSSProperties}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') close();
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
        const here = buttons.findIndex((button) => button === window.document.activeElement);
        buttons.at((here + step) % buttons.length)?.focus();
      }}
      className="absolute top-(--y) left-(--x) min-w-36 rounded-control border border-border bg-raised p-1 shadow-floating"
    >
      <p className="px-2 py-1 text-11 text-text-3">{chooser.title}</p>
      {chooser.options.map(({ label, type }, index) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          onClick={() => {
            close();
            chooser.choose(index);
          }}
          className="flex h-7 w-full items-center gap-2 rounded-chip px-2 text-12 hover:bg-hover focus-visible:bg-hover"
        >
          <ArtifactMark type={type} />
          {label}
        </button>
      ))}
    </div>
  );
}

type PortName = { readonly side: 'input' | 'output'; readonly port: string };

function pointOf(scene: Scene, id: string, { side, port: name }: PortName) {
  const node = scene.nodes.get(id);
  const port = node === undefined ? undefined : findPort(node, side, name);
  return node === undefined || port === undefined ? undefined : portPoint(node, port);
}

function typeAt(scene: Scene, { from }: Wiring): string | undefined {
  const node = scene.nodes.get(from.node);
  return node === undefined ? undefined : findPort(node, from.side, from.port)?.type;
}
