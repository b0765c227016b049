'use client';

/** Leads from a problem to its field: the inspector opens the right tab, then the field takes the focus. */

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

import { formatJsonPath, type JsonPath } from '../../../lib/json/json-path';

/** Where to go: a path in the document, as problems name it. Every request is an object of its own. */
export type FocusRequest = { readonly path: JsonPath };

const requests = createStore<{ readonly request: FocusRequest | undefined }>()(() => ({ request: undefined }));

/** The request that nobody has carried out yet. */
export function useFocusRequest(): FocusRequest | undefined {
  return useStore(requests, ({ request }) => request);
}

/** Asks for the field at a place of the document; the node must be selected by whoever asks. */
export function requestFieldFocus(path: JsonPath): void {
  requests.setState({ request: { path } });
}

/** Gives a request up. */
export function endFocusRequest(): void {
  requests.setState({ request: undefined });
}

/** Id of the control at a place of the document: `nodes.trainer.params.topK`. */
export function fieldId(path: JsonPath): string {
  // A space would end the id in `aria-describedby`.
  return `field-${encodeURIComponent(formatJsonPath(path))}`;
}

/** Gives the focus to the control at a place, or to the nearest one around it that is drawn. False where there is none. */
export function focusField(path: JsonPath): boolean {
  for (let length = path.length; length > 1; length--) {
    const element = document.getElementById(fieldId(path.slice(0, length)));
    if (element === null) continue;
    element.scrollIntoView({ block: 'center' });
    element.focus();
    return true;
  }
  return false;
}
