/** The keyboard on the canvas: walking, moving, wiring, adding, removing. Handlers say whether the key meant something. */

import { moveNodes } from '../../../lib/pipeline/commands';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import { GRID, snapToGrid } from '../../../lib/pipeline/place-nodes';
import { readingOrder, walkFrom, type Direction } from '../../../lib/pipeline/walk-graph';
import { beginKeyWire, CARD_GAP, pressKeyWire } from './connect-by-keys';
import { namesOf, placesAfter } from './drag-cards';
import type { CanvasTools } from './gesture';
import { openFields } from './open-fields';

/** A key as the canvas sees it. */
export type CanvasKey = {
  readonly key: string;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Control, or Command on a Mac. */
  readonly control: boolean;
};

const DIRECTIONS: { readonly [key: string]: Direction } = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const STEPS = { left: { x: -GRID, y: 0 }, right: { x: GRID, y: 0 }, up: { x: 0, y: -GRID }, down: { x: 0, y: GRID } };

/** Listens to the keyboard while the canvas itself has the focus, until the returned function is called. */
export function attachKeys({ element, canvas, editor }: CanvasTools & { readonly element: HTMLElement }): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== element || event.defaultPrevented) return;
    const { key, shiftKey: shift, altKey: alt } = event;
    const control = event.ctrlKey || event.metaKey;
    if (pressKey({ canvas, editor }, { key, shift, alt, control })) event.preventDefault();
  };
  const onFocus = (event: FocusEvent) => {
    if (event.target === element && element.matches(':focus-visible')) canvas.setState({ isKeyboard: true });
  };
  const onBlur = () => {
    // Leaving ends a move by keys, and not the glide of a tidying that runs meanwhile.
    editor.getState().endBurst('move ');
  };
  element.addEventListener('keydown', onKeyDown);
  element.addEventListener('focus', onFocus);
  element.addEventListener('blur', onBlur);
  return () => {
    element.removeEventListener('keydown', onKeyDown);
    element.removeEventListener('focus', onFocus);
    element.removeEventListener('blur', onBlur);
  };
}

/** What the canvas does with a key. True where it meant something. */
export function pressKey(tools: CanvasTools, pressed: CanvasKey): boolean {
  const { canvas, editor } = tools;
  const { keyWire, focused } = canvas.getState();
  if (keyWire !== undefined && pressKeyWire(tools, keyWire, pressed.key)) return true;
  const direction = DIRECTIONS[pressed.key];
  if (direction !== undefined) {
    if (pressed.control) return pressed.shift || pressed.alt ? false : walk(tools, direction, 'keep');
    if (pressed.shift || pressed.alt) return moveSelected(tools, direction);
    return walk(tools, direction, 'choose');
  }
  if (pressed.control || pressed.alt) return false;
  switch (pressed.key) {
    case 'Home':
      return focusNode(tools, readingOrder(canvas.getState().scene)[0]);
    case 'End':
      return focusNode(tools, readingOrder(canvas.getState().scene).at(-1));
    case 'c':
      if (focused !== undefined) beginKeyWire(tools, focused);
      return focused !== undefined;
    case 'x':
      return toggleChosen(tools);
    case '/':
    case ' ':
      return quickAdd(tools);
    case 'Enter':
      if (focused === undefined) return false;
      editor.getState().select([focused]);
      openFields(focused);
      return true;
    case 'Escape':
      canvas.setState({ refusal: undefined });
      editor.getState().select([]);
      return true;
    default:
      return false;
  }
}

/** Whether what has the focus is chosen too, or what was chosen stays so. */
type Choosing = 'choose' | 'keep';

/** Gives a node the focus, selects it unless told otherwise, and brings it into view. */
export function focusNode(
  { canvas, editor }: CanvasTools,
  id: NodeId | undefined,
  choosing: Choosing = 'choose',
): boolean {
  if (id === undefined || !canvas.getState().scene.nodes.has(id)) return false;
  canvas.setState({ focused: id, isKeyboard: true });
  if (choosing === 'choose') editor.getState().select([id]);
  editor.getState().canvasView?.reveal(id);
  return true;
}

/** Takes the focused node into what is chosen, or out of it. */
function toggleChosen({ canvas, editor }: CanvasTools): boolean {
  const { focused } = canvas.getState();
  if (focused === undefined) return false;
  const { selectedNodes, selectedWires, select, announce } = editor.getState();
  const chosen = new Set(selectedNodes);
  const isIn = chosen.delete(focused);
  if (!isIn) chosen.add(focused);
  canvas.setState({ isKeyboard: true });
  select(chosen, selectedWires);
  announce(`${focused} is ${isIn ? 'no longer chosen' : 'chosen'}, ${chosen.size} in all`);
  return true;
}

function walk(tools: CanvasTools, direction: Direction, choosing: Choosing): boolean {
  const { canvas, editor } = tools;
  const { focused, scene } = canvas.getState();
  if (focused === undefined) return focusNode(tools, readingOrder(scene)[0], choosing);
  const next = walkFrom({ document: editor.getState().document, scene }, focused, direction);
  if (next === undefined) {
    canvas.setState({ isKeyboard: true });
    editor.getState().announce(ENDS[direction]);
    return true;
  }
  return focusNode(tools, next, choosing);
}

const ENDS: Readonly<Record<Direction, string>> = {
  left: 'Nothing feeds this node',
  right: 'This node feeds nothing',
  up: 'Nothing above',
  down: 'Nothing below',
};

/** One press after another is one entry of the history; it ends when the key goes elsewhere. */
function moveSelected(tools: CanvasTools, direction: Direction): boolean {
  const { canvas, editor } = tools;
  const { focused } = canvas.getState();
  const { selectedNodes, change } = editor.getState();
  const ids = selectedNodes.size > 0 ? selectedNodes : new Set(focused === undefined ? [] : [focused]);
  if (ids.size === 0) return false;
  canvas.setState({ isKeyboard: true });
  const places = placesAfter(tools, ids, STEPS[direction]);
  const burst = `move ${[...ids].sort().join(' ')}`;
  change({ label: `Move ${namesOf(ids)}`, burst }, (document) => moveNodes(document, places));
  const [first] = places;
  if (first !== undefined) editor.getState().announce(`${namesOf(ids)} at ${first[1].x}, ${first[1].y}`);
  return true;
}

/** Beside the focused node; without one the editor's own shortcut finds a place. */
function quickAdd({ canvas, editor }: CanvasTools): boolean {
  const { focused, scene } = canvas.getState();
  const card = focused === undefined ? undefined : scene.nodes.get(focused);
  if (card === undefined) return false;
  editor.getState().openQuickAdd({ at: { x: snapToGrid(card.x + card.width + CARD_GAP), y: snapToGrid(card.y) } });
  return true;
}
