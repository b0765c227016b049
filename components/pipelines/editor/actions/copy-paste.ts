import { ClipboardPaste, Copy, CopyPlus, Scissors } from 'lucide-react';

import { COMPONENTS } from '../../../../lib/catalog/index';
import { copyNodes, pasteNodes, readClipboard, type Clipboard } from '../../../../lib/pipeline/clipboard';
import { removeNodes, type CanvasPoint } from '../../../../lib/pipeline/commands';
import { snapToGrid } from '../../../../lib/pipeline/place-nodes';
import { showToast } from '../../../ui/toast';
import { defineAction, labelFor, needsNodes, selectedIds, type ActionContext } from './action';

/** The chosen nodes as text, or undefined when there are none. */
export function copiedText(context: ActionContext): string | undefined {
  const ids = selectedIds(context);
  if (ids.length === 0) return undefined;
  return copyNodes(context.store.getState().document, context.pipelineId, ids);
}

/** Pastes what a text holds, at the pointer where that is above the canvas. Says so when it holds nothing of ours. */
export function pasteText(context: ActionContext, text: string): void {
  const clipboard = readClipboard(text);
  if (clipboard === undefined) {
    showToast('There are no copied nodes and no pipeline in the clipboard.');
    return;
  }
  paste(context, clipboard, { verb: 'Paste', at: pasteTarget(context) });
}

type PasteOptions = { readonly verb: string; readonly at: CanvasPoint | undefined };

function paste({ store, pipelineId }: ActionContext, clipboard: Clipboard, { verb, at }: PasteOptions): void {
  const { document, change, select } = store.getState();
  const pasted = pasteNodes(document, clipboard, { pipelineId, at, catalog: COMPONENTS });
  change({ label: labelFor(verb, pasted.ids) }, () => pasted.document);
  select(pasted.ids);
}

/** Where a menu was opened comes before where the pointer is now, which may be on the menu. */
function pasteTarget({ store, surface }: ActionContext): CanvasPoint | undefined {
  const { canvasView } = store.getState();
  const at = surface.getState().pressedAt ?? canvasView?.pointer() ?? canvasView?.centre();
  return at === undefined ? undefined : { x: snapToGrid(at.x), y: snapToGrid(at.y) };
}

/** Puts the chosen nodes into the system's clipboard as text. */
export const copy = defineAction({
  id: 'copy',
  label: 'Copy',
  group: 'Edit',
  icon: Copy,
  shortcuts: ['Mod+C'],
  disabledReason: needsNodes(1),
  perform: (context) => {
    const text = copiedText(context);
    if (text !== undefined) write(text);
  },
});

/** Copies and removes. */
export const cut = defineAction({
  id: 'cut',
  label: 'Cut',
  group: 'Edit',
  icon: Scissors,
  shortcuts: ['Mod+X'],
  disabledReason: needsNodes(1),
  perform: (context) => {
    const text = copiedText(context);
    if (text === undefined) return;
    write(text);
    removeCut(context);
  },
});

/** The second half of a cut. */
export function removeCut(context: ActionContext): void {
  const ids = selectedIds(context);
  context.store.getState().change({ label: labelFor('Cut', ids) }, (before) => removeNodes(before, ids));
}

/** Pastes from the system's clipboard. */
export const pasteFromClipboard = defineAction({
  id: 'paste',
  label: 'Paste',
  group: 'Edit',
  icon: ClipboardPaste,
  shortcuts: ['Mod+V'],
  perform: (context) => {
    void navigator.clipboard.readText().then(
      (text) => {
        pasteText(context, text);
      },
      () => {
        showToast('The browser does not let this page read the clipboard. Press the keys for pasting instead.');
      },
    );
  },
});

/** Copies in place, without the clipboard. */
export const duplicate = defineAction({
  id: 'duplicate',
  label: 'Duplicate',
  group: 'Edit',
  icon: CopyPlus,
  shortcuts: ['Mod+D'],
  disabledReason: needsNodes(1),
  perform: (context) => {
    const text = copiedText(context);
    const clipboard = text === undefined ? undefined : readClipboard(text);
    if (clipboard !== undefined) paste(context, clipboard, { verb: 'Duplicate', at: undefined });
  },
});

function write(text: string): void {
  navigator.clipboard.writeText(text).catch(() => {
    showToast('The browser does not let this page write to the clipboard.', { tone: 'failed' });
  });
}
