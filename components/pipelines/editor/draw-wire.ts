/**
 * Drawing a wire from a port: what cannot take it is dimmed by `wiring.judge`, where it is let go decides. On a port or a
 * card it is wired, or refused with the reason; on empty ground a component is looked for; one that was taken off goes.
 */

import { COMPONENTS } from '../../../lib/catalog/index';
import { judgeWire, wireBetween, type WireEnd } from '../../../lib/pipeline/accept-wire';
import { CARD_WIDTH, type CardPort } from '../../../lib/pipeline/card-geometry';
import { connect, disconnect, type CanvasPoint } from '../../../lib/pipeline/commands';
import { wireKey, type Wire } from '../../../lib/pipeline/connect';
import { hitTest } from '../../../lib/pipeline/hit-test';
import { snapToGrid } from '../../../lib/pipeline/place-nodes';
import { findPort, portPoint } from '../../../lib/pipeline/scene';
import { specOf } from '../../../lib/pipeline/spec-of';
import type { Over, Wiring } from './canvas-store';
import type { CanvasTools, Gesture } from './gesture';

/** Where the first port of a new card lies below its top. */
const FIRST_PORT = 64;

/** Begins a wire at a port. `detached` is the wire whose other end was taken off its port. */
export function beginWire({ canvas, editor }: CanvasTools, from: WireEnd, detached: Wire | undefined): Wiring {
  const context = { pipeline: editor.getState().document, catalog: COMPONENTS };
  const judge = judgeWire(context, from, { without: detached });
  const { scene } = canvas.getState();
  const node = scene.nodes.get(from.node);
  const port = node === undefined ? undefined : findPort(node, from.side, from.port);
  const [x, y] = node === undefined || port === undefined ? [0, 0] : portPoint(node, port);
  return { from, judge, detached, at: { x, y }, over: undefined };
}

/** Draws a wire with the pointer. */
export function drawWire(tools: CanvasTools, wiring: Wiring): Gesture {
  const { canvas } = tools;
  canvas.setState({ wiring });
  return {
    move: ({ x, y }) => {
      canvas.setState({ wiring: { ...wiring, at: { x, y }, over: overAt(tools, wiring, { x, y }) } });
    },
    end: ({ x, y }) => {
      const over = overAt(tools, wiring, { x, y });
      canvas.setState({ wiring: undefined });
      letGo(tools, { ...wiring, at: { x, y }, over });
    },
    cancel: () => {
      canvas.setState({ wiring: undefined });
    },
  };
}

/** What a loose end at a point is over, and whether it may go there. */
function overAt({ canvas }: CanvasTools, { from, judge }: Wiring, at: CanvasPoint): Over | undefined {
  const { scene, routing, viewport } = canvas.getState();
  const hit = hitTest({ scene, routes: routing.routes, zoom: viewport.zoom, hasPorts: true }, at);
  if (hit === undefined || hit.type === 'wire') return undefined;
  if (hit.type === 'port') {
    const isStart = hit.node === from.node && hit.port.name === from.port && hit.port.side === from.side;
    if (isStart) return undefined;
    const reason = judge.refuse({ node: hit.node, port: hit.port.name, side: hit.port.side });
    // A card is a larger target than its port: the wrong port of the right card is forgiven where another one is plain.
    const [only, ...more] = reason === undefined || hit.port.side === from.side ? [] : judge.choose(hit.node);
    const isForgiven = only !== undefined && more.length === 0 && hit.port.type === only.type;
    return { node: hit.node, port: isForgiven ? only : hit.port, reason: isForgiven ? undefined : reason };
  }
  if (hit.node === from.node) return undefined;
  const [port, ...others] = judge.choose(hit.node);
  return { node: hit.node, port: others.length === 0 ? port : undefined, reason: judge.refuseNode(hit.node) };
}

/** Ends a wire where it was let go. */
export function letGo(tools: CanvasTools, wiring: Wiring): void {
  const { canvas, editor } = tools;
  const { over, at, from, detached } = wiring;
  if (over === undefined) {
    if (detached !== undefined) {
      editor
        .getState()
        .change({ label: `Remove the wire into ${detached.to.node}` }, (document) => disconnect(document, [detached]));
    } else if (!isBackHome(tools, wiring)) {
      editor.getState().openQuickAdd({ at: placeOfNew(wiring), from });
    }
    return;
  }
  if (over.reason !== undefined) {
    canvas.setState({ refusal: { at, reason: `${over.node} ${over.reason}` } });
    editor.getState().announce(`Not wired: ${over.node} ${over.reason}`);
    return;
  }
  if (over.port !== undefined) {
    wireUp(tools, wiring, { node: over.node, port: over.port });
    return;
  }
  const { node } = over;
  const options = wiring.judge.choose(node);
  canvas.setState({
    chooser: {
      title: `Which ${from.side === 'output' ? 'input' : 'output'} of ${node}?`,
      at,
      options: options.map(({ name, type }) => ({ label: name, type })),
      choose: (index) => {
        const port = options[index];
        if (port !== undefined) wireUp(tools, wiring, { node, port });
      },
    },
  });
}

/** Makes the wire; the one that it takes the place of goes in the same step. */
export function wireUp(
  { editor }: CanvasTools,
  { from, detached }: Wiring,
  { node, port }: { readonly node: string; readonly port: CardPort },
): void {
  const wire = wireBetween(from, { node, port: port.name, side: port.side });
  if (wire === undefined || (detached !== undefined && wireKey(wire) === wireKey(detached))) return;
  const label = `${detached === undefined ? 'Wire' : 'Move the wire of'} ${wire.from.node} to ${wire.to.node}`;
  const keepOthers = takesMany(editor.getState().document.nodes[wire.to.node]?.component ?? '', wire.to.port);
  editor.getState().change({ label }, (document) => {
    const before = detached === undefined ? document : disconnect(document, [detached]);
    return connect(before, wire, { keepOthers });
  });
}

function takesMany(component: string, input: string): boolean {
  const inputs = specOf(COMPONENTS, component)?.inputs ?? {};
  return Object.hasOwn(inputs, input) && inputs[input]?.multiple === true;
}

function placeOfNew({ from, at }: Wiring): CanvasPoint {
  const x = from.side === 'output' ? at.x : at.x - CARD_WIDTH;
  return { x: snapToGrid(x), y: snapToGrid(at.y - FIRST_PORT) };
}

/** Let go where it began: a click on a port, not a wire. */
function isBackHome({ canvas }: CanvasTools, { from, at }: Wiring): boolean {
  const node = canvas.getState().scene.nodes.get(from.node);
  const port = node === undefined ? undefined : findPort(node, from.side, from.port);
  if (node === undefined || port === undefined) return true;
  const [x, y] = portPoint(node, port);
  const isOnCard = at.x >= node.x && at.x <= node.x + node.width && at.y >= node.y && at.y <= node.y + node.height;
  return isOnCard || Math.hypot(at.x - x, at.y - y) <= 24;
}
