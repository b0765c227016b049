/** That StatisticsGen needs no more memory for 30 M rows than for 1.5 M. */

import { link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { splitFolder } from '../../../lib/artifact/artifact';
import type { BenchRow } from './bench-row';
import { processPeakMb } from './process-peak';
import { taxiExamples, WHOLE_SPLIT } from './taxi-examples';

const TIMES = 20;
/** What counts as flat: a fifth more, for the allocator's sake. */
const FLAT = 1.2;

/** Peak memory in MB of a process that describes 1.5 M and 30 M rows. */
export async function run(): Promise<readonly BenchRow[]> {
  const examples = await taxiExamples();
  // On the same disk as the Examples: the rows of 20 × are links, not copies.
  const root = await mkdtemp(path.join(path.dirname(examples.folder), 'memory-'));
  try {
    const small = await processPeakMb(await examplesTimes(1, root, examples.folder));
    const large = await processPeakMb(await examplesTimes(TIMES, root, examples.folder));
    return [
      {
        claim: 'StatisticsGen of 30 M rows, peak memory',
        measured: large,
        unit: 'MB',
        bar: 'flat: ≤ 1.2 × that of 1.5 M rows',
        peer: { name: '1.5 M rows', value: small, unit: 'MB' },
        ok: large <= FLAT * small,
      },
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function examplesTimes(times: number, root: string, source: string): Promise<string> {
  const folder = path.join(root, `times-${times}`, splitFolder(WHOLE_SPLIT));
  await mkdir(folder, { recursive: true });
  const files = (await readdir(path.join(source, splitFolder(WHOLE_SPLIT)))).filter((name) =>
    name.endsWith('.parquet'),
  );
  const total = times * files.length;
  for (let i = 0; i < total; i++) {
    const name = `data-${String(i).padStart(5, '0')}-of-${String(total).padStart(5, '0')}.parquet`;
    await link(path.join(source, splitFolder(WHOLE_SPLIT), files[i % files.length] ?? ''), path.join(folder, name));
  }
  return path.dirname(folder);
}
