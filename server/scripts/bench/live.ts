/** How long what a node process says takes to reach a browser: process → worker → database → web process → event stream. */

import * as z from 'zod';

import type { BenchRow } from './bench-row';
import { openBenchScenario } from './bench-scenario';
import { ensurePage } from './page';
import { startWeb } from './start-web';

const LINES = 40;
const EVERY_MS = 60;
const BAR_MS = 100;
const BOOT_MS = 30_000;

const zLine = z.object({ json: z.object({ body: z.object({ type: z.string(), message: z.string().optional() }) }) });
const zData = z.union([zLine.shape.json, zLine.transform(({ json }) => json)]);

/** Median over forty lines of a log, each of which is the time at which it was said. */
export async function run(): Promise<readonly BenchRow[]> {
  await ensurePage();
  await using scenario = await openBenchScenario();
  await scenario.startWorker();
  using web = await startWeb(scenario.url, scenario.folder);
  const delays: number[] = [];
  const runId = await scenario.startRun({
    talker: { component: 'Talker', params: { lines: LINES, clockEveryMs: EVERY_MS } },
  });
  const input = encodeURIComponent(JSON.stringify({ runId, after: 0 }));
  const response = await fetch(`http://localhost:${web.port}/api/trpc/runs.onEvents?input=${input}`, {
    headers: { Accept: 'text/event-stream' },
    signal: AbortSignal.timeout(BOOT_MS),
  });
  for await (const { type, message } of bodiesOf(response)) {
    if (type === 'node.logged') delays.push(Date.now() - Number(message));
    if (type === 'run.finished') break;
  }
  if (delays.length !== LINES) throw new Error(`${delays.length} of ${LINES} lines arrived`);
  const measured = delays.toSorted((a, b) => a - b)[Math.floor(LINES / 2)] ?? Number.NaN;
  return [
    {
      claim: 'Line of a node process → event stream of a browser (median)',
      measured,
      unit: 'ms',
      bar: `≤ ${BAR_MS} ms`,
      ok: measured <= BAR_MS,
    },
  ];
}

/** Events of a tRPC subscription, as a browser's EventSource sees them. */
async function* bodiesOf(response: Response) {
  const decoder = new TextDecoder();
  let text = '';
  if (response.body === null) throw new Error(`no event stream: ${response.status}`);
  for await (const chunk of response.body) {
    text += decoder.decode(z.instanceof(Uint8Array).parse(chunk), { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      const parsed = zData.safeParse(data === undefined ? undefined : JSON.parse(data.slice('data: '.length)));
      if (parsed.success) yield parsed.data.body;
    }
  }
}
