/** Takes components that are dragged from the palette: on empty ground they are added, on a wire they go into it. */

import { COMPONENTS } from '../../../lib/catalog/index';
import { addNodes, freshNodeId } from '../../../lib/pipeline/commands';
import { CARD_WIDTH } from '../../../lib/pipeline/card-geometry';
import { makeRoom } from '../../../lib/pipeline/make-room';
import { spliceNode } from '../../../lib/pipeline/mend-wires';
import { snapToGrid } from '../../../lib/pipeline/place-nodes';
import { toCanvas, type SpliceOffer } from './canvas-store';
import { offerSplice } from './drag-cards';
import type { CanvasTools } from './gesture';
import { heldComponent } from './palette-drag';

/** What the palette writes into a drag: the component's type. */
export const COMPONENT_MIME = 'application/x-sluice-component';

/** The pointer holds a card at its head. */
const GRIP_Y = 16;

/** Listens until the returned function is called. */
export function acceptPalette(host: CanvasTools & { readonly element: HTMLElement }): () => void {
  const { element, canvas, editor } = host;
  const pointOf = (event: DragEvent) => {
    const bounds = element.getBoundingClientRect();
    return toCanvas(canvas.getState(), { x: event.clientX - bounds.left, y: event.clientY - bounds.top });
  };
  const offer = (splice: SpliceOffer | undefined) => {
    if (canvas.getState().splice?.wire.key !== splice?.wire.key) canvas.setState({ splice });
  };
  const onOver = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes(COMPONENT_MIME) !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const component = heldComponent();
    offer(component === undefined || event.altKey ? undefined : offerSplice(host, component, pointOf(event)));
  };
  const onLeave = () => {
    offer(undefined);
  };
  const onDrop = (event: DragEvent) => {
    const component = event.dataTransfer?.getData(COMPONENT_MIME) ?? '';
    if (component === '') return;
    event.preventDefault();
    const point = pointOf(event);
    const taken = event.altKey ? undefined : offerSplice(host, component, point);
    offer(undefined);
    const id = freshNodeId(editor.getState().document, component);
    const at = { x: snapToGrid(point.x - CARD_WIDTH / 2), y: snapToGrid(point.y - GRIP_Y) };
    const label = `Add ${component}${taken === undefined ? '' : ' into a wire'}`;
    editor.getState().change({ label }, (document) => {
      const pipeline = addNodes(document, [{ id, node: { component }, at }]);
      if (taken === undefined) return pipeline;
      return makeRoom(spliceNode({ pipeline, catalog: COMPONENTS }, id, taken), COMPONENTS, id);
    });
    canvas.setState({ focused: id });
    editor.getState().select([id]);
    element.focus({ preventScroll: true });
  };
  element.addEventListener('dragover', onOver);
  element.addEventListener('dragleave', onLeave);
  element.addEventListener('drop', onDrop);
  return () => {
    element.removeEventListener('dragover', onOver);
    element.removeEventListener('dragleave', onLeave);
    element.removeEventListener('drop', onDrop);
  };
}
