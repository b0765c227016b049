import type { NodeId } from '../../../lib/pipeline/pipeline';
import { requestFieldFocus } from './field-focus';
import { paneStore, togglePane } from './pane-store';

const FIELDS = ':is(input, select, textarea, button):not([disabled])';

/** Opens the inspector on a node, which must be selected, and gives its first field the focus. */
export function openFields(node: NodeId): void {
  if (paneStore.getState().hidden.inspector) togglePane('inspector');
  requestFieldFocus(['nodes', node, 'params']);
  // The request opens the tab; its fields are drawn in the frame after it.
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      const tab = document.querySelector('section[aria-label="Inspector"] [role="tabpanel"]');
      const field = tab?.querySelector(FIELDS);
      if (field instanceof HTMLElement) field.focus();
    });
  });
}
