/** The taxi pipeline of nine nodes by the command line, cold and unchanged, beside TFX (BASELINES §1). */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import * as z from 'zod';

import { sluice } from '../../testing/command-line';
import { sharedPath } from '../../testing/shared-data';
import { wholePipeline } from '../../testing/whole-pipeline';
import { TFX_PIPELINE_COMMAND_S, TFX_PIPELINE_COMPONENTS_S } from './baselines';
import type { BenchRow } from './bench-row';
import { ruler } from './ruler';

const COMPONENTS_TIMES = 10;
const COMMAND_TIMES = 15;
const REUSED_MS = 300;

const zRun = z.object({
  nodes: z.record(z.string(), z.object({ state: z.string(), durationMs: z.number().nullish() })),
});
const zRuns = z.object({ runs: z.array(z.object({ createdAt: z.string(), finishedAt: z.string() })) });

const scaled = (column: string) => ({ op: 'scaleToZScore', column, fillMissing: 0 });
const words = (column: string) => ({
  op: 'computeAndApplyVocabulary',
  column,
  topK: 1000,
  numOovBuckets: 10,
  fillMissing: '',
});

/** The pipeline of PRODUCT §10, TFX's hash split, and the slices that TFX was measured with. */
const PIPELINE = wholePipeline({
  name: 'taxi',
  examples: { inputBase: sharedPath('data', 'taxi', 'taxi-big-tipper.csv'), emptyCells: 'missing' },
  features: {
    fare_z: scaled('fare'),
    miles_z: scaled('trip_miles'),
    seconds_z: scaled('trip_seconds'),
    lat_b: { op: 'bucketize', column: 'pickup_latitude', numBuckets: 10, fillMissing: 0 },
    payment_v: words('payment_type'),
    company_v: words('company'),
    hour: { op: 'oneHot', column: 'trip_start_hour', depth: 24 },
    big_tipper: { op: 'label', column: 'big_tipper' },
  },
  trainer: {
    template: 'wide-and-deep',
    task: 'binary',
    label: 'big_tipper',
    deep: ['fare_z', 'miles_z', 'seconds_z'],
    wide: ['lat_b', 'payment_v', 'company_v', 'hour'],
    hiddenUnits: [100, 70, 50, 25],
    epochs: 10,
    batchSize: 40,
  },
  evalConfig: {
    modelSpecs: [{ labelKey: 'big_tipper' }],
    slicingSpecs: [{}, { featureKeys: ['trip_start_hour'] }, { featureKeys: ['payment_type'] }],
    metricsSpecs: [
      {
        metrics: [
          ...['ExampleCount', 'BinaryAccuracy', 'Precision', 'Recall'].map((className) => ({ className })),
          {
            className: 'AUC',
            perSliceThresholds: [{ slicingSpecs: [{}], threshold: { valueThreshold: { lowerBound: 0.9 } } }],
          },
        ],
      },
    ],
  },
});

/**
 * Cold: the first call makes the data folder and starts all that it needs. The third call finds nothing changed.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const { scale } = await ruler();
  const home = await mkdtemp(path.join(tmpdir(), 'sluice-bench-'));
  try {
    const file = path.join(home, 'taxi.json');
    await writeFile(file, JSON.stringify(PIPELINE));
    // Builds the program where the sources changed: once a checkout, as an installation does.
    await sluice(['validate', file]);
    const call = async (...args: readonly string[]): Promise<unknown> => {
      const called = await sluice([...args, '--data', path.join(home, 'data'), '--json']);
      if (called.code !== 0)
        throw new Error(`sluice ${args.join(' ')} ended with ${String(called.code)}: ${called.stderr}`);
      return JSON.parse(called.stdout);
    };
    const before = performance.now();
    const first = zRun.parse(await call('run', file));
    const commandS = (performance.now() - before) / 1_000;
    const componentsS = Object.values(first.nodes).reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0) / 1_000;
    await call('run', file);
    const third = zRun.parse(await call('run', file));
    const [newest] = zRuns.parse(await call('runs', 'list')).runs;
    const reusedMs = Date.parse(newest?.finishedAt ?? '') - Date.parse(newest?.createdAt ?? '');
    const isReused = Object.values(third.nodes).every(({ state }) => state === 'cached');
    return [
      faster('Taxi pipeline: all components together', componentsS, {
        peerS: TFX_PIPELINE_COMPONENTS_S * scale,
        times: COMPONENTS_TIMES,
      }),
      faster('Taxi pipeline: the whole command, cold', commandS, {
        peerS: TFX_PIPELINE_COMMAND_S * scale,
        times: COMMAND_TIMES,
      }),
      {
        claim: 'Taxi pipeline, third run unchanged: queued → finished, every node reused',
        measured: reusedMs,
        unit: 'ms',
        bar: `≤ ${REUSED_MS} ms`,
        ok: isReused && reusedMs <= REUSED_MS,
      },
    ];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function faster(claim: string, measured: number, { peerS, times }: { readonly peerS: number; readonly times: number }) {
  return {
    claim,
    measured,
    unit: 's',
    bar: `≥ ${times} times as fast as TFX`,
    peer: { name: 'TFX, scaled', value: peerS, unit: 's' },
    ok: measured * times <= peerS,
  };
}
