/** Trainer on the taxi model of BASELINES §3 beside Keras: examples a second in its steady state, at two batch sizes. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { EXECUTORS } from '../../engine/executors';
import { runExecutor } from '../../testing/run-executor';
import { sharedPath } from '../../testing/shared-data';
import { TAXI, transformTable } from '../../testing/train-rows';
import type { BenchRow } from './bench-row';
import { ruler } from './ruler';
import { BENCH_LIMITS } from './taxi-examples';

/** Rows of the train split. */
const ROWS = 12_001;
/** `fit` of Keras, examples a second. */
const KERAS = [
  { batchSize: 40, perSecond: 24_700 },
  { batchSize: 256, perSecond: 95_000 },
] as const;
const FEW_EPOCHS = 4;
const MANY_EPOCHS = 44;

/** The time of many epochs less that of a few: what reading and writing take is in both. */
export async function run(): Promise<readonly BenchRow[]> {
  const { scale } = await ruler();
  const home = await mkdtemp(path.join(tmpdir(), 'sluice-bench-'));
  try {
    await using table = await transformTable(sharedPath('data', 'taxi', 'taxi-big-tipper.csv'), {
      home,
      features: TAXI.features,
    });
    const trainer = await EXECUTORS.Trainer();
    const seconds = async (batchSize: number, epochs: number): Promise<number> => {
      const before = performance.now();
      const params = { ...TAXI.params, batchSize, epochs };
      await using _run = await runExecutor(trainer, { params, inputs: table.inputs, limits: BENCH_LIMITS });
      return (performance.now() - before) / 1_000;
    };
    const rows: BenchRow[] = [];
    for (const { batchSize, perSecond } of KERAS) {
      const few = await seconds(batchSize, FEW_EPOCHS);
      const many = await seconds(batchSize, MANY_EPOCHS);
      const measured = (ROWS * (MANY_EPOCHS - FEW_EPOCHS)) / (many - few);
      const peer = perSecond / scale;
      rows.push({
        claim: `Training of the taxi model, batch ${batchSize}`,
        measured,
        unit: 'examples/s',
        bar: "≥ Keras' fit",
        peer: { name: 'Keras fit, scaled', value: peer, unit: 'examples/s' },
        ok: measured >= peer,
      });
    }
    return rows;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
