/** Dragging cards: with snap and guides, into a wire where the types allow it, one entry of the history at the end. */

import { COMPONENTS } from '../../../lib/catalog/index';
import { touches } from '../../../lib/pipeline/box-index';
import { moveNodes, type CanvasPoint } from '../../../lib/pipeline/commands';
import { findWireAt } from '../../../lib/pipeline/hit-test';
import { makeRoom } from '../../../lib/pipeline/make-room';
import { findSplice, spliceNode } from '../../../lib/pipeline/mend-wires';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import { snapMove } from '../../../lib/pipeline/snap';
import { viewBox, type SpliceOffer } from './canvas-store';
import type { CanvasTools, Gesture } from './gesture';

/** How near a card must be to the line of another, in pixels of the screen. */
const SNAP_REACH = 6;
const MAX_NAMES = 3;

/** Drags the selected cards, of which one was pressed at `start`. */
export function dragCards(tools: CanvasTools, pressed: NodeId, start: CanvasPoint): Gesture {
  const { canvas, editor } = tools;
  const { scene } = canvas.getState();
  const ids = new Set([...editor.getState().selectedNodes].filter((id) => scene.nodes.has(id)));
  const moving = scene.nodes.get(pressed);
  const isLoose = ids.size === 1 && isUnwired(tools, pressed);
  return {
    move: ({ x, y, alt }) => {
      if (moving === undefined) return;
      const state = canvas.getState();
      const view = viewBox(state);
      const others = [...state.scene.nodes.values()].filter((card) => !ids.has(card.id) && touches(card, view));
      const reach = alt ? 0 : SNAP_REACH / state.viewport.zoom;
      const { dx, dy, guides } = snapMove({ moving, others, reach }, x - start.x, y - start.y);
      const splice = isLoose && !alt ? offerSplice(tools, componentOf(tools, pressed), { x, y }) : undefined;
      canvas.setState({ drag: { ids, dx, dy, guides: alt ? [] : guides }, splice });
    },
    end: () => {
      const { drag, splice } = canvas.getState();
      canvas.setState({ drag: undefined, splice: undefined });
      if (drag === undefined || (drag.dx === 0 && drag.dy === 0 && splice === undefined)) return;
      const places = placesAfter(tools, ids, { x: drag.dx, y: drag.dy });
      const name = namesOf(ids);
      if (splice === undefined) {
        editor.getState().change({ label: `Move ${name}` }, (document) => moveNodes(document, places));
        return;
      }
      editor.getState().change({ label: `Put ${name} into a wire` }, (document) => {
        const pipeline = moveNodes(document, places);
        return makeRoom(spliceNode({ pipeline, catalog: COMPONENTS }, pressed, splice), COMPONENTS, pressed);
      });
    },
    cancel: () => {
      canvas.setState({ drag: undefined, splice: undefined });
    },
  };
}

/** The wire under a point, if a component can go into it. */
export function offerSplice(
  { canvas, editor }: CanvasTools,
  component: string,
  at: CanvasPoint,
): SpliceOffer | undefined {
  const { scene, routing, viewport } = canvas.getState();
  const wire = findWireAt({ scene, routes: routing.routes, zoom: viewport.zoom }, at);
  if (wire === undefined) return undefined;
  const splice = findSplice({ pipeline: editor.getState().document, catalog: COMPONENTS }, component, wire);
  return splice === undefined ? undefined : { wire, splice };
}

/** Nodes in words, for labels of the history: `statistics`, `3 nodes`. */
export function namesOf(ids: ReadonlySet<NodeId>): string {
  return ids.size <= MAX_NAMES ? [...ids].join(', ') : `${ids.size} nodes`;
}

/** Where cards lie once they are moved by so much. */
export function placesAfter({ canvas }: CanvasTools, ids: Iterable<NodeId>, by: CanvasPoint): Map<NodeId, CanvasPoint> {
  const places = new Map<NodeId, CanvasPoint>();
  for (const id of ids) {
    const card = canvas.getState().scene.nodes.get(id);
    if (card !== undefined) places.set(id, { x: card.x + by.x, y: card.y + by.y });
  }
  return places;
}

function isUnwired({ canvas }: CanvasTools, id: NodeId): boolean {
  for (const { from, to } of canvas.getState().scene.wires.values())
    if (from.node === id || to.node === id) return false;
  return true;
}

function componentOf({ canvas }: CanvasTools, id: NodeId): string {
  return canvas.getState().scene.nodes.get(id)?.node.component ?? '';
}
