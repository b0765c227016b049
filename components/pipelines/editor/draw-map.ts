/**
 * The whole pipeline on one surface, for when its cards are too many or too small to be elements: name and badge at 11 px
 * of the screen, or blocks in the colour of their state. Only what is in view is drawn, in few strokes.
 */

import { touches } from '../../../lib/pipeline/box-index';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import { boxOfRoute } from '../../../lib/pipeline/route-wires';
import type { SceneNode } from '../../../lib/pipeline/scene';
import type { NodeStatus, StatusMark } from '../../../lib/run/derive-statuses';
import { artifactToken } from '../../ui/artifact-mark';
import { shownRoute, viewBox, type CanvasState } from './canvas-store';
import { flowOf, wireWidth } from './pipeline-edge';
import { MARK_TOKENS, type SurfaceColours } from './surface-colours';

/** What is drawn. */
export type MapPicture = {
  readonly state: CanvasState;
  readonly selectedNodes: ReadonlySet<NodeId>;
  readonly selectedWires: ReadonlySet<string>;
  readonly statuses: ReadonlyMap<NodeId, NodeStatus>;
  readonly colours: SurfaceColours;
  /** Pixels of the surface for one of the page. */
  readonly density: number;
  readonly font: string;
};

/** Below this zoom a card is a block in the colour of its state. */
const BLOCK_ZOOM = 0.25;
const NAME_PX = 11;
const RADIUS = 8;
const STILL = 0.62;
const DRY = 0.34;

/** Draws everything in view. */
export function drawMap(pen: CanvasRenderingContext2D, picture: MapPicture): void {
  const { state, density } = picture;
  const { viewport, size } = state;
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, size.width, size.height);
  pen.setTransform(viewport.zoom * density, 0, 0, viewport.zoom * density, viewport.x * density, viewport.y * density);
  drawWires(pen, picture);
  const cards = cardsInView(state);
  if (viewport.zoom < BLOCK_ZOOM) drawBlocks(pen, picture, cards);
  else drawCards(pen, picture, cards);
  drawRings(pen, picture, cards);
}

function cardsInView(state: CanvasState): readonly SceneNode[] {
  const view = viewBox(state);
  const { drag, scene } = state;
  const cards: SceneNode[] = [];
  for (const node of scene.nodes.values()) {
    const card = drag?.ids.has(node.id) === true ? { ...node, x: node.x + drag.dx, y: node.y + drag.dy } : node;
    if (touches(card, view)) cards.push(card);
  }
  return cards;
}

/** Wires of one look are one stroke. */
function drawWires(pen: CanvasRenderingContext2D, { state, selectedWires, statuses, colours }: MapPicture): void {
  const view = viewBox(state);
  const strokes = new Map<string, { readonly path: Path2D; readonly colour: string; readonly width: number }>();
  for (const wire of state.scene.wires.values()) {
    const route = shownRoute(state, wire);
    if (!touches(boxOfRoute(route), view)) continue;
    const token = artifactToken(wire.type).slice(2);
    const flow = flowOf(statuses.get(wire.from.node)?.mark, statuses.get(wire.to.node)?.mark);
    const isSelected = selectedWires.has(wire.key) || state.splice?.wire.key === wire.key;
    const look = `${token} ${isSelected ? 'selected' : flow}`;
    let stroke = strokes.get(look);
    if (stroke === undefined) {
      const share = isSelected || flow === 'running' ? 1 : flow === 'still' ? STILL : DRY;
      const width = wireWidth(wire.type) + (isSelected ? 1 : 0);
      stroke = { path: new Path2D(), colour: colours.mixed(token, share), width };
      strokes.set(look, stroke);
    }
    for (const [at, [x, y]] of route.entries()) {
      if (at === 0) stroke.path.moveTo(x, y);
      else stroke.path.lineTo(x, y);
    }
  }
  for (const { path, colour, width } of strokes.values()) {
    pen.strokeStyle = colour;
    // Never thinner than a hair on the screen.
    pen.lineWidth = Math.max(width, 0.75 / state.viewport.zoom);
    pen.stroke(path);
  }
}

function markOf(statuses: ReadonlyMap<NodeId, NodeStatus>, id: NodeId): StatusMark {
  return statuses.get(id)?.mark ?? 'draft';
}

function drawBlocks(
  pen: CanvasRenderingContext2D,
  { statuses, colours }: MapPicture,
  cards: readonly SceneNode[],
): void {
  const paths = new Map<StatusMark, Path2D>();
  for (const { id, x, y, width, height } of cards) {
    const mark = markOf(statuses, id);
    let path = paths.get(mark);
    if (path === undefined) {
      path = new Path2D();
      paths.set(mark, path);
    }
    path.rect(x, y, width, height);
  }
  for (const [mark, path] of paths) {
    pen.fillStyle = blockColour(colours, mark);
    pen.fill(path);
  }
}

/** Quiet when well: what needs somebody is solid, the rest is mixed with the ground. */
export function blockColour(colours: SurfaceColours, mark: StatusMark): string {
  const isLoud = mark === 'failed' || mark === 'invalid' || mark === 'warning' || mark === 'running';
  return isLoud ? colours.token(MARK_TOKENS[mark]) : colours.mixed(MARK_TOKENS[mark], 0.5);
}

