/** What the page's main thread spends, in its own processor time: others that use the machine do not count. */

import type { CDPSession } from '@playwright/test';

/** An expression for the page: the second frame comes when the first one has been drawn. */
export const FRAME = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Begins to count. */
export async function enableCosts(session: CDPSession): Promise<void> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
}

/** Seconds of script until now. */
export function scriptSeconds(session: CDPSession): Promise<number> {
  return sumOf(session, ['ScriptDuration']);
}

/** Seconds of script, style and layout until now. */
export function workSeconds(session: CDPSession): Promise<number> {
  return sumOf(session, ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']);
}

async function sumOf(session: CDPSession, names: readonly string[]): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.filter(({ name }) => names.includes(name)).reduce((sum, { value }) => sum + value, 0);
}
