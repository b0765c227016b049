/** What the worker decides by itself of nodes whose turn has come: reused, let through, or skipped. No process is needed. */

import { admitReadyNodes, type AdmitContext } from './admit-ready-nodes';
import { reuseReadyNodes, type ReuseContext } from './reuse-ready-nodes';

/** Settles until nothing more follows; true when there was anything. */
export async function settleReadyNodes(context: AdmitContext & ReuseContext): Promise<boolean> {
  let any = false;
  for (;;) {
    const reused = await reuseReadyNodes(context);
    const admitted = await admitReadyNodes(context);
    any ||= reused || admitted;
    // What was skipped or let through may be what something that is reused waits for.
    if (!admitted) return any;
  }
}
