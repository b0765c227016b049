/** Lays nodes out without stopping anything else: the kernel works in a worker, the cards glide to their places. */

import type { ELK } from 'elkjs/lib/elk-api';

import { COMPONENTS } from '../../../lib/catalog/index';
import { boxesOf, type Places } from '../../../lib/pipeline/arrange-nodes';
import { moveNodes } from '../../../lib/pipeline/commands';
import { placesFromElk, toElkGraph } from '../../../lib/pipeline/elk-graph';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import type { EditorStore } from './editor-store';

const GLIDE_MS = 240;
/** More cards than this jump: each step of a glide routes every wire anew. */
const MOST_GLIDING = 150;

let kernel: Promise<ELK> | undefined;
let bursts = 0;

/** Lays out these nodes, or all when fewer than two are given. One entry of the history. Rejects when the kernel fails. */
export async function tidyNodes(store: EditorStore, chosen: readonly NodeId[]): Promise<void> {
  const { document } = store.getState();
  const ids = chosen.length > 1 ? chosen : Object.keys(document.nodes);
  const elk = await (kernel ??= loadKernel());
  const graph = toElkGraph(document, COMPONENTS, ids);
  const answer = await elk.layout({ ...graph });
  const places = placesFromElk(answer.children ?? [], boxesOf(document, COMPONENTS, ids));
  const label = chosen.length > 1 ? `Tidy ${ids.length} nodes` : 'Tidy';
  bursts++;
  const burst = `tidy-${bursts}`;
  if (!isStill() && ids.length <= MOST_GLIDING) await glide(store, places, { label, burst });
  // What was removed meanwhile is passed over; what was added stays where it is.
  store.getState().change({ label, burst }, (before) => moveNodes(before, places));
  store.getState().endBurst();
  store.getState().canvasView?.fit(chosen.length > 1 ? ids : undefined);
}

async function loadKernel(): Promise<ELK> {
  const { default: Kernel } = await import('elkjs/lib/elk-api');
  return new Kernel({ workerFactory: () => new Worker(new URL('./tidy.worker.ts', import.meta.url)) });
}

function isStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

type Change = { readonly label: string; readonly burst: string };

/** Ends early when somebody changes something else meanwhile. */
async function glide(store: EditorStore, places: Places, { label, burst }: Change): Promise<void> {
  const starts = new Map(boxesOf(store.getState().document, COMPONENTS, places.keys()).map((box) => [box.id, box]));
  const begin = performance.now();
  let shown = store.getState().document;
  for (;;) {
    const time = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const share = Math.min(1, (time - begin) / GLIDE_MS);
    if (share >= 1 || store.getState().document !== shown) return;
    const eased = 1 - (1 - share) ** 3;
    const step = new Map(
      [...places].map(([id, { x, y }]) => {
        const from = starts.get(id) ?? { x, y };
        return [id, { x: from.x + (x - from.x) * eased, y: from.y + (y - from.y) * eased }];
      }),
    );
    store.getState().change({ label, burst }, (before) => moveNodes(before, step));
    shown = store.getState().document;
  }
}