function drawCards(pen: CanvasRenderingContext2D, picture: MapPicture, cards: readonly SceneNode[]): void {
  const { state, statuses, colours, font } = picture;
  const { zoom } = state.viewport;
  const plain = new Path2D();
  const edges = new Map<StatusMark, Path2D>();
  for (const { id, x, y, width, height } of cards) {
    plain.roundRect(x, y, width, height, RADIUS);
    const mark = markOf(statuses, id);
    let edge = edges.get(mark);
    if (edge === undefined) {
      edge = new Path2D();
      edges.set(mark, edge);
    }
    edge.roundRect(x, y, width, height, RADIUS);
  }
  pen.fillStyle = colours.token('surface');
  pen.fill(plain);
  pen.lineWidth = Math.max(1, 1 / zoom);
  for (const [mark, path] of edges) {
    const isLoud = mark === 'failed' || mark === 'warning' || mark === 'running';
    pen.strokeStyle = colours.token(isLoud ? MARK_TOKENS[mark] : 'border');
    pen.stroke(path);
  }
  const size = NAME_PX / zoom;
  pen.font = `600 ${size}px ${font}`;
  pen.textBaseline = 'middle';
  pen.fillStyle = colours.token('text');
  const inset = 6 / zoom;
  const badge = size * 0.8;
  for (const { id, x, y, width, height } of cards) {
    const room = (width - 3 * inset - badge) * zoom;
    pen.fillText(shorten(pen, { text: id, room, zoom }), x + inset, y + height / 2);
  }
  for (const { id, x, y, width, height } of cards) {
    const mark = markOf(statuses, id);
    pen.fillStyle = colours.token(MARK_TOKENS[mark]);
    pen.fill(badgePath(mark, { x: x + width - inset - badge, y: y + (height - badge) / 2, size: badge }));
  }
}

type Badge = { readonly x: number; readonly y: number; readonly size: number };

/** The silhouette of a state: its shape tells it, colour confirms. */
function badgePath(mark: StatusMark, { x, y, size }: Badge): Path2D {
  const path = new Path2D();
  const half = size / 2;
  switch (mark) {
    case 'warning':
    case 'stale':
      path.moveTo(x + half, y);
      path.lineTo(x + size, y + size);
      path.lineTo(x, y + size);
      path.closePath();
      return path;
    case 'failed':
    case 'invalid':
      for (let corner = 0; corner < 8; corner++) {
        const angle = (Math.PI / 4) * (corner + 0.5);
        path.lineTo(x + half + Math.cos(angle) * half, y + half + Math.sin(angle) * half);
      }
      path.closePath();
      return path;
    case 'skipped':
      path.rect(x, y + size * 0.4, size, size * 0.2);
      return path;
    case 'complete':
      path.rect(x, y, size, size);
      return path;
    case 'cached':
      path.rect(x, y, size, size);
      path.rect(x + size * 0.75, y + size * 0.25, -size * 0.5, size * 0.5);
      return path;
    case 'running':
      path.moveTo(x + half, y + half);
      path.arc(x + half, y + half, half, -Math.PI / 2, Math.PI);
      path.closePath();
      return path;
    case 'queued':
    case 'canceled':
    case 'draft':
      path.arc(x + half, y + half, half, 0, 2 * Math.PI);
      path.arc(x + half, y + half, half * 0.6, 0, 2 * Math.PI, true);
      return path;
  }
}

const widths = new Map<string, number>();

type Shortening = { readonly text: string; readonly room: number; readonly zoom: number };

/** Cut to the room there is, in pixels of the screen, by the mean width of its letters. */
function shorten(pen: CanvasRenderingContext2D, { text, room, zoom }: Shortening): string {
  let width = widths.get(text);
  if (width === undefined) {
    width = pen.measureText(text).width * zoom;
    widths.set(text, width);
  }
  if (width <= room) return text;
  const kept = Math.floor((text.length * room) / width) - 1;
  return kept < 1 ? '' : `${text.slice(0, kept)}…`;
}

function drawRings(
  pen: CanvasRenderingContext2D,
  { state, selectedNodes, colours }: MapPicture,
  cards: readonly SceneNode[],
): void {
  const { zoom } = state.viewport;
  const ring = new Path2D();
  const gap = 2 / zoom;
  for (const { id, x, y, width, height } of cards) {
    if (selectedNodes.has(id)) ring.roundRect(x - gap, y - gap, width + 2 * gap, height + 2 * gap, RADIUS);
  }
  pen.strokeStyle = colours.token('accent');
  pen.lineWidth = 2 / zoom;
  pen.stroke(ring);
  const focused = state.isKeyboard ? cards.find(({ id }) => id === state.focused) : undefined;
  if (focused === undefined) return;
  const { x, y, width, height } = focused;
  pen.setLineDash([4 / zoom, 3 / zoom]);
  pen.strokeRect(x - 3 * gap, y - 3 * gap, width + 6 * gap, height + 6 * gap);
  pen.setLineDash([]);
}
