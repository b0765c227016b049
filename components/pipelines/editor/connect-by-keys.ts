/** Wiring with the keyboard: first the port of the focused node, then the ports that may take the wire. */

import type { WireEnd } from '../../../lib/pipeline/accept-wire';
import type { CardPort } from '../../../lib/pipeline/card-geometry';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import { portPoint } from '../../../lib/pipeline/scene';
import { readingOrder } from '../../../lib/pipeline/walk-graph';
import type { KeyWire, Wiring } from './canvas-store';
import { beginWire, wireUp } from './draw-wire';
import type { CanvasTools } from './gesture';

/** Between two cards that are put beside each other. */
export const CARD_GAP = 58;

/** Begins at a node: asks for the port, or takes the only one. */
export function beginKeyWire(tools: CanvasTools, node: NodeId): void {
  const card = tools.canvas.getState().scene.nodes.get(node)?.card;
  if (card === undefined) return;
  // Outputs come first: that is where wires mostly begin.
  const ports = [...card.outputs, ...card.inputs].filter(({ type }) => type !== undefined);
  const [only, ...more] = ports;
  if (only === undefined) {
    tools.editor.getState().announce(`${node} has no ports`);
    return;
  }
  if (more.length === 0) {
    chooseTarget(tools, { node, port: only.name, side: only.side });
    return;
  }
  showPort(tools, { phase: 'port', node, ports, index: 0 });
}

/** Handles a key while a wire is drawn; true where it meant something. */
export function pressKeyWire(tools: CanvasTools, keyWire: KeyWire, key: string): boolean {
  const { canvas, editor } = tools;
  const step = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 0;
  const count = keyWire.phase === 'port' ? keyWire.ports.length : keyWire.targets.length;
  const index = count === 0 ? 0 : (keyWire.index + step + count) % count;
  if (key === 'Escape') {
    canvas.setState({ keyWire: undefined, wiring: undefined });
    editor.getState().announce('Wiring ended');
    return true;
  }
  if (keyWire.phase === 'port') {
    if (step !== 0) showPort(tools, { ...keyWire, index });
    const port = keyWire.ports[keyWire.index];
    if (key === 'Enter' && port !== undefined)
      chooseTarget(tools, { node: keyWire.node, port: port.name, side: port.side });
    return step !== 0 || key === 'Enter';
  }
  if (step !== 0) showTarget(tools, { ...keyWire, index });
  if (key === 'Enter') {
    const target = keyWire.targets[keyWire.index];
    canvas.setState({ keyWire: undefined, wiring: undefined });
    if (target !== undefined) wireUp(tools, keyWire.wiring, target);
    return true;
  }
  if (key === '/' || key === ' ') {
    openFor(tools, keyWire.wiring);
    return true;
  }
  return step !== 0;
}

/** A new component for the wire, beside the node that it begins in. */
function openFor({ canvas, editor }: CanvasTools, { from }: Wiring): void {
  const card = canvas.getState().scene.nodes.get(from.node);
  canvas.setState({ keyWire: undefined, wiring: undefined });
  if (card === undefined) return;
  const by = card.width + CARD_GAP;
  editor.getState().openQuickAdd({ at: { x: card.x + (from.side === 'output' ? by : -by), y: card.y }, from });
}

function showPort({ canvas, editor }: CanvasTools, keyWire: Extract<KeyWire, { phase: 'port' }>): void {
  canvas.setState({ keyWire });
  const port = keyWire.ports[keyWire.index];
  if (port === undefined) return;
  const words = `${port.side} ${port.name}, ${port.type ?? ''}, ${keyWire.index + 1} of ${keyWire.ports.length}`;
  editor.getState().announce(`Wire from ${keyWire.node}: ${words}. Enter takes it.`);
}

function chooseTarget(tools: CanvasTools, from: WireEnd): void {
  const { canvas, editor } = tools;
  const wiring = beginWire(tools, from, undefined);
  const { scene } = canvas.getState();
  const targets = readingOrder(scene).flatMap((node) =>
    wiring.judge.choose(node).map((port: CardPort) => ({ node, port })),
  );
  if (targets.length === 0) {
    canvas.setState({ keyWire: undefined, wiring: undefined });
    editor.getState().announce(`Nothing here can take ${from.node}.${from.port}`);
    return;
  }
  const start = scene.nodes.get(from.node)?.x ?? 0;
  const ahead = targets.findIndex(({ node }) => (scene.nodes.get(node)?.x ?? 0) > start);
  showTarget(tools, { phase: 'target', wiring, targets, index: Math.max(0, ahead) });
}

function showTarget({ canvas, editor }: CanvasTools, keyWire: Extract<KeyWire, { phase: 'target' }>): void {
  const { targets, index } = keyWire;
  const target = targets[index];
  const card = target === undefined ? undefined : canvas.getState().scene.nodes.get(target.node);
  if (target === undefined || card === undefined) return;
  const [x, y] = portPoint(card, target.port);
  const wiring = { ...keyWire.wiring, at: { x, y }, over: { node: target.node, port: target.port } };
  canvas.setState({ keyWire: { ...keyWire, wiring }, wiring });
  const { canvasView, announce } = editor.getState();
  canvasView?.reveal(target.node);
  announce(
    `To ${target.node}, ${target.port.side} ${target.port.name}, ${index + 1} of ${targets.length}. Enter wires.`,
  );
}
