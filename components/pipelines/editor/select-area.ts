/** A lasso: all cards that it touches are selected, beside those that were. */

import { touches, type Box } from '../../../lib/pipeline/box-index';
import type { CanvasPoint } from '../../../lib/pipeline/commands';
import { formatQuantity } from '../../../lib/format/number';
import type { CanvasTools, Gesture } from './gesture';

/** Draws a lasso from `start`. */
export function selectArea({ canvas, editor }: CanvasTools, start: CanvasPoint): Gesture {
  const before = editor.getState().selectedNodes;
  return {
    move: ({ x, y }) => {
      const lasso = boxBetween(start, { x, y });
      canvas.setState({ lasso });
      const inside = [...canvas.getState().scene.nodes.values()].filter((card) => touches(card, lasso));
      editor.getState().select([...before, ...inside.map(({ id }) => id)]);
    },
    end: () => {
      canvas.setState({ lasso: undefined });
      editor.getState().announce(`${formatQuantity(editor.getState().selectedNodes.size, 'node')} selected`);
    },
    cancel: () => {
      canvas.setState({ lasso: undefined });
      editor.getState().select(before);
    },
  };
}

function boxBetween(a: CanvasPoint, b: CanvasPoint): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}
