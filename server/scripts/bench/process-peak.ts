/** The memory of StatisticsGen in a process of its own, so that nothing of the benchmark's is counted. */

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MEASURE = fileURLToPath(new URL('measure-statistics.ts', import.meta.url));

/** Peak memory in MB of describing the Examples in a folder, with a node's limit of `memoryMb` where it is given. */
export async function processPeakMb(folder: string, memoryMb?: number): Promise<number> {
  const args = ['--import', 'tsx', MEASURE, folder, ...(memoryMb === undefined ? [] : [String(memoryMb)])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  const mb = Number(text.trim());
  if (!(mb > 0)) throw new Error(`The measuring process printed no figure: ${text}`);
  return mb;
}
