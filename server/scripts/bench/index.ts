/** The benchmarks that `npm run bench` runs, by name, one file a claim. */

import type { Benchmark } from './bench-row';

/** Loaded only when they run, so that `--only` measures in a process that holds nothing else. */
export const BENCHMARKS: Readonly<Record<string, () => Promise<{ readonly run: Benchmark }>>> = {
  engine: () => import('./engine'),
  live: () => import('./live'),
  'runs-list': () => import('./runs-list'),
  canvas: () => import('./canvas'),
  start: () => import('./start'),
  planning: () => import('./planning'),
  ruler: () => import('./ruler-bench'),
  training: () => import('./training'),
  'example-gen': () => import('./example-gen'),
  'parquet-example-gen': () => import('./parquet-example-gen'),
  'rows-page': () => import('./rows-page'),
  'statistics-gen': () => import('./statistics-gen'),
  'statistics-memory': () => import('./statistics-memory'),
  'statistics-flights': () => import('./statistics-flights'),
  'statistics-distinct': () => import('./statistics-distinct'),
  'statistics-page': () => import('./statistics-page'),
  'threshold-slider': () => import('./threshold-slider'),
  evaluation: () => import('./evaluation'),
  'taxi-pipeline': () => import('./taxi-pipeline'),
};
